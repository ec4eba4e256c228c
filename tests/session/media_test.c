/* media_test.c */
