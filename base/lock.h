/*
 * lock.h - a mutex and a condition, on Windows and natively. Static storage needs no
 * initialisation; neither may be copied. Not recursive.
 */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#ifdef _WIN32
#include <windows.h>

struct lock {
    SRWLOCK srw;
};
struct condition {
    CONDITION_VARIABLE cv;
};

static inline void lock_enter(struct lock *lock)
{
    AcquireSRWLockExclusive(&lock->srw);
}

static inline void lock_leave(struct lock *lock)
{
    ReleaseSRWLockExclusive(&lock->srw);
}

/* Waits with the lock held; milliseconds or INFINITE. Zero when the time ran out. */
static inline int condition_wait(struct condition *condition, struct lock *lock, DWORD milliseconds)
{
    return SleepConditionVariableSRW(&condition->cv, &lock->srw, milliseconds, 0);
}

static inline void condition_wake_all(struct condition *condition)
{
    WakeAllConditionVariable(&condition->cv);
}

#else
#include <pthread.h>

struct lock {
    pthread_mutex_t mutex; /* all zero is PTHREAD_MUTEX_INITIALIZER where this is built */
};

static inline void lock_enter(struct lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

static inline void lock_leave(struct lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
#endif

#endif
