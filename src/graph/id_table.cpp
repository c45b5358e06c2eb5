#include "graph/id_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/slug.h"

namespace graphrail::graph {
namespace {

constexpr std::size_t kMaxIdBytes = 80;

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// `base`-`number`, with `base` cut at a code point so that the whole keeps a slug's length.
std::string numbered(std::string_view base, std::size_t number) {
  const std::string suffix = fmt::format("-{}", number);
  std::size_t length = std::min(base.size(), kMaxIdBytes - suffix.size());
  while (length > 0 && length < base.size() && is_continuation(base[length])) --length;
  while (length > 0 && base[length - 1] == '-') --length;
  return std::string(base.substr(0, length)) + suffix;
}

}  // namespace

bool IdTable::claim(const std::string& id) {
  if (id.empty() || make_slug(id) != id) return false;
  return taken_.insert(id).second;
}

std::string IdTable::make(std::string_view label) {
  const std::string base = make_slug(label);
  if (taken_.insert(base).second) return base;
  std::size_t& number = next_number_.try_emplace(base, 2).first->second;
  for (;;) {
    // Every round uses up one taken id, so this ends after at most as many rounds as nodes.
    std::string id = numbered(base, number++);
    if (taken_.insert(id).second) return id;
  }
}

}  // namespace graphrail::graph
