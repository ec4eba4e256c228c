/*
 * providerui.h - what the test sees of its providers and of their UI DLL: memory inside of each
 * DLL, which the test keeps loaded for it.
 *
 * Three providers of one source: ui_new.tsp has a UI DLL, ui_old.tsp shows its dialogs itself as
 * before TAPI 2.0, ui_bare.tsp has no dialogs at all. Each has two lines and a phone.
 */
#ifndef TESTS_PROVIDERUI_H
#define TESTS_PROVIDERUI_H

#include <stdbool.h>
#include <windows.h>
#include <tapi.h>
#include <tspi.h>

enum ui_function { UI_INSTALL, UI_CONFIG, UI_REMOVE, UI_LINE, UI_LINE_EDIT, UI_PHONE, UI_COUNT };

#define UI_CONFIG_OUT "parity=even"
#define UI_ASKED      "question"
#define UI_TOLD       "answered"

/* A function's last call, of ui_old.tsp or of the UI DLL. */
struct ui_call {
    LONG count;
    DWORD id;
    HWND owner;
    WCHAR device_class[32];
    char config[32];
};

struct ui_provider {
    LONG initialized, shut_down, opened, closed;
    DWORD id, line_base, phone_base;
    struct ui_call call[UI_COUNT];
    LONG answer;             /* of each of them */
    LONG identify;           /* of TSPI_providerUIIdentify */
    LONG enumerate, init;    /* of TSPI_providerEnumDevices, _providerInit */
    WCHAR ui_file[MAX_PATH]; /* of the UI DLL; "providerui.dll" where empty */
    /* TSPI_providerGenericDialogData */
    LONG data_count, data_answer;
    DWORD_PTR object;
    DWORD object_type, data_size;
    char data[32];
    /* dialog instances: lineDevSpecific asks for one */
    DWORD_PTR provider;
    LINEEVENT event;
    HTAPIDIALOGINSTANCE instance;
    DWORD request; /* other than the true one, where not 0 */
    LONG freed, free_answer;
    HDRVDIALOGINSTANCE freed_instance;
    HANDLE changed; /* auto-reset: freed */
};

struct ui_dll {
    struct ui_call call[UI_COUNT];
    LONG answer;
    DWORD provider;
    DWORD_PTR ask_object; /* what the callback is asked for; type 0: it is not called */
    DWORD ask_type;
    LONG callback; /* its result */
    char told[16];
    TUISPIDLLCALLBACK function;
    /* dialog instances */
    HTAPIDIALOGINSTANCE instance;
    DWORD thread;
    char params[32];
    bool unready; /* hEvent is set only when `go` is */
    HANDLE begun, go, finish, data_came;
    LONG data_count, closes;
    char data[4][16];
    LONG ended;
};

#endif
