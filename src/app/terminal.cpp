#include "app/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace graphrail::app {

bool is_terminal(int descriptor) noexcept { return isatty(descriptor) == 1; }

bool wants_colour(int descriptor) noexcept {
  const char* const no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* const terminal = std::getenv("TERM");
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return is_terminal(descriptor);
}

}  // namespace graphrail::app
