/* bankui.c - bankui.dll, the user interface of bank.tsp: asks for the PIN (and types it itself). */
#include <windows.h>
#include <tspi.h>

static HANDLE data_came;

LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK callback, HTAPIDIALOGINSTANCE instance,
                                          LPVOID params, DWORD size, HANDLE ready)
{
    char pin[8] = "4711";
    LONG result = LINEERR_OPERATIONFAILED;

    if (size != 4 || memcmp(params, "PIN", 4))
        return LINEERR_INVALPARAM;
    data_came = CreateEvent(NULL, TRUE, FALSE, NULL);
    SetEvent(ready); /* the dialog is up: data may be sent to it */
    if (WaitForSingleObject(data_came, 60000) == WAIT_OBJECT_0)
        result = callback((DWORD_PTR)instance, TUISPIDLL_OBJECT_DIALOGINSTANCE, pin, 5);
    if (!result && lstrcmpA(pin, "good"))
        result = LINEERR_OPERATIONFAILED;
    CloseHandle(data_came);
    return result;
}

LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE instance, LPVOID params,
                                              DWORD size)
{
    (void)instance;
    if (params && size == 6 && !memcmp(params, "shown", 6))
        SetEvent(data_came);
    return 0;
}
