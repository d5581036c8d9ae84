# AArch64 Linux from another Linux, with Debian's cross compiler. ctest runs the tests under qemu.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

find_program(QEMU_AARCH64 NAMES qemu-aarch64-static qemu-aarch64)
find_path(AARCH64_LIBC lib/ld-linux-aarch64.so.1 PATHS /usr/aarch64-linux-gnu NO_CMAKE_FIND_ROOT_PATH)
if(QEMU_AARCH64 AND AARCH64_LIBC)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${QEMU_AARCH64} -L ${AARCH64_LIBC})
endif()
