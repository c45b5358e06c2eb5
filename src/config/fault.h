// Something wrong with the configuration. Loading collects every fault instead of stopping at the
// first, so that one look at the output is enough to mend them all.
#pragma once

#include <string>
#include <vector>

namespace graphrail::config {

struct Fault {
  /// Where the value was written: "--port", "environment", ".env:3", "graphrail.toml:7".
  std::string where;
  /// What is wrong and what would be right. Never holds the value of a secret.
  std::string message;

  bool operator==(const Fault&) const = default;
};

using Faults = std::vector<Fault>;

}  // namespace graphrail::config
