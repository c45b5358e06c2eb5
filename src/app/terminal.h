// What the terminal can show. Colours and progress only where a person is looking.
#pragma once

#include <cstddef>

namespace graphrail::app {

/// True when the descriptor (STDOUT_FILENO, STDERR_FILENO) is a terminal.
[[nodiscard]] bool is_terminal(int descriptor) noexcept;

/// True on a terminal that knows colours, unless NO_COLOR is set to anything (no-color.org).
[[nodiscard]] bool wants_colour(int descriptor) noexcept;

/// Columns of the terminal; 100 where there is none.
[[nodiscard]] std::size_t terminal_width(int descriptor) noexcept;

}  // namespace graphrail::app
