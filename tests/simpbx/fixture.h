/*
 * fixture.h - an exchange with a stepped clock, whose callbacks write down what they were told:
 *     "101 offering; 101 info caller; ..." - one entry an event, in order.
 */
#ifndef TESTS_SIMPBX_FIXTURE_H
#define TESTS_SIMPBX_FIXTURE_H

#include "tests/support/test.h"
#include "tsp/simpbx/core/core.h"
#include "tsp/simpbx/core/phone.h"

extern struct pbx *pbx;

void fixture_start(const char *config);
/* Ends the exchange; fails the test when it left a leg or a timer behind. */
void fixture_stop(void);
struct pbx_extension *ext(const char *number);
/* The call that has last come to the extension by itself. */
struct pbx_leg *incoming(const char *number);
/* Makes a call; NULL and a failure when it is refused. */
struct pbx_leg *make(const char *from, const char *to);
/* Two connected ends: the caller's is returned, the other one is its peer. */
struct pbx_leg *connected(const char *from, const char *to);
void step(uint64_t ms);
/* What has happened since the last call of it: states only, or all. */
const char *heard(void);

#define EXPECT(text) CHECK_STR(heard(), text)

#endif
