/* front.c - the process's one exchange: its lock, its life, its clock, its worker thread. */
#include "front.h"
#include "front_phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG_BYTES (4u << 20)

struct front front;
HINSTANCE front_module;

void front_start(void)
{
    InitializeCriticalSection(&front.lock);
    InitializeConditionVariable(&front.delivered);
}

void front_stop(void)
{
    pbx_destroy(front.pbx);
    front_queue_clear();
    free(front.items);
    free(front.log);
    free(front.log_path);
    free(front.created_ids);
    free(front.created_phone_ids);
    front_icon_free();
    DeleteCriticalSection(&front.lock);
    memset(&front, 0, sizeof(front)); /* a loader may bring the same memory back */
}

/* --- time --- */

static uint64_t counter_ms(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (uint64_t)(count.QuadPart / frequency.QuadPart) * 1000 +
           (uint64_t)(count.QuadPart % frequency.QuadPart) * 1000 / (uint64_t)frequency.QuadPart;
}

static void let_time_pass(void)
{
    if (front.pbx && !front.pbx->settings.stepped) {
        pbx_clock_run(&front.pbx->clock, counter_ms() + front.clock_offset);
        pbx_phones_settle(front.pbx);
    }
}

void front_set_clock(bool stepped)
{
    let_time_pass();
    front.pbx->settings.stepped = stepped;
    front.clock_offset = front.pbx->clock.now - counter_ms();
    audio_mode();
}

/* --- the lock --- */

void front_enter(void)
{
    EnterCriticalSection(&front.lock);
    let_time_pass();
}

/* Wakes the worker when a timer is due before it means to look again. */
static BOOL leave(void)
{
    if (front.pbx)
        pbx_phones_settle(front.pbx);
    BOOL worker_delivers = front.worker && front.pbx && front.pbx->settings.completion_delay < 0;

    if (front.worker && front.pbx && !front.pbx->settings.stepped &&
        pbx_clock_next(&front.pbx->clock) < front.worker_until)
        SetEvent(front.wake);
    if (worker_delivers && front.first != front.last)
        SetEvent(front.wake);
    LeaveCriticalSection(&front.lock);
    return worker_delivers;
}

void front_leave(void)
{
    if (!leave())
        front_deliver(FALSE);
}

void front_leave_settled(void)
{
    leave();
    front_deliver(TRUE);
}

static DWORD WINAPI worker_main(void *context)
{
    (void)context;
    for (;;) {
        DWORD wait = INFINITE;
        EnterCriticalSection(&front.lock);
        BOOL quit = front.quit;
        /* Under a stepped clock whoever does something also delivers it: no thread comes between.
         */
        BOOL delivers =
            front.pbx && (!front.pbx->settings.stepped || front.pbx->settings.completion_delay < 0);
        front.worker_until = PBX_NEVER;
        if (!quit && front.pbx && !front.pbx->settings.stepped) {
            let_time_pass();
            front.worker_until = pbx_clock_next(&front.pbx->clock);
            if (front.worker_until != PBX_NEVER) {
                uint64_t left = front.worker_until - front.pbx->clock.now;
                wait = left < 60000 ? (DWORD)left : 60000;
                if (left > wait)
                    front.worker_until = front.pbx->clock.now + wait;
            }
        }
        LeaveCriticalSection(&front.lock);
        if (delivers)
            front_deliver(FALSE);
        if (quit)
            return 0;
        WaitForSingleObject(front.wake, wait);
    }
}

LONG front_worker_start(void)
{
    front.quit = FALSE;
    front.wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!front.wake)
        return LINEERR_NOMEM;
    front.worker = CreateThread(NULL, 0, worker_main, NULL, 0, NULL);
    if (front.worker)
        return 0;
    CloseHandle(front.wake);
    front.wake = NULL;
    return LINEERR_NOMEM;
}

void front_worker_stop(void)
{
    HANDLE worker, wake;

    EnterCriticalSection(&front.lock);
    worker = front.worker;
    wake = front.wake;
    front.worker = NULL;
    front.wake = NULL;
    front.quit = TRUE;
    LeaveCriticalSection(&front.lock);
    if (!worker)
        return;
    SetEvent(wake);
    WaitForSingleObject(worker, INFINITE);
    CloseHandle(worker);
    CloseHandle(wake);
}

/* --- configuration --- */

LONG front_configure_text(const char *text, size_t length, char *error, size_t size)
{
    struct pbx_config config;

    if (!pbx_config_parse(&config, text, length, error, size))
        return LINEERR_INIFILECORRUPT;
    size_t before = front.pbx->extension_count, phones = front.pbx->phone_count;
    BOOL running = front.initialized || front.enumerated;
    LONG result = pbx_configure(front.pbx, &config, running);
    if (config.settings.stepped)
        front_set_clock(true);
    pbx_config_free(&config);
    for (size_t i = before; front.initialized && i < front.pbx->extension_count; i++) {
        struct front_item *item = front_push(ITEM_CREATE);
        if (item)
            item->param[0] = i;
    }
    front_phones_added(phones);
    if (result)
        snprintf(error, size, "out of memory");
    return result;
}

