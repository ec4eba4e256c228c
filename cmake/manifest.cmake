# cmake -P manifest.cmake -- OUTPUT CPU VERSION
#   (DLL name [IDL file [INTERFACES file...] [PROXY clsid]] [CLASS clsid])...
# See OpenTAPIManifest.cmake. Reads the IDL as it is written in idl/: an attribute list in brackets,
# then "library NAME", "coclass NAME" or "interface NAME : BASE".
cmake_minimum_required(VERSION 3.21)

set(arguments)
set(at 0)
while(at LESS CMAKE_ARGC)
  list(APPEND arguments "${CMAKE_ARGV${at}}")
  math(EXPR at "${at} + 1")
endwhile()
list(FIND arguments "--" dashes)
math(EXPR dashes "${dashes} + 1")
list(SUBLIST arguments ${dashes} -1 arguments)
list(POP_FRONT arguments output cpu version)

# find_declared(FILE KIND RESULT): a list of "name guid attributes" for each KIND in the file.
function(find_declared file kind result)
  file(READ ${file} text)
  # Brackets and semicolons mean something to CMake's lists; nothing here needs them.
  string(REPLACE ";" " " text "${text}")
  string(REPLACE "[" "<" text "${text}")
  string(REPLACE "]" ">" text "${text}")
  string(REGEX MATCHALL "<[^<>]*>[ \r\n\t]*${kind} [A-Za-z0-9_]+[ \r\n\t]*[:{]" found "${text}")
  set(list)
  foreach(one IN LISTS found)
    string(REGEX REPLACE ".*uuid\\(([^)]*)\\).*" "\\1" guid "${one}")
    string(TOUPPER "{${guid}}" guid)
    string(REGEX REPLACE ".*${kind} ([A-Za-z0-9_]+)[ \r\n\t]*[:{]$" "\\1" name "${one}")
    string(REGEX REPLACE "[ \r\n\t]*[:{]$|[ \r\n\t]+" "" attributes "${one}")
    list(APPEND list "${name} ${guid} ${attributes}")
  endforeach()
  set(${result} "${list}" PARENT_SCOPE)
endfunction()

set(files)    # the <file> elements
set(outside)  # <comInterfaceExternalProxyStub>: interfaces whose marshaller is the system's
set(dll)

macro(finish_dll)
  if(dll)
    string(APPEND files "  <file name=\"${dll}\">\n${inside}  </file>\n")
  endif()
  set(inside)
  set(proxy)
endmacro()

# Microsoft's ProgIDs are CLASS.CLASS.1 for the classes of TAPI3Lib; the terminal manager's have none.
function(progid_of library class result)
  set(${result} "" PARENT_SCOPE)
  if(library STREQUAL "TAPI3Lib")
    set(${result} "${class}.${class}" PARENT_SCOPE)
  endif()
endfunction()

macro(add_idl file)
  find_declared(${file} library libraries)
  if(NOT libraries)
    message(FATAL_ERROR "${file} declares no library")
  endif()
  string(REPLACE " " ";" library "${libraries}")
  list(GET library 0 library_name)
  list(GET library 1 library_id)
  string(APPEND inside "    <typelib tlbid=\"${library_id}\" version=\"1.0\" helpdir=\"\"/>\n")
  find_declared(${file} coclass classes)
  foreach(class IN LISTS classes)
    string(REPLACE " " ";" class "${class}")
    list(GET class 0 name)
    list(GET class 1 guid)
    progid_of(${library_name} ${name} progid)
    string(APPEND inside "    <comClass description=\"${name}\" clsid=\"${guid}\""
      " threadingModel=\"Both\" tlbid=\"${library_id}\"")
    if(progid)
      string(APPEND inside " progid=\"${progid}.1\">\n      <progid>${progid}</progid>\n"
        "    </comClass>\n")
    else()
      string(APPEND inside "/>\n")
    endif()
  endforeach()
endmacro()

macro(add_interfaces file)
  find_declared(${file} interface interfaces)
  foreach(interface IN LISTS interfaces)
    string(REPLACE " " ";" interface "${interface}")
    list(GET interface 0 name)
    list(GET interface 1 guid)
    list(GET interface 2 attributes)
    if(attributes MATCHES "OT_DUAL|OT_AUTOMATION|dual|oleautomation")
      string(APPEND outside "  <comInterfaceExternalProxyStub name=\"${name}\" iid=\"${guid}\""
        " tlbid=\"${library_id}\" proxyStubClsid32=\"{00020424-0000-0000-C000-000000000046}\"/>\n")
    elseif(proxy AND NOT attributes MATCHES "local")
      string(APPEND inside "    <comInterfaceProxyStub name=\"${name}\" iid=\"${guid}\""
        " proxyStubClsid32=\"${proxy}\" threadingModel=\"Both\"/>\n")
    endif()
  endforeach()
endmacro()

set(key)
foreach(argument IN LISTS arguments)
  if(argument MATCHES "^(DLL|IDL|INTERFACES|PROXY|CLASS)$")
    set(key ${argument})
  elseif(key STREQUAL "DLL")
    finish_dll()
    set(dll ${argument})
  elseif(key STREQUAL "IDL")
    add_idl(${argument})
  elseif(key STREQUAL "PROXY")
    string(TOUPPER "${argument}" proxy)
  elseif(key STREQUAL "INTERFACES")
    add_interfaces(${argument})
  elseif(key STREQUAL "CLASS")
    string(APPEND inside "    <comClass description=\"${dll}\" clsid=\"${argument}\""
      " threadingModel=\"Both\"/>\n")
  endif()
endforeach()
finish_dll()

file(WRITE ${output}
"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<!-- The COM classes of OpenTAPI without registration. Made from idl/ by the build. -->
<assembly xmlns=\"urn:schemas-microsoft-com:asm.v1\" manifestVersion=\"1.0\">
  <assemblyIdentity type=\"win32\" name=\"OpenTAPI\" version=\"${version}\"
      processorArchitecture=\"${cpu}\"/>
${files}${outside}</assembly>
")
