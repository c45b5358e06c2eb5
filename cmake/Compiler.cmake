# Language level, warnings and sanitizers that hold for every target.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR "GCC < 13 double-frees temporaries in co_await expressions; "
                      "use a preset (cmake --preset release), which selects clang-19.")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# The same flag for libraries and executables, so that one precompiled header serves both.
add_compile_options(-fPIE)
add_link_options(-pie)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers carry no time stamp (-fno-pch-timestamp below), so ccache may trust them.
  set(launcher ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()

add_library(graphrail_options INTERFACE)
target_compile_options(graphrail_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wconversion
  -Wno-sign-conversion -Wno-missing-designated-field-initializers)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(graphrail_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
  find_program(LLD_PROGRAM NAMES ld.lld-19 ld.lld)
  if(LLD_PROGRAM)
    add_link_options(--ld-path=${LLD_PROGRAM})
  endif()
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=2 -fstack-protector-strong)
  add_link_options(-Wl,-z,relro,-z,now)
endif()
if(GRAPHRAIL_WERROR)
  target_compile_options(graphrail_options INTERFACE -Werror)
endif()
if(GRAPHRAIL_SANITIZE)
  add_compile_options(-fsanitize=${GRAPHRAIL_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  if(GRAPHRAIL_SANITIZE MATCHES "undefined")
    # The check of virtual tables probes memory through a pipe and takes a process without free
    # descriptors, as one test makes it, for an object without a table; the address sanitizer finds
    # what it would find.
    add_compile_options(-fno-sanitize=vptr)
  endif()
  string(REPLACE "fuzzer-no-link," "" link_sanitize "${GRAPHRAIL_SANITIZE}")
  add_link_options(-fsanitize=${link_sanitize})
endif()
if(GRAPHRAIL_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
