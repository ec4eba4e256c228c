/* event_objects_test.c - COM's rules for every kind of event object, the carriers of terminal
 * events included: all of event_classes.h, made by the constructors that tapi3.dll uses. */
#include "events/private.h"
#include "objects/com.h"
#include "tests/com/identity/rules.h"

#include <objbase.h>

#define FILL_OBJECT(i, name, type)
#define FILL_NUMBER(i, name, type) .name = (type)3,
#define FILL_TEXT(i, name)         .name = L"text",

static void check(const char *name, IDispatch *event, REFIID iid)
{
    const IID *const own[] = {iid, NULL};
    const IID *const both[] = {&IID_ITTAPIObjectEvent, &IID_ITTAPIObjectEvent2, NULL};

    REQUIRE(event != NULL);
    rules_check(name, (IUnknown *)event, IsEqualIID(iid, &IID_ITTAPIObjectEvent2) ? both : own);
    CHECK_EQ(IDispatch_Release(event), 0);
    CHECK_EQ(com_live_objects(), 0);
    CHECK_EQ(events_alive(), 0);
}

#define CHECK_CLASS(i)                                                                             \
    check(#i,                                                                                      \
          i##_create(&(const struct i##_values){                                                   \
              i##_PROPERTIES(i, FILL_OBJECT, FILL_OBJECT, FILL_NUMBER, FILL_TEXT)}),               \
          &IID_##i);

static void check_all(DWORD apartment)
{
    com_module = GetModuleHandleW(NULL); /* has the type library, as tapi3.dll has */
    REQUIRE_EQ(CoInitializeEx(NULL, apartment), S_OK);
    EVENT_CLASSES(CHECK_CLASS)
    CoUninitialize();
}

TEST(every_event_object_mta)
{
    check_all(COINIT_MULTITHREADED);
}

TEST(every_event_object_sta)
{
    check_all(COINIT_APARTMENTTHREADED);
}
