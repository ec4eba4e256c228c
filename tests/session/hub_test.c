/* hub_test.c */
