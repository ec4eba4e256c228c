/* service_test.c */
