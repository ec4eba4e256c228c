/*
 * enumerators_test.c - Next, Skip, Reset and Clone as COM has them, the same check for every
 * enumerator there is, and ITCollection's rules for every collection. Enumerators differ in what
 * Next gives and in the order of their vtable: TAPI's own have Reset before Skip (methods.csv).
 */
#include "tests/com/identity/gallery.h"

#include <string.h>

/* Says which object a failure is about. */
static const char *subject_name;
#define EXPECT_EQ(actual, expected)                                                                \
    ((void)(CHECK_EQ(actual, expected) || (test_note("this is about: %s", subject_name), false)))

/* ---- one enumerator, whatever it gives ------------------------------------------------------- */

#define MANY 16

union element {
    IUnknown *pointer;
    BSTR text;
    CLSID clsid;
    VARIANT value;
    CONNECTDATA connection;
};

struct elements {
    BYTE bytes[MANY * sizeof(union element)]; /* as Next fills them: without gaps */
};

static size_t size_of(enum exhibit_kind kind)
{
    switch (kind) {
    case EXHIBIT_OF_CLSIDS:
        return sizeof(CLSID);
    case EXHIBIT_OF_VARIANTS:
        return sizeof(VARIANT);
    case EXHIBIT_OF_CONNECTIONS:
        return sizeof(CONNECTDATA);
    default:
        return sizeof(void *);
    }
}

typedef HRESULT(WINAPI *next_function)(IUnknown *, ULONG, void *, ULONG *);
typedef HRESULT(WINAPI *skip_function)(IUnknown *, ULONG);
typedef HRESULT(WINAPI *reset_function)(IUnknown *);
typedef HRESULT(WINAPI *clone_function)(IUnknown *, IUnknown **);

enum { NEXT = 3, CLONE = 6 };

static void *slot(IUnknown *object, unsigned number)
{
    return (*(void ***)object)[number];
}

struct subject {
    const struct exhibit *exhibit;
    IUnknown *object;
};

static HRESULT next(struct subject it, ULONG count, void *to, ULONG *fetched)
{
    return ((next_function)slot(it.object, NEXT))(it.object, count, to, fetched);
}

static HRESULT skip(struct subject it, ULONG count)
{
    return ((skip_function)slot(it.object, it.exhibit->com_order ? 4 : 5))(it.object, count);
}

static HRESULT reset(struct subject it)
{
    return ((reset_function)slot(it.object, it.exhibit->com_order ? 5 : 4))(it.object);
}

static HRESULT copy(struct subject it, struct subject *out)
{
    out->exhibit = it.exhibit;
    return ((clone_function)slot(it.object, CLONE))(it.object, &out->object);
}

/* An element is what it should be, and then let go. Gives something to compare it by. */
static UINT_PTR finish(struct subject it, void *at)
{
    union element element;
    IUnknown *same = NULL;
    UINT_PTR mark = 0;

    memset(&element, 0, sizeof(element));
    memcpy(&element, at, size_of(it.exhibit->kind));
    switch (it.exhibit->kind) {
    case EXHIBIT_OF_BSTRS:
        for (UINT i = 0; CHECK(element.text != NULL) && i < SysStringLen(element.text); i++)
            mark = mark * 31 + element.text[i];
        SysFreeString(element.text);
        return mark;
    case EXHIBIT_OF_CLSIDS:
        CHECK(!IsEqualGUID(&element.clsid, &GUID_NULL));
        return element.clsid.Data1;
    case EXHIBIT_OF_VARIANTS:
        if (it.exhibit->item && CHECK_EQ(V_VT(&element.value), VT_DISPATCH)) {
            CHECK_EQ(IUnknown_QueryInterface(V_UNKNOWN(&element.value), it.exhibit->item,
                                             (void **)&same),
                     S_OK);
            IUnknown_Release(same);
            mark = (UINT_PTR)same;
        } else if (!it.exhibit->item) {
            CHECK_EQ(V_VT(&element.value), VT_BSTR);
            mark = SysStringLen(V_BSTR(&element.value));
        }
        VariantClear(&element.value);
        return mark;
    default: /* of a connection the pointer stands first */
        if (!CHECK(element.pointer != NULL))
            return 0;
        mark = (UINT_PTR)element.pointer;
        if (it.exhibit->item) {
            CHECK_EQ(IUnknown_QueryInterface(element.pointer, it.exhibit->item, (void **)&same),
                     S_OK);
            CHECK(same == element.pointer); /* that interface, not any of the object */
            if (same)
                IUnknown_Release(same);
        }
        IUnknown_Release(element.pointer);
        return mark;
    }
}

/* One after the other; the number of them. */
static ULONG drain(struct subject it, UINT_PTR *marks)
{
    struct elements elements;
    ULONG count, fetched;

    for (count = 0; count < MANY; count++) {
        POISON(elements);
        POISON(fetched);
        /* Whether or not it is asked how many came. */
        if (next(it, 1, &elements, count % 2 ? &fetched : NULL) != S_OK)
            break;
        if (count % 2)
            CHECK_EQ(fetched, 1);
        marks[count] = finish(it, elements.bytes);
    }
    return count;
}

