/* phone_rows.h - as line_rows.h, for phones: what phones.c has in scope; errors are PHONEERR_. */
/* clang-format off */
TEXT_ROW(phoneGetDevCaps, ON_DEVICE, (NODEVICE, INCOMPATIBLEEXTVERSION, OPERATIONUNAVAIL), phoneGetDevCaps,
         (phone_app, 0, VERSION, 0, BIG))
TEXT_ROW(phoneGetStatus, ON_LINE, (RESOURCEUNAVAIL, NOMEM), phoneGetStatus, (phone, BIG))
TEXT_ROW(phoneGetID, ON_LINE, (INVALDEVICECLASS, NODEVICE), phoneGetID, (phone, BIG, T("every/class")))
TEXT_ROW(phoneGetIcon, ON_NOTHING, (INVALDEVICECLASS), phoneGetIcon, (0, T("every/class"), &icon))
TEXT_ROW(phoneGetButtonInfo, ON_LINE, (INVALBUTTONLAMPID, INVALPHONESTATE), phoneGetButtonInfo, (phone, 0, BIG))
TEXT_ROW(phoneSetButtonInfo, ON_LINE | OWNER, (INVALBUTTONLAMPID, INVALPHONESTATE, INVALBUTTONMODE),
         phoneSetButtonInfo, (phone, 0, &button))
ROW(phoneGetData, ON_LINE, (INVALDATAID, INVALPHONESTATE), phoneGetData(phone, 0, bytes, 4))
ROW(phoneSetData, ON_LINE | OWNER, (INVALDATAID, INVALPHONESTATE), phoneSetData(phone, 0, bytes, 4))
ROW(phoneGetDisplay, ON_LINE, (INVALPHONESTATE), phoneGetDisplay(phone, BIG))
ROW(phoneSetDisplay, ON_LINE | OWNER, (INVALPARAM, INVALPHONESTATE), phoneSetDisplay(phone, 0, 0, "text", 4))
ROW(phoneGetGain, ON_LINE, (INVALHOOKSWITCHDEV, INVALPHONESTATE),
    phoneGetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, &number))
ROW(phoneSetGain, ON_LINE | OWNER, (INVALHOOKSWITCHDEV, INVALPHONESTATE),
    phoneSetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, 1))
ROW(phoneGetVolume, ON_LINE, (INVALHOOKSWITCHDEV, INVALPHONESTATE),
    phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &number))
ROW(phoneSetVolume, ON_LINE | OWNER, (INVALHOOKSWITCHDEV, INVALPHONESTATE),
    phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HEADSET, 1))
ROW(phoneGetHookSwitch, ON_LINE, (INVALPHONESTATE), phoneGetHookSwitch(phone, &number))
ROW(phoneSetHookSwitch, ON_LINE | OWNER, (INVALHOOKSWITCHDEV, INVALHOOKSWITCHMODE, INVALPHONESTATE),
    phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MIC))
ROW(phoneGetLamp, ON_LINE, (INVALBUTTONLAMPID, INVALPHONESTATE), phoneGetLamp(phone, 0, &number))
ROW(phoneSetLamp, ON_LINE | OWNER, (INVALBUTTONLAMPID, INVALLAMPMODE, INVALPHONESTATE),
    phoneSetLamp(phone, 0, PHONELAMPMODE_STEADY))
ROW(phoneGetRing, ON_LINE, (INVALPHONESTATE), phoneGetRing(phone, &number, &number_too))
ROW(phoneSetRing, ON_LINE | OWNER, (INVALRINGMODE, INVALPARAM, INVALPHONESTATE), phoneSetRing(phone, 1, 1))
/* also errors that no function of its own says */
ROW(phoneDevSpecific, ON_LINE,
    (INVALPARAM, INVALEXTVERSION, REQUESTOVERRUN, REINIT, NODRIVER, NOMEM, INIFILECORRUPT,
     SERVICE_NOT_RUNNING, DISCONNECTED),
    phoneDevSpecific(phone, bytes, 4))
ROW(phoneNegotiateExtVersion, ON_DEVICE, (INCOMPATIBLEEXTVERSION),
    phoneNegotiateExtVersion(phone_app, 0, VERSION, 1, 2, &number))
/* clang-format on */
#undef ROW
#undef TEXT_ROW
