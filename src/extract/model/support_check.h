// Placeholder for the check that a quote supports its edge; pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "graph/graph.h"

namespace graphrail::extract::model {

struct Unsupported {
  std::string code;
  std::string message;
};

class SupportCheck {
 public:
  SupportCheck(std::string_view, std::string_view) {}
  std::optional<Unsupported> check(const graph::Edge&, const graph::Node&,
                                   const graph::Node&) const {
    return std::nullopt;
  }
  std::optional<Unsupported> check(const graph::Node&) const { return std::nullopt; }
};

}  // namespace graphrail::extract::model
