/* ops.h - every request of engine.h. Included with ENGINE_OP defined; no include guard.
 * A line without a comment follows the rule of engine.h for the function of that name. */
ENGINE_OP(LINE_INITIALIZE)   /* arg: client, dwAPIVersion, call hubs wanted; in: friendly name, module file name (W);
                                out: HLINEAPP, dwNumDevs, version granted */
ENGINE_OP(LINE_SHUTDOWN)
ENGINE_OP(LINE_NEGOTIATE_API_VERSION) /* out: version; data: LINEEXTENSIONID */
ENGINE_OP(LINE_NEGOTIATE_EXT_VERSION)
ENGINE_OP(LINE_GET_DEV_CAPS)
ENGINE_OP(LINE_GET_ADDRESS_CAPS)
ENGINE_OP(LINE_OPEN) /* arg: hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, dwCallbackInstance,
                        dwPrivileges, dwMediaModes; in: LINECALLPARAMS; out: HLINE, device opened */
ENGINE_OP(LINE_CLOSE)
ENGINE_OP(LINE_GET_LINE_DEV_STATUS)
ENGINE_OP(LINE_GET_ADDRESS_STATUS)
ENGINE_OP(LINE_GET_ADDRESS_ID) /* arg: hLine, dwAddressMode; in: address; out: dwAddressID */
ENGINE_OP(LINE_SET_STATUS_MESSAGES)
ENGINE_OP(LINE_GET_STATUS_MESSAGES)
ENGINE_OP(LINE_SET_LINE_DEV_STATUS)
ENGINE_OP(LINE_SET_NUM_RINGS)
ENGINE_OP(LINE_GET_NUM_RINGS)
ENGINE_OP(LINE_GET_ID) /* arg: hLine, dwAddressID, hCall, dwSelect, caller's process; in: device
                          class; out: dwStringFormat; data: VARSTRING, as STRINGFORMAT_BINARY */
ENGINE_OP(LINE_GET_DEV_CONFIG) /* the same */
ENGINE_OP(LINE_SET_DEV_CONFIG)
ENGINE_OP(LINE_GET_ICON)
ENGINE_OP(LINE_DEV_SPECIFIC)         /* LINE_REPLY's data: the block as the provider left it */
ENGINE_OP(LINE_DEV_SPECIFIC_FEATURE) /* the same */
/* calls */
ENGINE_OP(LINE_MAKE_CALL) /* arg: hLine, dwCountryCode; in: address, LINECALLPARAMS; out: HCALL, also
                             in LINE_REPLY's out[] (so for every op that makes calls) */
ENGINE_OP(LINE_ACCEPT)
ENGINE_OP(LINE_ANSWER)
ENGINE_OP(LINE_DIAL)
ENGINE_OP(LINE_DROP)
ENGINE_OP(LINE_DEALLOCATE_CALL)
ENGINE_OP(LINE_GET_CALL_INFO)
ENGINE_OP(LINE_GET_CALL_STATUS)
ENGINE_OP(LINE_GET_NEW_CALLS) /* arg: hLine, dwAddressID, dwSelect, dwTotalSize of the LINECALLLIST, or
                                 0: no handles are made where they would not fit */
ENGINE_OP(LINE_GET_CONF_RELATED_CALLS) /* arg: hCall, dwTotalSize or 0: the same */
ENGINE_OP(LINE_HANDOFF)
ENGINE_OP(LINE_SET_CALL_PRIVILEGE)
ENGINE_OP(LINE_SET_MEDIA_MODE)
ENGINE_OP(LINE_SET_APP_SPECIFIC)
ENGINE_OP(LINE_SET_CALL_PARAMS) /* arg: hCall, dwBearerMode, dwMinRate, dwMaxRate; in: DIALPARAMS */
ENGINE_OP(LINE_SET_CALL_DATA)
ENGINE_OP(LINE_SET_CALL_TREATMENT)
ENGINE_OP(LINE_SET_CALL_QUALITY_OF_SERVICE) /* in: sending, receiving flow specification */
ENGINE_OP(LINE_SET_TERMINAL)
ENGINE_OP(LINE_SEND_USER_USER_INFO)
ENGINE_OP(LINE_RELEASE_USER_USER_INFO)
ENGINE_OP(LINE_SECURE_CALL)
/* features */
ENGINE_OP(LINE_HOLD)
ENGINE_OP(LINE_UNHOLD)
ENGINE_OP(LINE_SWAP_HOLD)
ENGINE_OP(LINE_SETUP_TRANSFER) /* arg: hCall; in: LINECALLPARAMS; out: consultation HCALL */
ENGINE_OP(LINE_COMPLETE_TRANSFER) /* arg: hCall, hConsultCall, mode; out: conference HCALL or 0 */
ENGINE_OP(LINE_BLIND_TRANSFER)
ENGINE_OP(LINE_REDIRECT)
ENGINE_OP(LINE_SETUP_CONFERENCE) /* arg: hCall, hLine, dwNumParties; out: conference, consult HCALL */
ENGINE_OP(LINE_PREPARE_ADD_TO_CONFERENCE)
ENGINE_OP(LINE_ADD_TO_CONFERENCE)
ENGINE_OP(LINE_REMOVE_FROM_CONFERENCE)
ENGINE_OP(LINE_PARK) /* arg: hCall, mode; in: address; LINE_REPLY's data: VARSTRING, the address where a
                        non-directed park went */
