# Finds oneDNN inside the JavaCPP preset (org.bytedeco:dnnl) and defines the target DNNL::dnnl.
#
# DNNL_ROOT is the folder org/bytedeco/dnnl/<platform> of the unpacked classifier jar. Without it the jar is
# fetched through Maven and unpacked into the build folder. The CMake package inside the jar is of no use: it
# names a library file that the jar does not hold.

set(DNNL_PRESET_VERSION 3.11-1.5.13)

if(NOT DNNL_ROOT)
  if(NOT DEFINED JAVACPP_PLATFORM)
    string(TOLOWER "${CMAKE_SYSTEM_NAME}" dnnl_system)
    string(REPLACE darwin macosx dnnl_system "${dnnl_system}")
    string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR}" dnnl_processor)
    string(REPLACE aarch64 arm64 dnnl_processor "${dnnl_processor}")
    string(REPLACE amd64 x86_64 dnnl_processor "${dnnl_processor}")
    set(JAVACPP_PLATFORM ${dnnl_system}-${dnnl_processor})
  endif()
  set(dnnl_preset ${CMAKE_CURRENT_BINARY_DIR}/dnnl-preset)
  set(dnnl_jar ${dnnl_preset}/dnnl-${DNNL_PRESET_VERSION}-${JAVACPP_PLATFORM}.jar)
  if(NOT EXISTS ${dnnl_jar})
    find_program(MVN NAMES mvn mvn.cmd REQUIRED)
    execute_process(
      COMMAND ${MVN} -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy
              -Dartifact=org.bytedeco:dnnl:${DNNL_PRESET_VERSION}:jar:${JAVACPP_PLATFORM}
              -DoutputDirectory=${dnnl_preset}
      RESULT_VARIABLE dnnl_result)
    if(dnnl_result)
      message(FATAL_ERROR "org.bytedeco:dnnl:${DNNL_PRESET_VERSION}:${JAVACPP_PLATFORM} could not be fetched; set DNNL_ROOT")
    endif()
    file(ARCHIVE_EXTRACT INPUT ${dnnl_jar} DESTINATION ${dnnl_preset} PATTERNS "org/bytedeco/dnnl/*")
  endif()
  set(DNNL_ROOT ${dnnl_preset}/org/bytedeco/dnnl/${JAVACPP_PLATFORM})
endif()

find_file(DNNL_LIBRARY_FILE NAMES libdnnl.so.3 libdnnl.3.dylib dnnl.dll PATHS ${DNNL_ROOT}
          NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
if(NOT TARGET DNNL::dnnl)
  add_library(DNNL::dnnl SHARED IMPORTED)
  set_target_properties(DNNL::dnnl PROPERTIES
    IMPORTED_LOCATION ${DNNL_LIBRARY_FILE}
    IMPORTED_IMPLIB ${DNNL_ROOT}/lib/dnnl.lib
    INTERFACE_INCLUDE_DIRECTORIES ${DNNL_ROOT}/include)
  if(CMAKE_SYSTEM_NAME STREQUAL Linux)
    # libdnnl needs libgomp, which lies beside it; the link editor has to see it, the result does not name it.
    set_property(TARGET DNNL::dnnl PROPERTY INTERFACE_LINK_OPTIONS "-Wl,-rpath-link,${DNNL_ROOT}")
  endif()
endif()
set(OneDnnPreset_FOUND TRUE)