LONG front_configure_file(const WCHAR *path, char *error, size_t size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    LONG result = LINEERR_INIFILECORRUPT;
    char *text = NULL;
    DWORD length, got = 0;

    if (file == INVALID_HANDLE_VALUE) {
        snprintf(error, size, "the file cannot be opened (error %lu)",
                 (unsigned long)GetLastError());
        return result;
    }
    length = GetFileSize(file, NULL);
    if (length > CONFIG_BYTES) {
        snprintf(error, size, "the file is larger than %u bytes", CONFIG_BYTES);
        goto done;
    }
    text = malloc(length + 1);
    if (!text || !ReadFile(file, text, length, &got, NULL)) {
        snprintf(error, size, "the file cannot be read");
        goto done;
    }
    result = front_configure_text(text, got, error, size);
done:
    free(text);
    CloseHandle(file);
    return result;
}

static BOOL registry_path(WCHAR *path, DWORD count)
{
    DWORD bytes = (count - 1) * sizeof(WCHAR), type;
    HKEY key;
    BOOL found;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\OpenTAPI\\simpbx", 0, KEY_READ, &key))
        return FALSE;
    found = !RegQueryValueExW(key, L"Config", NULL, &type, (BYTE *)path, &bytes) &&
            type == REG_SZ && bytes > sizeof(WCHAR);
    path[found ? bytes / sizeof(WCHAR) : 0] = 0;
    RegCloseKey(key);
    return found;
}

LONG front_configure_initial(char *error, size_t size)
{
    WCHAR text[MAX_PATH * 2];
    LONG result;
    DWORD length;

    /* From a stepped clock time goes on from where it stands. */
    front_set_clock(false);
    pbx_defaults(&front.pbx->settings);
    length = GetEnvironmentVariableW(L"OPENTAPI_SIMPBX", text, ARRAYSIZE(text));
    if ((length && length < ARRAYSIZE(text)) || registry_path(text, ARRAYSIZE(text))) {
        result = front_configure_file(text, error, size);
    } else {
        HRSRC resource = FindResourceW(front_module, MAKEINTRESOURCEW(1), (LPCWSTR)RT_RCDATA);
        HGLOBAL memory = resource ? LoadResource(front_module, resource) : NULL;
        result = LINEERR_INIFILECORRUPT;
        if (memory)
            result = front_configure_text(LockResource(memory),
                                          SizeofResource(front_module, resource), error, size);
    }
    length = GetEnvironmentVariableW(L"OPENTAPI_SIMPBX_CLOCK", text, ARRAYSIZE(text));
    bool stepped = front.pbx->settings.stepped;
    if (length && length < ARRAYSIZE(text))
        stepped = !lstrcmpiW(text, L"stepped");
    front_set_clock(stepped);
    return result;
}

/* --- life --- */

LONG front_acquire(void)
{
    WCHAR path[MAX_PATH * 2];
    LONG result = 0;
    DWORD length;
    char error[256];

    EnterCriticalSection(&front.lock);
    if (front.references++ == 0) {
        front.pbx = pbx_create(&front_events, NULL);
        front.clock_offset = 0 - counter_ms(); /* the exchange's time begins now */
        length = GetEnvironmentVariableW(L"OPENTAPI_SIMPBX_LOG", path, ARRAYSIZE(path));
        if (length && length < ARRAYSIZE(path) && !front.log_path)
            front_log_path(path);
        result = front.pbx ? front_configure_initial(error, sizeof(error)) : (LONG)LINEERR_NOMEM;
        if (result) {
            if (front.pbx)
                pbx_log(front.pbx, "exchange", "", "configuration: %s", error);
            pbx_destroy(front.pbx);
            front.pbx = NULL;
            front.references = 0;
        }
    }
    LeaveCriticalSection(&front.lock);
    return result;
}

void front_release(void)
{
    EnterCriticalSection(&front.lock);
    if (--front.references == 0) {
        for (size_t i = 0; i < front.pbx->extension_count; i++)
            free(front.pbx->extensions[i]->front);
        front_close_phones();
        pbx_destroy(front.pbx);
        front.pbx = NULL;
        front_queue_clear();
        free(front.log);
        front.log = NULL;
        front.log_used = front.log_size = 0;
        memset(front.failures, 0, sizeof(front.failures));
    }
    LeaveCriticalSection(&front.lock);
}
