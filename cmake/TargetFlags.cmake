# Compiler flags, in one place: what every file gets, and what each instruction-set target gets on top.

# Bit-identity rests on these: no contraction, no fast-math, nothing the compiler may reorder.
function(hillock_strict target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Werror -ffp-contract=off -fno-math-errno -fno-trapping-math -fno-exceptions -fno-rtti)
  if(NOT WIN32 AND NOT APPLE)
    target_link_options(${target} PRIVATE -Wl,--no-undefined -Wl,-z,relro,-z,now)
  endif()
  target_link_options(${target} PRIVATE -static-libgcc -static-libstdc++)
  if(HILLOCK_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=undefined -g)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  endif()
endfunction()

function(hillock_add_targets library)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    target_sources(${library} PRIVATE core/targets/avx512.cpp core/targets/avx2.cpp)
    set_source_files_properties(core/targets/avx512.cpp PROPERTIES COMPILE_OPTIONS
      "-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mavx2;-mfma;-mf16c;-mprefer-vector-width=512")
    set_source_files_properties(core/targets/avx2.cpp PROPERTIES COMPILE_OPTIONS "-mavx2;-mfma;-mf16c")
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
    target_sources(${library} PRIVATE core/targets/neon.cpp)
  endif()
endfunction()
