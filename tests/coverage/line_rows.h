/*
 * line_rows.h - a call of each line function that one TSPI entry stands behind; for an X-macro, no
 * include guard. Whoever includes it has the variables of rows.h in scope.
 *   ROW(entry, flags, (errors that providers detect), expression)
 *   TEXT_ROW(entry, flags, (errors), name, arguments): the A and W forms; T("text") is of the form
 * Flags: ON_LINE, ON_CALL, ON_DEVICE is what the function works on; OWNER: the call's owner alone.
 */
/* clang-format off */

/* devices */
TEXT_ROW(lineGetDevCaps, ON_DEVICE, (NODEVICE, OPERATIONUNAVAIL, INCOMPATIBLEEXTVERSION), lineGetDevCaps, (app, 0, VERSION, 0, BIG))
TEXT_ROW(lineGetAddressCaps, ON_DEVICE, (INVALADDRESSID, INCOMPATIBLEEXTVERSION), lineGetAddressCaps,
         (app, 0, 0, VERSION, 0, BIG))
TEXT_ROW(lineGetLineDevStatus, ON_LINE, (RESOURCEUNAVAIL), lineGetLineDevStatus, (line, BIG))
TEXT_ROW(lineGetAddressStatus, ON_LINE, (INVALADDRESSID), lineGetAddressStatus, (line, 0, BIG))
TEXT_ROW(lineGetAddressID, ON_LINE, (INVALADDRESS, INVALADDRESSMODE), lineGetAddressID,
         (line, &number, LINEADDRESSMODE_DIALABLEADDR, T("12"), 3))
TEXT_ROW(lineGetID, ON_LINE, (INVALDEVICECLASS, NODEVICE, INVALADDRESSID), lineGetID,
         (line, 0, 0, LINECALLSELECT_LINE, BIG, T("every/class")))
TEXT_ROW(lineGetDevConfig, ON_NOTHING, (INVALDEVICECLASS, INVALPARAM), lineGetDevConfig,
         (0, BIG, T("every/class")))
TEXT_ROW(lineSetDevConfig, ON_NOTHING, (INVALDEVICECLASS, INVALPARAM), lineSetDevConfig,
         (0, "blob", 4, T("every/class")))
TEXT_ROW(lineGetIcon, ON_NOTHING, (INVALDEVICECLASS), lineGetIcon, (0, T("every/class"), &icon))
ROW(lineSetLineDevStatus, ON_LINE, (INVALPARAM),
    lineSetLineDevStatus(line, LINEDEVSTATUSFLAGS_LOCKED, 1))
/* also errors that no function of its own says */
ROW(lineDevSpecific, ON_LINE,
    (INVALPARAM, INVALDEVICEHANDLE, INVALEXTVERSION, REQUESTOVERRUN, REINIT, NODRIVER, NOMEM,
     SERVICE_NOT_RUNNING, DISCONNECTED),
    lineDevSpecific(line, 0, 0, bytes, 4))
ROW(lineDevSpecificFeature, ON_LINE, (INVALFEATURE),
    lineDevSpecificFeature(line, PHONEBUTTONFUNCTION_FLASH, bytes, 4))
ROW(lineNegotiateExtVersion, ON_DEVICE, (INCOMPATIBLEEXTVERSION),
    lineNegotiateExtVersion(app, 0, VERSION, 1, 2, &number))
ROW(lineSetTerminal, ON_LINE, (INVALTERMINALID, INVALTERMINALMODE, INVALADDRESSID),
    lineSetTerminal(line, 0, 0, LINECALLSELECT_LINE, LINETERMMODE_BUTTONS, 0, 1))

/* calls */
TEXT_ROW(lineMakeCall, ON_LINE,
         (BEARERMODEUNAVAIL, CALLUNAVAIL, INVALADDRESS, INVALADDRESSID, INVALBEARERMODE, INVALRATE,
          INVALCALLPARAMS, INVALMEDIAMODE, RATEUNAVAIL, ADDRESSBLOCKED, DIALBILLING, DIALDIALTONE,
          DIALPROMPT, DIALQUIET, DIALVOICEDETECT, INVALADDRESSMODE, INVALLINESTATE, USERUSERINFOTOOBIG,
          BILLINGREJECTED, OPERATIONUNAVAIL, INVALCOUNTRYCODE, INVALDIALPARAMS),
         lineMakeCall, (line, &made, T("1"), 0, NULL))
