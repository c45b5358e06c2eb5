// A caller's own key for the model server (X-OpenAI-Key): its shape, and a short memory of which
// keys that server accepted or refused, so that a key is checked once per some minutes. Keys are
// remembered by HMAC-SHA256 under a random key of this process: what is kept cannot be matched
// against keys anybody has, nor across restarts.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/expiring_map.h"

namespace graphrail::identity {

inline constexpr std::size_t kMinOwnKeyBytes = 8;
inline constexpr std::size_t kMaxOwnKeyBytes = 256;

/// The key in the values of all X-OpenAI-Key lines: null without a line. Fails with
/// kMalformedOwnKey, which never repeats it, for several lines, other lengths, spaces inside, and
/// what is not visible ASCII. Spaces around it are dropped.
[[nodiscard]] core::Result<std::shared_ptr<const core::Secret>> read_own_key(
    std::span<const std::string_view> values);

enum class OwnKeyVerdict : std::uint8_t { kAccepted, kRefused };

struct OwnKeyMemoryOptions {
  std::chrono::seconds accepted_for{600};
  /// Shorter: an account may be topped up or a key enabled.
  std::chrono::seconds refused_for{60};
  /// Of each kind, so that junk keys do not push out good ones.
  std::size_t max_entries = 10'000;
};

/// Safe from any thread.
class OwnKeyMemory {
 public:
  OwnKeyMemory(std::shared_ptr<const core::Clock> clock, core::Random& random,
               OwnKeyMemoryOptions options = {});

  /// What the model server said of this key within the last minutes, if anything.
  [[nodiscard]] std::optional<OwnKeyVerdict> recall(const core::Secret& key);
  /// Takes the place of what was remembered before.
  void remember(const core::Secret& key, OwnKeyVerdict verdict);

 private:
  [[nodiscard]] Digest digest_of(const core::Secret& key) const;
  [[nodiscard]] std::int64_t now_ms() const;

  std::shared_ptr<const core::Clock> clock_;
  OwnKeyMemoryOptions options_;
  core::Secret hash_key_;
  ExpiringMap<OwnKeyVerdict> accepted_;
  ExpiringMap<OwnKeyVerdict> refused_;
};

}  // namespace graphrail::identity
