/* control_phones.c - OpenTAPI.SimPBX: the hand at a desk set, and the eye upon it. */
#include "front.h"

#include <oleauto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "core/phone.h"

static const char *const devices[PBX_HOOK_DEVICES] = {"handset", "speaker", "headset"};

/* Enters; NULL and an error in *hr when there is no such phone. front_leave_settled follows anyway.
 */
static struct pbx_phone *enter(BSTR who, const char *what, HRESULT *hr)
{
    char number[PBX_NUMBER];
    struct pbx_extension *e;

    front_utf8(number, sizeof(number), who, -1);
    front_enter();
    e = pbx_find_extension(front.pbx, number);
    *hr = S_OK;
    if (!e || !e->phone)
        *hr = control_fail(E_INVALIDARG, "%s: %s has no phone", what, number);
    return *hr == S_OK ? e->phone : NULL;
}

static HRESULT phone_outcome(int32_t result, const char *what)
{
    switch (result) {
    case PBX_OK:
        return S_OK;
    case PBX_PHONEERR_INVALPHONESTATE:
        return control_fail(E_UNEXPECTED, "%s: the phone is not plugged in", what);
    case PBX_PHONEERR_INVALBUTTONLAMPID:
        return control_fail(E_INVALIDARG, "%s: the phone has no such button", what);
    default:
        return control_fail(E_FAIL, "%s: PHONEERR 0x%08x", what, (unsigned int)result);
    }
}

static BOOL read_device(BSTR name, enum pbx_hook_device *device)
{
    char text[16];

    front_utf8(text, sizeof(text), name && *name ? name : L"handset", -1);
    for (int i = 0; i < PBX_HOOK_DEVICES; i++)
        if (!_stricmp(text, devices[i])) {
            *device = i;
            return TRUE;
        }
    return FALSE;
}

static HRESULT no_device(const char *what)
{
    return control_fail(E_INVALIDARG, "%s: the device is handset, speaker or headset", what);
}

/* A button by its ID, a key by its sign, any other by what is written on it; (uint32_t)-1: none. */
static HRESULT find_button(const struct pbx_phone *phone, VARIANT *button, uint32_t *id)
{
    char text[PBX_NAME];
    VARIANT value;
    HRESULT hr;

    *id = (uint32_t)-1;
    VariantInit(&value);
    hr = VariantCopyInd(&value, button);
    if (FAILED(hr))
        return hr;
    if (V_VT(&value) == VT_BSTR) {
        front_utf8(text, sizeof(text), V_BSTR(&value), -1);
        for (uint32_t i = 0; i < phone->button_count && *text && *id == (uint32_t)-1; i++)
            if (!_stricmp(text, phone->button[i].text))
                *id = i;
    } else if (SUCCEEDED(hr = VariantChangeType(&value, &value, 0, VT_I4))) {
        *id = (uint32_t)V_I4(&value);
    }
    VariantClear(&value);
    return hr;
}

/* --- the hand --- */

typedef int32_t hook_action(struct pbx_phone *phone, enum pbx_hook_device device);

static HRESULT move_handset(BSTR who, BSTR device, hook_action *action, const char *what)
{
    enum pbx_hook_device which;
    struct pbx_phone *phone;
    int32_t result = PBX_OK;
    HRESULT hr;

    if (!read_device(device, &which))
        return no_device(what);
    if ((phone = enter(who, what, &hr)))
        result = action(phone, which);
    front_leave_settled();
    return FAILED(hr) ? hr : phone_outcome(result, what);
}

HRESULT WINAPI control_LiftHandset(ISimPBX *iface, BSTR who, BSTR device)
{
    (void)iface;
    return move_handset(who, device, pbx_phone_lift, "LiftHandset");
}

HRESULT WINAPI control_HangUpHandset(ISimPBX *iface, BSTR who, BSTR device)
{
    (void)iface;
    return move_handset(who, device, pbx_phone_hang_up, "HangUpHandset");
}

HRESULT WINAPI control_PressButton(ISimPBX *iface, BSTR who, VARIANT button)
{
    struct pbx_phone *phone;
    int32_t result = PBX_OK;
    uint32_t id;
    HRESULT hr;

    (void)iface;
    if ((phone = enter(who, "PressButton", &hr)) &&
        SUCCEEDED(hr = find_button(phone, &button, &id)))
        result = pbx_phone_press(phone, id);
    front_leave_settled();
    return FAILED(hr) ? hr : phone_outcome(result, "PressButton");
}

HRESULT WINAPI control_PlugPhone(ISimPBX *iface, BSTR who, VARIANT_BOOL connected)
{
    struct pbx_phone *phone;
    HRESULT hr;

    (void)iface;
    if ((phone = enter(who, "PlugPhone", &hr)))
        pbx_phone_plug(phone, connected != VARIANT_FALSE);
    front_leave_settled();
    return hr;
}

/* --- the eye --- */

