/* fallback_test.c */
