/* script_main.c - the script host with the test's proxy in its process: runs a script as otscript
 * does. The script sees to it itself what the proxy does next, by the measurement period of a
 * queue: 1 - a group with a queue comes; 2 - it goes; 3 - the proxy goes and comes back; 4 - it
 * goes. */
#include "tests/com/callcentre/centre.h"
#include "tools/scripthost/host.h"

#include <process.h>
#include <shellapi.h>
#include <stdlib.h>

static const char *const served[] = {"201", "202", "800"};
static HANDLE step_set;
static volatile LONG step;

static void on_period(DWORD period)
{
    step = (LONG)period;
    SetEvent(step_set);
}

static unsigned __stdcall play(void *context)
{
    (void)context;
    while (!WaitForSingleObject(step_set, INFINITE)) {
        switch (step) {
        case 1:
            centre_lock();
            centre.groups[2] = (struct centre_group){
                .id = centre_other, .name = L"Complaints", .queues = {14}, .queue_count = 1};
            centre.group_count = 3;
            centre_unlock();
            centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP, 0);
            break;
        case 2:
            centre_lock();
            centre.group_count = 2;
            centre_unlock();
            centre_say(LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_GROUPREMOVED, 0);
            break;
        case 3:
            centre_close();
            centre_open(served, ARRAYSIZE(served), 0);
            break;
        case 4:
            centre_close();
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

    step_set = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!words || !room || !step_set)
        return 1;
    centre_reset();
    centre.on_period = on_period;
    if (!centre_open(served, ARRAYSIZE(served), 0))
        return 2;
    CloseHandle((HANDLE)_beginthreadex(NULL, 0, play, NULL, 0, NULL));
    options_parse(&host.options, words + 1, count > 0 ? (unsigned)count - 1 : 0, room);
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    status = host_run();
    CoUninitialize();
    return status;
}
