/* dialog_location.c - the dialogs of one location and of one area code rule. */
#include "dialing/dialog_private.h"

#include "base/mem.h"

/* ---- an area code rule ---- */

static const struct dialog_field rule_fields[] = {
    DIALOG_FIELD(IDC_RULE_AREA, struct dial_area_rule, area),
    DIALOG_FIELD(IDC_NUMBER, struct dial_area_rule, number),
};
static const struct dialog_flag rule_flags[] = {
    {IDC_ALL_PREFIXES, DIAL_RULE_ALL_PREFIXES},
    {IDC_DIAL_NUMBER, DIAL_RULE_NUMBER},
    {IDC_DIAL_AREA, DIAL_RULE_AREA_CODE},
};

static void show_rule(HWND dialog, const struct dial_area_rule *rule)
{
    dialog_show_fields(dialog, rule_fields, ARRAYSIZE(rule_fields), rule);
    dialog_show_flags(dialog, rule_flags, ARRAYSIZE(rule_flags), rule->options);
    CheckDlgButton(dialog, IDC_SOME_PREFIXES, !(rule->options & DIAL_RULE_ALL_PREFIXES));
    SetDlgItemTextW(dialog, IDC_PREFIXES, rule->prefixes ? rule->prefixes : L"");
}

/* False: something is missing. */
static bool take_rule(HWND dialog, struct dial_area_rule *rule)
{
    int length = GetWindowTextLengthW(GetDlgItem(dialog, IDC_PREFIXES));
    WCHAR *prefixes;
    bool done;

    if (!GetWindowTextLengthW(GetDlgItem(dialog, IDC_RULE_AREA))) {
        dialog_complain(dialog, IDC_RULE_AREA);
        return false;
    }
    prefixes = mem_alloc(((size_t)length + 1) * sizeof(*prefixes));
    if (!prefixes)
        return false;
    GetDlgItemTextW(dialog, IDC_PREFIXES, prefixes, length + 1);
    done = dial_rule_set_prefixes(rule, prefixes);
    mem_free(prefixes);
    if (!done)
        return false;
    dialog_take_fields(dialog, rule_fields, ARRAYSIZE(rule_fields), rule);
    rule->options = dialog_take_flags(dialog, rule_flags, ARRAYSIZE(rule_flags), rule->options);
    return true;
}

static INT_PTR CALLBACK rule_procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dial_area_rule *rule = (struct dial_area_rule *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        show_rule(dialog, (const struct dial_area_rule *)lparam);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDCANCEL || (LOWORD(wparam) == IDOK && take_rule(dialog, rule)))
            EndDialog(dialog, LOWORD(wparam));
        return TRUE;
    }
    return FALSE;
}

bool dialog_edit_rule(const struct dialing *dialing, HWND parent, struct dial_area_rule *rule)
{
    return dialog_show(dialing, IDD_RULE, parent, rule_procedure, rule);
}

/* ---- a location ---- */

struct editing {
    struct dialing *dialing;
    struct dial_location *location; /* a copy, until OK */
};

static const struct dialog_field fields[] = {
    DIALOG_FIELD(IDC_NAME, struct dial_location, name),
    DIALOG_FIELD(IDC_AREA, struct dial_location, area),
    DIALOG_FIELD(IDC_LOCAL_ACCESS, struct dial_location, local_access),
    DIALOG_FIELD(IDC_LONG_DISTANCE_ACCESS, struct dial_location, long_distance_access),
    DIALOG_FIELD(IDC_CARRIER, struct dial_location, carrier),
    DIALOG_FIELD(IDC_INTERNATIONAL_CARRIER, struct dial_location, international_carrier),
    DIALOG_FIELD(IDC_CANCEL_CALL_WAITING, struct dial_location, cancel_call_waiting),
};
static const struct dialog_flag flags[] = {
    {IDC_TONE, DIAL_TONE},
    {IDC_HAS_CALL_WAITING, DIAL_HAS_CALL_WAITING},
    {IDC_ALWAYS_AREA, DIAL_ALWAYS_AREA_CODE},
    {IDC_USE_CARD, DIAL_USE_CARD},
};

static void show_rules(HWND dialog, const struct dial_location *location)
{
    HWND list = GetDlgItem(dialog, IDC_LIST);

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    for (uint32_t i = 0; i < location->rule_count; i++) {
        const struct dial_area_rule *rule = &location->rules[i];
        bool all = rule->options & DIAL_RULE_ALL_PREFIXES;
        WCHAR text[DIAL_CODE + 64];

        dial_copy(text, ARRAYSIZE(text), rule->area);
        if (!all && rule->prefixes) {
            wcscat(text, L": ");
            dial_copy(text + wcslen(text), 60, rule->prefixes);
        }
        dialog_list_add(list, false, text, i, i == 0);
    }
}

