/* dialog_card.c - the dialogs of calling cards: their list, and one of them. */
#include "dialing/dialog_private.h"

/* ---- one card ---- */

struct editing {
    struct dial_book *book;
    struct dial_card *card;
};

static const struct dialog_field fields[] = {
    DIALOG_FIELD(IDC_NAME, struct dial_card, name),
    DIALOG_FIELD(IDC_ACCOUNT, struct dial_card, account),
    DIALOG_FIELD(IDC_PIN, struct dial_card, pin),
};
static const struct dialog_field rules[] = {
    DIALOG_FIELD(IDC_ACCESS, struct dial_card, access[DIAL_LOCAL]),
    DIALOG_FIELD(IDC_ACCESS + 1, struct dial_card, access[DIAL_LONG_DISTANCE]),
    DIALOG_FIELD(IDC_ACCESS + 2, struct dial_card, access[DIAL_INTERNATIONAL]),
    DIALOG_FIELD(IDC_RULE, struct dial_card, rule[DIAL_LOCAL]),
    DIALOG_FIELD(IDC_RULE + 1, struct dial_card, rule[DIAL_LONG_DISTANCE]),
    DIALOG_FIELD(IDC_RULE + 2, struct dial_card, rule[DIAL_INTERNATIONAL]),
};

static bool take(HWND dialog, struct dial_card *card)
{
    if (!GetWindowTextLengthW(GetDlgItem(dialog, IDC_NAME))) {
        dialog_complain(dialog, IDC_NAME);
        return false;
    }
    dialog_take_fields(dialog, fields, ARRAYSIZE(fields), card);
    dialog_take_fields(dialog, rules, ARRAYSIZE(rules), card);
    return true;
}

/* Rules may be copied from any card, also from one that is hidden (linecardoption--constants.md).
 */
static void show_card(HWND dialog, const struct editing *editing)
{
    const struct dial_book *book = editing->book;

    dialog_show_fields(dialog, fields, ARRAYSIZE(fields), editing->card);
    dialog_show_fields(dialog, rules, ARRAYSIZE(rules), editing->card);
    for (uint32_t i = 0; i < book->card_count; i++)
        if (book->cards[i].id && &book->cards[i] != editing->card)
            dialog_list_add(GetDlgItem(dialog, IDC_COPY), true, book->cards[i].name,
                            book->cards[i].id, false);
}

static void copy_rules(HWND dialog, const struct dial_book *book)
{
    DWORD id = 0;
    const struct dial_card *from = dialog_list_chosen(GetDlgItem(dialog, IDC_COPY), true, &id)
                                       ? dial_card_find(book, id)
                                       : NULL;

    if (from)
        dialog_show_fields(dialog, rules, ARRAYSIZE(rules), from);
}

static INT_PTR CALLBACK card_procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct editing *editing = (struct editing *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        show_card(dialog, (const struct editing *)lparam);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDCANCEL || (LOWORD(wparam) == IDOK && take(dialog, editing->card)))
            EndDialog(dialog, LOWORD(wparam));
        else if (wparam == MAKEWPARAM(IDC_COPY, CBN_SELCHANGE))
            copy_rules(dialog, editing->book);
        return TRUE;
    }
    return FALSE;
}

static bool edit_card(struct dialing *dialing, HWND parent, struct dial_card *card)
{
    struct editing editing = {&dialing->book, card};

    return dialog_show(dialing, IDD_CARD, parent, card_procedure, &editing);
}

/* ---- the list ---- */

static void show(HWND dialog, const struct dial_book *book)
{
    HWND list = GetDlgItem(dialog, IDC_LIST);

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    for (uint32_t i = 0; i < book->card_count; i++)
        if (!(book->cards[i].flags & DIAL_CARD_HIDDEN))
            dialog_list_add(list, false, book->cards[i].name, book->cards[i].id, i == 0);
}

static void command(HWND dialog, struct dialing *dialing, int control)
{
    DWORD id = 0;
    bool chosen = dialog_list_chosen(GetDlgItem(dialog, IDC_LIST), false, &id);
    struct dial_card *card = chosen ? dial_card_find(&dialing->book, id) : NULL;

    switch (control) {
    case IDC_NEW:
        card = dial_card_add(&dialing->book);
        if (card && edit_card(dialing, dialog, card))
            dialing->changed = true;
        else if (card)
            dial_card_remove(&dialing->book, card->id);
        break;
    case IDC_EDIT:
        /* "None (Direct Dial)" is what its name says. */
        if (card && card->id && edit_card(dialing, dialog, card))
            dialing->changed = true;
        break;
    case IDC_DELETE:
        if (card && dial_card_remove(&dialing->book, card->id))
            dialing->changed = true;
        break;
    case IDOK:
    case IDCANCEL:
        EndDialog(dialog, IDOK);
        return;
    default:
        return;
    }
    show(dialog, &dialing->book);
}

static INT_PTR CALLBACK list_procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dialing *dialing = (struct dialing *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        show(dialog, &((struct dialing *)lparam)->book);
        return TRUE;
    case WM_COMMAND:
        if (dialing)
            command(dialog, dialing, LOWORD(wparam));
        return TRUE;
    }
    return FALSE;
}

void dialog_edit_cards(struct dialing *dialing, HWND parent)
{
    dialog_show(dialing, IDD_CARDS, parent, list_procedure, dialing);
}
