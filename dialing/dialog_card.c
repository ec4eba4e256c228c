/* dialog_card.c - the dialogs of calling cards: their list, and one of them. */
#include "dialing/dialog_private.h"

/* ---- one card ---- */

static const struct dialog_field fields[] = {
    DIALOG_FIELD(IDC_NAME, struct dial_card, name),
    DIALOG_FIELD(IDC_ACCOUNT, struct dial_card, account),
    DIALOG_FIELD(IDC_PIN, struct dial_card, pin),
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
    return true;
}

static INT_PTR CALLBACK card_procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dial_card *card = (struct dial_card *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        dialog_show_fields(dialog, fields, ARRAYSIZE(fields), (const void *)lparam);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDCANCEL || (LOWORD(wparam) == IDOK && take(dialog, card)))
            EndDialog(dialog, LOWORD(wparam));
        return TRUE;
    }
    return FALSE;
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
        if (card && dialog_show(dialing, IDD_CARD, dialog, card_procedure, card))
            dialing->changed = true;
        else if (card)
            dial_card_remove(&dialing->book, card->id);
        break;
    case IDC_EDIT:
        /* "None (Direct Dial)" is what its name says. */
        if (card && card->id && dialog_show(dialing, IDD_CARD, dialog, card_procedure, card))
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
