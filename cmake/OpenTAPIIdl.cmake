# Building with widl, the same way everywhere.
#
# opentapi_idl_file(NAME FILE file.idl [DIR folder] [HEADER name.h] [UUID] [TYPELIB name.tlb]
#                   [INCLUDES folder...] [DEPENDS file...])
#   adds the target NAME, an INTERFACE library: link it to get the header on the include path,
#   built in time. Everything generated lands in DIR (default: the current binary folder).
#     HEADER   the C header, always generated; default <file>.h
#     UUID     also the static library NAME_uuid with every IID_, CLSID_, DIID_ and LIBID_
#     TYPELIB  also a type library; see opentapi_embed_typelib
#   `import "ot_tapi3if.idl"` and its siblings are found without further ado. A warning of widl is
#   an error: its "duplicate uuid" means that the type library is spoilt.
#
# opentapi_idl_proxy(NAME FILES file.idl... DIR folder PREFIX p CLSID initialiser [INCLUDES ...])
#   adds the object library NAME with proxies and stubs of those interfaces in FILES that the type
#   library marshaller does not serve (idl/attributes.idl), and with the entry points
#   pDllGetClassObject, pDllCanUnloadNow, pDllRegisterServer, pDllUnregisterServer and pDllMain.
#
# opentapi_embed_typelib(TARGET NAME [ID n]): puts the type library of NAME into the resources of
#   TARGET (resource type TYPELIB, number 1 unless said otherwise).

find_program(OPENTAPI_WIDL ${OPENTAPI_HOST}-widl REQUIRED)
find_path(OPENTAPI_WIDL_INCLUDE oaidl.idl NO_CMAKE_FIND_ROOT_PATH REQUIRED
  PATHS /usr/include/wine/wine/windows /usr/include/wine/windows /usr/include/wine-development/windows)
