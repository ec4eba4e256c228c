/* control_steer.c - OpenTAPI.SimPBX: time, and what parties do. */
#include "front.h"

#include <oleauto.h>
#include <stdio.h>

#include "control.h"

/* --- time --- */

HRESULT WINAPI control_get_Clock(ISimPBX *iface, BSTR *clock)
{
    (void)iface;
    if (!clock)
        return E_POINTER;
    front_enter();
    const char *mode = front.pbx->settings.stepped ? "stepped" : "real";
    front_leave();
    return control_text_out(mode, strlen(mode), clock);
}

HRESULT WINAPI control_put_Clock(ISimPBX *iface, BSTR clock)
{
    bool stepped = clock && !lstrcmpiW(clock, L"stepped");

    (void)iface;
    if (!stepped && (!clock || lstrcmpiW(clock, L"real")))
        return control_fail(E_INVALIDARG, "Clock is \"real\" or \"stepped\"");
    front_enter();
    front_set_clock(stepped);
    control_keep();
    if (front.worker)
        SetEvent(front.wake);
    front_leave_settled();
    return S_OK;
}

CONTROL_NUMBER(Now, front.pbx->clock.now)

HRESULT WINAPI control_Step(ISimPBX *iface, LONG ms)
{
    (void)iface;
    if (ms < 0)
        return control_fail(E_INVALIDARG, "Step: time does not run backwards");
    front_enter();
    bool stepped = front.pbx->settings.stepped;
    uint64_t until = front.pbx->clock.now + (uint64_t)ms;
    /* One due time at a time, so that what an event brings about can fall into this step, too. */
    while (stepped && pbx_clock_next(&front.pbx->clock) <= until) {
        pbx_clock_run(&front.pbx->clock, pbx_clock_next(&front.pbx->clock));
        front_leave_settled();
        front_enter();
        stepped = front.pbx->settings.stepped;
    }
    if (stepped)
        pbx_clock_run(&front.pbx->clock, until);
    front_leave_settled();
    return stepped
               ? S_OK
               : control_fail(E_UNEXPECTED, "Step: the clock is real (set Clock = \"stepped\")");
}

HRESULT WINAPI control_StepToNext(ISimPBX *iface, LONG *ms)
{
    (void)iface;
    if (!ms)
        return E_POINTER;
    *ms = -1;
    front_enter();
    bool stepped = front.pbx->settings.stepped;
    uint64_t next = pbx_clock_next(&front.pbx->clock);
    if (stepped && next != PBX_NEVER) {
        *ms = (LONG)(next - front.pbx->clock.now);
        pbx_clock_run(&front.pbx->clock, next);
    }
    front_leave_settled();
    return stepped ? S_OK
                   : control_fail(E_UNEXPECTED,
                                  "StepToNext: the clock is real (set Clock = \"stepped\")");
}

/* --- steering --- */

HRESULT WINAPI control_Inject(ISimPBX *iface, BSTR from, BSTR fromName, BSTR to, LONG *callID)
{
    char number[PBX_NUMBER], name[PBX_NAME], target[PBX_NUMBER];
    uint32_t id = 0;

    (void)iface;
    if (!callID)
        return E_POINTER;
    *callID = 0;
    front_utf8(number, sizeof(number), from, -1);
    front_utf8(name, sizeof(name), fromName, -1);
    front_utf8(target, sizeof(target), to, -1);
    front_enter();
    LONG result = pbx_inject(front.pbx, number, name, target, &id);
    front_leave_settled();
    *callID = (LONG)id;
    return control_outcome(result, "Inject to", target);
}

/* A party by its number (a string), a call by its ID (a number). */
static HRESULT steer(VARIANT *who, const char *what, const char *digits,
                     int32_t (*act)(struct pbx *pbx, const char *number, uint32_t call_id),
                     int32_t (*press)(struct pbx *pbx, const char *number, uint32_t call_id,
                                      const char *digits))
{
    char number[PBX_NUMBER] = "";
    uint32_t call_id = 0;
    bool by_number;
    VARIANT value;
    HRESULT hr;

    VariantInit(&value);
    hr = VariantCopyInd(&value, who);
    if (FAILED(hr))
        return hr;
    by_number = V_VT(&value) == VT_BSTR;
    if (by_number) {
        front_utf8(number, sizeof(number), V_BSTR(&value), -1);
    } else {
        hr = VariantChangeType(&value, &value, 0, VT_I4);
        if (FAILED(hr))
            return control_fail(E_INVALIDARG, "%s: a number as text, or the ID of a call", what);
        call_id = (uint32_t)V_I4(&value);
        snprintf(number, sizeof(number), "call %u", call_id);
    }
    VariantClear(&value);
    front_enter();
    const char *by = by_number ? number : NULL;
    LONG result = press ? press(front.pbx, by, call_id, digits) : act(front.pbx, by, call_id);
    front_leave_settled();
    return control_outcome(result, what, number);
}

HRESULT WINAPI control_Answer(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Answer", NULL, pbx_steer_answer, NULL);
}

HRESULT WINAPI control_Hangup(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Hangup", NULL, pbx_steer_hangup, NULL);
}

HRESULT WINAPI control_Reject(ISimPBX *iface, VARIANT who)
{
    (void)iface;
    return steer(&who, "Reject", NULL, pbx_steer_reject, NULL);
}

HRESULT WINAPI control_Digits(ISimPBX *iface, VARIANT who, BSTR digits)
{
    char text[PBX_DIGITS + 1];

    (void)iface;
    front_utf8(text, sizeof(text), digits, -1);
    return steer(&who, "Digits", text, NULL, pbx_steer_digits);
}

HRESULT WINAPI control_FailNext(ISimPBX *iface, BSTR function, LONG error, LONG count)
{
    char name[64];

    (void)iface;
    front_utf8(name, sizeof(name), function, -1);
    if (!name[0] || error >= 0 || count < 0)
        return control_fail(E_INVALIDARG,
                            "FailNext needs a TSPI_ name, a LINEERR_ value and a count");
    front_enter();
    BOOL noted = front_fail_next(name, error, (DWORD)count);
    control_keep();
    front_leave();
    return noted ? S_OK : control_fail(E_OUTOFMEMORY, "FailNext: too many functions at once");
}
