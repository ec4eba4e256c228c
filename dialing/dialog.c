/* dialog.c - lineTranslateDialog's dialog: the locations, and how the address is dialled from the
 * chosen one. */
#include "dialing/dialog_private.h"

#include "base/mem.h"

/* ---- what all dialogs need ---- */

void dialog_show_fields(HWND dialog, const struct dialog_field *fields, unsigned count,
                        const void *object)
{
    for (unsigned i = 0; i < count; i++) {
        SendDlgItemMessageW(dialog, fields[i].control, EM_LIMITTEXT, fields[i].room - 1, 0);
        SetDlgItemTextW(dialog, fields[i].control,
                        (const WCHAR *)((const char *)object + fields[i].offset));
    }
}

void dialog_take_fields(HWND dialog, const struct dialog_field *fields, unsigned count,
                        void *object)
{
    for (unsigned i = 0; i < count; i++)
        GetDlgItemTextW(dialog, fields[i].control, (WCHAR *)((char *)object + fields[i].offset),
                        (int)fields[i].room);
}

void dialog_show_flags(HWND dialog, const struct dialog_flag *flags, unsigned count, uint32_t value)
{
    for (unsigned i = 0; i < count; i++)
        CheckDlgButton(dialog, flags[i].control,
                       value & flags[i].flag ? BST_CHECKED : BST_UNCHECKED);
}

uint32_t dialog_take_flags(HWND dialog, const struct dialog_flag *flags, unsigned count,
                           uint32_t value)
{
    for (unsigned i = 0; i < count; i++) {
        value &= ~flags[i].flag;
        if (IsDlgButtonChecked(dialog, flags[i].control) == BST_CHECKED)
            value |= flags[i].flag;
    }
    return value;
}

void dialog_list_add(HWND list, bool combo, const WCHAR *text, DWORD value, bool chosen)
{
    LRESULT at = SendMessageW(list, combo ? CB_ADDSTRING : LB_ADDSTRING, 0, (LPARAM)text);

    if (at < 0)
        return;
    SendMessageW(list, combo ? CB_SETITEMDATA : LB_SETITEMDATA, (WPARAM)at, (LPARAM)value);
    if (chosen)
        SendMessageW(list, combo ? CB_SETCURSEL : LB_SETCURSEL, (WPARAM)at, 0);
}

bool dialog_list_chosen(HWND list, bool combo, DWORD *value)
{
    LRESULT at = SendMessageW(list, combo ? CB_GETCURSEL : LB_GETCURSEL, 0, 0);

    if (at < 0)
        return false;
    *value = (DWORD)SendMessageW(list, combo ? CB_GETITEMDATA : LB_GETITEMDATA, (WPARAM)at, 0);
    return true;
}

bool dialog_show(const struct dialing *dialing, int id, HWND parent, DLGPROC procedure,
                 void *context)
{
    return DialogBoxParamW(dialing->module, MAKEINTRESOURCEW(id), parent, procedure,
                           (LPARAM)context) == IDOK;
}

void dialog_complain(HWND dialog, int control)
{
    MessageBeep(MB_ICONWARNING);
    SetFocus(GetDlgItem(dialog, control));
}

/* ---- the dialog of locations ---- */

static void show_dialed(HWND dialog, const struct dialing *dialing)
{
    const struct dial_location *location = dial_location_current(&dialing->book);
    const struct dial_card *card = NULL;
    struct dial_country home;
    struct dial_output output;

    if (!dialing->address || !store_country(location->country_id, &home))
        return;
    if (location->flags & DIAL_USE_CARD)
        card = dial_card_find(&dialing->book, location->card_id);
    if (dial_translate(location, &home, card, dialing->address, 0, &output) == DIAL_OK)
        SetDlgItemTextW(dialog, IDC_DIALED, output.displayable);
    dial_output_clear(&output);
}

