/* Walking a type library through ITypeLib and ITypeInfo. */
#include "library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void copy_name(char *to, BSTR from)
{
    WideCharToMultiByte(CP_UTF8, 0, from ? from : L"", -1, to, LIBRARY_NAME, NULL, NULL);
    to[LIBRARY_NAME - 1] = 0;
}

static void copy_guid(char *to, const GUID *guid)
{
    snprintf(to, 40, "{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid->Data1,
             guid->Data2, guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2],
             guid->Data4[3], guid->Data4[4], guid->Data4[5], guid->Data4[6], guid->Data4[7]);
}

static void info_name(char *to, ITypeInfo *info)
{
    BSTR name = NULL;

    ITypeInfo_GetDocumentation(info, MEMBERID_NIL, &name, NULL, NULL, NULL);
    copy_name(to, name);
    SysFreeString(name);
}

static void append(char *to, const char *text)
{
    size_t used = strlen(to);
    snprintf(to + used, LIBRARY_NAME - used, "%s", text);
}

/* Writes the C form of a type to `to`, which is empty on entry. */
static HRESULT type_text(char *to, ITypeInfo *info, const TYPEDESC *type)
{
    static const struct {
        VARTYPE type;
        const char *text;
    } simple[] = {
        {VT_I1, "CHAR"},
        {VT_UI1, "BYTE"},
        {VT_I2, "SHORT"},
        {VT_UI2, "USHORT"},
        {VT_I4, "LONG"},
        {VT_UI4, "ULONG"},
        {VT_INT, "LONG"},
        {VT_UINT, "ULONG"},
        {VT_I8, "LONGLONG"},
        {VT_UI8, "ULONGLONG"},
        {VT_R8, "DOUBLE"},
        {VT_BSTR, "BSTR"},
        {VT_BOOL, "VARIANT_BOOL"},
        {VT_VARIANT, "VARIANT"},
        {VT_CY, "CURRENCY"},
        {VT_DATE, "DATE"},
        {VT_HRESULT, "HRESULT"},
        {VT_VOID, "void"},
        {VT_UNKNOWN, "IUnknown *"},
        {VT_DISPATCH, "IDispatch *"},
    };
    ITypeInfo *used;
    HRESULT hr;

    if (type->vt == VT_PTR) {
        hr = type_text(to, info, type->lptdesc);
        append(to, strchr(to, '*') ? "*" : " *");
        return hr;
    }
    if (type->vt == VT_USERDEFINED) {
        hr = ITypeInfo_GetRefTypeInfo(info, type->hreftype, &used);
        if (FAILED(hr))
            return hr;
        info_name(to, used);
        ITypeInfo_Release(used);
        return S_OK;
    }
    for (size_t i = 0; i < ARRAYSIZE(simple); i++)
        if (simple[i].type == type->vt) {
            append(to, simple[i].text);
            return S_OK;
        }
    snprintf(to, LIBRARY_NAME, "VT_%u", type->vt);
    return S_OK;
}

static const char *direction_text(USHORT flags)
{
    if (flags & PARAMFLAG_FRETVAL)
        return flags & PARAMFLAG_FIN ? "in,out,retval" : "out,retval";
    if (flags & PARAMFLAG_FOUT)
        return flags & PARAMFLAG_FIN ? "in,out" : "out";
    return flags & PARAMFLAG_FIN ? "in" : "none";
}

static HRESULT read_method(struct library_method *method, ITypeInfo *info, UINT index)
{
    BSTR names[LIBRARY_PARAMETERS + 1] = {NULL};
    FUNCDESC *function = NULL;
    UINT count = 0;
    HRESULT hr = ITypeInfo_GetFuncDesc(info, index, &function);

    if (FAILED(hr))
        return hr;
    hr = E_UNEXPECTED;
    if (function->cParams > LIBRARY_PARAMETERS)
        goto done;
    method->slot = function->funckind == FUNC_DISPATCH ? -1 : function->oVft / (int)sizeof(void *);
    method->dispid = function->memid;
    method->kind = function->invkind == INVOKE_PROPERTYGET   ? "propget"
                   : function->invkind == INVOKE_PROPERTYPUT ? "propput"
                   : function->invkind == INVOKE_FUNC        ? "method"
                                                             : "propputref";
    method->visibility = function->wFuncFlags & FUNCFLAG_FRESTRICTED ? "restricted"
                         : function->wFuncFlags & FUNCFLAG_FHIDDEN   ? "hidden"
                                                                     : "";
    hr = ITypeInfo_GetNames(info, function->memid, names, ARRAYSIZE(names), &count);
    if (FAILED(hr))
        goto done;
    copy_name(method->name, names[0]);
    if (function->invkind != INVOKE_FUNC) {
        char bare[LIBRARY_NAME];
        strcpy(bare, method->name);
        snprintf(method->name, LIBRARY_NAME, "%s%.70s",
                 function->invkind == INVOKE_PROPERTYGET ? "get_" : "put_", bare);
    }
    method->parameter_count = function->cParams;
    for (int i = 0; i < function->cParams && SUCCEEDED(hr); i++) {
        struct library_parameter *parameter = &method->parameters[i];
        const ELEMDESC *element = &function->lprgelemdescParam[i];
        copy_name(parameter->name, (UINT)i + 1 < count ? names[i + 1] : NULL);
        parameter->direction = direction_text(element->paramdesc.wParamFlags);
        hr = type_text(parameter->type, info, &element->tdesc);
    }

done:
    for (UINT i = 0; i < count; i++)
        SysFreeString(names[i]);
    ITypeInfo_ReleaseFuncDesc(info, function);
    return hr;
}

