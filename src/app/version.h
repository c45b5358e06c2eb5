// The version of this program, set once in the top CMakeLists.txt.
#pragma once

#include <string_view>

namespace graphrail::app {

/// "0.1.0".
[[nodiscard]] std::string_view version() noexcept;

}  // namespace graphrail::app
