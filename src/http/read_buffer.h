// Bytes received and not yet parsed. Small requests fit the inline part, so an idle connection
// costs no heap; larger ones borrow a block that is given back when it is empty.
// Owned by one connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace graphrail::http {

class ReadBuffer {
 public:
  static constexpr std::size_t kInlineBytes = 1024;
  /// Room for the largest head or chunk header, and for a good piece of a body at a time.
  explicit ReadBuffer(std::size_t block_bytes) : block_bytes_(block_bytes) {}

  [[nodiscard]] std::string_view data() const noexcept { return {base() + begin_, end_ - begin_}; }
  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }

  /// Where to receive the next bytes; empty only when a whole block is waiting to be parsed.
  [[nodiscard]] std::span<char> prepare() {
    if (begin_ > 0) {
      std::memmove(base(), base() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    if (!block_ && end_ == kInlineBytes) {
      block_ = std::make_unique_for_overwrite<char[]>(block_bytes_);
      std::memcpy(block_.get(), inline_.data(), end_);
    }
    return {base() + end_, capacity() - end_};
  }

  void commit(std::size_t bytes) noexcept { end_ += bytes; }

  void consume(std::size_t bytes) noexcept {
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  /// Gives the block back when nothing is in it: called between requests.
  void release_if_empty() noexcept {
    if (empty()) block_.reset();
  }

 private:
  [[nodiscard]] char* base() noexcept { return block_ ? block_.get() : inline_.data(); }
  [[nodiscard]] const char* base() const noexcept { return block_ ? block_.get() : inline_.data(); }
  [[nodiscard]] std::size_t capacity() const noexcept {
    return block_ ? block_bytes_ : kInlineBytes;
  }

  const std::size_t block_bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::unique_ptr<char[]> block_;
  std::array<char, kInlineBytes> inline_;
};

}  // namespace graphrail::http
