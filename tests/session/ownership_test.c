/* ownership_test.c */
