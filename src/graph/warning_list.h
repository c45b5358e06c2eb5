// A list of warnings that cannot grow without end: a broken engine output may give one for every
// element. Owned by one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace graphrail::graph {

class WarningList {
 public:
  /// So many are kept in full; those after them are only counted.
  static constexpr std::size_t kMaxWarnings = 100;

  void add(std::string_view code, std::string message);

  /// The warnings, with `more_warnings` as the last one when some were only counted.
  [[nodiscard]] std::vector<Warning> take() &&;

 private:
  std::vector<Warning> warnings_;
  std::size_t counted_only_ = 0;
};

/// `text` for a warning's sentence: at most 60 code points, then an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text);

}  // namespace graphrail::graph
