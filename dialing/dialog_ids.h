/* dialog_ids.h - dialogs and their controls, for dialog.rc, the code and the tests. */
#ifndef DIALING_DIALOG_IDS_H
#define DIALING_DIALOG_IDS_H

#define IDD_DIALING  500 /* lineTranslateDialog */
#define IDD_LOCATION 501
#define IDD_RULE     502
#define IDD_CARDS    503
#define IDD_CARD     504

/* lists, in all of them */
#define IDC_LIST   1000
#define IDC_NEW    1001
#define IDC_EDIT   1002
#define IDC_DELETE 1003
#define IDC_CARDS  1004
#define IDC_NAME   1005

/* IDD_DIALING */
#define IDC_ADDRESS 1010
#define IDC_DIALED  1011

/* IDD_LOCATION */
#define IDC_COUNTRY               1020
#define IDC_AREA                  1021
#define IDC_LOCAL_ACCESS          1022
#define IDC_LONG_DISTANCE_ACCESS  1023
#define IDC_CARRIER               1024
#define IDC_INTERNATIONAL_CARRIER 1025
#define IDC_HAS_CALL_WAITING      1026
#define IDC_CANCEL_CALL_WAITING   1027
#define IDC_TONE                  1028
#define IDC_PULSE                 1029
#define IDC_ALWAYS_AREA           1030
#define IDC_USE_CARD              1031
#define IDC_CARD                  1032

/* IDD_RULE */
#define IDC_RULE_AREA     1040
#define IDC_ALL_PREFIXES  1041
#define IDC_SOME_PREFIXES 1042
#define IDC_PREFIXES      1043
#define IDC_DIAL_NUMBER   1044
#define IDC_NUMBER        1045
#define IDC_DIAL_AREA     1046

/* IDD_CARD; the three of a kind in the order of enum dial_kind */
#define IDC_ACCOUNT 1050
#define IDC_PIN     1051
#define IDC_ACCESS  1052
#define IDC_RULE    1055
#define IDC_COPY    1058

#endif
