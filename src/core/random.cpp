#include "core/random.h"

#include <openssl/rand.h>

#include <mutex>
#include <stdexcept>
#include <vector>

namespace graphrail::core {
namespace {

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
      throw std::runtime_error("the system's random generator failed");
    }
  }
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(std::span<std::uint8_t> bytes) override {
    const std::scoped_lock lock(mutex_);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(next());
  }

 private:
  /// SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }

  std::mutex mutex_;
  std::uint64_t state_;
};

}  // namespace

std::shared_ptr<Random> make_system_random() { return std::make_shared<SystemRandom>(); }

std::shared_ptr<Random> make_seeded_random(std::uint64_t seed) {
  return std::make_shared<SeededRandom>(seed);
}

std::string random_hex(Random& random, std::size_t byte_count) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::vector<std::uint8_t> bytes(byte_count);
  random.fill(bytes);
  std::string out;
  out.reserve(byte_count * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(kDigits[byte >> 4U]);
    out.push_back(kDigits[byte & 15U]);
  }
  return out;
}

}  // namespace graphrail::core
