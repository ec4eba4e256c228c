/* transfer_test.c */
