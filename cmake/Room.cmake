# graphrail_room(<name> [ASIO] USES <rooms...> LINKS <libraries...>)
#
# Declares the library of src/<name>: every .cpp of the folder, the rooms it may use, and the
# outside libraries. USES is the architecture: a tidy test compares it with the #include lines.
# ASIO selects the precompiled header with Asio and Beast in it; pure rooms leave it out.

set(GRAPHRAIL_PCH_DIR ${CMAKE_SOURCE_DIR}/cmake/pch)

function(graphrail_room name)
  cmake_parse_arguments(ROOM "ASIO" "" "USES;LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(target graphrail_${name})
  if(NOT sources)
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  else()
    add_library(${target} STATIC ${sources})
    target_link_libraries(${target} PRIVATE graphrail_options)
    graphrail_use_pch(${target} ${ROOM_ASIO})
    set(scope PUBLIC)
  endif()
  add_library(graphrail::${name} ALIAS ${target})
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${target} ${scope} graphrail_boost fmt::fmt ${ROOM_LINKS})
  foreach(used ${ROOM_USES})
    target_link_libraries(${target} ${scope} graphrail::${used})
  endforeach()
endfunction()

# One precompiled header for pure rooms, one with Asio and Beast; each is compiled once and shared.
function(graphrail_use_pch target asio)
  if(asio)
    set(kind asio)
  else()
    set(kind std)
  endif()
  if(NOT TARGET graphrail_pch_${kind})
    add_library(graphrail_pch_${kind} OBJECT ${GRAPHRAIL_PCH_DIR}/${kind}.cpp)
    target_link_libraries(graphrail_pch_${kind} PRIVATE graphrail_options graphrail_boost fmt::fmt)
    target_precompile_headers(graphrail_pch_${kind} PRIVATE ${GRAPHRAIL_PCH_DIR}/${kind}.h)
  endif()
  target_precompile_headers(${target} REUSE_FROM graphrail_pch_${kind})
endfunction()
