// Unique slug ids for the nodes of one graph. Owned by one validation, one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace graphrail::graph {

class IdTable {
 public:
  /// Takes `id` as it is; false when it is no slug or taken already.
  [[nodiscard]] bool claim(const std::string& id);

  /// Takes a free id made from `label`: its slug, else slug-2, slug-3, ... Linear even when all
  /// labels are equal.
  [[nodiscard]] std::string make(std::string_view label);

 private:
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> next_number_;
};

}  // namespace graphrail::graph
