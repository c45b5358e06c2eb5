#include <string>

#include "history/graph_store.h"

namespace graphrail::history {
namespace {

class HistoryCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "history"; }
  std::string message(int value) const override {
    switch (static_cast<HistoryError>(value)) {
      case HistoryError::kUnavailable:
        return "graph store unavailable";
      case HistoryError::kNotFound:
        return "graph not found";
    }
    return "unknown history error";
  }
};

}  // namespace

std::error_code make_error_code(HistoryError error) noexcept {
  static const HistoryCategory category;
  return {static_cast<int>(error), category};
}

}  // namespace graphrail::history