static void check_enumerator(const struct exhibit *exhibit)
{
    struct subject it = {exhibit, exhibit->object}, other = {0};
    size_t size = size_of(exhibit->kind);
    UINT_PTR marks[MANY], again[MANY];
    struct elements elements;
    ULONG count, fetched;

    EXPECT_EQ(reset(it), S_OK);
    count = drain(it, marks);
    if (!CHECK(count < MANY))
        return;
    /* The end stays the end. */
    POISON(fetched);
    EXPECT_EQ(next(it, 1, &elements, &fetched), S_FALSE);
    EXPECT_EQ(fetched, 0);
    EXPECT_EQ(next(it, 1, &elements, NULL), S_FALSE);
    EXPECT_EQ(skip(it, 1), S_FALSE);
    EXPECT_EQ(skip(it, 0), S_OK);
    /* All at once, and more than there are. */
    EXPECT_EQ(reset(it), S_OK);
    POISON(elements);
    POISON(fetched);
    EXPECT_EQ(next(it, MANY, &elements, &fetched), S_FALSE);
    EXPECT_EQ(fetched, count);
    for (ULONG i = 0; i < fetched; i++)
        EXPECT_EQ(finish(it, elements.bytes + i * size), marks[i]);
    EXPECT_EQ(reset(it), S_OK);
    if (count) {
        POISON(fetched);
        EXPECT_EQ(next(it, count, &elements, &fetched), S_OK);
        EXPECT_EQ(fetched, count);
        for (ULONG i = 0; i < fetched; i++)
            finish(it, elements.bytes + i * size);
    }
    /* Arguments. */
    EXPECT_EQ(reset(it), S_OK);
    POISON(fetched);
    EXPECT_EQ(next(it, 1, NULL, &fetched), E_POINTER);
    EXPECT_EQ(fetched, 0);
    EXPECT_EQ(next(it, 2, &elements, NULL), E_POINTER);
    EXPECT_EQ(((clone_function)slot(it.object, CLONE))(it.object, NULL), E_POINTER);
    EXPECT_EQ(next(it, 0, &elements, &fetched), S_OK);
    EXPECT_EQ(fetched, 0);
    /* None of that took anything. Skip goes just as far as there is something. */
    EXPECT_EQ(skip(it, count), S_OK);
    EXPECT_EQ(skip(it, 1), S_FALSE);
    EXPECT_EQ(reset(it), S_OK);
    EXPECT_EQ(skip(it, count + 5), S_FALSE);
    EXPECT_EQ(next(it, 1, &elements, &fetched), S_FALSE);
    EXPECT_EQ(reset(it), S_OK);
    EXPECT_EQ(skip(it, 0xffffffff), S_FALSE);

    /* A clone stands where the original stands, and then goes its own way. */
    EXPECT_EQ(reset(it), S_OK);
    if (count)
        EXPECT_EQ(skip(it, 1), S_OK);
    REQUIRE_EQ(copy(it, &other), S_OK);
    CHECK(other.object != it.object);
    EXPECT_EQ(drain(other, again), count ? count - 1 : 0);
    for (ULONG i = 1; i < count; i++)
        EXPECT_EQ(again[i - 1], marks[i]);
    EXPECT_EQ(drain(it, again), count ? count - 1 : 0);
    EXPECT_EQ(reset(other), S_OK);
    EXPECT_EQ(next(it, 1, &elements, NULL), S_FALSE);
    EXPECT_EQ(IUnknown_Release(other.object), 0);
    EXPECT_EQ(reset(it), S_OK);
    EXPECT_EQ(drain(it, again), count);
}

/* ---- one collection -------------------------------------------------------------------------- */

static void check_collection(const struct exhibit *exhibit)
{
    ITCollection2 *collection = NULL;
    LONG count = -1;
    VARIANT item;

    REQUIRE_EQ(IUnknown_QueryInterface(exhibit->object, &IID_ITCollection2, (void **)&collection),
               S_OK);
    EXPECT_EQ(ITCollection2_get_Count(collection, &count), S_OK);
    EXPECT_EQ(ITCollection2_get_Count(collection, NULL), E_POINTER);
    for (LONG i = 1; i <= count; i++) {
        POISON(item);
        EXPECT_EQ(ITCollection2_get_Item(collection, i, &item), S_OK);
        EXPECT_EQ(V_VT(&item), exhibit->item ? VT_DISPATCH : VT_BSTR);
        VariantClear(&item);
    }
    POISON(item);
    EXPECT_EQ(ITCollection2_get_Item(collection, 0, &item), E_INVALIDARG);
    EXPECT_EQ(V_VT(&item), VT_EMPTY);
    POISON(item);
    EXPECT_EQ(ITCollection2_get_Item(collection, count + 1, &item), E_INVALIDARG);
    EXPECT_EQ(V_VT(&item), VT_EMPTY);
    EXPECT_EQ(ITCollection2_get_Item(collection, -1, &item), E_INVALIDARG);
    EXPECT_EQ(ITCollection2_get_Item(collection, 1, NULL), E_POINTER);
    EXPECT_EQ(ITCollection2_get__NewEnum(collection, NULL), E_POINTER);
    /* Not the application's own. */
    V_VT(&item) = VT_I4;
    V_I4(&item) = 1;
    EXPECT_EQ(ITCollection2_Add(collection, 1, &item), TAPI_E_NOTSUPPORTED);
    EXPECT_EQ(ITCollection2_Remove(collection, 1), TAPI_E_NOTSUPPORTED);
    ITCollection2_Release(collection);
}

static void check_all(struct gallery *gallery)
{
    for (unsigned i = 0; i < gallery->count; i++) {
        const struct exhibit *exhibit = &gallery->exhibits[i];

        subject_name = exhibit->name;
        if (exhibit->kind == EXHIBIT_COLLECTION)
            check_collection(exhibit);
        else if (exhibit->kind != EXHIBIT_OBJECT)
            check_enumerator(exhibit);
    }
}

TEST_BOTH(every_enumerator_and_every_collection)
{
    struct gallery *gallery = gallery_open();

    check_all(gallery);
    gallery_close(gallery);
}
