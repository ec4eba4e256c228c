/*
 * server.h - termmgr.dll and simmsp.dll as COM servers: they differ in these two tables, which each
 * DLL defines.
 */
#ifndef MSP_DSHOW_SERVER_H
#define MSP_DSHOW_SERVER_H

#include "objects/server.h"

extern const struct com_server_class server_classes[]; /* ended by clsid NULL */
/* The DLL's first type library is its own and is to be registered; else there is only TAPI's. */
extern const BOOL server_has_library;

#endif
