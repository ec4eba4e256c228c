/* inside.h - what the files of the core know of each other's work, and nobody else does. */
#ifndef SIMPBX_INSIDE_H
#define SIMPBX_INSIDE_H

#include "core.h"

int32_t pbx_leg_create(struct pbx *pbx, struct pbx_extension *extension, struct pbx_leg **out);
void pbx_leg_free(struct pbx_leg *leg);
void pbx_set_state(struct pbx_leg *leg, enum pbx_state state, uint32_t mode);
void pbx_talk_changed(struct pbx_leg *leg);
void pbx_disconnect(struct pbx_leg *leg, uint32_t mode); /* the other side ended it */
void pbx_end(struct pbx_leg *leg);                       /* this end is over: IDLE */
void pbx_connect(struct pbx_leg *leg);                   /* leg and its peer talk */
void pbx_pair(struct pbx_leg *a, struct pbx_leg *b);
struct pbx_leg *pbx_unpair(struct pbx_leg *leg); /* its peer of before, or NULL */
bool pbx_is_ringing(const struct pbx_leg *leg);
/* Rings `number` for `from`, which has no peer. Returns 0, or the disconnect mode of the failure.
 */
uint32_t pbx_route(struct pbx_leg *from, const char *number, uint32_t reason,
                   const struct pbx_party *redirecting, uint32_t forwards);
/* A leg joins two: consult was made from leg. NULLs part them. */
void pbx_unlink_consult(struct pbx_leg *leg);
/* A number that route could ring. */
bool pbx_known(const struct pbx *pbx, const char *number);
/* After a route: outside parties begin to do what they do. */
void pbx_ringing(struct pbx_leg *from);
void pbx_reach(struct pbx_leg *leg);                /* rings at its `dialed` */
void pbx_place_call(struct pbx_leg *leg);           /* to its `dialed` */
void pbx_ring(struct pbx_leg *leg, uint32_t limit); /* OFFERING; ms until no answer, 0: never */
bool pbx_tone_matches(const struct pbx_tone *tone, const uint32_t frequency[3]);
void pbx_join_unheld(struct pbx_leg *consult); /* answered: conference.c */
void pbx_unheld_lost(struct pbx_leg *leg);     /* it or the call it joins is ending */
int32_t pbx_new_leg(struct pbx_extension *extension, const struct pbx_call_params *params,
                    struct pbx_leg **leg);
bool pbx_blob_set(struct pbx_blob *blob, const void *data, uint32_t size);

#endif
