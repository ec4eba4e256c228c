/* names_test.c - GetIDsOfNames and GetTypeInfo as compilers of late-bound calls use them. */
#include "bound.h"

static HRESULT ids_of(IDispatch *object, WCHAR **names, UINT count, DISPID *ids)
{
    for (UINT i = 0; i < count; i++)
        ids[i] = 4711;
    return IDispatch_GetIDsOfNames(object, &iid_null, names, count, LOCALE_USER_DEFAULT, ids);
}

TEST(names_know_no_case)
{
    bound_start();
    CHECK(bound_id(tapi, L"Addresses") != DISPID_UNKNOWN);
    CHECK_EQ(bound_id(tapi, L"addresses"), bound_id(tapi, L"Addresses"));
    CHECK_EQ(bound_id(tapi, L"ADDRESSES"), bound_id(tapi, L"Addresses"));
    CHECK_EQ(bound_id(address, L"createCALL"), bound_id(address, L"CreateCall"));
    CHECK_EQ(bound_id(address, L"mediatypes"), bound_id(address, L"MediaTypes"));
    CHECK_EQ(bound_id(tapi, L"Address"), DISPID_UNKNOWN);
    CHECK_EQ(bound_id(tapi, L""), DISPID_UNKNOWN);
    bound_stop();
}

TEST(names_of_a_method_and_its_arguments)
{
    WCHAR *in_order[] = {L"CreateCall", L"pDestAddress", L"lAddressType", L"lMediaTypes"};
    WCHAR *mixed[] = {L"createcall", L"LMEDIATYPES", L"pDestAddress"};
    WCHAR *one_wrong[] = {L"CreateCall", L"lMediaTypes", L"nonsense"};
    WCHAR *all_wrong[] = {L"Nonsense", L"pDestAddress", L"lMediaTypes"};
    WCHAR *other_face[] = {L"AddressCapability", L"AddressCap"};
    WCHAR *other_wrong[] = {L"AddressCapability", L"nonsense"};
    DISPID ids[4];

    bound_start();
    CHECK_EQ(ids_of(address, in_order, 4, ids), S_OK);
    CHECK_EQ(ids[0], 65541);
    CHECK_EQ(ids[1], 0);
    CHECK_EQ(ids[2], 1);
    CHECK_EQ(ids[3], 2);
    CHECK_EQ(ids_of(address, mixed, 3, ids), S_OK);
    CHECK_EQ(ids[0], 65541);
    CHECK_EQ(ids[1], 2);
    CHECK_EQ(ids[2], 0);
    /* What is not known is DISPID_UNKNOWN; the others have their numbers. */
    CHECK_EQ(ids_of(address, one_wrong, 3, ids), DISP_E_UNKNOWNNAME);
    CHECK_EQ(ids[0], 65541);
    CHECK_EQ(ids[1], 2);
    CHECK_EQ(ids[2], DISPID_UNKNOWN);
    CHECK_EQ(ids_of(address, all_wrong, 3, ids), DISP_E_UNKNOWNNAME);
    CHECK_EQ(ids[0], DISPID_UNKNOWN);
    CHECK_EQ(ids[1], DISPID_UNKNOWN);
    CHECK_EQ(ids[2], DISPID_UNKNOWN);
    /* A member of another interface of the object. */
    CHECK_EQ(ids_of(address, other_face, 2, ids), S_OK);
    CHECK_EQ(ids[0], 131073);
    CHECK_EQ(ids[1], 0);
    CHECK_EQ(ids_of(address, other_wrong, 2, ids), DISP_E_UNKNOWNNAME);
    CHECK_EQ(ids[0], 131073);
    CHECK_EQ(ids[1], DISPID_UNKNOWN);
    bound_stop();
}

TEST(wrong_questions)
{
    WCHAR *names[] = {L"Initialize"};
    DISPID id = 4711;

    bound_start();
    CHECK_EQ(IDispatch_GetIDsOfNames(tapi, &iid_dispatch, names, 1, LOCALE_USER_DEFAULT, &id),
             DISP_E_UNKNOWNINTERFACE);
    CHECK(FAILED(IDispatch_GetIDsOfNames(tapi, &iid_null, NULL, 1, LOCALE_USER_DEFAULT, &id)));
    CHECK(FAILED(IDispatch_GetIDsOfNames(tapi, &iid_null, names, 1, LOCALE_USER_DEFAULT, NULL)));
    /* Other languages than English are spoken in offices, too. */
    CHECK_EQ(IDispatch_GetIDsOfNames(tapi, &iid_null, names, 1, 0x0407, &id), S_OK);
    CHECK_EQ(id, 65549);
    CHECK_EQ(IDispatch_GetIDsOfNames(tapi, NULL, names, 1, LOCALE_NEUTRAL, &id), S_OK);
    bound_stop();
}

/* What a development environment shows of an object. */
TEST(type_information)
{
    static const GUID iid_address = {
        0xb1efc386, 0x9355, 0x11d0, {0x83, 0x5c, 0x00, 0xaa, 0x00, 0x3c, 0xca, 0xbd}};
    ITypeInfo *info = (ITypeInfo *)1;
    ITypeLib *library = NULL;
    TYPEATTR *attr;
    BSTR name = NULL;
    UINT count = 77, index;

    bound_start();
    CHECK_EQ(IDispatch_GetTypeInfoCount(address, &count), S_OK);
    CHECK_EQ(count, 1);
    CHECK(FAILED(IDispatch_GetTypeInfoCount(address, NULL)));
    CHECK_EQ(IDispatch_GetTypeInfo(address, 1, LOCALE_USER_DEFAULT, &info), DISP_E_BADINDEX);
    CHECK(info == NULL);
    CHECK(FAILED(IDispatch_GetTypeInfo(address, 0, LOCALE_USER_DEFAULT, NULL)));
    REQUIRE_EQ(IDispatch_GetTypeInfo(address, 0, LOCALE_USER_DEFAULT, &info), S_OK);
    REQUIRE_EQ(ITypeInfo_GetTypeAttr(info, &attr), S_OK);
    CHECK_EQ(attr->typekind, TKIND_DISPATCH);
    CHECK(attr->wTypeFlags & TYPEFLAG_FDUAL);
    ITypeInfo_ReleaseTypeAttr(info, attr);
    CHECK_EQ(
        ITypeInfo_GetDocumentation(info, bound_id(address, L"CreateCall"), &name, NULL, NULL, NULL),
        S_OK);
    CHECK_WSTR(name, L"CreateCall");
    SysFreeString(name);
    CHECK_EQ(ITypeInfo_GetContainingTypeLib(info, &library, &index), S_OK);
    ITypeInfo_Release(info);
    REQUIRE_EQ(ITypeLib_GetTypeInfoOfGuid(library, &iid_address, &info), S_OK);
    ITypeInfo_Release(info);
    ITypeLib_Release(library);
    bound_stop();
}