static HRESULT read_member(struct library_member *member, ITypeInfo *info, UINT index)
{
    VARDESC *variable = NULL;
    BSTR name = NULL;
    UINT count = 0;
    HRESULT hr = ITypeInfo_GetVarDesc(info, index, &variable);

    if (FAILED(hr))
        return hr;
    if (variable->varkind == VAR_CONST)
        member->value = V_I4(variable->lpvarValue);
    hr = ITypeInfo_GetNames(info, variable->memid, &name, 1, &count);
    copy_name(member->name, name);
    SysFreeString(name);
    ITypeInfo_ReleaseVarDesc(info, variable);
    return hr;
}

static HRESULT read_implemented(struct library_implemented *implemented, ITypeInfo *info,
                                UINT index)
{
    ITypeInfo *interface_info = NULL;
    TYPEATTR *attributes;
    HREFTYPE reference;
    INT flags = 0;
    HRESULT hr = ITypeInfo_GetRefTypeOfImplType(info, index, &reference);

    if (SUCCEEDED(hr))
        hr = ITypeInfo_GetImplTypeFlags(info, index, &flags);
    if (SUCCEEDED(hr))
        hr = ITypeInfo_GetRefTypeInfo(info, reference, &interface_info);
    if (FAILED(hr))
        return hr;
    implemented->is_default = (flags & IMPLTYPEFLAG_FDEFAULT) != 0;
    implemented->is_source = (flags & IMPLTYPEFLAG_FSOURCE) != 0;
    info_name(implemented->name, interface_info);
    hr = ITypeInfo_GetTypeAttr(interface_info, &attributes);
    if (SUCCEEDED(hr)) {
        copy_guid(implemented->guid, &attributes->guid);
        ITypeInfo_ReleaseTypeAttr(interface_info, attributes);
    }
    ITypeInfo_Release(interface_info);
    return hr;
}

static HRESULT read_base(struct library_type *type, ITypeInfo *info)
{
    ITypeInfo *base;
    HREFTYPE reference;
    HRESULT hr = ITypeInfo_GetRefTypeOfImplType(info, 0, &reference);

    if (SUCCEEDED(hr))
        hr = ITypeInfo_GetRefTypeInfo(info, reference, &base);
    if (FAILED(hr))
        return hr;
    info_name(type->base, base);
    ITypeInfo_Release(base);
    return S_OK;
}

/* Reads one type. `info` is the interface half of a dual interface. */
static HRESULT read_contents(struct library_type *type, ITypeInfo *info, const TYPEATTR *attributes)
{
    HRESULT hr = S_OK;

    switch (type->kind) {
    case TKIND_DISPATCH:
    case TKIND_INTERFACE:
        if (attributes->cImplTypes)
            hr = read_base(type, info);
        /* Wine and Windows list the methods of IDispatch in a dispinterface as well. */
        type->methods = calloc(attributes->cFuncs + 1, sizeof(*type->methods));
        if (!type->methods)
            return E_OUTOFMEMORY;
        for (UINT i = 0; i < attributes->cFuncs && SUCCEEDED(hr); i++) {
            hr = read_method(&type->methods[type->count], info, i);
            if (type->kind == TKIND_INTERFACE || !(type->methods[type->count].dispid & 0x60000000))
                type->count++;
        }
        break;
    case TKIND_ENUM:
        type->count = attributes->cVars;
        type->members = calloc(type->count + 1, sizeof(*type->members));
        if (!type->members)
            return E_OUTOFMEMORY;
        for (int i = 0; i < type->count && SUCCEEDED(hr); i++)
            hr = read_member(&type->members[i], info, i);
        break;
    case TKIND_COCLASS:
        type->count = attributes->cImplTypes;
        type->implemented = calloc(type->count + 1, sizeof(*type->implemented));
        if (!type->implemented)
            return E_OUTOFMEMORY;
        for (int i = 0; i < type->count && SUCCEEDED(hr); i++)
            hr = read_implemented(&type->implemented[i], info, i);
        break;
    default:
        break;
    }
    return hr;
}

