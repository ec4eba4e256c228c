/* functions.c - the exported functions of functions_plain.h and functions_text.h, and the phones'
 * twins of these. The W form is the real one; the A form differs from it in one flag, and
 * exports.def.in makes it the plain one too. */
#include "tapi32/request.h"

#define UNPACK(...) __VA_ARGS__
#define DEFINE_FUNCTION(name_, op_, parameters_, codes_, values_)                                  \
    DEFINE_FUNCTION_NAMED(name_, op_, parameters_, codes_, values_)
#define DEFINE_FUNCTION_NAMED(name_, op_, parameters_, codes_, values_)                            \
    LONG WINAPI name_ parameters_                                                                  \
    {                                                                                              \
        static const uint16_t codes[] = {UNPACK codes_};                                           \
        static const struct function function = {                                                  \
            #name_, op_, PHONE, WIDE, ARRAYSIZE(codes), codes};                                    \
        const ULONG_PTR values[] = {UNPACK values_};                                               \
        return request_run(&function, values);                                                     \
    }

#include "tapi32/functions_arity.h"

#define PHONE false

#define NAME(name) line##name
#define WIDE       false
#include "tapi32/functions_plain.h"
#undef NAME

#define NAME(name) line##name##A
#define CSTR       LPCSTR
#define STR        LPSTR
#include "tapi32/functions_text.h"
#include "tapi32/functions_agent.h"
#undef NAME
#undef CSTR
#undef STR
#undef WIDE

#define NAME(name) line##name##W
#define CSTR       LPCWSTR
#define STR        LPWSTR
#define WIDE       true
#include "tapi32/functions_text.h"
#include "tapi32/functions_agent.h"
#undef NAME
#undef CSTR
#undef STR
#undef WIDE
#undef PHONE

#define PHONE true

/* Display and data have no A form: their characters are as the phone has them. */
#define NAME(name) phone##name
#define WIDE       true
#include "tapi32/functions_phone_plain.h"
#undef NAME
#undef WIDE

#define NAME(name) phone##name##A
#define CSTR       LPCSTR
#define WIDE       false
#include "tapi32/functions_phone_text.h"
#undef NAME
#undef CSTR
#undef WIDE

#define NAME(name) phone##name##W
#define CSTR       LPCWSTR
#define WIDE       true
#include "tapi32/functions_phone_text.h"
