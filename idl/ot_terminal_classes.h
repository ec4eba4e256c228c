/* Terminal classes, superclasses and protocols: GUIDs and their strings.
 *
 * TAPI hands them to programs as strings (BSTR in the vtables), to media providers as GUIDs; none
 * of them is a class CoCreateInstance knows. The type library of Microsoft's has the strings as
 * module constants, which widl cannot write, so C has them here and scripts write them out. */
#ifndef OT_TERMINAL_CLASSES_H
#define OT_TERMINAL_CLASSES_H

#include <guiddef.h>

#define CLSID_String_VideoWindowTerm L"{F7438990-D6EB-11D0-82A6-00AA00B5CA1B}"
#define CLSID_String_VideoInputTerminal L"{AAF578EC-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_HandsetTerminal L"{AAF578EB-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_HeadsetTerminal L"{AAF578ED-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_SpeakerphoneTerminal L"{AAF578EE-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_MicrophoneTerminal L"{AAF578EF-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_SpeakersTerminal L"{AAF578F0-DC70-11D0-8ED3-00C04FB6809F}"
#define CLSID_String_MediaStreamTerminal L"{E2F7AEF7-4971-11D1-A671-006097C9A2E8}"
#define CLSID_String_FileRecordingTerminal L"{521F3D06-C3D0-4511-8617-86B9A783DA77}"
#define CLSID_String_FilePlaybackTerminal L"{0CB9914C-79CD-47DC-ADB0-327F47CEFB20}"
#define TAPIPROTOCOL_String_PSTN L"{831CE2D6-83B5-11D1-BB5C-00C04FB6809F}"
#define TAPIPROTOCOL_String_H323 L"{831CE2D7-83B5-11D1-BB5C-00C04FB6809F}"
#define TAPIPROTOCOL_String_Multicast L"{831CE2D8-83B5-11D1-BB5C-00C04FB6809F}"
#define CLSID_String_VideoSuperclass L"{714C6F8C-6244-4685-87B3-B91F3F9EADA7}"
#define CLSID_String_StreamingSuperclass L"{214F4ACC-AE0B-4464-8405-07029003F8E2}"
#define CLSID_String_FileSuperclass L"{B4790031-56DB-4D3E-88C8-6FFAAFA08A91}"
#define CLSID_String_FileRecordingTrack L"{BF14A2E4-E88B-4EF5-9740-5AC5D022F8C9}" /* a name of ours: Microsoft's headers have the GUID only */

EXTERN_C const CLSID CLSID_VideoWindowTerm;
EXTERN_C const CLSID CLSID_VideoInputTerminal;
EXTERN_C const CLSID CLSID_HandsetTerminal;
EXTERN_C const CLSID CLSID_HeadsetTerminal;
EXTERN_C const CLSID CLSID_SpeakerphoneTerminal;
EXTERN_C const CLSID CLSID_MicrophoneTerminal;
EXTERN_C const CLSID CLSID_SpeakersTerminal;
EXTERN_C const CLSID CLSID_MediaStreamTerminal;
EXTERN_C const CLSID CLSID_FileRecordingTerminal;
EXTERN_C const CLSID CLSID_FilePlaybackTerminal;
EXTERN_C const CLSID TAPIPROTOCOL_PSTN;
EXTERN_C const CLSID TAPIPROTOCOL_H323;
EXTERN_C const CLSID TAPIPROTOCOL_Multicast;
EXTERN_C const CLSID CLSID_VideoSuperclass;
EXTERN_C const CLSID CLSID_StreamingSuperclass;
EXTERN_C const CLSID CLSID_FileSuperclass;
EXTERN_C const CLSID CLSID_FileRecordingTrack;

/* Media types, also LINEMEDIAMODE_ values of TAPI 2. */
#define TAPIMEDIATYPE_AUDIO 0x8
#define TAPIMEDIATYPE_VIDEO 0x8000
#define TAPIMEDIATYPE_DATAMODEM 0x10
#define TAPIMEDIATYPE_G3FAX 0x20
#define TAPIMEDIATYPE_MULTITRACK 0x10000

#endif
