/* identity_test.c - COM's rules for every object there is (gallery.h), in both kinds of apartment,
 * and that nothing is left of them afterwards. */
#include "tests/com/identity/gallery.h"
#include "tests/com/identity/rules.h"

#include <stdio.h>

TEST_BOTH(every_interface_of_every_object)
{
    struct gallery *gallery = gallery_open();

    for (unsigned i = 0; i < gallery->count; i++)
        rules_check(gallery->exhibits[i].name, gallery->exhibits[i].object,
                    gallery->exhibits[i].iids);
    gallery_close(gallery);
}