HRESULT WINAPI control_PhoneDisplay(ISimPBX *iface, BSTR who, BSTR *text)
{
    char rows[PBX_PHONE_ROWS * (PBX_PHONE_COLUMNS + 2)];
    struct pbx_phone *phone;
    size_t used = 0;
    HRESULT hr;

    (void)iface;
    if (!text)
        return E_POINTER;
    *text = NULL;
    if ((phone = enter(who, "PhoneDisplay", &hr))) {
        pbx_phones_settle(front.pbx);
        for (uint32_t row = 0; row < phone->rows; row++) {
            if (row)
                used += (size_t)snprintf(rows + used, sizeof(rows) - used, "\r\n");
            size_t length = phone->columns;
            memcpy(rows + used, phone->display + row * phone->columns, length);
            while (length && rows[used + length - 1] == ' ')
                length--;
            used += length;
        }
    }
    front_leave_settled();
    return FAILED(hr) ? hr : control_text_out(rows, used, text);
}

HRESULT WINAPI control_PhoneLamp(ISimPBX *iface, BSTR who, VARIANT button, BSTR *mode)
{
    static const struct {
        uint32_t mode;
        const char *name;
    } names[] = {
        {PBX_LAMP_DUMMY, "none"},
        {PBX_LAMP_OFF, "off"},
        {PBX_LAMP_STEADY, "steady"},
        {PBX_LAMP_WINK, "wink"},
        {PBX_LAMP_FLASH, "flash"},
        {PBX_LAMP_FLUTTER, "flutter"},
        {PBX_LAMP_BROKENFLUTTER, "broken flutter"},
    };
    int32_t result = PBX_PHONEERR_INVALBUTTONLAMPID;
    const char *name = "";
    struct pbx_phone *phone;
    uint32_t id;
    HRESULT hr;

    (void)iface;
    if (!mode)
        return E_POINTER;
    *mode = NULL;
    if ((phone = enter(who, "PhoneLamp", &hr)) &&
        SUCCEEDED(hr = find_button(phone, &button, &id)) && id < phone->button_count) {
        pbx_phones_settle(front.pbx);
        result = PBX_OK;
        for (size_t i = 0; i < ARRAYSIZE(names); i++)
            if (names[i].mode == phone->button[id].lamp)
                name = names[i].name;
    }
    front_leave_settled();
    if (SUCCEEDED(hr))
        hr = phone_outcome(result, "PhoneLamp");
    return FAILED(hr) ? hr : control_text_out(name, strlen(name), mode);
}

HRESULT WINAPI control_PhoneHookSwitch(ISimPBX *iface, BSTR who, BSTR device, BSTR *mode)
{
    enum pbx_hook_device which;
    struct pbx_phone *phone;
    const char *name = "";
    HRESULT hr;

    (void)iface;
    if (!mode)
        return E_POINTER;
    *mode = NULL;
    if (!read_device(device, &which))
        return no_device("PhoneHookSwitch");
    if ((phone = enter(who, "PhoneHookSwitch", &hr))) {
        pbx_phones_settle(front.pbx);
        uint32_t now = phone->hook[which].mode;
        name = now == PBX_ONHOOK         ? "onhook"
               : now == PBX_MIC          ? "mic"
               : now == PBX_SPEAKER_ONLY ? "speaker"
                                         : "micspeaker";
    }
    front_leave_settled();
    return FAILED(hr) ? hr : control_text_out(name, strlen(name), mode);
}

HRESULT WINAPI control_PhoneRing(ISimPBX *iface, BSTR who, LONG *mode)
{
    struct pbx_phone *phone;
    HRESULT hr;

    (void)iface;
    if (!mode)
        return E_POINTER;
    *mode = 0;
    if ((phone = enter(who, "PhoneRing", &hr))) {
        pbx_phones_settle(front.pbx);
        *mode = (LONG)phone->ring_mode;
    }
    front_leave_settled();
    return hr;
}

/* --- which there are --- */

HRESULT WINAPI control_AddPhone(ISimPBX *iface, BSTR who, BSTR plan)
{
    char number[PBX_NUMBER], text[128], error[128] = "";
    struct pbx_phone_plan wanted = {.appearances = 0};
    const char *words[8];
    size_t count = 0;

    (void)iface;
    front_utf8(number, sizeof(number), who, -1);
    front_utf8(text, sizeof(text), plan, -1);
    for (char *word = strtok(text, " \t"); word && count < ARRAYSIZE(words);
         word = strtok(NULL, " \t"))
        words[count++] = word;
    if (!pbx_phone_plan_read(&wanted, words, count, error, sizeof(error)))
        return control_fail(E_INVALIDARG, "AddPhone: %s", error);
    front_enter();
    struct pbx_extension *e = pbx_find_extension(front.pbx, number);
    struct pbx_phone *phone = e ? pbx_add_phone(e, &wanted) : NULL;
    if (phone) {
        control_keep();
        front_phones_added(phone->index);
    }
    front_leave_settled();
    if (!e)
        return control_fail(E_INVALIDARG, "AddPhone: there is no extension %s", number);
    return phone ? S_OK : control_fail(E_INVALIDARG, "AddPhone: %s has one already", number);
}

CONTROL_NUMBER(Phones, front.pbx->phone_count)
