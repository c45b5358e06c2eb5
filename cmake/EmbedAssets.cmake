# graphrail_embed_assets(<target>)
#
# Adds the embedded files to a target: web/scripts/build-assets.mjs packs them, the assembler takes
# the bytes in. Runs only when one of its inputs is newer; needs node and web/node_modules, and says
# what to run when they are missing.

enable_language(ASM)
find_program(NODE_PROGRAM NAMES node nodejs)

function(graphrail_embed_assets target)
  set(web ${CMAKE_SOURCE_DIR}/web)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/assets)
  if(NODE_PROGRAM)
    set(command ${NODE_PROGRAM} ${web}/scripts/build-assets.mjs ${output})
  else()
    set(command ${CMAKE_COMMAND} -E echo "node is missing. Run: apt-get install nodejs npm"
        COMMAND ${CMAKE_COMMAND} -E false)
  endif()
  file(GLOB_RECURSE inputs CONFIGURE_DEPENDS ${web}/docs/* ${web}/scripts/*)
  add_custom_command(
    OUTPUT ${output}/assets.S ${output}/assets.cpp
    COMMAND ${command}
    DEPENDS ${inputs} ${web}/package-lock.json ${CMAKE_SOURCE_DIR}/api/openapi.yaml
    COMMENT "Packing the embedded files"
    VERBATIM)
  target_sources(${target} PRIVATE ${output}/assets.S ${output}/assets.cpp)
endfunction()
