#include "extract/model/chunker.h"

#include <algorithm>

#include "core/utf8.h"

namespace graphrail::extract::model {
namespace {

/// How good a place it is to end a chunk just before byte `at`; 0 = none.
int border_rank(std::string_view text, std::size_t at) noexcept {
  const char before = text[at - 1];
  if (before == '\n') return at >= 2 && text[at - 2] == '\n' ? 4 : 3;
  if (before != ' ') return 0;
  if (at < 2) return 1;
  const char end = text[at - 2];
  return end == '.' || end == '!' || end == '?' ? 2 : 1;
}

/// The end of the chunk in `window`, the longest piece that fits.
std::size_t best_end(std::string_view window) noexcept {
  const std::size_t earliest = window.size() - window.size() / 3;
  std::size_t best = window.size();
  int best_rank = 0;
  for (std::size_t at = window.size(); at >= std::max<std::size_t>(earliest, 1); --at) {
    const int rank = border_rank(window, at);
    if (rank > best_rank) {
      best = at;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace

std::vector<Chunk> split_into_chunks(std::string_view text, std::size_t max_code_points) {
  std::vector<Chunk> chunks;
  const std::size_t limit = std::max<std::size_t>(max_code_points, 1);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::string_view window = core::prefix_code_points(text.substr(begin), limit);
    const bool is_last = begin + window.size() == text.size();
    const std::size_t size = is_last ? window.size() : best_end(window);
    chunks.push_back({begin, begin + size});
    begin += size;
  }
  return chunks;
}

}  // namespace graphrail::extract::model
