/* play_list.c - the files of a playback terminal, as a list and as a VARIANT. */
#include "msp/termmgr/private.h"

#include <stdlib.h>

void wav_list_free(struct wav_list *list)
{
    unsigned i;

    for (i = 0; list && i < list->count; i++)
        SysFreeString(list->paths[i]);
    free(list);
}

static struct wav_list *list_create(unsigned count)
{
    return calloc(1, sizeof(struct wav_list) + count * sizeof(BSTR));
}

static HRESULT list_set(struct wav_list *list, unsigned index, VARIANT *value)
{
    VARIANT copy;
    HRESULT hr;

    VariantInit(&copy);
    hr = VariantCopyInd(&copy, value);
    if (FAILED(hr))
        return hr;
    if (V_VT(&copy) != VT_BSTR || !V_BSTR(&copy) || !*V_BSTR(&copy)) {
        VariantClear(&copy);
        return E_INVALIDARG;
    }
    list->paths[index] = V_BSTR(&copy);
    return S_OK;
}

#define PLAYLIST_MAX 10000

HRESULT wav_list_from_variant(VARIANT *value, struct wav_list **out)
{
    SAFEARRAY *array = NULL;
    LONG low, high, i;
    VARTYPE type;
    HRESULT hr;

    *out = NULL;
    while (V_VT(value) == (VT_BYREF | VT_VARIANT)) {
        if (!V_VARIANTREF(value) || V_VARIANTREF(value) == value)
            return E_INVALIDARG;
        value = V_VARIANTREF(value);
        if (V_VT(value) == (VT_BYREF | VT_VARIANT))
            return E_INVALIDARG; /* not legal, and may be a circle */
    }
    if ((V_VT(value) & ~VT_BYREF) == VT_BSTR) {
        *out = list_create(1);
        if (!*out)
            return E_OUTOFMEMORY;
        (*out)->count = 1;
        hr = list_set(*out, 0, value);
        goto done;
    }
    if (!(V_VT(value) & VT_ARRAY))
        return E_INVALIDARG;
    array =
        V_VT(value) & VT_BYREF ? (V_ARRAYREF(value) ? *V_ARRAYREF(value) : NULL) : V_ARRAY(value);
    type = V_VT(value) & VT_TYPEMASK;
    if (!array || SafeArrayGetDim(array) != 1 || (type != VT_BSTR && type != VT_VARIANT) ||
        FAILED(SafeArrayGetLBound(array, 1, &low)) || FAILED(SafeArrayGetUBound(array, 1, &high)) ||
        high < low || (LONGLONG)high - low >= PLAYLIST_MAX)
        return E_INVALIDARG;
    *out = list_create((unsigned)(high - low + 1));
    if (!*out)
        return E_OUTOFMEMORY;
    (*out)->count = (unsigned)(high - low + 1);
    hr = S_OK;
    for (i = low; i <= high && SUCCEEDED(hr); i++) {
        VARIANT item;

        VariantInit(&item);
        if (type == VT_BSTR) {
            V_VT(&item) = VT_BSTR;
            hr = SafeArrayGetElement(array, &i, &V_BSTR(&item));
        } else {
            hr = SafeArrayGetElement(array, &i, &item);
        }
        if (SUCCEEDED(hr))
            hr = list_set(*out, (unsigned)(i - low), &item);
        VariantClear(&item);
    }
done:
    if (FAILED(hr)) {
        wav_list_free(*out);
        *out = NULL;
    }
    return hr;
}

struct wav_list *wav_list_copy(const struct wav_list *list)
{
    struct wav_list *copy = list_create(list->count);
    unsigned i;

    if (!copy)
        return NULL;
    copy->count = list->count;
    for (i = 0; i < list->count; i++) {
        copy->paths[i] = SysAllocString(list->paths[i]);
        if (!copy->paths[i]) {
            wav_list_free(copy);
            return NULL;
        }
    }
    return copy;
}

HRESULT wav_list_to_variant(const struct wav_list *list, VARIANT *value)
{
    /* VARIANTs rather than strings: the only arrays scripts can read. */
    SAFEARRAY *array = SafeArrayCreateVector(VT_VARIANT, 0, list->count);
    HRESULT hr = array ? S_OK : E_OUTOFMEMORY;
    LONG i;

    for (i = 0; SUCCEEDED(hr) && i < (LONG)list->count; i++) {
        VARIANT item;

        V_VT(&item) = VT_BSTR;
        V_BSTR(&item) = list->paths[i];
        hr = SafeArrayPutElement(array, &i, &item); /* copies */
    }
    if (SUCCEEDED(hr)) {
        V_VT(value) = VT_ARRAY | VT_VARIANT;
        V_ARRAY(value) = array;
    } else if (array) {
        SafeArrayDestroy(array);
    }
    return hr;
}
