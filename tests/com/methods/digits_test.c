/* digits_test.c - ITLegacyCallMediaControl and ...2, ITDetectTone, ITCustomTone: digits and tones,
 * what they bring about, by name as well, and each refusal. */
#include "tests/com/methods/methods.h"

struct pair {
    struct client *a, *b;
    ITBasicCallControl *out, *in;
    ITLegacyCallMediaControl2 *media, *media_in;
};

/* 101 talks to 102. */
static void pair_open(struct pair *pair)
{
    pair->a = client_open(L"101");
    pair->b = client_open(L"102");
    pair->out = client_call(pair->a, L"102");
    client_wait(pair->b, "state offering");
    pair->in = client_offered(pair->b);
    CHECK_EQ(ITBasicCallControl_Answer(pair->in), S_OK);
    client_wait(pair->a, "state connected");
    client_wait(pair->b, "state connected");
    pair->media = interface_of(pair->out, &IID_ITLegacyCallMediaControl2);
    pair->media_in = interface_of(pair->in, &IID_ITLegacyCallMediaControl2);
}

static void pair_close(struct pair *pair)
{
    ITLegacyCallMediaControl2_Release(pair->media);
    ITLegacyCallMediaControl2_Release(pair->media_in);
    ITBasicCallControl_Release(pair->in);
    ITBasicCallControl_Release(pair->out);
    client_close(pair->b);
    client_close(pair->a);
}

TEST_BOTH(digits_go_and_come)
{
    BSTR digits = SysAllocString(L"12"), bad = SysAllocString(L"12x");
    struct pair pair;

    pair_open(&pair);
    CHECK_EQ(named_call(pair.media_in, L"DetectDigits", NULL, "l", LINEDIGITMODE_DTMF), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits2(pair.media, digits, LINEDIGITMODE_DTMF, 60),
             S_OK);
    client_wait(pair.b, "digit 1");
    client_wait(pair.b, "digit 2");
    client_wait(pair.a, "generated");
    CHECK_EQ(named_call(pair.media, L"GenerateDigits2", NULL, "sll", L"3", LINEDIGITMODE_DTMF, 60),
             S_OK);
    client_wait(pair.b, "digit 3");
    CHECK_EQ(named_call(pair.media, L"GenerateDigits", NULL, "sl", L"4", LINEDIGITMODE_DTMF), S_OK);
    client_wait(pair.b, "digit 4");
    CHECK_EQ(ITLegacyCallMediaControl2_DetectDigits(pair.media_in, 0x40), TAPI_E_INVALMODE);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(pair.media, digits, 0x40), TAPI_E_INVALMODE);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits2(pair.media, bad, LINEDIGITMODE_DTMF, 60),
             TAPI_E_INVALDIGITS);
    pair_close(&pair);
    SysFreeString(digits);
    SysFreeString(bad);
}

TEST_BOTH(digits_are_gathered)
{
    BSTR digits = SysAllocString(L"12#"), ends = SysAllocString(L"#"), bad = SysAllocString(L"x");
    struct pair pair;

    pair_open(&pair);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(pair.media_in, LINEDIGITMODE_DTMF, 8, ends,
                                                    8000, 8000),
             S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(pair.media, digits, LINEDIGITMODE_DTMF),
             S_OK);
    client_wait(pair.b, "event 0x800000"); /* TE_GATHERDIGITS */
    CHECK_EQ(named_call(pair.media_in, L"GatherDigits", NULL, "llsll", LINEDIGITMODE_DTMF, 1, L"",
                        8000, 8000),
             S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(pair.media, ends, LINEDIGITMODE_DTMF), S_OK);
    client_wait(pair.b, "event 0x800000");
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(pair.media_in, LINEDIGITMODE_DTMF, -1, NULL,
                                                    8000, 8000),
             E_INVALIDARG);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(pair.media_in, LINEDIGITMODE_DTMF, 0x20000,
                                                    NULL, 8000, 8000),
             E_INVALIDARG);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(pair.media_in, 0x40, 2, NULL, 8000, 8000),
             TAPI_E_INVALMODE);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(pair.media_in, LINEDIGITMODE_DTMF, 2, bad, 8000,
                                                    8000),
             TAPI_E_INVALDIGITS);
    CHECK_EQ(
        ITLegacyCallMediaControl2_GatherDigits(pair.media_in, LINEDIGITMODE_DTMF, 0, NULL, 0, 0),
        S_OK); /* none: calls it off */
    pair_close(&pair);
    SysFreeString(digits);
    SysFreeString(ends);
    SysFreeString(bad);
}

