#include "support/memory_scan.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace graphrail::test {
namespace {

constexpr char kMask = 0x55;
constexpr std::size_t kPiece = 1024 * 1024;
constexpr std::uint64_t kLargestMapping = 1ULL << 32U;

struct Mapping {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// Without `hole`, where what is read is put: it would be found twice.
std::vector<Mapping> writable_mappings(const std::string& folder, const Mapping& hole) {
  std::vector<Mapping> mappings;
  std::ifstream maps(folder + "/maps");
  for (std::string line; std::getline(maps, line);) {
    Mapping mapping;
    const char* end = line.data() + line.size();
    const auto first = std::from_chars(line.data(), end, mapping.begin, 16);
    const auto second = std::from_chars(first.ptr + 1, end, mapping.end, 16);
    const std::string_view rights(second.ptr + 1, 2);
    if (rights != "rw" || mapping.end - mapping.begin >= kLargestMapping) continue;
    const bool holds_hole = hole.end != 0 && mapping.begin <= hole.begin && hole.end <= mapping.end;
    if (!holds_hole) {
      mappings.push_back(mapping);
    } else {
      mappings.push_back({mapping.begin, hole.begin});
      mappings.push_back({hole.end, mapping.end});
    }
  }
  return mappings;
}

std::size_t count_masked(const std::vector<char>& bytes, std::size_t size,
                         const std::string& masked) {
  std::size_t found = 0;
  for (std::size_t at = 0; at + masked.size() <= size; ++at) {
    std::size_t same = 0;
    while (same < masked.size() && (bytes[at + same] ^ kMask) == masked[same]) ++same;
    if (same == masked.size()) ++found;
  }
  return found;
}

}  // namespace

Canary::Canary() : masked_(kBytes, '\0') {
  std::vector<unsigned char> bytes(kBytes);
  if (RAND_bytes(bytes.data(), static_cast<int>(kBytes)) != 1) throw std::runtime_error("random");
  for (std::size_t i = 0; i < kBytes; ++i) {
    masked_[i] = static_cast<char>(('a' + bytes[i] % 26) ^ kMask);
  }
}

std::string Canary::reveal() const {
  std::string text(kBytes, '\0');
  for (std::size_t i = 0; i < kBytes; ++i) text[i] = static_cast<char>(masked_[i] ^ kMask);
  return text;
}

std::size_t Canary::count_in_memory() const { return count_in("/proc/self", true); }

std::size_t Canary::count_in_process(pid_t pid) const {
  return count_in("/proc/" + std::to_string(pid), false);
}

std::size_t Canary::count_in(const std::string& folder, bool is_own) const {
  const int memory = open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  if (memory < 0) throw std::runtime_error("cannot read " + folder + "/mem");
  std::vector<char> bytes(kPiece + kBytes);
  const auto own = reinterpret_cast<std::uint64_t>(bytes.data());
  std::size_t found = 0;
  const Mapping hole = is_own ? Mapping{own, own + bytes.size()} : Mapping{};
  for (const Mapping& mapping : writable_mappings(folder, hole)) {
    for (std::uint64_t at = mapping.begin; at < mapping.end; at += kPiece) {
      const auto wanted = std::min<std::uint64_t>(kPiece + kBytes - 1, mapping.end - at);
      const ssize_t got = pread(memory, bytes.data(), wanted, static_cast<off_t>(at));
      if (got <= 0) continue;
      found += count_masked(bytes, static_cast<std::size_t>(got), masked_);
    }
  }
  explicit_bzero(bytes.data(), bytes.size());
  close(memory);
  return found;
}

bool can_scan_memory() noexcept {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return false;
#endif
#endif
  return access("/proc/self/mem", R_OK) == 0;
}

}  // namespace graphrail::test
