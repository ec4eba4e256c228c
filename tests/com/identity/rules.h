/*
 * rules.h - what COM asks of every object, checked for one object at a time: QueryInterface's rules
 * for all pairs of its interfaces, IDispatch, ISupportErrorInfo, IObjectSafety and marshaling.
 */
#ifndef TESTS_COM_IDENTITY_RULES_H
#define TESTS_COM_IDENTITY_RULES_H

#include <windows.h>
#include <ot_tapi3.h>
#include <ocidl.h>
#include <objsafe.h>

#include "tests/support/test.h"

/* iids: the interfaces that Microsoft's documents say the object has, NULL-ended, without
 * IUnknown, IDispatch and the helpers. Every one of them must be there. Returns false when
 * something failed, after a note that names the object. */
bool rules_check(const char *name, IUnknown *object, const IID *const *iids);

/* The single rules, for objects that keep only some. */
bool rules_query(IUnknown *object, const IID *const *iids, unsigned count);
/* A pointer of every interface carried to an apartment of the other kind by COM comes out the same
 * pointer, not a proxy. */
bool rules_marshal(IUnknown *object, const IID *const *iids, unsigned count);

/* The type information of a dual or dispatch interface in TAPI's library, or NULL. The caller
 * releases. */
ITypeInfo *rules_type_info(REFIID iid);
/* Which interfaces were met at all: notes those of an object (NULL-ended); was this one? */
void rules_see(const IID *const *iids);
bool rules_have_seen(REFIID iid);

#endif
