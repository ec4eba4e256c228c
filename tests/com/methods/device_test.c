/* device_test.c - ITLegacyAddressMediaControl2: the configuration dialogs of a provider that shows
 * them itself, and of one that has none (tests/providerui). */
#include "tests/com/methods/methods.h"

#include "tests/providerui/providerui.h"

struct device {
    struct client *client;
    struct ui_provider *provider;
    ITLegacyAddressMediaControl2 *media;
};

static void device_open(struct device *device, const WCHAR *file)
{
    HMODULE module = LoadLibraryW(file);
    IEnumAddress *addresses = NULL;
    ITAddress *address = NULL;

    REQUIRE(module != NULL);
    device->provider =
        ((struct ui_provider * (WINAPI *)(void))(void *)GetProcAddress(module, "UiProvider"))();
    memset(device->provider->call, 0, sizeof(device->provider->call));
    device->provider->answer = 0;
    SetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", file);
    device->client = client_open(NULL);
    REQUIRE_EQ(ITTAPI2_EnumerateAddresses(device->client->tapi, &addresses), S_OK);
    REQUIRE_EQ(IEnumAddress_Next(addresses, 1, &address, NULL), S_OK);
    device->media = interface_of(address, &IID_ITLegacyAddressMediaControl2);
    ITAddress_Release(address);
    IEnumAddress_Release(addresses);
}

static void device_close(struct device *device)
{
    ITLegacyAddressMediaControl2_Release(device->media);
    client_close(device->client);
}

TEST_BOTH(the_dialogs_of_a_device)
{
    BSTR class = SysAllocString(L"tapi/line");
    BYTE config[] = "old", *edited;
    struct device device;
    struct ui_call *shown;
    DWORD size;

    device_open(&device, L"ui_old.tsp");
    shown = device.provider->call;
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialog(device.media, NULL, class), S_OK);
    CHECK_EQ(shown[UI_LINE].count, 1);
    CHECK_EQ(shown[UI_LINE].id, device.provider->line_base);
    CHECK_WSTR(shown[UI_LINE].device_class, L"tapi/line");
    POISON(edited);
    POISON(size);
    REQUIRE_EQ(ITLegacyAddressMediaControl2_ConfigDialogEdit(
                   device.media, NULL, class, sizeof(config), config, &size, &edited),
               S_OK);
    CHECK_EQ(size, sizeof(UI_CONFIG_OUT));
    CHECK_BYTES(edited, UI_CONFIG_OUT, sizeof(UI_CONFIG_OUT));
    CoTaskMemFree(edited);
    CHECK_STR(shown[UI_LINE_EDIT].config, "old");

    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialog(device.media, NULL, NULL), E_POINTER);
    POISON(edited);
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialogEdit(device.media, NULL, NULL, 4, config,
                                                           &size, &edited),
             E_POINTER);
    CHECK(edited == NULL && size == 0);
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialogEdit(device.media, NULL, class, 4, NULL,
                                                           &size, &edited),
             E_POINTER);
    device.provider->answer = LINEERR_INVALDEVICECLASS;
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialog(device.media, NULL, class),
             TAPI_E_INVALDEVICECLASS);
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialogEdit(device.media, NULL, class, 4, config,
                                                           &size, &edited),
             TAPI_E_INVALDEVICECLASS);
    CHECK(edited == NULL && size == 0);
    device_close(&device);
    SysFreeString(class);
}

TEST_BOTH(a_device_without_dialogs)
{
    BSTR class = SysAllocString(L"tapi/line");
    struct device device;
    BYTE config[4] = {0}, *edited;
    DWORD size;

    device_open(&device, L"ui_bare.tsp");
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialog(device.media, NULL, class),
             TAPI_E_NOTSUPPORTED);
    POISON(edited);
    CHECK_EQ(ITLegacyAddressMediaControl2_ConfigDialogEdit(device.media, NULL, class, 4, config,
                                                           &size, &edited),
             TAPI_E_NOTSUPPORTED);
    CHECK(edited == NULL && size == 0);
    CHECK_EQ(ITLegacyAddressMediaControl2_GetID(device.media, class, &size, &edited), S_OK);
    CoTaskMemFree(edited);
    CHECK_EQ(ITLegacyAddressMediaControl2_GetDevConfig(device.media, class, &size, &edited),
             TAPI_E_NOTSUPPORTED);
    CHECK_EQ(ITLegacyAddressMediaControl2_SetDevConfig(device.media, class, 4, config),
             TAPI_E_NOTSUPPORTED);
    device_close(&device);
    SysFreeString(class);
}