ROW(lineAccept, ON_CALL | OWNER, (INVALCALLSTATE, USERUSERINFOTOOBIG), lineAccept(call, "u", 1))
ROW(lineAnswer, ON_CALL | OWNER, (INVALCALLSTATE, USERUSERINFOTOOBIG, INUSE),
    lineAnswer(call, "u", 1))
ROW(lineDrop, ON_CALL | OWNER, (INVALCALLSTATE, USERUSERINFOTOOBIG), lineDrop(call, "u", 1))
TEXT_ROW(lineDial, ON_CALL | OWNER,
         (INVALADDRESS, INVALCALLSTATE, DIALBILLING, DIALDIALTONE, DIALPROMPT, DIALQUIET, ADDRESSBLOCKED,
          INVALCOUNTRYCODE),
         lineDial, (call, T("123"), 0))
TEXT_ROW(lineGetCallInfo, ON_CALL, (RESOURCEUNAVAIL), lineGetCallInfo, (call, BIG))
ROW(lineGetCallStatus, ON_CALL, (RESOURCEUNAVAIL), lineGetCallStatus(call, BIG))
ROW(lineSetAppSpecific, ON_CALL | OWNER, (RESOURCEUNAVAIL), lineSetAppSpecific(call, 5))
ROW(lineSetMediaMode, ON_CALL | OWNER, (INVALMEDIAMODE),
    lineSetMediaMode(call, LINEMEDIAMODE_INTERACTIVEVOICE))
ROW(lineSetCallParams, ON_CALL | OWNER,
    (INVALBEARERMODE, INVALRATE, INVALCALLSTATE, BEARERMODEUNAVAIL, RATEUNAVAIL),
    lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 64000, NULL))
ROW(lineSetCallData, ON_CALL | OWNER, (INVALCALLSTATE, INVALPARAM), lineSetCallData(call, "d", 1))
ROW(lineSetCallTreatment, ON_CALL | OWNER, (INVALCALLSTATE, INVALPARAM),
    lineSetCallTreatment(call, LINECALLTREATMENT_SILENCE))
ROW(lineSetCallQualityOfService, ON_CALL | OWNER, (INVALRATE, RATEUNAVAIL, INVALCALLSTATE),
    lineSetCallQualityOfService(call, bytes, 32, bytes, 32))
ROW(lineSendUserUserInfo, ON_CALL | OWNER, (INVALCALLSTATE, USERUSERINFOTOOBIG),
    lineSendUserUserInfo(call, "u", 1))
ROW(lineReleaseUserUserInfo, ON_CALL | OWNER, (INVALCALLSTATE), lineReleaseUserUserInfo(call))
ROW(lineSecureCall, ON_CALL | OWNER, (INVALCALLSTATE), lineSecureCall(call))

/* features */
ROW(lineHold, ON_CALL | OWNER, (INVALCALLSTATE), lineHold(call))
ROW(lineUnhold, ON_CALL | OWNER, (INVALCALLSTATE), lineUnhold(call))
ROW(lineSwapHold, ON_CALL | OWNER, (INVALCALLSTATE), lineSwapHold(call, other))
TEXT_ROW(lineSetupTransfer, ON_CALL | OWNER,
         (INVALCALLSTATE, INVALCALLPARAMS, BEARERMODEUNAVAIL, CALLUNAVAIL, INUSE, INVALBEARERMODE,
          INVALMEDIAMODE, INVALRATE, RATEUNAVAIL, USERUSERINFOTOOBIG),
         lineSetupTransfer, (call, &made, NULL))
ROW(lineCompleteTransfer, ON_CALL | OWNER, (INVALCALLSTATE, INVALTRANSFERMODE),
    lineCompleteTransfer(call, other, &made, LINETRANSFERMODE_CONFERENCE))
TEXT_ROW(lineBlindTransfer, ON_CALL | OWNER,
         (INVALADDRESS, INVALCALLSTATE, ADDRESSBLOCKED, INVALCOUNTRYCODE),
         lineBlindTransfer, (call, T("1"), 0))
TEXT_ROW(lineRedirect, ON_CALL | OWNER,
         (INVALADDRESS, INVALCALLSTATE, ADDRESSBLOCKED, INVALCOUNTRYCODE), lineRedirect,
         (call, T("1"), 0))
