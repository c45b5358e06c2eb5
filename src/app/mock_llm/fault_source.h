// Which fault a request meets: that of its X-Mock-Fault field, else that of its model's name
// ("mock+SPEC"), else that of the command line. Counts the requests of specifications that fail
// only a number of times. Safe from any thread.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "app/mock_llm/fault.h"

namespace graphrail::app::mock_llm {

class FaultSource {
 public:
  /// Specifications with a count that are remembered; beyond these none is accepted.
  static constexpr std::size_t kMaxCounted = 1'024;

  explicit FaultSource(std::string command_line_spec) : own_(std::move(command_line_spec)) {}

  /// The specification that holds for a request; may be empty. The views must stay valid.
  [[nodiscard]] std::string_view choose(std::string_view header,
                                        std::string_view model) const noexcept;

  /// The fault of `spec`, none once it has failed as often as it says; counts this request.
  [[nodiscard]] std::expected<Fault, std::string> take(std::string_view spec);

 private:
  const std::string own_;
  std::mutex mutex_;
  std::map<std::string, std::size_t, std::less<>> failed_;
};

}  // namespace graphrail::app::mock_llm
