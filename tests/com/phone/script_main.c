/* script_main.c - the script host with a test's set in its process: runs a script as otscript does.
 * The script says what the set tells next by lighting one of its lamps. */
#include "tests/com/phone/sets.h"
#include "tools/scripthost/host.h"

#include <process.h>
#include <shellapi.h>
#include <stdlib.h>

static HANDLE lamp_set;
static volatile LONG lamp_number;

static void on_lamp(DWORD lamp)
{
    lamp_number = (LONG)lamp;
    SetEvent(lamp_set);
}

/* The script waits for what comes before it lights the next lamp. */
static unsigned __stdcall play(void *context)
{
    (void)context;
    while (!WaitForSingleObject(lamp_set, INFINITE)) {
        switch (lamp_number) {
        case 1:
            set_says(PHONE_STATE, PHONESTATE_DISPLAY, 0, 0);
            break;
        case 2:
            set_says(PHONE_STATE, PHONESTATE_LAMP, 7, 0);
            break;
        case 3:
            set_says(PHONE_STATE, PHONESTATE_RINGMODE, 2, 0);
            break;
        case 4:
            set_says(PHONE_STATE, PHONESTATE_RINGVOLUME, 0x8000, 0);
            break;
        case 5:
            set_lift();
            break;
        case 6:
            set_hang_up();
            break;
        case 7:
            set_says(PHONE_STATE, PHONESTATE_CAPSCHANGE, 0, 0);
            break;
        case 8:
            set_button(4, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE);
            set_press(4);
            break;
        case 9:
            set_says(PHONE_DEVSPECIFIC, 11, (DWORD_PTR)-22, 33);
            break;
        case 10:
            sets_add();
            break;
        case 11:
            sets_remove(2);
            break;
        case 12:
            set_says(PHONE_CLOSE, 0, 0, 0);
            break;
        case 13:
            set_let_go(4);
            break;
        default:
            break;
        }
    }
    return 0;
}

int main(void)
{
    int count = 0, status;
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
    WCHAR **room = calloc((size_t)count + 1, sizeof(*room));

    lamp_set = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!words || !room || !lamp_set || !sets_load(FALSE))
        return 1;
    set_on_lamp(on_lamp);
    CloseHandle((HANDLE)_beginthreadex(NULL, 0, play, NULL, 0, NULL));
    options_parse(&host.options, words + 1, count > 0 ? (unsigned)count - 1 : 0, room);
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    status = host_run();
    CoUninitialize();
    return status;
}
