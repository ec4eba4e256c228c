# The address and undefined behaviour sanitizers for what needs Windows: MinGW's compiler has neither,
# but the same sources build as a program of Linux that runs in Wine ("winelib"), with gcc's.
#
# opentapi_winelib_test(NAME PROGRAM target... SOURCES file... PROVIDER target... [ENVIRONMENT ...])
#   adds the test NAME: a program of the C sources of the PROGRAM targets and of SOURCES, and beside it
#   NAME_provider.tsp.so of the PROVIDER targets, which the program loads as its telephony provider. It
#   prints the summary line "tests: N passed, ..." by itself, since CUnit is not there.
#
# Only in the x86_64 build. tests/winelib/wide.h stands in for the C library's wide characters, which
# are 32 bits on Linux.
if(NOT WIN32 OR NOT CMAKE_SIZEOF_VOID_P EQUAL 8)
  return()
endif()
find_program(OPENTAPI_WINEGCC winegcc)
find_program(OPENTAPI_WRC wrc)
if(NOT OPENTAPI_WINEGCC OR NOT OPENTAPI_WRC)
  message(FATAL_ERROR "winegcc and wrc are needed: apt-get install wine64-tools libwine-dev")
endif()

# TAPI's headers are MinGW's everywhere, and nothing else of MinGW's.
set(OPENTAPI_WINELIB_INCLUDE ${CMAKE_BINARY_DIR}/winelib/include CACHE INTERNAL "")
find_path(OPENTAPI_STOCK_INCLUDE tspi.h REQUIRED)
foreach(header tapi.h tspi.h _mingw_unicode.h)
  configure_file(${OPENTAPI_STOCK_INCLUDE}/${header} ${OPENTAPI_WINELIB_INCLUDE}/${header} COPYONLY)
endforeach()

set(OPENTAPI_SANITIZE -fsanitize=address,undefined -fno-omit-frame-pointer CACHE INTERNAL "")

# The objects of these C sources, in `result`.
function(opentapi_winelib_objects result folder)
  set(objects)
  foreach(source ${ARGN})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${source})
    string(REPLACE "/" "_" name ${name})
    set(object ${folder}/${name}.o)
    add_custom_command(OUTPUT ${object}
      COMMAND ${OPENTAPI_WINEGCC} -c -g -O1 -std=gnu11 -fshort-wchar ${OPENTAPI_SANITIZE}
              -Wall -Werror=implicit-function-declaration -fno-strict-aliasing
              -DWINVER=0x0601 -D_WIN32_WINNT=0x0601 -DCOBJMACROS -DCINTERFACE -D__LONG32=int
              -DOPENTAPI_VERSION_MAJOR=${PROJECT_VERSION_MAJOR} -DOPENTAPI_VERSION_MINOR=${PROJECT_VERSION_MINOR}
              -I${OPENTAPI_WINELIB_INCLUDE} -I${CMAKE_SOURCE_DIR} -I${CMAKE_BINARY_DIR}/tsp/simpbx
              -include ${CMAKE_SOURCE_DIR}/tests/winelib/wide.h
              -MD -MT ${object} -MF ${object}.d -o ${object} ${source}
      DEPENDS ${source} simpbx_idl_gen DEPFILE ${object}.d VERBATIM)
    list(APPEND objects ${object})
  endforeach()
  set(${result} ${objects} PARENT_SCOPE)
endfunction()

# The C sources of targets, with their folders.
function(opentapi_c_sources result)
  set(all)
  foreach(target ${ARGN})
    get_target_property(sources ${target} SOURCES)
    get_target_property(folder ${target} SOURCE_DIR)
    foreach(source ${sources})
      if(source MATCHES "\\.c$")
        get_filename_component(source ${source} ABSOLUTE BASE_DIR ${folder})
        list(APPEND all ${source})
      endif()
    endforeach()
  endforeach()
  set(${result} ${all} PARENT_SCOPE)
endfunction()

function(opentapi_winelib_test name)
  cmake_parse_arguments(ARG "" "" "PROGRAM;SOURCES;PROVIDER;ENVIRONMENT" ${ARGN})
  set(folder ${CMAKE_BINARY_DIR}/winelib/${name})
  file(MAKE_DIRECTORY ${folder})
  set(libraries -ladvapi32 -lole32 -loleaut32 -luser32 -lgdi32 -lcrypt32 -luuid -lasan -lubsan)

  opentapi_c_sources(sources ${ARG_PROGRAM})
  foreach(source ${ARG_SOURCES})
    get_filename_component(source ${source} ABSOLUTE)
    list(APPEND sources ${source})
  endforeach()
  opentapi_winelib_objects(objects ${folder} ${sources})
  set(program ${folder}/${name}.exe.so)
  add_custom_command(OUTPUT ${program}
    COMMAND ${OPENTAPI_WINEGCC} ${OPENTAPI_SANITIZE} -mconsole -o ${folder}/${name}.exe ${objects} ${libraries}
    DEPENDS ${objects} VERBATIM)

  # The provider: its exports as winebuild's .spec, its type library as a resource.
  opentapi_c_sources(sources ${ARG_PROVIDER})
  opentapi_winelib_objects(objects ${folder} ${sources})
  set(spec)
  file(STRINGS ${CMAKE_SOURCE_DIR}/tsp/simpbx/simpbx.def exports REGEX "^ +[A-Za-z]")
  foreach(export ${exports})
    string(REGEX REPLACE "^ +([A-Za-z_]+).*" "@ stdcall \\1()\n" line ${export})
    string(APPEND spec ${line})
  endforeach()
  file(CONFIGURE OUTPUT ${folder}/provider.spec CONTENT "${spec}" @ONLY)
  file(CONFIGURE OUTPUT ${folder}/provider.rc @ONLY CONTENT
       "1 RCDATA \"sample.conf\"\n1 TYPELIB \"simpbx.tlb\"\n")
  set(guids ${folder}/guids.o)
  set(provider ${folder}/${name}_provider.tsp.so)
  add_custom_command(OUTPUT ${provider}
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/tsp/simpbx/sample.conf
            ${CMAKE_BINARY_DIR}/tsp/simpbx/simpbx.tlb ${folder}
    COMMAND ${OPENTAPI_WRC} -o ${folder}/provider.res ${folder}/provider.rc
    COMMAND ${OPENTAPI_WINEGCC} -c -fshort-wchar -o ${guids} ${CMAKE_BINARY_DIR}/tsp/simpbx/simpbx_i.c
    COMMAND ${OPENTAPI_WINEGCC} -shared ${OPENTAPI_SANITIZE} -o ${folder}/${name}_provider.tsp
            ${folder}/provider.spec ${objects} ${guids} ${folder}/provider.res ${libraries}
    WORKING_DIRECTORY ${folder} DEPENDS ${objects} simpbx_idl_gen ${folder}/provider.spec VERBATIM)

  add_custom_target(${name} ALL DEPENDS ${program} ${provider})
  add_dependencies(${name} simpbx)
  add_test(NAME ${name} COMMAND ${CMAKE_SOURCE_DIR}/tests/winelib/run ${program} WORKING_DIRECTORY ${folder})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300 ENVIRONMENT
                       "OPENTAPI_PROVIDERS=${name}_provider.tsp.so;${ARG_ENVIRONMENT}")
endfunction()
