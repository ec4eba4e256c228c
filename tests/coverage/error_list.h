/* error_list.h - LIST (A, B): E(A) E(B), for up to 22 names; whoever includes it defines E. */
#ifndef TESTS_COVERAGE_ERROR_LIST_H
#define TESTS_COVERAGE_ERROR_LIST_H

#define E1(a)                                                                            E(a)
#define E2(a, ...)                                                                       E(a) E1(__VA_ARGS__)
#define E3(a, ...)                                                                       E(a) E2(__VA_ARGS__)
#define E4(a, ...)                                                                       E(a) E3(__VA_ARGS__)
#define E5(a, ...)                                                                       E(a) E4(__VA_ARGS__)
#define E6(a, ...)                                                                       E(a) E5(__VA_ARGS__)
#define E7(a, ...)                                                                       E(a) E6(__VA_ARGS__)
#define E8(a, ...)                                                                       E(a) E7(__VA_ARGS__)
#define E9(a, ...)                                                                       E(a) E8(__VA_ARGS__)
#define E10(a, ...)                                                                      E(a) E9(__VA_ARGS__)
#define E11(a, ...)                                                                      E(a) E10(__VA_ARGS__)
#define E12(a, ...)                                                                      E(a) E11(__VA_ARGS__)
#define E13(a, ...)                                                                      E(a) E12(__VA_ARGS__)
#define E14(a, ...)                                                                      E(a) E13(__VA_ARGS__)
#define E15(a, ...)                                                                      E(a) E14(__VA_ARGS__)
#define E16(a, ...)                                                                      E(a) E15(__VA_ARGS__)
#define E17(a, ...)                                                                      E(a) E16(__VA_ARGS__)
#define E18(a, ...)                                                                      E(a) E17(__VA_ARGS__)
#define E19(a, ...)                                                                      E(a) E18(__VA_ARGS__)
#define E20(a, ...)                                                                      E(a) E19(__VA_ARGS__)
#define E21(a, ...)                                                                      E(a) E20(__VA_ARGS__)
#define E22(a, ...)                                                                      E(a) E21(__VA_ARGS__)
#define CHOOSE(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, ...) w
#define LIST(...)                                                                                  \
    CHOOSE(__VA_ARGS__, E22, E21, E20, E19, E18, E17, E16, E15, E14, E13, E12, E11, E10, E9, E8,   \
           E7, E6, E5, E4, E3, E2, E1)                                                             \
    (__VA_ARGS__)

#endif
