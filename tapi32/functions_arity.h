/*
 * functions_arity.h - FUNCTION_n in terms of
 *     DEFINE_FUNCTION(name, op, (parameters), (codes), (values))
 * and NAME(), which makes the exported name of the form being defined.
 */
#define FUNCTION_1(name, op,                                                                       \
    t1, k1)                                                                                        \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1),                                                                                   \
        (k1),                                                                                      \
        ((ULONG_PTR)a1))
#define FUNCTION_2(name, op,                                                                       \
    t1, k1, t2, k2)                                                                                \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2),                                                                            \
        (k1, k2),                                                                                  \
        ((ULONG_PTR)a1, (ULONG_PTR)a2))
#define FUNCTION_3(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3)                                                                        \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3),                                                                     \
        (k1, k2, k3),                                                                              \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3))
#define FUNCTION_4(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3, t4, k4)                                                                \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4),                                                              \
        (k1, k2, k3, k4),                                                                          \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4))
#define FUNCTION_5(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3, t4, k4, t5, k5)                                                        \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5),                                                       \
        (k1, k2, k3, k4, k5),                                                                      \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4, (ULONG_PTR)a5))
#define FUNCTION_6(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3, t4, k4, t5, k5, t6, k6)                                                \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6),                                                \
        (k1, k2, k3, k4, k5, k6),                                                                  \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4, (ULONG_PTR)a5,                \
        (ULONG_PTR)a6))
#define FUNCTION_7(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3, t4, k4, t5, k5, t6, k6, t7, k7)                                        \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6, t7 a7),                                         \
        (k1, k2, k3, k4, k5, k6, k7),                                                              \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4, (ULONG_PTR)a5,                \
        (ULONG_PTR)a6, (ULONG_PTR)a7))
#define FUNCTION_9(name, op,                                                                       \
    t1, k1, t2, k2, t3, k3, t4, k4, t5, k5, t6, k6, t7, k7, t8, k8, t9, k9)                        \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6, t7 a7, t8 a8, t9 a9),                           \
        (k1, k2, k3, k4, k5, k6, k7, k8, k9),                                                      \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4, (ULONG_PTR)a5,                \
        (ULONG_PTR)a6, (ULONG_PTR)a7, (ULONG_PTR)a8, (ULONG_PTR)a9))
#define FUNCTION_12(name, op,                                                                      \
    t1, k1, t2, k2, t3, k3, t4, k4, t5, k5, t6, k6, t7, k7, t8, k8, t9, k9, t10, k10, t11, k11,    \
    t12, k12)                                                                                      \
    DEFINE_FUNCTION(NAME(name), ENGINE_##op,                                                       \
        (t1 a1, t2 a2, t3 a3, t4 a4, t5 a5, t6 a6, t7 a7, t8 a8, t9 a9, t10 a10, t11 a11,          \
        t12 a12),                                                                                  \
        (k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12),                                       \
        ((ULONG_PTR)a1, (ULONG_PTR)a2, (ULONG_PTR)a3, (ULONG_PTR)a4, (ULONG_PTR)a5,                \
        (ULONG_PTR)a6, (ULONG_PTR)a7, (ULONG_PTR)a8, (ULONG_PTR)a9, (ULONG_PTR)a10,                \
        (ULONG_PTR)a11, (ULONG_PTR)a12))