TEST_BOTH(tones_are_made_and_heard)
{
    TAPI_DETECTTONE listen = {.dwAppSpecific = 5, .dwDuration = 20, .dwFrequency1 = 440};
    TAPI_CUSTOMTONE tone = {.dwFrequency = 440, .dwCadenceOn = 100, .dwVolume = 0x8000};
    TAPI_DETECTTONE *many = NULL;
    struct pair pair;

    pair_open(&pair);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(pair.media_in, &listen, 1), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTones(pair.media, &tone, 1, 100), S_OK);
    client_wait(pair.b, "event 0x400000"); /* TE_TONEEVENT */
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateTone(pair.media, TTM_BEEP, 50), S_OK);
    CHECK_EQ(named_call(pair.media, L"GenerateTone", NULL, "ll", TTM_RINGBACK, 50), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(pair.media_in, NULL, 0), S_OK); /* no more */
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateTone(pair.media, 0x40000, 50), TAPI_E_INVALMODE);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(pair.media_in, NULL, 2), E_POINTER);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(pair.media_in, many, 65), TAPI_E_INVALLIST);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(pair.media_in, &listen, -1), TAPI_E_INVALLIST);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTones(pair.media, NULL, 1, 50), E_POINTER);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTones(pair.media, &tone, 0, 50),
             TAPI_E_INVALLIST);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTones(pair.media, &tone, 65, 50),
             TAPI_E_INVALLIST);
    pair_close(&pair);
}

/* A collection with one tone object of each kind's properties set by name. */
static ITCollection2 *collect(struct client *client, void *tone)
{
    ITCollection2 *collection = NULL;
    VARIANT item = late_object(tone);

    REQUIRE_EQ(ITTAPI2_CreateEmptyCollectionObject(client->tapi, &collection), S_OK);
    CHECK_EQ(ITCollection2_Add(collection, 1, &item), S_OK);
    return collection;
}

TEST_BOTH(tones_in_collections)
{
    ITCollection2 *listen, *make, *wrong;
    VARIANT detect, custom;
    struct pair pair;

    pair_open(&pair);
    REQUIRE_EQ(named_call(pair.media, L"CreateDetectToneObject", &detect, ""), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&detect), L"AppSpecific", "l", 7), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&detect), L"Duration", "l", 20), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&detect), L"Frequency", "ll", 1, 440), S_OK);
    REQUIRE_EQ(named_call(pair.media, L"CreateCustomToneObject", &custom, ""), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&custom), L"Frequency", "l", 440), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&custom), L"CadenceOn", "l", 100), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&custom), L"CadenceOff", "l", 0), S_OK);
    CHECK_EQ(named_put(V_DISPATCH(&custom), L"Volume", "l", 0x8000), S_OK);
    listen = collect(pair.a, V_DISPATCH(&detect));
    make = collect(pair.a, V_DISPATCH(&custom));
    wrong = collect(pair.a, pair.a->tapi);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(pair.media_in, listen), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTonesByCollection(pair.media, make, 100),
             S_OK);
    client_wait(pair.b, "event 0x400000");
    CHECK_EQ(named_call(pair.media_in, L"DetectTonesByCollection", NULL, "o", listen), S_OK);
    CHECK_EQ(named_call(pair.media, L"GenerateCustomTonesByCollection", NULL, "ol", make, 100),
             S_OK);
    client_wait(pair.b, "event 0x400000");
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(pair.media_in, NULL), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(pair.media_in, wrong),
             TAPI_E_INVALLIST);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTonesByCollection(pair.media, wrong, 1),
             TAPI_E_INVALLIST);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTonesByCollection(pair.media, NULL, 1),
             E_POINTER);
    ITCollection2_Release(listen);
    ITCollection2_Release(make);
    ITCollection2_Release(wrong);
    VariantClear(&detect);
    VariantClear(&custom);
    pair_close(&pair);
}

