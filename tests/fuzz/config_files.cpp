// USES: config core
// The two configuration files as bytes from anywhere: neither parser may crash, and every line
// number they report exists.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/dotenv.h"
#include "config/toml_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  for (const auto& entry : graphrail::config::parse_dotenv(text, ".env").entries) {
    if (entry.line == 0 || entry.line > lines || entry.key.empty()) std::abort();
  }
  for (const auto& entry : graphrail::config::parse_toml_file(text, "graphrail.toml").entries) {
    if (entry.line == 0 || entry.line > lines) std::abort();
  }
  return 0;
}