static HRESULT read_type(struct library_type *type, ITypeLib *lib, UINT index)
{
    ITypeInfo *info = NULL, *other;
    TYPEATTR *attributes = NULL;
    HREFTYPE reference;
    HRESULT hr = ITypeLib_GetTypeInfo(lib, index, &info);

    if (FAILED(hr))
        return hr;
    info_name(type->name, info);
    hr = ITypeInfo_GetTypeAttr(info, &attributes);
    if (FAILED(hr))
        goto done;
    type->dual = (attributes->wTypeFlags & TYPEFLAG_FDUAL) != 0;
    type->hidden = (attributes->wTypeFlags & TYPEFLAG_FHIDDEN) != 0;
    type->automation = (attributes->wTypeFlags & TYPEFLAG_FOLEAUTOMATION) != 0;
    type->kind = attributes->typekind;
    if (type->kind == TKIND_DISPATCH && type->dual) {
        ITypeInfo_ReleaseTypeAttr(info, attributes);
        attributes = NULL;
        hr = ITypeInfo_GetRefTypeOfImplType(info, (UINT)-1, &reference);
        if (SUCCEEDED(hr))
            hr = ITypeInfo_GetRefTypeInfo(info, reference, &other);
        if (FAILED(hr))
            goto done;
        ITypeInfo_Release(info);
        info = other;
        hr = ITypeInfo_GetTypeAttr(info, &attributes);
        if (FAILED(hr))
            goto done;
        type->kind = attributes->typekind;
    }
    copy_guid(type->guid, &attributes->guid);
    hr = read_contents(type, info, attributes);

done:
    if (attributes)
        ITypeInfo_ReleaseTypeAttr(info, attributes);
    ITypeInfo_Release(info);
    return hr;
}

HRESULT library_read(struct library *library, const WCHAR *path)
{
    ITypeLib *lib = NULL;
    TLIBATTR *attributes;
    BSTR name = NULL, help = NULL;
    HRESULT hr = LoadTypeLibEx(path, REGKIND_NONE, &lib);

    memset(library, 0, sizeof(*library));
    if (FAILED(hr))
        return hr;
    hr = ITypeLib_GetLibAttr(lib, &attributes);
    if (FAILED(hr))
        goto done;
    copy_guid(library->guid, &attributes->guid);
    snprintf(library->version, sizeof(library->version), "%u.%u", attributes->wMajorVerNum,
             attributes->wMinorVerNum);
    library->lcid = attributes->lcid;
    ITypeLib_ReleaseTLibAttr(lib, attributes);
    ITypeLib_GetDocumentation(lib, -1, &name, &help, NULL, NULL);
    copy_name(library->name, name);
    copy_name(library->help, help);
    SysFreeString(name);
    SysFreeString(help);

    library->count = (int)ITypeLib_GetTypeInfoCount(lib);
    library->types = calloc((size_t)library->count + 1, sizeof(*library->types));
    if (!library->types)
        hr = E_OUTOFMEMORY;
    for (int i = 0; i < library->count && SUCCEEDED(hr); i++) {
        hr = read_type(&library->types[i], lib, i);
        if (FAILED(hr))
            fprintf(stderr, "type %d (%s): %08lx\n", i, library->types[i].name, hr);
    }

done:
    ITypeLib_Release(lib);
    if (FAILED(hr))
        library_free(library);
    return hr;
}

void library_free(struct library *library)
{
    for (int i = 0; i < library->count && library->types; i++) {
        free(library->types[i].methods);
        free(library->types[i].members);
        free(library->types[i].implemented);
    }
    free(library->types);
    memset(library, 0, sizeof(*library));
}

const struct library_type *library_find(const struct library *library, const char *name)
{
    for (int i = 0; i < library->count; i++)
        if (!strcmp(library->types[i].name, name))
            return &library->types[i];
    return NULL;
}
