// Randomness as an injected dependency: the system's generator in the product, a seeded one in
// tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace graphrail::core {

class Random {
 public:
  virtual ~Random() = default;
  /// Fills `bytes` with unpredictable bytes. Safe from any thread.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// Cryptographically secure (OpenSSL RAND_bytes).
[[nodiscard]] std::shared_ptr<Random> make_system_random();

/// Deterministic sequence for tests (SplitMix64).
[[nodiscard]] std::shared_ptr<Random> make_seeded_random(std::uint64_t seed);

/// Lowercase hex of `byte_count` random bytes.
[[nodiscard]] std::string random_hex(Random& random, std::size_t byte_count);

}  // namespace graphrail::core
