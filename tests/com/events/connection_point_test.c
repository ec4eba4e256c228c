/* connection_point_test.c - the container, its two points, enumerators, bad arguments. */
#include "tests/com/events/fixture.h"

#include <olectl.h>

static IConnectionPointContainer *container_of_bench(struct bench *bench)
{
    IConnectionPointContainer *container = NULL;

    REQUIRE_EQ(
        IUnknown_QueryInterface(&bench->owner, &IID_IConnectionPointContainer, (void **)&container),
        S_OK);
    return container;
}

TEST(the_container_is_the_owner)
{
    IConnectionPointContainer *container;
    struct bench bench;
    IUnknown *identity;

    bench_start(&bench);
    container = container_of_bench(&bench);
    CHECK_EQ(bench.owner_refs, 2);
    CHECK_EQ(IConnectionPointContainer_QueryInterface(container, &IID_IUnknown, (void **)&identity),
             S_OK);
    CHECK(identity == &bench.owner);
    IUnknown_Release(identity);
    IConnectionPointContainer_Release(container);
    bench_stop(&bench);
    CHECK_EQ(dispatcher_create(NULL, NULL), E_POINTER);
}

TEST(points_are_found_by_their_interface)
{
    const IID *iids[] = {&DIID_ITTAPIDispatchEventNotification, &IID_ITTAPIEventNotification};
    IConnectionPointContainer *container, *back;
    IConnectionPoint *point;
    struct bench bench;
    void *other;
    unsigned i;
    IID iid;

    bench_start(&bench);
    container = container_of_bench(&bench);
    for (i = 0; i < 2; i++) {
        POISON(point);
        REQUIRE_EQ(IConnectionPointContainer_FindConnectionPoint(container, iids[i], &point), S_OK);
        CHECK_EQ(IConnectionPoint_GetConnectionInterface(point, &iid), S_OK);
        CHECK(IsEqualIID(&iid, iids[i]));
        CHECK_EQ(IConnectionPoint_GetConnectionPointContainer(point, &back), S_OK);
        CHECK(back == container);
        IConnectionPointContainer_Release(back);
        POISON(other);
        CHECK_EQ(IConnectionPoint_QueryInterface(point, &IID_IConnectionPointContainer, &other),
                 E_NOINTERFACE);
        CHECK(other == NULL);
        CHECK_EQ(IConnectionPoint_GetConnectionInterface(point, NULL), E_POINTER);
        CHECK_EQ(IConnectionPoint_GetConnectionPointContainer(point, NULL), E_POINTER);
        CHECK_EQ(IConnectionPoint_EnumConnections(point, NULL), E_POINTER);
        IConnectionPoint_Release(point);
    }
    POISON(point);
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, &IID_ITTAPI, &point),
             CONNECT_E_NOCONNECTION);
    CHECK(point == NULL);
    CHECK_EQ(IConnectionPointContainer_FindConnectionPoint(container, iids[0], NULL), E_POINTER);
    CHECK_EQ(IConnectionPointContainer_EnumConnectionPoints(container, NULL), E_POINTER);
    IConnectionPointContainer_Release(container);
    bench_stop(&bench);
}

TEST(both_points_are_enumerated_the_default_source_first)
{
    IConnectionPointContainer *container;
    IEnumConnectionPoints *points, *copy;
    IConnectionPoint *got[3];
    struct bench bench;
    ULONG fetched;
    unsigned i;
    IID iid;

    bench_start(&bench);
    container = container_of_bench(&bench);
    REQUIRE_EQ(IConnectionPointContainer_EnumConnectionPoints(container, &points), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Next(points, 3, got, &fetched), S_FALSE);
    REQUIRE_EQ(fetched, 2);
    CHECK_EQ(IConnectionPoint_GetConnectionInterface(got[0], &iid), S_OK);
    CHECK(IsEqualIID(&iid, &DIID_ITTAPIDispatchEventNotification));
    for (i = 0; i < 2; i++)
        IConnectionPoint_Release(got[i]);
    CHECK_EQ(IEnumConnectionPoints_Reset(points), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Skip(points, 1), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Clone(points, &copy), S_OK);
    CHECK_EQ(IEnumConnectionPoints_Next(copy, 1, got, NULL), S_OK);
    CHECK_EQ(IConnectionPoint_GetConnectionInterface(got[0], &iid), S_OK);
    CHECK(IsEqualIID(&iid, &IID_ITTAPIEventNotification));
    IConnectionPoint_Release(got[0]);
    CHECK_EQ(IEnumConnectionPoints_Next(copy, 1, got, NULL), S_FALSE);
    CHECK_EQ(IEnumConnectionPoints_Skip(points, 2), S_FALSE);
    CHECK_EQ(IEnumConnectionPoints_Next(points, 2, got, NULL), E_POINTER);
    CHECK_EQ(IEnumConnectionPoints_Next(points, 1, NULL, &fetched), E_POINTER);
    CHECK_EQ(IEnumConnectionPoints_Clone(points, NULL), E_POINTER);
    IEnumConnectionPoints_Release(copy);
    IEnumConnectionPoints_Release(points);
    IConnectionPointContainer_Release(container);
    bench_stop(&bench);
}