#define CHECK_PROPERTY(itf, object, name, value_)                                                  \
    do {                                                                                           \
        LONG value;                                                                                \
        CHECK_EQ(itf##_put_##name(object, value_), S_OK);                                          \
        POISON(value);                                                                             \
        CHECK_EQ(itf##_get_##name(object, &value), S_OK);                                          \
        CHECK_EQ(value, value_);                                                                   \
        CHECK_EQ(late_number(object, L"" #name), value_);                                          \
        CHECK_EQ(named_put(object, L"" #name, "l", value_ + 1), S_OK);                             \
        CHECK_EQ(late_number(object, L"" #name), value_ + 1);                                      \
    } while (0)

TEST_BOTH(properties_of_tones)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITLegacyCallMediaControl2 *media = interface_of(call, &IID_ITLegacyCallMediaControl2);
    ITDetectTone *detect = NULL;
    ITCustomTone *custom = NULL;
    VARIANT late;
    LONG i, value;

    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateDetectToneObject(media, &detect), S_OK);
    CHECK_PROPERTY(ITDetectTone, detect, AppSpecific, 11);
    CHECK_PROPERTY(ITDetectTone, detect, Duration, 30);
    for (i = 1; i <= 3; i++) {
        CHECK_EQ(ITDetectTone_put_Frequency(detect, i, 100 * i), S_OK);
        CHECK_EQ(ITDetectTone_get_Frequency(detect, i, &value), S_OK);
        CHECK_EQ(value, 100 * i);
        CHECK_EQ(named_put(detect, L"Frequency", "ll", i, 200 * i), S_OK);
        CHECK_EQ(named_get(detect, L"Frequency", &late, "l", i), S_OK);
        CHECK_EQ(V_I4(&late), 200 * i);
    }
    CHECK_EQ(ITDetectTone_get_Frequency(detect, 0, &value), E_INVALIDARG);
    CHECK_EQ(ITDetectTone_put_Frequency(detect, 4, 1), E_INVALIDARG);
    CHECK_EQ(named_get(detect, L"Frequency", &late, "l", 4), E_INVALIDARG);
    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateCustomToneObject(media, &custom), S_OK);
    CHECK_PROPERTY(ITCustomTone, custom, Frequency, 440);
    CHECK_PROPERTY(ITCustomTone, custom, CadenceOn, 100);
    CHECK_PROPERTY(ITCustomTone, custom, CadenceOff, 50);
    CHECK_PROPERTY(ITCustomTone, custom, Volume, 0x4000);
    ITCustomTone_Release(custom);
    ITDetectTone_Release(detect);
    ITLegacyCallMediaControl2_Release(media);
    ITBasicCallControl_Release(call);
    client_close(a);
}

TEST_BOTH(media_types_and_devices_of_a_call)
{
    BSTR line = SysAllocString(L"tapi/line"), none = SysAllocString(L"no/such");
    struct pair pair;
    VARIANT id;
    BYTE *bytes;
    DWORD size;

    pair_open(&pair);
    CHECK_EQ(ITLegacyCallMediaControl2_SetMediaType(pair.media, TAPIMEDIATYPE_AUDIO), S_OK);
    CHECK_EQ(named_call(pair.media, L"SetMediaType", NULL, "l", TAPIMEDIATYPE_AUDIO), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_SetMediaType(pair.media, 0), TAPI_E_INVALIDMEDIATYPE);
    CHECK_EQ(ITLegacyCallMediaControl2_MonitorMedia(pair.media, TAPIMEDIATYPE_AUDIO), S_OK);
    CHECK_EQ(named_call(pair.media, L"MonitorMedia", NULL, "l", TAPIMEDIATYPE_AUDIO), S_OK);
    CHECK_EQ(ITLegacyCallMediaControl2_MonitorMedia(pair.media, TAPIMEDIATYPE_VIDEO),
             TAPI_E_INVALIDMEDIATYPE);
    REQUIRE_EQ(ITLegacyCallMediaControl2_GetID(pair.media_in, line, &size, &bytes), S_OK);
    CHECK_EQ(size, sizeof(DWORD));
    CHECK_EQ(*(DWORD *)bytes, 1); /* 102 is the second line */
    CoTaskMemFree(bytes);
    CHECK_EQ(ITLegacyCallMediaControl2_GetIDAsVariant(pair.media_in, line, &id), S_OK);
    CHECK(bytes_equal(&id, &(DWORD){1}, sizeof(DWORD)));
    CHECK_EQ(named_call(pair.media_in, L"GetIDAsVariant", &id, "s", L"tapi/line"), S_OK);
    CHECK(bytes_equal(&id, &(DWORD){1}, sizeof(DWORD)));
    POISON(bytes);
    CHECK_EQ(ITLegacyCallMediaControl2_GetID(pair.media, none, &size, &bytes),
             TAPI_E_INVALDEVICECLASS);
    CHECK(bytes == NULL && size == 0);
    CHECK_EQ(ITLegacyCallMediaControl2_GetID(pair.media, NULL, &size, &bytes), E_POINTER);
    CHECK_EQ(ITLegacyCallMediaControl2_GetIDAsVariant(pair.media, none, &id),
             TAPI_E_INVALDEVICECLASS);
    CHECK_EQ(ITLegacyCallMediaControl2_GetIDAsVariant(pair.media, NULL, &id), E_POINTER);
    SysFreeString(line);
    SysFreeString(none);
    pair_close(&pair);
}

TEST_BOTH(nothing_of_it_without_a_call)
{
    struct client *a = client_open(L"101");
    ITBasicCallControl *call = client_create_call(a, L"5550100");
    ITLegacyCallMediaControl2 *media = interface_of(call, &IID_ITLegacyCallMediaControl2);
    TAPI_DETECTTONE listen = {.dwDuration = 20, .dwFrequency1 = 440};
    TAPI_CUSTOMTONE tone = {.dwFrequency = 440, .dwCadenceOn = 100, .dwVolume = 0x8000};
    BSTR text = SysAllocString(L"tapi/line");
    ITCollection2 *collection;
    ITCustomTone *custom = NULL;
    VARIANT id;
    BYTE *bytes;
    DWORD size;
    const HRESULT hr = TAPI_E_INVALCALLSTATE;

    REQUIRE_EQ(ITLegacyCallMediaControl2_CreateCustomToneObject(media, &custom), S_OK);
    collection = collect(a, custom);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectDigits(media, LINEDIGITMODE_DTMF), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits(media, text, LINEDIGITMODE_DTMF), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateDigits2(media, text, LINEDIGITMODE_DTMF, 5), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GetID(media, text, &size, &bytes), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GetIDAsVariant(media, text, &id), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_SetMediaType(media, TAPIMEDIATYPE_AUDIO), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_MonitorMedia(media, TAPIMEDIATYPE_AUDIO), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GatherDigits(media, LINEDIGITMODE_DTMF, 2, NULL, 1, 1), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTones(media, &listen, 1), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_DetectTonesByCollection(media, NULL), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateTone(media, TTM_BEEP, 5), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTones(media, &tone, 1, 5), hr);
    CHECK_EQ(ITLegacyCallMediaControl2_GenerateCustomTonesByCollection(media, collection, 5), hr);
    CHECK_EQ(named_call(media, L"GenerateTone", NULL, "ll", TTM_BEEP, 5), hr);
    ITCollection2_Release(collection);
    ITCustomTone_Release(custom);
    SysFreeString(text);
    ITLegacyCallMediaControl2_Release(media);
    ITBasicCallControl_Release(call);
    client_close(a);
}
