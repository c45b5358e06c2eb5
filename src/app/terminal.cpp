#include "app/terminal.h"

#include <sys/ioctl.h>
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

std::size_t terminal_width(int descriptor) noexcept {
  constexpr std::size_t kUsualWidth = 100;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualWidth;
  return size.ws_col;
}

}  // namespace graphrail::app
