#include "dialing/dialog.h"
LONG dialing_dialog(HINSTANCE module, HWND owner, const WCHAR *address,
                    struct dialing_dialog_result *result)
{
    (void)module, (void)owner, (void)address, (void)result;
    return (LONG)LINEERR_OPERATIONFAILED;
}
