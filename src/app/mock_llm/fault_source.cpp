#include "app/mock_llm/fault_source.h"

namespace graphrail::app::mock_llm {

std::string_view FaultSource::choose(std::string_view header,
                                     std::string_view model) const noexcept {
  constexpr std::string_view kModelPrefix = "mock+";
  if (!header.empty()) return header;
  if (model.starts_with(kModelPrefix)) return model.substr(kModelPrefix.size());
  return own_;
}

std::expected<Fault, std::string> FaultSource::take(std::string_view spec) {
  auto fault = parse_fault(spec);
  if (!fault || fault->times == 0) return fault;
  const std::scoped_lock lock(mutex_);
  auto found = failed_.find(spec);
  if (found == failed_.end()) {
    if (failed_.size() == kMaxCounted) {
      return std::unexpected("Too many faults with times; start another server.");
    }
    found = failed_.emplace(spec, 0).first;
  }
  if (found->second == fault->times) return Fault{};
  ++found->second;
  return fault;
}

}  // namespace graphrail::app::mock_llm
