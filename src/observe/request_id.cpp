#include "observe/request_id.h"

#include <algorithm>

namespace graphrail::observe {
namespace {

constexpr std::size_t kMaxOfferedLength = 128;
constexpr std::size_t kFreshIdBytes = 16;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::string accept_or_make_request_id(std::string_view offered, core::Random& random) {
  if (!offered.empty() && offered.size() <= kMaxOfferedLength &&
      std::ranges::all_of(offered, is_id_character)) {
    return std::string(offered);
  }
  return core::random_hex(random, kFreshIdBytes);
}

}  // namespace graphrail::observe
