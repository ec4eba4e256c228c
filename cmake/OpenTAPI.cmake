# The project's own build functions.

# opentapi_library(NAME SOURCE...): a static library of a room; Windows and native builds alike.
function(opentapi_library name)
  add_library(${name} STATIC ${ARGN})
endfunction()

# opentapi_dll(NAME SUFFIX SOURCES ... LIBRARIES ... [DEF file]): a DLL without the "lib" prefix.
function(opentapi_dll name suffix)
  cmake_parse_arguments(ARG "" "DEF" "SOURCES;LIBRARIES" ${ARGN})
  add_library(${name} SHARED ${ARG_SOURCES} ${ARG_DEF})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".${suffix}")
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES})
  # Undecorated stdcall names on i686, as Microsoft's DLLs export them.
  target_link_options(${name} PRIVATE -Wl,--enable-stdcall-fixup -Wl,--kill-at)
endfunction()

# opentapi_watch(NAME): a program that is no CUnit test records what it exercises, too (tests/support/coverage.h).
function(opentapi_watch name)
  target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/watched_main.c)
  target_link_libraries(${name} PRIVATE test_support)
  target_link_options(${name} PRIVATE -Wl,--wrap=main)
endfunction()

# opentapi_test(NAME SOURCES ... LIBRARIES ... [ENVIRONMENT ...] [ARGS ...] [LABELS ...]):
# a CUnit executable (tests/support/test.h), run by CTest: under Wine in the Windows builds, directly
# in the native one. Its exit status 77 says that every test of it was skipped.
function(opentapi_test name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;LIBRARIES;ENVIRONMENT;ARGS;LABELS")
  # A list inside one variable, "OPENTAPI_PROVIDERS=a.tsp\;b.tsp", keeps its one backslash.
  string(REPLACE "\\\\;" "\\;" ARG_ENVIRONMENT "${ARG_ENVIRONMENT}")
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} test_support)
  add_test(NAME ${name} COMMAND ${OPENTAPI_EMULATOR} $<TARGET_FILE:${name}> ${ARG_ARGS}
           WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  set_tests_properties(${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77
                       ENVIRONMENT "${ARG_ENVIRONMENT}" LABELS "${ARG_LABELS}")
endfunction()

# Where CUnit is: cross-built by cmake/build-cunit into build/deps/<host> for Windows, Debian's own otherwise.
add_library(CUnit::CUnit INTERFACE IMPORTED)
if(WIN32)
  set(OPENTAPI_DEPS ${CMAKE_SOURCE_DIR}/build/deps/${OPENTAPI_HOST} CACHE PATH "cross-built libraries")
  set_target_properties(CUnit::CUnit PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES ${OPENTAPI_DEPS}/include
    INTERFACE_LINK_LIBRARIES ${OPENTAPI_DEPS}/lib/libcunit.a)
  set(OPENTAPI_EMULATOR ${CMAKE_SOURCE_DIR}/cmake/wine-run)
else()
  set_target_properties(CUnit::CUnit PROPERTIES INTERFACE_LINK_LIBRARIES cunit)
  set(OPENTAPI_EMULATOR "")
endif()
