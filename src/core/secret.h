// A value that must not be seen: API keys, tokens, passwords. It cannot be copied, compared,
// formatted or serialised; its memory is wiped when it goes. The bytes come out only through
// `reveal`, a name that is easy to search for in review.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace graphrail::core {

class Secret {
 public:
  Secret() = default;
  /// Takes the bytes and wipes the string they came in.
  explicit Secret(std::string&& value);
  explicit Secret(std::string_view value);
  ~Secret();

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  bool operator==(const Secret&) const = delete;

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// The bytes, valid while this object lives. Never log, store or cache what it returns.
  [[nodiscard]] std::string_view reveal() const noexcept { return {data_.get(), size_}; }
  /// A second holder of the same bytes, wiped on its own.
  [[nodiscard]] Secret clone() const { return Secret(reveal()); }

 private:
  void wipe() noexcept;

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
};

/// Overwrites the string's whole buffer in a way the optimiser keeps, then empties it.
void wipe(std::string& text) noexcept;

}  // namespace graphrail::core
