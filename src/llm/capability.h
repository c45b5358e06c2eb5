// What a server accepts. Servers that call themselves OpenAI-compatible differ; the first call
// tries the strictest form, a typed rejection steps down the ladder, and what worked is remembered
// per server and model, so that the price is paid once.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace graphrail::llm {

/// How the answer's shape is asked for, strictest first.
enum class Rung : std::uint8_t {
  /// response_format json_schema with strict:true.
  kStrictSchema,
  /// response_format json_schema without strict.
  kSchema,
  /// response_format json_object, the schema in the prompt.
  kJsonObject,
  /// No response_format, the schema in the prompt.
  kPlainText,
};

/// "strict_schema", "schema", "json_object", "plain_text".
[[nodiscard]] std::string_view to_string(Rung rung) noexcept;

/// The form of a request that a server and model accept.
struct Capability {
  Rung rung = Rung::kStrictSchema;
  /// max_completion_tokens, else the older max_tokens.
  bool max_completion_tokens = true;
  /// stream_options.include_usage.
  bool stream_usage = true;
  bool temperature = true;
  bool seed = true;

  bool operator==(const Capability&) const = default;
};

/// The next form to try after the server rejected `tried` naming `parameter` (may be empty) in a
/// message `message`. Returns false when nothing is left to give up. A named parameter is dropped
/// first; without a name the ladder is stepped down.
[[nodiscard]] bool step_down(Capability& tried, std::string_view parameter,
                             std::string_view message);

/// Remembers what worked, per "base URL model". Bounded; entries expire so that an upgraded server
/// is probed again. Safe from any thread.
class CapabilityMemory {
 public:
  static constexpr std::size_t kMaxEntries = 256;
  static constexpr std::chrono::hours kLifetime{24};

  [[nodiscard]] Capability recall(const std::string& server_and_model,
                                  std::chrono::steady_clock::time_point now) const;
  void remember(const std::string& server_and_model, const Capability& capability,
                std::chrono::steady_clock::time_point now);

 private:
  struct Entry {
    Capability capability;
    std::chrono::steady_clock::time_point remembered_at;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace graphrail::llm
