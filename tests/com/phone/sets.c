/* sets.c - see sets.h. */
#include "tests/com/phone/sets.h"

#include "tests/phones/desk.h"

static struct desk *sets;
static HMODULE module;

BOOL sets_load(BOOL sound)
{
    module = LoadLibraryW(L"desk.tsp");
    if (!module)
        return FALSE;
    sets = ((desk_control)(void *)GetProcAddress(module, "DeskControl"))();
    memset(sets, 0, sizeof(*sets));
    sets->version = 0x00030001;
    sets->sound = sound;
    sets->has_line = TRUE; /* 0, the first one of simpbx */
    for (unsigned i = 0; i < DESK_MOST; i++)
        for (unsigned j = 0; j < 3; j++)
            sets->phone[i].hook[j] = PHONEHOOKSWITCHMODE_ONHOOK;
    return TRUE;
}

void sets_unload(void)
{
    FreeLibrary(module);
}

void sets_answer(enum set_answer answer)
{
    static const enum desk_lie lies[] = {
        [SET_BROKEN] = DESK_FAIL,       [SET_OUTSIDE] = DESK_OUTSIDE,
        [SET_COUNTS] = DESK_COUNTS,     [SET_NEVER_ENOUGH] = DESK_NOT_ENOUGH,
        [SET_POSITIVE] = DESK_POSITIVE,
    };

    sets->lie = lies[answer]; /* DESK_HONEST is 0 */
    sets->answer = answer == SET_REFUSES ? DESK_REFUSE
                   : answer == SET_FAILS ? DESK_EARLY_FAIL
                                         : DESK_EARLY;
}

void sets_only_handset(void)
{
    sets->handset_only = sets->no_rings = TRUE;
}

void set_says(DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3)
{
    sets->event(sets->phone[0].handle, message, p1, p2, p3);
}

static void handset(DWORD mode)
{
    sets->phone[0].hook[0] = mode;
    set_says(PHONE_STATE, PHONESTATE_HANDSETHOOKSWITCH, mode, 0);
}

void set_lift(void)
{
    handset(PHONEHOOKSWITCHMODE_MICSPEAKER);
}

void set_hang_up(void)
{
    handset(PHONEHOOKSWITCHMODE_ONHOOK);
}

void set_button(unsigned button, DWORD mode, DWORD function)
{
    sets->phone[0].button_mode[button] = mode;
    sets->phone[0].button_function[button] = function;
}

void set_press(unsigned button)
{
    set_says(PHONE_BUTTON, button, sets->phone[0].button_mode[button], PHONEBUTTONSTATE_DOWN);
}

void set_let_go(unsigned button)
{
    set_says(PHONE_BUTTON, button, sets->phone[0].button_mode[button], PHONEBUTTONSTATE_UP);
}

DWORD set_volume(void)
{
    return sets->phone[0].volume[0];
}

void set_on_lamp(void (*changed)(DWORD lamp))
{
    sets->lamp_changed = changed;
}

void sets_add(void)
{
    sets->event(NULL, PHONE_CREATE, (DWORD_PTR)sets->provider, 1, 0);
}

void sets_remove(unsigned which)
{
    sets->event(NULL, PHONE_REMOVE, sets->phone_base + which, 0, 0);
}
