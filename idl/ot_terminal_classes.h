/* Terminal classes, superclasses and protocols: GUIDs and their strings.
 *
 * TAPI hands them to programs as strings (BSTR in the vtables), to media providers as GUIDs; none
 * of them is a class CoCreateInstance knows. The type library of Microsoft's has the strings as
 * module constants, which widl cannot write, so C has them here and scripts write them out. */
#ifndef OT_TERMINAL_CLASSES_H
#define OT_TERMINAL_CLASSES_H

#ifndef DEFINE_GUID /* as elsewhere, whoever includes may have one of his own */
#include <guiddef.h>
#endif

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
/* A name of ours: Microsoft's headers have this GUID only. */
#define CLSID_String_FileRecordingTrack L"{BF14A2E4-E88B-4EF5-9740-5AC5D022F8C9}"

DEFINE_GUID(CLSID_VideoWindowTerm, 0xf7438990, 0xd6eb, 0x11d0, 0x82, 0xa6, 0x00,
            0xaa, 0x00, 0xb5, 0xca, 0x1b);
DEFINE_GUID(CLSID_VideoInputTerminal, 0xaaf578ec, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_HandsetTerminal, 0xaaf578eb, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_HeadsetTerminal, 0xaaf578ed, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_SpeakerphoneTerminal, 0xaaf578ee, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_MicrophoneTerminal, 0xaaf578ef, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_SpeakersTerminal, 0xaaf578f0, 0xdc70, 0x11d0, 0x8e, 0xd3, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_MediaStreamTerminal, 0xe2f7aef7, 0x4971, 0x11d1, 0xa6, 0x71, 0x00,
            0x60, 0x97, 0xc9, 0xa2, 0xe8);
DEFINE_GUID(CLSID_FileRecordingTerminal, 0x521f3d06, 0xc3d0, 0x4511, 0x86, 0x17, 0x86,
            0xb9, 0xa7, 0x83, 0xda, 0x77);
DEFINE_GUID(CLSID_FilePlaybackTerminal, 0x0cb9914c, 0x79cd, 0x47dc, 0xad, 0xb0, 0x32,
            0x7f, 0x47, 0xce, 0xfb, 0x20);
DEFINE_GUID(TAPIPROTOCOL_PSTN, 0x831ce2d6, 0x83b5, 0x11d1, 0xbb, 0x5c, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(TAPIPROTOCOL_H323, 0x831ce2d7, 0x83b5, 0x11d1, 0xbb, 0x5c, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(TAPIPROTOCOL_Multicast, 0x831ce2d8, 0x83b5, 0x11d1, 0xbb, 0x5c, 0x00,
            0xc0, 0x4f, 0xb6, 0x80, 0x9f);
DEFINE_GUID(CLSID_VideoSuperclass, 0x714c6f8c, 0x6244, 0x4685, 0x87, 0xb3, 0xb9,
            0x1f, 0x3f, 0x9e, 0xad, 0xa7);
DEFINE_GUID(CLSID_StreamingSuperclass, 0x214f4acc, 0xae0b, 0x4464, 0x84, 0x05, 0x07,
            0x02, 0x90, 0x03, 0xf8, 0xe2);
DEFINE_GUID(CLSID_FileSuperclass, 0xb4790031, 0x56db, 0x4d3e, 0x88, 0xc8, 0x6f,
            0xfa, 0xaf, 0xa0, 0x8a, 0x91);
DEFINE_GUID(CLSID_FileRecordingTrack, 0xbf14a2e4, 0xe88b, 0x4ef5, 0x97, 0x40, 0x5a,
            0xc5, 0xd0, 0x22, 0xf8, 0xc9);

/* Media types, also LINEMEDIAMODE_ values of TAPI 2. */
#define TAPIMEDIATYPE_AUDIO 0x8
#define TAPIMEDIATYPE_VIDEO 0x8000
#define TAPIMEDIATYPE_DATAMODEM 0x10
#define TAPIMEDIATYPE_G3FAX 0x20
#define TAPIMEDIATYPE_MULTITRACK 0x10000

#endif
