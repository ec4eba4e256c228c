# Registration-free use: an application that names the assembly OpenTAPI in its manifest gets the COM
# classes from the DLLs beside it, with nothing in the registry (docs/registration-free.md).
#
# opentapi_manifest(OUTPUT file DLL name [IDL file [INTERFACES file...] [PROXY clsid]] [CLASS clsid]
#                   [DLL ...]):
#   writes the assembly's manifest at build time from the IDL, the only source of GUIDs: the type
#   library and coclasses of each IDL, and the interfaces of INTERFACES: through the type library
#   marshaller, or PROXY where the interface is not dual. CLASS is a class that no IDL declares.
function(opentapi_manifest)
  cmake_parse_arguments(ARG "" "OUTPUT" "" ${ARGN})
  set(idls ${ARG_UNPARSED_ARGUMENTS})
  list(FILTER idls INCLUDE REGEX "\\.idl$")
  if(CMAKE_SIZEOF_VOID_P EQUAL 8)
    set(cpu amd64)
  else()
    set(cpu x86)
  endif()
  add_custom_command(OUTPUT ${ARG_OUTPUT}
    COMMAND ${CMAKE_COMMAND} -P ${CMAKE_SOURCE_DIR}/cmake/manifest.cmake -- ${ARG_OUTPUT} ${cpu}
            ${PROJECT_VERSION}.0 ${ARG_UNPARSED_ARGUMENTS}
    DEPENDS ${idls} ${CMAKE_SOURCE_DIR}/cmake/manifest.cmake
    COMMENT "manifest ${ARG_OUTPUT}" VERBATIM)
  add_custom_target(opentapi_manifest ALL DEPENDS ${ARG_OUTPUT})
endfunction()
