/* book_test.c - adding, removing and copying locations and cards; toll lists. */
#include "dialing/dialing.h"

#include "base/mem.h"
#include "tests/support/test.h"

static bool same(const wchar_t *a, const wchar_t *b)
{
    return a && !wcscmp(a, b);
}

TEST_AFTER
{
    CHECK_EQ(mem_blocks(), 0);
}

static void fill(struct dial_book *book)
{
    struct dial_area_rule *rule;

    REQUIRE(dial_location_add(book) && dial_location_add(book));
    book->current = 2;
    rule = dial_rule_add(&book->locations[1]);
    REQUIRE(rule && dial_rule_set_prefixes(rule, L" 123; 45 - 6,"));
    REQUIRE(dial_rule_add(&book->locations[1]));
    REQUIRE(dial_book_add_cards(book));
}

TEST(locations_come_and_go)
{
    struct dial_book book = {0};
    uint32_t first, second;

    CHECK(dial_location_current(&book) == NULL);
    first = dial_location_add(&book)->id;
    second = dial_location_add(&book)->id;
    CHECK_EQ(first, 1);
    CHECK_EQ(second, 2);
    CHECK_EQ(dial_location_current(&book)->id, first); /* the book names none */
    book.current = second;
    CHECK_EQ(dial_location_current(&book)->id, second);
    CHECK(!dial_location_remove(&book, 77));
    CHECK(dial_location_remove(&book, second));
    CHECK_EQ(book.current, first);
    CHECK(!dial_location_remove(&book, first)); /* the last one */
    CHECK_EQ(dial_location_add(&book)->id, 3);  /* IDs are permanent */
    CHECK(dial_location_find(&book, second) == NULL);
    dial_book_clear(&book);
}

TEST(a_location_takes_everything_of_another_but_its_id)
{
    struct dial_book book = {0};
    struct dial_location *to;

    fill(&book);
    to = &book.locations[0];
    wcscpy(book.locations[1].name, L"Other");
    CHECK(dial_location_assign(to, &book.locations[1]));
    CHECK_EQ(to->id, 1);
    CHECK(same(to->name, L"Other"));
    CHECK_EQ(to->rule_count, 2);
    CHECK(to->rules != book.locations[1].rules);
    dial_book_clear(&book);
}

TEST(cards_come_and_go)
{
    struct dial_book book = {0};
    struct dial_location *location = dial_location_add(&book);
    uint32_t own, count;

    REQUIRE(dial_book_add_cards(&book));
    count = book.card_count;
    CHECK(count >= 2);
    CHECK(same(dial_card_find(&book, 0)->name, L"None (Direct Dial)"));
    own = dial_card_add(&book)->id;
    CHECK_EQ(own, count);
    REQUIRE(dial_book_add_cards(&book)); /* they are there */
    CHECK_EQ(book.card_count, count + 1);
    location->card_id = own;
    location->flags |= DIAL_USE_CARD;
    CHECK(!dial_card_remove(&book, 0));
    CHECK(!dial_card_remove(&book, 99));
    CHECK(dial_card_remove(&book, 1)); /* predefined: hidden */
    CHECK_EQ(dial_card_find(&book, 1)->flags, DIAL_CARD_PREDEFINED | DIAL_CARD_HIDDEN);
    CHECK(dial_card_remove(&book, own));
    CHECK(dial_card_find(&book, own) == NULL);
    CHECK_EQ(location->card_id, 0);
    CHECK_EQ(location->flags & DIAL_USE_CARD, 0);
    dial_book_clear(&book);
}

TEST(a_copy_is_whole_or_nothing)
{
    struct dial_book book = {0}, copy;
    unsigned nth = 0, blocks;
    bool copied;

    fill(&book);
    CHECK(same(book.locations[1].rules[0].prefixes, L"123,45,6"));
    blocks = mem_blocks();
    do {
        mem_fail_at(++nth);
        copied = dial_book_copy(&copy, &book);
        if (!copied) {
            CHECK_EQ(copy.location_count, 0);
            CHECK_EQ(mem_blocks(), blocks);
        }
    } while (!copied && nth < 100);
    mem_fail_at(0);
    CHECK(nth > 4);
    CHECK_EQ(copy.current, 2);
    CHECK_EQ(copy.locations[1].rule_count, 2);
    CHECK(same(copy.locations[1].rules[0].prefixes, L"123,45,6"));
    dial_rule_remove(&copy.locations[1], 0);
    dial_rule_remove(&copy.locations[1], 5);
    CHECK_EQ(copy.locations[1].rule_count, 1);
    CHECK_EQ(book.locations[1].rule_count, 2);
    CHECK_EQ(copy.card_count, book.card_count);
    dial_book_clear(&copy);
    dial_book_clear(&book);
}

static bool change(struct dial_location *location, const wchar_t *text, bool add)
{
    struct dial_address address;
    bool changed;

    REQUIRE(dial_address_parse(text, &address));
    CHECK(dial_toll_change(location, &address, add, &changed));
    return changed;
}

static void expect_list(const struct dial_location *location, const wchar_t *expected)
{
    wchar_t *list = dial_toll_list(location);

    CHECK(same(list, expected));
    mem_free(list);
}

TEST(toll_list)
{
    struct dial_book book = {0};
    struct dial_location *location = dial_location_add(&book);

    wcscpy(location->area, L"425");
    expect_list(location, L"");
    CHECK(!change(location, L"+1 (425) 555-0100", false));
    CHECK(change(location, L"+1 (425) 555-0100", true));
    expect_list(location, L",555,");
    CHECK(!change(location, L"+1 (425) 555-9999", true)); /* is there */
    CHECK(change(location, L"+1 (425) 556-0100", true));
    CHECK(change(location, L"+1 (425) 557-0100", true));
    CHECK(!change(location, L"+1 (206) 558-0100", true)); /* another area */
    CHECK(!change(location, L"+1 (425) 55", true));       /* no prefix */
    expect_list(location, L",555,556,557,");
    CHECK_EQ(location->rule_count, 1);
    CHECK(change(location, L"+1 (425) 556-0100", false));
    expect_list(location, L",555,557,");
    CHECK(change(location, L"+1 (425) 557-0100", false));
    expect_list(location, L",555,");
    CHECK(change(location, L"+1 (425) 555-0100", false));
    expect_list(location, L"");
    CHECK(change(location, L"+1 (425) 555-0100", true));
    expect_list(location, L",555,");
    dial_book_clear(&book);
}