# widl knows the standard types from stdole2.tlb; the library of either CPU will do.
file(GLOB candidates /usr/lib/*/wine/*-windows /usr/lib*/wine/*-windows /opt/wine*/lib*/wine/*-windows)
find_path(OPENTAPI_STDOLE stdole2.tlb NO_CMAKE_FIND_ROOT_PATH REQUIRED PATHS ${candidates})

# In the cache, because the functions are called from every folder.
set(OPENTAPI_IDL_GEN ${CMAKE_BINARY_DIR}/idl/gen CACHE INTERNAL "where generated interfaces are")
set(OPENTAPI_IDL_SOURCE ${CMAKE_SOURCE_DIR}/idl CACHE INTERNAL "where interfaces are written")
if(CMAKE_SIZEOF_VOID_P EQUAL 8)
  set(OPENTAPI_WIDL_CPU -m64 -DOPENTAPI_WIN64 CACHE INTERNAL "")
else()
  set(OPENTAPI_WIDL_CPU -m32 CACHE INTERNAL "")
endif()

# One run of widl: opentapi_widl(OUTPUT IDL DEPENDS ... OPTIONS ... INCLUDES ...)
function(opentapi_widl output idl)
  cmake_parse_arguments(ARG "" "" "DEPENDS;OPTIONS;INCLUDES" ${ARGN})
  set(includes)
  foreach(folder ${ARG_INCLUDES} ${OPENTAPI_IDL_SOURCE} ${OPENTAPI_IDL_GEN} ${OPENTAPI_WIDL_INCLUDE})
    list(APPEND includes -I${folder})
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -P ${CMAKE_SOURCE_DIR}/cmake/widl.cmake -- ${output}
            ${OPENTAPI_WIDL} -b ${OPENTAPI_HOST} ${OPENTAPI_WIDL_CPU} -L${OPENTAPI_STDOLE}
            ${includes} ${ARG_OPTIONS} ${idl}
    DEPENDS ${ARG_DEPENDS} ${CMAKE_SOURCE_DIR}/cmake/widl.cmake
    COMMENT "widl ${output}" VERBATIM)
endfunction()

function(opentapi_idl_file name)
  cmake_parse_arguments(ARG "UUID" "FILE;DIR;HEADER;TYPELIB" "INCLUDES;DEPENDS" ${ARGN})
  get_filename_component(idl ${ARG_FILE} ABSOLUTE)
  get_filename_component(stem ${ARG_FILE} NAME_WE)
  if(NOT ARG_DIR)
    set(ARG_DIR ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  if(NOT ARG_HEADER)
    set(ARG_HEADER ${stem}.h)
  endif()
  # Any of our IDL files may be imported, so all of them count.
  file(GLOB_RECURSE ours CONFIGURE_DEPENDS ${OPENTAPI_IDL_SOURCE}/*.idl)
  set(common DEPENDS ${idl} ${ours} ${ARG_DEPENDS} INCLUDES ${ARG_INCLUDES})

  set(header ${ARG_DIR}/${ARG_HEADER})
  opentapi_widl(${header} ${idl} ${common} OPTIONS -h -o ${header})
  set(outputs ${header})
  if(ARG_TYPELIB)
    opentapi_widl(${ARG_DIR}/${ARG_TYPELIB} ${idl} ${common} 
      OPTIONS -DOPENTAPI_TYPELIB -t -o ${ARG_DIR}/${ARG_TYPELIB})
    list(APPEND outputs ${ARG_DIR}/${ARG_TYPELIB})
  endif()

  add_custom_target(${name}_gen DEPENDS ${outputs})
  add_library(${name} INTERFACE)
  target_include_directories(${name} INTERFACE ${ARG_DIR})
  add_dependencies(${name} ${name}_gen)
  if(TARGET opentapi_idl)
    target_link_libraries(${name} INTERFACE opentapi_idl)
  endif()
  if(ARG_TYPELIB)
    set_property(GLOBAL PROPERTY OPENTAPI_TYPELIB_${name} ${ARG_DIR}/${ARG_TYPELIB})
  endif()

  if(ARG_UUID)
    opentapi_widl(${ARG_DIR}/${stem}_i.c ${idl} ${common} OPTIONS -u -o ${ARG_DIR}/${stem}_i.c)
    add_library(${name}_uuid STATIC ${ARG_DIR}/${stem}_i.c)
    target_link_libraries(${name}_uuid PUBLIC ${name})
  endif()
endfunction()

function(opentapi_idl_proxy name)
  cmake_parse_arguments(ARG "" "PREFIX;CLSID;DIR" "FILES;INCLUDES" ${ARGN})
  file(GLOB_RECURSE ours CONFIGURE_DEPENDS ${OPENTAPI_IDL_SOURCE}/*.idl)
  set(stems)
  set(sources)
  foreach(idl ${ARG_FILES})
    get_filename_component(stem ${idl} NAME_WE)
    set(proxy ${ARG_DIR}/${stem}_p.c)
    opentapi_widl(${proxy} ${idl} DEPENDS ${ours} INCLUDES ${ARG_INCLUDES}
      OPTIONS -DOPENTAPI_PROXY -Oif -p -H ${stem}.h -o ${proxy})
    list(APPEND stems ${stem})
    list(APPEND sources ${proxy})
  endforeach()
  set(dlldata ${ARG_DIR}/${name}_dlldata.c)
  opentapi_widl(${dlldata} "${stems}" OPTIONS --dlldata-only -o ${dlldata})
  # PROXY_DELEGATION: proxies of derived interfaces delegate to the proxy of their base.
  add_library(${name} OBJECT ${sources} ${dlldata})
  target_include_directories(${name} PRIVATE ${ARG_DIR})
  target_link_libraries(${name} PRIVATE opentapi_idl)
  target_compile_definitions(${name} PRIVATE PROXY_DELEGATION REGISTER_PROXY_DLL
    ENTRY_PREFIX=${ARG_PREFIX} PROXY_CLSID_IS=${ARG_CLSID})
  # What widl writes is not ours to tidy.
  target_compile_options(${name} PRIVATE -include ${OPENTAPI_IDL_SOURCE}/proxy_prelude.h
    -Wno-unused-parameter -Wno-missing-field-initializers -Wno-cast-function-type)
endfunction()

function(opentapi_embed_typelib target name)
  cmake_parse_arguments(ARG "" "ID" "" ${ARGN})
  if(NOT ARG_ID)
    set(ARG_ID 1)
  endif()
  get_property(tlb GLOBAL PROPERTY OPENTAPI_TYPELIB_${name})
  if(NOT tlb)
    message(FATAL_ERROR "${name} has no type library")
  endif()
  set(rc ${CMAKE_CURRENT_BINARY_DIR}/${target}_${name}.rc)
  file(GENERATE OUTPUT ${rc} CONTENT "${ARG_ID} TYPELIB \"${tlb}\"\n")
  target_sources(${target} PRIVATE ${rc})
  set_source_files_properties(${rc} PROPERTIES GENERATED TRUE OBJECT_DEPENDS ${tlb})
endfunction()
