# Called by Maven (cmake -P): configures, builds and installs one CMake project, or says in one line that there is no
# C++ compiler and leaves the Java engines to serve. Files that did not change are not compiled again.
#
#   SOURCE DESTINATION BUILD  folders        PLATFORM  JavaCPP's name of the platform to build for
# Every other -D given before -P whose name starts with HILLOCK_ or DNNL_ is handed on.

set(toolchain ${CMAKE_CURRENT_LIST_DIR}/toolchains/${PLATFORM}.cmake)
set(arguments)
if(EXISTS ${toolchain})
  list(APPEND arguments -DCMAKE_TOOLCHAIN_FILE=${toolchain})
else()
  find_program(compiler NAMES $ENV{CXX} c++ g++ clang++ cl)
  if(NOT compiler)
    message("Hillock: no C++ compiler found, building with the Java engines only")
    file(REMOVE ${DESTINATION}/native.stamp)
    return()
  endif()
endif()
find_program(ninja NAMES ninja ninja-build)
if(ninja)
  list(APPEND arguments -G Ninja)
endif()
get_cmake_property(variables VARIABLES)
foreach(variable ${variables})
  if(variable MATCHES "^(HILLOCK_|DNNL_)")
    list(APPEND arguments "-D${variable}=${${variable}}")
  endif()
endforeach()

# A cache made for another folder (the checkout was moved) or another toolchain cannot be used again.
set(signature "${SOURCE};${arguments}")
if(EXISTS ${BUILD}/signature.txt)
  file(READ ${BUILD}/signature.txt previous)
else()
  set(previous)
endif()
if(NOT previous STREQUAL signature)
  file(REMOVE_RECURSE ${BUILD})
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD} -DCMAKE_INSTALL_PREFIX=${DESTINATION} ${arguments}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${output}")
  endif()
  file(WRITE ${BUILD}/signature.txt "${signature}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --parallel RESULT_VARIABLE result OUTPUT_VARIABLE output
                ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${output}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} RESULT_VARIABLE result OUTPUT_VARIABLE output
                ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${output}")
endif()
file(TOUCH ${DESTINATION}/native.stamp)
