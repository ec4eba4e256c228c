/*
 * faults.h - memory that runs out in a DLL of ours: the import table of the loaded DLL is patched,
 * so that every way it has to get memory (malloc and kin, BSTRs, CoTaskMemAlloc, safe arrays) can
 * be made to fail at a chosen allocation. The DLL itself is the one that is shipped.
 */
#ifndef TESTS_COM_IDENTITY_FAULTS_H
#define TESTS_COM_IDENTITY_FAULTS_H

#include <windows.h>

#include <stdbool.h>

/* From now on the allocations of this DLL are counted, and what it frees is filled with 0xDD first,
 * so that nobody can go on using it. Once for each DLL, for good: before it has memory that it will
 * free later. */
void faults_watch(HMODULE module);

/* What this module of the system asks of the DLL does not fail: it cannot bear it. At most one. */
void faults_spare(HMODULE module);

enum fault_threads { FAULT_THIS_THREAD, FAULT_ALL_THREADS };
/* The nth allocation from now fails, once; n from 1, 0: none. */
void faults_arm(unsigned nth, enum fault_threads threads);
/* No failure any more. True: it has happened. */
bool faults_disarm(void);
/* What was told that there is no memory, of the last failure, and the place in the DLL that asked;
 * for notes. */
const char *faults_where(void);

/* Blocks of malloc, calloc and realloc that the DLL has and has not freed, since faults_watch. */
LONG faults_blocks(void);

#endif
