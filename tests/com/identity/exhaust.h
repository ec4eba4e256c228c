/*
 * exhaust.h - how exhausted memory is walked: an operation is carried out again and again while the
 * first, second, third... allocation that a watched DLL (faults.h) makes for it fails. It must say
 * E_OUTOFMEMORY, give nothing, lose nothing, and work the next time.
 */
#ifndef TESTS_COM_IDENTITY_EXHAUST_H
#define TESTS_COM_IDENTITY_EXHAUST_H

#include "tests/com/identity/faults.h"
#include "tests/support/test.h"

#include <oleauto.h>

struct operation {
    const char *name;
    HRESULT (*run)(void);
    bool gets_by; /* without some of the memory it may do what was asked all the same */
};
#define OPERATION(name)                                                                            \
    {                                                                                              \
#name, name, false                                                                         \
    }

/* What is held besides the blocks of faults.h and must come back, too. */
typedef LONG exhaust_count(void);

/* Walks one operation. The objects (NULL: none are counted) and blocks of before are there again
 * after each failure, at once or when what is on its way has arrived; wake: signalled when
 * something arrives, or NULL. */
void exhaust(const struct operation *operation, exhaust_count *objects, HANDLE wake);

/* Waits until there are no more blocks than these: whoever lets go of the last object frees its
 * memory after it is counted as gone. False: they do not go. */
bool exhaust_settled(LONG blocks);

/* Another interface of an object, valid without a reference as long as somebody has one. */
void *exhaust_face(void *object, REFIID iid);

/* Operations that give one thing: the method's last argument is &out. */
#define OBJECT(name, type, ...)                                                                    \
    static HRESULT name(void)                                                                      \
    {                                                                                              \
        type *out;                                                                                 \
        HRESULT hr;                                                                                \
                                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        faults_disarm(); /* letting go is not what is tried */                                     \
        if (SUCCEEDED(hr) && CHECK(out != NULL))                                                   \
            IUnknown_Release((IUnknown *)out);                                                     \
        if (FAILED(hr))                                                                            \
            CHECK(out == NULL);                                                                    \
        return hr;                                                                                 \
    }
#define VALUE(name, ...)                                                                           \
    static HRESULT name(void)                                                                      \
    {                                                                                              \
        VARIANT out;                                                                               \
        HRESULT hr;                                                                                \
                                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        faults_disarm();                                                                           \
        if (SUCCEEDED(hr))                                                                         \
            VariantClear(&out);                                                                    \
        else                                                                                       \
            CHECK_EQ(V_VT(&out), VT_EMPTY);                                                        \
        return hr;                                                                                 \
    }
#define TEXT_OF(name, ...)                                                                         \
    static HRESULT name(void)                                                                      \
    {                                                                                              \
        BSTR out;                                                                                  \
        HRESULT hr;                                                                                \
                                                                                                   \
        POISON(out);                                                                               \
        hr = __VA_ARGS__;                                                                          \
        if (SUCCEEDED(hr))                                                                         \
            SysFreeString(out);                                                                    \
        else                                                                                       \
            CHECK(out == NULL);                                                                    \
        return hr;                                                                                 \
    }

#endif
