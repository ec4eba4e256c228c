/*
 * pool.h - what sixteen threads share in the storm: a pool of COM objects of every kind, found by
 * chance. Whoever draws one has a reference of its own; putting one in releases the one that was in
 * that place, on whatever thread that is.
 */
#ifndef TESTS_COM_IDENTITY_POOL_H
#define TESTS_COM_IDENTITY_POOL_H

#include <windows.h>
#include <ot_tapi3.h>

#include <stdbool.h>
#include <stdint.h>

/* A generator of its own for each thread; 0 .. below-1. */
uint32_t pool_draw(uint64_t *random, uint32_t below);

/* Takes the reference over. Any thread. */
void pool_put(uint64_t *random, IUnknown *object);
/* An object with this interface, asked for at random places for a while; NULL: none was found. The
 * caller releases. */
void *pool_find(uint64_t *random, REFIID iid);
/* Releases them all; no thread uses the pool any more. */
void pool_empty(void);

/* ---- members.c: late-bound use of whatever an object is ----------------------------------------
 */

/* Reads the names of all members without arguments out of TAPI's type library. */
void members_learn(void);
void members_forget(void);
/* Calls one of them through the object's IDispatch; objects it gives go into the pool. */
HRESULT members_call(uint64_t *random, IDispatch *object);
/* A random interface of TAPI's library. */
const IID *members_interface(uint64_t *random);

#endif