static void show_cards(HWND dialog, const struct editing *editing)
{
    const struct dial_book *book = &editing->dialing->book;
    HWND list = GetDlgItem(dialog, IDC_CARD);

    SendMessageW(list, CB_RESETCONTENT, 0, 0);
    for (uint32_t i = 0; i < book->card_count; i++) {
        const struct dial_card *card = &book->cards[i];
        bool chosen = card->id == editing->location->card_id;

        if (chosen || !(card->flags & DIAL_CARD_HIDDEN))
            dialog_list_add(list, true, card->name, card->id, chosen);
    }
}

static void show(HWND dialog, const struct editing *editing)
{
    const struct dialing *dialing = editing->dialing;
    HWND countries = GetDlgItem(dialog, IDC_COUNTRY);

    /* In a sorted list a place does not last: the choice is made by name at the end. */
    for (DWORD i = 0; i < dialing->country_count; i++)
        dialog_list_add(countries, true, dialing->countries[i].name, dialing->countries[i].id,
                        false);
    for (DWORD i = 0; i < dialing->country_count; i++)
        if (dialing->countries[i].id == editing->location->country_id)
            SendMessageW(countries, CB_SETCURSEL,
                         (WPARAM)SendMessageW(countries, CB_FINDSTRINGEXACT, (WPARAM)-1,
                                              (LPARAM)dialing->countries[i].name),
                         0);
    dialog_show_fields(dialog, fields, ARRAYSIZE(fields), editing->location);
    dialog_show_flags(dialog, flags, ARRAYSIZE(flags), editing->location->flags);
    /* A location with a string to dial cancels call waiting with it, whatever the flag is. */
    if (editing->location->cancel_call_waiting[0])
        CheckDlgButton(dialog, IDC_HAS_CALL_WAITING, BST_CHECKED);
    CheckDlgButton(dialog, IDC_PULSE, !(editing->location->flags & DIAL_TONE));
    show_cards(dialog, editing);
    show_rules(dialog, editing->location);
}

static bool take(HWND dialog, struct dial_location *location)
{
    DWORD country = 0, card = 0;

    if (!GetWindowTextLengthW(GetDlgItem(dialog, IDC_NAME))) {
        dialog_complain(dialog, IDC_NAME);
        return false;
    }
    if (!dialog_list_chosen(GetDlgItem(dialog, IDC_COUNTRY), true, &country)) {
        dialog_complain(dialog, IDC_COUNTRY);
        return false;
    }
    dialog_list_chosen(GetDlgItem(dialog, IDC_CARD), true, &card);
    dialog_take_fields(dialog, fields, ARRAYSIZE(fields), location);
    location->flags = dialog_take_flags(dialog, flags, ARRAYSIZE(flags), location->flags);
    if (!(location->flags & DIAL_HAS_CALL_WAITING))
        location->cancel_call_waiting[0] = 0;
    location->country_id = country;
    location->card_id = card;
    return true;
}

static void edit_rules(HWND dialog, struct editing *editing, int control)
{
    struct dial_location *location = editing->location;
    struct dial_area_rule *added;
    DWORD at = 0;
    bool chosen =
        dialog_list_chosen(GetDlgItem(dialog, IDC_LIST), false, &at) && at < location->rule_count;

    if (control == IDC_NEW) {
        added = dial_rule_add(location);
        if (added && !dialog_edit_rule(editing->dialing, dialog, added))
            dial_rule_remove(location, location->rule_count - 1);
    } else if (control == IDC_EDIT && chosen) {
        dialog_edit_rule(editing->dialing, dialog, &location->rules[at]);
    } else if (control == IDC_DELETE && chosen) {
        dial_rule_remove(location, at);
    }
    show_rules(dialog, location);
}

static void command(HWND dialog, struct editing *editing, int control, int notification)
{
    DWORD card;

    switch (control) {
    case IDC_LIST:
        if (notification == LBN_DBLCLK)
            edit_rules(dialog, editing, IDC_EDIT);
        break;
    case IDC_NEW:
    case IDC_EDIT:
    case IDC_DELETE:
        edit_rules(dialog, editing, control);
        break;
    case IDC_CARDS:
        if (dialog_list_chosen(GetDlgItem(dialog, IDC_CARD), true, &card))
            editing->location->card_id = card;
        dialog_edit_cards(editing->dialing, dialog);
        show_cards(dialog, editing);
        break;
    case IDOK:
        if (!take(dialog, editing->location))
            break;
        /* fall through */
    case IDCANCEL:
        EndDialog(dialog, control);
        break;
    }
}

static INT_PTR CALLBACK procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct editing *editing = (struct editing *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        show(dialog, (const struct editing *)lparam);
        return TRUE;
    case WM_COMMAND:
        if (editing)
            command(dialog, editing, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    }
    return FALSE;
}

bool dialog_edit_location(struct dialing *dialing, HWND parent, struct dial_location *location)
{
    struct dial_location copy = {.id = location->id};
    struct editing editing = {dialing, &copy};
    bool done = dial_location_assign(&copy, location) &&
                dialog_show(dialing, IDD_LOCATION, parent, procedure, &editing) &&
                dial_location_assign(location, &copy);

    dial_location_clear(&copy);
    return done;
}