TEST(a_point_enumerates_its_own_connections)
{
    struct sink_object sinks[3];
    IEnumConnections *connections;
    CONNECTDATA got[4];
    struct bench bench;
    ULONG fetched;
    unsigned i;

    bench_start(&bench);
    for (i = 0; i < 3; i++) {
        sink_start(&sinks[i]);
        sink_advise(&sinks[i], &bench,
                    i == 1 ? &DIID_ITTAPIDispatchEventNotification : &IID_ITTAPIEventNotification);
    }
    REQUIRE_EQ(IConnectionPoint_EnumConnections(sinks[0].point, &connections), S_OK);
    sink_unadvise(&sinks[2]); /* the enumerator keeps what it has seen */
    CHECK_EQ(IEnumConnections_Next(connections, 4, got, &fetched), S_FALSE);
    REQUIRE_EQ(fetched, 2);
    CHECK_EQ(got[0].dwCookie, sinks[0].cookie);
    CHECK_EQ(got[1].dwCookie, sinks[2].cookie);
    CHECK(got[0].pUnk == (IUnknown *)&sinks[0].ITTAPIEventNotification_iface);
    IUnknown_Release(got[0].pUnk);
    IUnknown_Release(got[1].pUnk);
    IEnumConnections_Release(connections);
    bench_stop(&bench);
    for (i = 0; i < 3; i++)
        sink_stop(&sinks[i]);
}

static HRESULT WINAPI deaf_QueryInterface(IUnknown *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) ? iface : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI deaf_AddRef(IUnknown *iface)
{
    (void)iface;
    return 1;
}

static const IUnknownVtbl deaf_vtable = {deaf_QueryInterface, deaf_AddRef, deaf_AddRef};

TEST(advise_and_unadvise_refuse_what_cannot_be)
{
    IUnknown deaf = {(IUnknownVtbl *)&deaf_vtable};
    const IID *iids[] = {&DIID_ITTAPIDispatchEventNotification, &IID_ITTAPIEventNotification};
    struct sink_object sink;
    struct bench bench;
    unsigned i;
    DWORD cookie;

    bench_start(&bench);
    sink_start(&sink);
    for (i = 0; i < 2; i++) {
        IConnectionPoint *point = bench_point(&bench, iids[i]);

        POISON(cookie);
        CHECK_EQ(IConnectionPoint_Advise(point, &deaf, &cookie), CONNECT_E_CANNOTCONNECT);
        CHECK_EQ(cookie, 0);
        CHECK_EQ(IConnectionPoint_Advise(point, NULL, &cookie), E_POINTER);
        CHECK_EQ(
            IConnectionPoint_Advise(point, (IUnknown *)&sink.ITTAPIEventNotification_iface, NULL),
            E_POINTER);
        CHECK_EQ(IConnectionPoint_Unadvise(point, 0), CONNECT_E_NOCONNECTION);
        CHECK_EQ(IConnectionPoint_Unadvise(point, 77), CONNECT_E_NOCONNECTION);
        IConnectionPoint_Release(point);
    }
    sink_advise(&sink, &bench, &IID_ITTAPIEventNotification);
    {
        IConnectionPoint *other = bench_point(&bench, &DIID_ITTAPIDispatchEventNotification);

        CHECK_EQ(IConnectionPoint_Unadvise(other, sink.cookie), CONNECT_E_NOCONNECTION);
        IConnectionPoint_Release(other);
    }
    sink_unadvise(&sink);
    CHECK_EQ(IConnectionPoint_Unadvise(sink.point, sink.cookie), CONNECT_E_NOCONNECTION);
    bench_stop(&bench);
    sink_stop(&sink);
}
