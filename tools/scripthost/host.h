/* host.h - the private header of the script host. Everything runs on one thread, in an STA. */
#ifndef TOOLS_SCRIPTHOST_HOST_H
#define TOOLS_SCRIPTHOST_HOST_H

#include <windows.h>
#include <oleauto.h>
#include <activscp.h>
#include <stdbool.h>

/* ---- options.c: the command line ---- */

struct options {
    const WCHAR *script; /* as given */
    const WCHAR *engine; /* //E:name, or NULL: by the file's extension */
    WCHAR **arguments;   /* the script's own */
    unsigned argument_count;
    DWORD timeout;        /* //T:seconds; 0: none */
    bool batch;           /* //B: no errors shown, WScript.Interactive False */
    bool utf16;           /* //U */
    bool help;            /* //? or nothing to run */
    const WCHAR *unknown; /* an option that is none of ours */
};
/* Takes arguments apart: //options anywhere before the script or after it, the rest is the script
 * and its arguments. options->arguments must have room for `count`. */
void options_parse(struct options *options, WCHAR **words, unsigned count, WCHAR **room);

/* ---- late.c: objects for scripts, described by tables ---- */

struct late_object;
/* One call of a member. */
struct late_call {
    unsigned count;     /* arguments, optional ones at the end may be missing */
    VARIANT *arguments; /* first to last, without VT_BYREF|VT_VARIANT around them */
    VARIANT *result;    /* VT_EMPTY at first; never NULL */
    bool put;           /* property put: arguments[count - 1] is the value */
    WCHAR message[512]; /* what to tell the script if the call fails */
};
struct late_member {
    const WCHAR *name;
    DISPID id; /* DISPID_VALUE for a default member, DISPID_NEWENUM, else any */
    unsigned least,
        most; /* arguments; most 0 for a property: arguments go to its value's default */
    bool writable;
    HRESULT (*call)(struct late_object *self, struct late_call *call);
};
struct late_class {
    const WCHAR *name; /* what errors come from */
    const struct late_member *members;
    unsigned member_count;
    void (*destroy)(struct late_object *self); /* may be NULL */
};
struct late_object {
    IDispatch IDispatch_iface;
    LONG refs;
    const struct late_class *class;
};
/* A zeroed object of `size` bytes, one reference; its struct begins with a late_object. */
void *late_create(size_t size, const struct late_class *class);
/* Fails the call with a sentence. */
HRESULT late_fail(struct late_call *call, HRESULT hr, const WCHAR *format, ...);
void late_give_text(struct late_call *call, const WCHAR *text);
void late_give_number(struct late_call *call, LONG number);
void late_give_bool(struct late_call *call, bool truth);
void late_give_object(struct late_call *call, IDispatch *object); /* takes the reference over */
/* An argument as text or number; by coercion. NULL / fallback if it is missing or cannot be. */
BSTR late_text(const struct late_call *call, unsigned index);
LONG late_number(const struct late_call *call, unsigned index, LONG fallback);
/* An argument as IDispatch, not counted; NULL if it is none. */
IDispatch *late_dispatch(const struct late_call *call, unsigned index);
/* Text of any value, as Echo shows it. */
BSTR value_text(const VARIANT *value);

/* ---- host.c: engine, script, end ---- */

struct host {
    struct options options;
    WCHAR script_path[MAX_PATH];
    IActiveScript *engine;
    bool interactive;
    bool error_reported; /* a script error has been shown */
};
extern struct host host;

/* Runs the script. Returns the exit status: 0, or 1 after an error. */
int host_run(void);
/* WScript.Quit, and the end after an error in an event handler: lets go of everything and leaves
 * the process at once, for a script could catch any error that Quit returned. */
void host_quit(int status) __attribute__((noreturn));
/* Shows an error: file(line, column) source: text. line and column from 1; 0: unknown. */
void host_show_error(ULONG line, LONG column, const WCHAR *source, const WCHAR *text);
/* The same from what an engine gave, if it has not been shown yet; frees the strings. */
void host_show_exception(ULONG line, LONG column, HRESULT hr, EXCEPINFO *exception);

/* ---- errors.c ---- */

/* What an engine's error means where it did not say: for 0x800A....; NULL if unknown. */
const WCHAR *engine_error_text(HRESULT hr);

/* ---- site.c ---- */
IActiveScriptSite *site_create(void);

/* ---- wscript.c, arguments.c, stream.c: the objects of the script ---- */
IDispatch *wscript_create(void);
IDispatch *arguments_create(void);
enum stream_kind { STREAM_IN, STREAM_OUT, STREAM_ERR, STREAM_COUNT };
IDispatch *stream_create(enum stream_kind kind);
/* Writes text as the options say: to a console as it is, else as UTF-8 or (//U) UTF-16. */
void stream_write(enum stream_kind kind, const WCHAR *text, unsigned length);

/* ---- connect.c: events of objects as calls of script functions ---- */

/* Connects an object's default source to the functions prefix_EventName.
 * clsid: the class it was made from, or NULL. */
HRESULT connect_object(IDispatch *object, const CLSID *clsid, const WCHAR *prefix);
/* Ends all connections of the object; S_FALSE if there were none. */
HRESULT disconnect_object(IDispatch *object);
void disconnect_all(void);

#endif
