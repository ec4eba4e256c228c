/* handle_test.c - handles: typed, never reused soon, and told apart when they are dead. */
#include "base/handle_table.h"
#include "base/mem.h"
#include "tests/support/test.h"

#define MANY 20000

static struct handle_table table;
static int object;

TEST(a_handle_finds_its_object_by_type)
{
    uint32_t handle = handle_new(&table, 3, &object);

    CHECK(handle != 0);
    CHECK((int32_t)handle > 0);
    CHECK(handle_get(&table, handle, 3) == &object);
    CHECK(handle_get(&table, handle, 4) == NULL);
    CHECK_EQ(handle_state(&table, handle, 4), HANDLE_FOREIGN);
    CHECK(handle_free(&table, handle, 4) == NULL);
    CHECK(handle_free(&table, handle, 3) == &object);
    CHECK(handle_get(&table, handle, 3) == NULL);
    CHECK_EQ(handle_state(&table, handle, 3), HANDLE_STALE);
    CHECK(handle_free(&table, handle, 3) == NULL);
    handle_table_destroy(&table);
}

TEST(garbage_is_foreign)
{
    static const uint32_t garbage[] = {0, 1, 0xffffffff, 0x80000001, 0x12345678, 0x7fffffff};

    for (unsigned i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        CHECK(handle_get(&table, garbage[i], 1) == NULL);
        CHECK_EQ(handle_state(&table, garbage[i], 1), HANDLE_FOREIGN);
    }
}

TEST(twenty_thousand_alive_at_once)
{
    static uint32_t handle[MANY];

    for (unsigned i = 0; i < MANY; i++)
        REQUIRE(handle[i] = handle_new(&table, 1, &handle[i]));
    CHECK_EQ(handle_count(&table), MANY);
    for (unsigned i = 0; i < MANY; i++)
        CHECK(handle_get(&table, handle[i], 1) == &handle[i]);
    for (unsigned i = 0; i < MANY; i++)
        CHECK(handle_free(&table, handle[i], 1) == &handle[i]);
    CHECK_EQ(handle_count(&table), 0);
    handle_table_destroy(&table);
}

/* A program that holds on to a dead handle meets nobody else behind it for a long time. */
TEST(a_dead_handle_stays_dead)
{
    uint32_t dead = handle_new(&table, 1, &object);

    handle_free(&table, dead, 1);
    for (unsigned i = 0; i < 1000000; i++) {
        uint32_t handle = handle_new(&table, 1, &object);

        if (handle == dead) {
            CHECK(handle != dead);
            break;
        }
        handle_free(&table, handle, 1);
    }
    CHECK_EQ(handle_state(&table, dead, 1), HANDLE_STALE);
    handle_table_destroy(&table);
}

TEST(exhausted_memory_gives_no_handle)
{
    for (unsigned nth = 1; nth <= 2; nth++) {
        mem_fail_at(nth);
        CHECK_EQ(handle_new(&table, 1, &object), 0);
        mem_fail_at(0);
    }
    CHECK(handle_new(&table, 1, &object) != 0);
    handle_table_destroy(&table);
    CHECK_EQ(mem_blocks(), 0);
}
