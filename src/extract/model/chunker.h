// Long texts are read in chunks that end where a sentence or paragraph ends, so that no fact is
// cut in two. Every code point belongs to exactly one chunk. Pure and linear.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace graphrail::extract::model {

struct Chunk {
  /// Byte range in the whole text.
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Splits well-formed UTF-8 into chunks of at most `max_code_points`. Within the last third of a
/// chunk the best border is taken: an empty line, else a line end, else a sentence end, else a
/// space; a run without any is cut at the limit, between code points. An empty text has no chunks.
[[nodiscard]] std::vector<Chunk> split_into_chunks(std::string_view text,
                                                   std::size_t max_code_points);

}  // namespace graphrail::extract::model
