/* click_to_dial.c - asks for a call, whichever program makes calls here.
 *     click_to_dial NUMBER [NAME [COMMENT]]
 * This needs no lines and no events: TAPI hands the request to the user's dialling program (dialler
 * is one). Exit status: 0 the request was taken, 1 it was not, 2 wrong arguments. */
#include "client.h"

int main(int argc, char **argv)
{
    BSTR number, name, comment, program = SysAllocString(L"click to dial");
    ITRequest *request;
    HRESULT hr;

    if (argc < 2) {
        printf("usage: click_to_dial NUMBER [NAME [COMMENT]]\n");
        return 2;
    }
    number = client_bstr(argv[1]);
    name = client_bstr(argc > 2 ? argv[2] : "");
    comment = client_bstr(argc > 3 ? argv[3] : "");
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    client_check(CoCreateInstance(&id_RequestMakeCall, NULL, CLSCTX_INPROC_SERVER, &id_ITRequest,
                                  (void **)&request),
                 "TAPI 3 is not registered");
    hr = ITRequest_MakeCall(request, number, program, name, comment);
    if (SUCCEEDED(hr))
        printf("%s will be called\n", argv[1]);
    else
        printf("the call is not made: %s\n", client_reason(hr));
    ITRequest_Release(request);
    SysFreeString(number);
    SysFreeString(name);
    SysFreeString(comment);
    SysFreeString(program);
    CoUninitialize();
    return SUCCEEDED(hr) ? 0 : 1;
}