ENGINE_OP(LINE_UNPARK)
ENGINE_OP(LINE_PICKUP)
ENGINE_OP(LINE_FORWARD)
ENGINE_OP(LINE_COMPLETE_CALL) /* LINE_REPLY's out[0]: completion ID */
ENGINE_OP(LINE_UNCOMPLETE_CALL)
/* media */
ENGINE_OP(LINE_GENERATE_DIGITS)
ENGINE_OP(LINE_GENERATE_TONE)
ENGINE_OP(LINE_MONITOR_DIGITS)
ENGINE_OP(LINE_MONITOR_MEDIA)
ENGINE_OP(LINE_MONITOR_TONES)
ENGINE_OP(LINE_GATHER_DIGITS) /* dwNumDigits 0 cancels; LINE_GATHERDIGITS brings the request's cookie and,
                                 as data, the digits (UTF-16 with terminator) */
ENGINE_OP(LINE_SET_MEDIA_CONTROL)
/* assisted telephony */
ENGINE_OP(LINE_REGISTER_REQUEST_RECIPIENT)
ENGINE_OP(LINE_GET_REQUEST)       /* data: LINEREQMAKECALLW */
ENGINE_OP(TAPI_REQUEST_MAKE_CALL) /* result: TAPIERR_ */
ENGINE_OP(TAPI_REQUEST_DROP)      /* arg: hwnd, wRequestID; result: TAPIERR_ */
ENGINE_OP(LINE_GET_APP_PRIORITY)  /* arg: dwMediaMode, dwRequestMode; in: file name; out: dwPriority */
ENGINE_OP(LINE_SET_APP_PRIORITY)  /* arg: dwMediaMode, dwRequestMode, dwPriority; in: file name */
/* call hubs (tapi32/private.h; no public function leads here) */
ENGINE_OP(LINE_SET_CALL_HUB_TRACKING) /* arg: hLine; in: LINECALLHUBTRACKINGINFO */
ENGINE_OP(LINE_GET_CALL_HUB_TRACKING) /* arg: hLine; out: available, current tracking */
ENGINE_OP(LINE_GET_HUB_RELATED_CALLS) /* arg: hCall, room for LINECALLLIST; data: LINECALLLIST */
/* dialling rules */
ENGINE_OP(LINE_TRANSLATE_CHECK) /* arg: hLineApp or 0, dwDeviceID, whether that counts */
ENGINE_OP(LINE_SET_CURRENT_LOCATION) /* arg: hLineApp or 0, dwLocation, whether it has just become the
                                        current one: tells who has to know that the rules changed */
/* call centre: agents, groups, queues, proxies. In the order of LINEPROXYREQUEST_; all asynchronous.
 * in[2] and in[3] are the names of the caller's machine and user. A pointer to an output structure is
 * an arg: how many bytes (W form) the caller has room for; LINE_REPLY's data is the structure, out[0]
 * the API version to lay it out in, out[1] its size where not even the room was enough, or 0. */
ENGINE_OP(LINE_SET_AGENT_GROUP)
ENGINE_OP(LINE_SET_AGENT_STATE)
ENGINE_OP(LINE_SET_AGENT_ACTIVITY)
ENGINE_OP(LINE_GET_AGENT_CAPS)
ENGINE_OP(LINE_GET_AGENT_STATUS)
ENGINE_OP(LINE_AGENT_SPECIFIC) /* LINE_REPLY's data: the bytes as the proxy left them */
ENGINE_OP(LINE_GET_AGENT_ACTIVITY_LIST)
ENGINE_OP(LINE_GET_AGENT_GROUP_LIST)
ENGINE_OP(LINE_CREATE_AGENT) /* LINE_REPLY's out[0]: HAGENT */
ENGINE_OP(LINE_SET_AGENT_MEASUREMENT_PERIOD)
ENGINE_OP(LINE_GET_AGENT_INFO)
ENGINE_OP(LINE_CREATE_AGENT_SESSION) /* LINE_REPLY's out[0]: HAGENTSESSION; in: PIN, group's GUID */
ENGINE_OP(LINE_GET_AGENT_SESSION_LIST)
ENGINE_OP(LINE_SET_AGENT_SESSION_STATE)
ENGINE_OP(LINE_GET_AGENT_SESSION_INFO)
ENGINE_OP(LINE_GET_QUEUE_LIST) /* in: group's GUID */
ENGINE_OP(LINE_SET_QUEUE_MEASUREMENT_PERIOD)
ENGINE_OP(LINE_GET_QUEUE_INFO)
ENGINE_OP(LINE_GET_GROUP_LIST)
ENGINE_OP(LINE_SET_AGENT_STATE_EX)
ENGINE_OP(LINE_GET_PROXY_STATUS)
ENGINE_OP(LINE_PROXY_MESSAGE)
ENGINE_OP(LINE_PROXY_RESPONSE) /* arg: hLine, param[0] of LINE_PROXYREQUEST, dwResult; in:
                                  LINEPROXYREQUEST. That message's data is a LINEPROXYREQUEST */