TEXT_ROW(lineSetupConference, ON_CALL | OWNER,
         (INVALCALLSTATE, INVALCALLPARAMS, CONFERENCEFULL, BEARERMODEUNAVAIL, CALLUNAVAIL, INUSE,
          INVALBEARERMODE, INVALMEDIAMODE, INVALRATE, RATEUNAVAIL, USERUSERINFOTOOBIG), lineSetupConference,
         (call, line, &made, &made_too, 3, NULL))
TEXT_ROW(linePrepareAddToConference, ON_CONFERENCE | OWNER,
         (INVALCALLSTATE, INVALCALLPARAMS, CONFERENCEFULL, BEARERMODEUNAVAIL, CALLUNAVAIL, INUSE,
          INVALBEARERMODE, INVALMEDIAMODE, INVALRATE, RATEUNAVAIL, USERUSERINFOTOOBIG), linePrepareAddToConference, (call, &made, NULL))
ROW(lineAddToConference, ON_CONFERENCE | OWNER, (INVALCALLSTATE, CONFERENCEFULL),
    lineAddToConference(call, other))
ROW(lineRemoveFromConference, ON_CALL | OWNER, (INVALCALLSTATE), lineRemoveFromConference(call))
TEXT_ROW(linePark, ON_CALL | OWNER, (INVALADDRESS, INVALCALLSTATE, INVALPARKMODE, INVALPARKID), linePark,
         (call, LINEPARKMODE_DIRECTED, T("7"), NULL))
TEXT_ROW(lineUnpark, ON_LINE, (INVALADDRESS, INVALADDRESSID, ADDRESSBLOCKED), lineUnpark,
         (line, 0, &made, T("7")))
TEXT_ROW(linePickup, ON_LINE, (INVALADDRESS, INVALADDRESSID, INVALGROUPID, CALLUNAVAIL), linePickup,
         (line, 0, &made, T("7"), NULL))
TEXT_ROW(lineForward, ON_LINE, (INVALADDRESS, INVALADDRESSID, INVALPARAM, INVALCALLPARAMS, INVALCOUNTRYCODE),
         lineForward,
         (line, 1, 0, NULL, 3, &made, NULL))
ROW(lineCompleteCall, ON_CALL | OWNER,
    (INVALCALLCOMPLMODE, INVALCALLSTATE, INVALMESSAGEID, COMPLETIONOVERRUN),
    lineCompleteCall(call, &number, LINECALLCOMPLMODE_CALLBACK, 0))
ROW(lineUncompleteCall, ON_LINE, (INVALCOMPLETIONID), lineUncompleteCall(line, 99))

/* media */
TEXT_ROW(lineGenerateDigits, ON_CALL | OWNER, (INVALCALLSTATE, INVALDIGITMODE, INVALDIGITS), lineGenerateDigits,
         (call, LINEDIGITMODE_DTMF, T("12"), 100))
ROW(lineGenerateTone, ON_CALL | OWNER, (INVALCALLSTATE, INVALTONE, INVALTONEMODE),
    lineGenerateTone(call, LINETONEMODE_BUSY, 100, 0, NULL))
ROW(lineMonitorDigits, ON_CALL, (INVALCALLSTATE, INVALDIGITMODE),
    lineMonitorDigits(call, LINEDIGITMODE_DTMF))
ROW(lineMonitorMedia, ON_CALL, (INVALCALLSTATE, INVALMEDIAMODE),
    lineMonitorMedia(call, LINEMEDIAMODE_INTERACTIVEVOICE))
ROW(lineMonitorTones, ON_CALL, (INVALCALLSTATE, INVALTONE), lineMonitorTones(call, &tone, 1))
TEXT_ROW(lineGatherDigits, ON_CALL | OWNER,
         (INVALCALLSTATE, INVALDIGITMODE, INVALDIGITS, INVALTIMEOUT, INVALPARAM), lineGatherDigits,
         (call, LINEDIGITMODE_DTMF, BIG, 5, NULL, 5000, 5000))
ROW(lineSetMediaControl, ON_LINE,
    (INVALCALLSTATELIST, INVALDIGITLIST, INVALMEDIALIST, INVALTONELIST, INVALADDRESSID),
    lineSetMediaControl(line, 0, 0, LINECALLSELECT_LINE, NULL, 0, NULL, 0, NULL, 0, NULL, 0))

/* clang-format on */
#undef ROW
#undef TEXT_ROW