static void show_locations(HWND dialog, const struct dialing *dialing)
{
    const struct dial_book *book = &dialing->book;
    HWND list = GetDlgItem(dialog, IDC_LIST);

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    for (uint32_t i = 0; i < book->location_count; i++)
        dialog_list_add(list, false, book->locations[i].name, book->locations[i].id,
                        book->locations[i].id == book->current);
    EnableWindow(GetDlgItem(dialog, IDC_DELETE), book->location_count > 1);
    show_dialed(dialog, dialing);
}

static void new_location(HWND dialog, struct dialing *dialing)
{
    const struct dial_location *like = dial_location_current(&dialing->book);
    uint32_t country = like->country_id;
    struct dial_location *added = dial_location_add(&dialing->book);

    if (!added)
        return;
    added->country_id = country;
    if (dialog_edit_location(dialing, dialog, added)) {
        dialing->book.current = added->id;
        dialing->changed = true;
    } else {
        dial_location_remove(&dialing->book, added->id);
    }
}

static void command(HWND dialog, struct dialing *dialing, int control, int notification)
{
    struct dial_location *current = dial_location_current(&dialing->book);
    DWORD chosen;

    switch (control) {
    case IDC_LIST:
        if (notification == LBN_SELCHANGE) {
            if (dialog_list_chosen(GetDlgItem(dialog, IDC_LIST), false, &chosen))
                dialing->book.current = chosen;
            show_dialed(dialog, dialing);
            return;
        }
        if (notification != LBN_DBLCLK)
            return;
        /* fall through */
    case IDC_EDIT:
        if (dialog_edit_location(dialing, dialog, current))
            dialing->changed = true;
        break;
    case IDC_NEW:
        new_location(dialog, dialing);
        break;
    case IDC_DELETE:
        if (dial_location_remove(&dialing->book, current->id))
            dialing->changed = true;
        break;
    case IDC_CARDS:
        dialog_edit_cards(dialing, dialog);
        break;
    case IDOK:
    case IDCANCEL:
        EndDialog(dialog, control);
        return;
    default:
        return;
    }
    show_locations(dialog, dialing);
}

static INT_PTR CALLBACK procedure(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dialing *dialing = (struct dialing *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        dialing = (struct dialing *)lparam;
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        SetDlgItemTextW(dialog, IDC_ADDRESS, dialing->address ? dialing->address : L"");
        show_locations(dialog, dialing);
        return TRUE;
    case WM_COMMAND:
        if (dialing)
            command(dialog, dialing, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    }
    return FALSE;
}

LONG dialing_dialog(HINSTANCE module, HWND owner, const WCHAR *address,
                    struct dialing_dialog_result *result)
{
    struct dialing dialing = {.module = module, .address = address};
    /* Two of them would overwrite one another's changes. */
    HANDLE shown = CreateMutexW(NULL, FALSE, L"Local\\OpenTAPI.DialingRules");
    bool in_use = GetLastError() == ERROR_ALREADY_EXISTS;
    uint32_t before;
    INT_PTR pressed;
    LONG error;

    *result = (struct dialing_dialog_result){0};
    if (!shown || in_use) {
        if (shown)
            CloseHandle(shown);
        return in_use ? (LONG)LINEERR_INUSE : (LONG)LINEERR_NOMEM;
    }
    error = store_load(&dialing.book);
    if (!error)
        error = store_countries(&dialing.countries, &dialing.country_count);
    if (error)
        goto done;
    before = dialing.book.current;
    pressed =
        DialogBoxParamW(module, MAKEINTRESOURCEW(IDD_DIALING), owner, procedure, (LPARAM)&dialing);
    if (pressed != IDOK) {
        error = pressed == IDCANCEL ? 0 : (LONG)LINEERR_OPERATIONFAILED;
        goto done;
    }
    result->location = dialing.book.current;
    result->other_location = dialing.book.current != before;
    result->changed = dialing.changed || result->other_location;
    if (result->changed)
        error = store_save(&dialing.book);
done:
    dial_book_clear(&dialing.book);
    mem_free(dialing.countries);
    CloseHandle(shown);
    return error;
}
