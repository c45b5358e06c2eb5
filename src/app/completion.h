// Shell completion scripts made from the command table.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::app {

/// The script for "bash", "zsh" or "fish"; empty for any other shell.
[[nodiscard]] std::string render_completion(std::string_view shell);

}  // namespace graphrail::app
