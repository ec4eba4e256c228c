/*
 * gallery.h - one of every object that an application can get from tapi3.dll (and through it from
 * termmgr.dll and simmsp.dll), all alive at once, with the interfaces that Microsoft's documents
 * say it has (address-object-interfaces.md and its siblings, coclasses.csv). Event objects are not
 * here but in event_objects_test.c.
 */
#ifndef TESTS_COM_IDENTITY_GALLERY_H
#define TESTS_COM_IDENTITY_GALLERY_H

#include "tests/com/callcentre/office.h"
#include "tests/com/client.h"

/* What Next gives, for enumerators; other objects are EXHIBIT_OBJECT or a collection. */
enum exhibit_kind {
    EXHIBIT_OBJECT,
    EXHIBIT_COLLECTION, /* an ITCollection2, filled by the library */
    EXHIBIT_OF_INTERFACES,
    EXHIBIT_OF_BSTRS,
    EXHIBIT_OF_CLSIDS,
    EXHIBIT_OF_VARIANTS,
    EXHIBIT_OF_CONNECTIONS,
};

struct exhibit {
    const char *name;
    IUnknown *object;       /* a reference; of an enumerator, exactly that interface */
    const IID *const *iids; /* documented, NULL-ended */
    enum exhibit_kind kind;
    const IID *item; /* of the enumerator's or collection's items, NULL: no interfaces */
    bool com_order;  /* Next, Skip, Reset, Clone; TAPI's own have Reset before Skip */
};

struct gallery {
    struct client *a, *b;
    struct office *office;
    ITPhone *phone;
    ITBasicCallControl *call, *answered, *idle;
    struct exhibit exhibits[160];
    unsigned count;
};

/* In the caller's apartment. The user's locations and calling cards are those of
 * tests/dialing/user.h. */
struct gallery *gallery_open(void);
void gallery_close(struct gallery *gallery);

#endif
