/*
 * prelude.h - included by the generated assertions: the headers of OpenTAPI with every GUID turned
 * into constants, which a static assertion can look at, and the assertions themselves.
 */
#ifndef SURFACE_PRELUDE_H
#define SURFACE_PRELUDE_H

#include <stddef.h>

#include <windows.h>

#include <ole2.h>
#include <strmif.h>

/* Two bytes at a time, because the value of an enumeration constant is an int. */
#undef DEFINE_GUID
#define DEFINE_GUID(name, a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)                                 \
    EXTERN_C const GUID name;                                                                      \
    enum {                                                                                         \
        name##_0 = (a) >> 16,                                                                      \
        name##_1 = (a)&0xffff,                                                                     \
        name##_2 = b,                                                                              \
        name##_3 = c,                                                                              \
        name##_4 = (d0) << 8 | (d1),                                                               \
        name##_5 = (d2) << 8 | (d3),                                                               \
        name##_6 = (d4) << 8 | (d5),                                                               \
        name##_7 = (d6) << 8 | (d7)                                                                \
    }

#include <ot_tapi3.h>

#define ASSERT_GUID(name, g0, g1, g2, g3, g4, g5, g6, g7)                                          \
    _Static_assert(name##_0 == g0 && name##_1 == g1 && name##_2 == g2 && name##_3 == g3 &&         \
                       name##_4 == g4 && name##_5 == g5 && name##_6 == g6 && name##_7 == g7,       \
                   #name)

#define ASSERT_SLOT(interface_, method, slot)                                                      \
    _Static_assert(offsetof(interface_##Vtbl, method) == (slot) * sizeof(void *),                  \
                   #interface_ "." #method " is not in slot " #slot)

/* The type of a method: everything after the slot are the types of its parameters. */
#define ASSERT_METHOD(interface_, method, slot, ...)                                               \
    ASSERT_SLOT(interface_, method, slot);                                                         \
    _Static_assert(__builtin_types_compatible_p(                                                   \
                       __typeof__(((interface_##Vtbl *)0)->method),                                \
                       HRESULT(STDMETHODCALLTYPE *)(interface_ * __VA_OPT__(, ) __VA_ARGS__)),     \
                   #interface_ "." #method " has other parameters")

#define ASSERT_SLOTS(interface_, count)                                                            \
    _Static_assert(sizeof(interface_##Vtbl) == (count) * sizeof(void *),                           \
                   #interface_ " has not " #count " slots")

#define ASSERT_UNKNOWN(interface_)                                                                 \
    ASSERT_SLOT(interface_, QueryInterface, 0);                                                    \
    ASSERT_SLOT(interface_, AddRef, 1);                                                            \
    ASSERT_SLOT(interface_, Release, 2)

#define ASSERT_DISPATCH(interface_)                                                                \
    ASSERT_UNKNOWN(interface_);                                                                    \
    ASSERT_SLOT(interface_, GetTypeInfoCount, 3);                                                  \
    ASSERT_SLOT(interface_, GetTypeInfo, 4);                                                       \
    ASSERT_SLOT(interface_, GetIDsOfNames, 5);                                                     \
    ASSERT_SLOT(interface_, Invoke, 6)

/* For headers_test.c, which looks at the values in opentapi_uuid. */
struct guid_value {
    const char *name;
    const GUID *value;
    const WCHAR *expected;
};
struct row_counts {
    int interfaces, methods, enums, classes;
};
extern const struct guid_value guid_values[];
extern const int guid_value_count;
extern const struct row_counts row_counts;

#endif