/* providers and their dialogs (dialog.c) */
ENGINE_OP(DIALOG_BEGIN) /* arg: TUISPIDLL_OBJECT_ type, ID of line, phone or provider (0: in: the file
                           of one to be added), enum engine_dialog; out: dialog, permanent provider ID; data: file name of
                           the UI DLL (W), none where the provider has no such DLL */
ENGINE_OP(DIALOG_CALL)  /* arg: dialog, enum engine_dialog, hwndOwner, device ID; in: device class,
                           configuration; out: whether it has an entry for its installation or removal
                           (it needs none); data: VARSTRING of DIALOG_LINE_CONFIG_EDIT. For providers
                           that show their dialogs themselves */
ENGINE_OP(DIALOG_DATA)  /* TUISPIDLLCALLBACK. arg: TUISPIDLL_OBJECT_ type, ID or htDlgInst; in: bytes;
                           data: they as the provider left them */
ENGINE_OP(DIALOG_END)   /* arg: dialog */
ENGINE_OP(DIALOG_INSTANCE_END) /* arg: htDlgInst, whose TUISPI_providerGenericDialog has returned */
ENGINE_OP(LINE_GET_PROVIDER_LIST) /* data: LINEPROVIDERLIST */
ENGINE_OP(LINE_ADD_PROVIDER)    /* arg: dialog, whether its provider has installed itself: it is listed,
                                   and starts where TAPI runs */
ENGINE_OP(LINE_REMOVE_PROVIDER) /* arg: dialog, whose provider has removed itself */
/* phones */
ENGINE_OP(PHONE_INITIALIZE) /* as LINE_INITIALIZE; out: HPHONEAPP, dwNumDevs, version granted */
ENGINE_OP(PHONE_SHUTDOWN)
ENGINE_OP(PHONE_NEGOTIATE_API_VERSION) /* out: version; data: PHONEEXTENSIONID */
ENGINE_OP(PHONE_NEGOTIATE_EXT_VERSION)
ENGINE_OP(PHONE_OPEN) /* arg: hPhoneApp, dwDeviceID, dwAPIVersion, dwExtVersion, dwCallbackInstance,
                         dwPrivilege; out: HPHONE */
ENGINE_OP(PHONE_CLOSE)
ENGINE_OP(PHONE_GET_DEV_CAPS)
ENGINE_OP(PHONE_GET_STATUS)
ENGINE_OP(PHONE_SET_STATUS_MESSAGES)
ENGINE_OP(PHONE_GET_STATUS_MESSAGES)
ENGINE_OP(PHONE_GET_ID) /* arg: hPhone, caller's process; in: device class; out, data: as
                           LINE_GET_ID */
ENGINE_OP(PHONE_GET_ICON)
ENGINE_OP(PHONE_GET_BUTTON_INFO)
ENGINE_OP(PHONE_SET_BUTTON_INFO)
ENGINE_OP(PHONE_GET_DATA) /* arg: hPhone, dwDataID, dwSize; in: the application's bytes as they are;
                             data: what the provider made of them */
ENGINE_OP(PHONE_SET_DATA)
ENGINE_OP(PHONE_GET_DISPLAY) /* out: dwStringFormat; data: VARSTRING, as STRINGFORMAT_BINARY */
ENGINE_OP(PHONE_SET_DISPLAY)
ENGINE_OP(PHONE_GET_GAIN)
ENGINE_OP(PHONE_SET_GAIN)
ENGINE_OP(PHONE_GET_HOOK_SWITCH)
ENGINE_OP(PHONE_SET_HOOK_SWITCH)
ENGINE_OP(PHONE_GET_LAMP)
ENGINE_OP(PHONE_SET_LAMP)
ENGINE_OP(PHONE_GET_RING)
ENGINE_OP(PHONE_SET_RING)
ENGINE_OP(PHONE_GET_VOLUME)
ENGINE_OP(PHONE_SET_VOLUME)
ENGINE_OP(PHONE_DEV_SPECIFIC) /* PHONE_REPLY's data: the block as the provider left it */
/* private to tapi3.dll (tapi32/private.h) */
ENGINE_OP(LINE_GET_PROVIDER) /* arg: hLineApp, dwDeviceID; data: the provider's file name (W) */
/* media service providers; private to tapi3.dll (tapi32/private.h) */
ENGINE_OP(LINE_MSP_IDENTIFY) /* arg: hLineApp, dwDeviceID; data: CLSID */
ENGINE_OP(LINE_CREATE_MSP)   /* arg: hLine, dwAddressID; out: MSP handle */
ENGINE_OP(LINE_CLOSE_MSP)    /* arg: MSP handle */
ENGINE_OP(LINE_SEND_MSP_DATA) /* arg: MSP handle, hCall or 0; in: bytes */
