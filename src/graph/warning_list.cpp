#include "graph/warning_list.h"

#include <fmt/format.h>

#include <utility>

#include "core/utf8.h"

namespace graphrail::graph {
namespace {

constexpr std::size_t kMaxShownCodePoints = 60;

}  // namespace

void WarningList::add(std::string_view code, std::string message) {
  if (warnings_.size() == kMaxWarnings) {
    ++counted_only_;
    return;
  }
  warnings_.push_back({std::string(code), std::move(message)});
}

std::vector<Warning> WarningList::take() && {
  if (counted_only_ > 0) {
    warnings_.push_back({"more_warnings", fmt::format("{} more warnings of these kinds are not "
                                                      "listed.",
                                                      counted_only_)});
  }
  return std::move(warnings_);
}

std::string shortened(std::string_view text) {
  const std::string_view head = core::prefix_code_points(text, kMaxShownCodePoints);
  return head.size() == text.size() ? std::string(text) : std::string(head) + "…";
}

}  // namespace graphrail::graph
