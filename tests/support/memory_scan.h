// Looks for a value in the memory of this process or of a child: whether a secret was wiped is
// measured, not believed. The needle is held masked, so that the search does not find itself.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace graphrail::test {

/// Random text that exists nowhere unmasked until reveal() writes it.
class Canary {
 public:
  static constexpr std::size_t kBytes = 40;

  Canary();
  /// The text; whoever takes it wipes it.
  [[nodiscard]] std::string reveal() const;
  /// Places in the writable memory of this process, stacks and heap, that hold the text.
  [[nodiscard]] std::size_t count_in_memory() const;
  /// The same in a child process of this one.
  [[nodiscard]] std::size_t count_in_process(pid_t pid) const;

 private:
  [[nodiscard]] std::size_t count_in(const std::string& folder, bool is_own) const;

  std::string masked_;
};

/// False under sanitizers, whose shadow memory is too large to read and keeps copies.
[[nodiscard]] bool can_scan_memory() noexcept;

}  // namespace graphrail::test
