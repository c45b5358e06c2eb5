# graphrail_embed_texts(<target> <files...>)
#
# Adds text files to a target as std::string_view constants of the namespace graphrail::embedded,
# named after the file: prompts/venture.v1.txt becomes venture_v1_txt, declared where it is used.
# Each file may have up to 16 KiB and is read again when it changes.
function(graphrail_embed_texts target)
  set(source "// Generated from text files.\n#include <string_view>\n")
  string(APPEND source "namespace graphrail::embedded {\n")
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY
                 CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    file(READ ${file} text)
    get_filename_component(name ${file} NAME)
    string(MAKE_C_IDENTIFIER ${name} identifier)
    string(APPEND source "extern const std::string_view ${identifier};\n"
           "const std::string_view ${identifier} = R\"embedded(${text})embedded\";\n")
  endforeach()
  string(APPEND source "}  // namespace graphrail::embedded\n")
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_texts.cpp)
  file(CONFIGURE OUTPUT ${output} CONTENT "${source}" @ONLY)
  target_sources(${target} PRIVATE ${output})
endfunction()
