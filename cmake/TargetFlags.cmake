# Compiler flags, in one place: what every file gets, and what each instruction-set target gets on top.

# Bit-identity rests on these: no contraction, no fast-math, nothing the compiler may reorder.
function(hillock_strict target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Werror -ffp-contract=off -fno-math-errno -fno-trapping-math -fno-exceptions -fno-rtti)
  # Nothing here throws or is thrown through: unwind tables would be a tenth of the file. Windows wants them.
  if(NOT WIN32 AND NOT HILLOCK_SANITIZE AND CMAKE_BUILD_TYPE STREQUAL Release)
    target_compile_options(${target} PRIVATE -fno-asynchronous-unwind-tables -fno-unwind-tables)
  endif()
  # Nothing but the system's own libraries is needed at run time.
  if(WIN32)
    target_link_options(${target} PRIVATE -static)
  elseif(NOT APPLE)
    target_link_options(${target} PRIVATE
      -static-libgcc -static-libstdc++ -Wl,--no-undefined -Wl,-z,relro,-z,now,-z,noseparate-code)
  endif()
  # The names of what is not exported would be an eighth of the file.
  if(NOT APPLE AND NOT HILLOCK_SANITIZE AND CMAKE_BUILD_TYPE STREQUAL Release)
    target_link_options(${target} PRIVATE -s)
  endif()
  if(HILLOCK_SANITIZE)
    # Operands may lie at any byte (a buffer sliced in Java), which every supported CPU loads and stores.
    target_compile_options(${target} PRIVATE
      -fsanitize=address,undefined -fno-sanitize=alignment -fno-sanitize-recover=undefined -g)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  endif()
endfunction()

function(hillock_add_targets library)
  # The portable kernels are for CPUs that lack everything else; there size counts for more than speed.
  set_source_files_properties(core/targets/portable.cpp PROPERTIES COMPILE_OPTIONS -Os)
  # Windows aligns stacks to 16 bytes, and GCC spills wider vectors as if they were aligned to their size (GCC bug
  # 54412): the assembler turns those moves into unaligned ones.
  set(spills)
  if(MINGW AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    set(spills -Wa,-muse-unaligned-vector-move)
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    target_sources(${library} PRIVATE core/targets/avx512.cpp core/targets/avx2.cpp)
    # Aligned jumps and functions would be a fortieth of the file and gain nothing; but on AVX2 the cheap functions
    # want aligned jumps. Clang aligns no jumps, and says so when it is asked not to.
    set(packed -falign-functions=1)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      set(packed_jumps -falign-jumps=1)
    endif()
    set_source_files_properties(core/targets/avx512.cpp PROPERTIES COMPILE_OPTIONS
      "-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mavx2;-mfma;-mf16c;-mprefer-vector-width=512;${packed};${packed_jumps};${spills}")
    set_source_files_properties(core/targets/avx2.cpp PROPERTIES COMPILE_OPTIONS
      "-mavx2;-mfma;-mf16c;${packed};${spills}")
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
    target_sources(${library} PRIVATE core/targets/neon.cpp)
  endif()
endfunction()
