#include "llm/capability.h"

#include <algorithm>

namespace graphrail::llm {
namespace {

bool mentions(std::string_view parameter, std::string_view message, std::string_view name) {
  return parameter.find(name) != std::string_view::npos ||
         message.find(name) != std::string_view::npos;
}

bool drop(bool& flag) noexcept {
  const bool was_set = flag;
  flag = false;
  return was_set;
}

}  // namespace

std::string_view to_string(Rung rung) noexcept {
  switch (rung) {
    case Rung::kStrictSchema:
      return "strict_schema";
    case Rung::kSchema:
      return "schema";
    case Rung::kJsonObject:
      return "json_object";
    case Rung::kPlainText:
      return "plain_text";
  }
  return "plain_text";
}

bool step_down(Capability& tried, std::string_view parameter, std::string_view message) {
  if (mentions(parameter, message, "max_completion_tokens") && drop(tried.max_completion_tokens)) {
    return true;
  }
  if (mentions(parameter, message, "stream_options") && drop(tried.stream_usage)) return true;
  if (mentions(parameter, message, "temperature") && drop(tried.temperature)) return true;
  if (mentions(parameter, message, "seed") && drop(tried.seed)) return true;
  if (tried.rung != Rung::kPlainText) {
    tried.rung = static_cast<Rung>(static_cast<std::uint8_t>(tried.rung) + 1);
    return true;
  }
  // Nothing was named and the ladder is exhausted: give up the optional parameters one by one.
  return drop(tried.seed) || drop(tried.temperature) || drop(tried.stream_usage) ||
         drop(tried.max_completion_tokens);
}

Capability CapabilityMemory::recall(const std::string& server_and_model,
                                    std::chrono::steady_clock::time_point now) const {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(server_and_model);
  if (found == entries_.end() || now - found->second.remembered_at > kLifetime) return {};
  return found->second.capability;
}

void CapabilityMemory::remember(const std::string& server_and_model, const Capability& capability,
                                std::chrono::steady_clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  if (entries_.size() >= kMaxEntries && !entries_.contains(server_and_model)) {
    const auto oldest =
        std::min_element(entries_.begin(), entries_.end(), [](const auto& left, const auto& right) {
          return left.second.remembered_at < right.second.remembered_at;
        });
    entries_.erase(oldest);
  }
  entries_[server_and_model] = {capability, now};
}

}  // namespace graphrail::llm
