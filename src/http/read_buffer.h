// Bytes received and not yet parsed. Small requests fit the inline part, so an idle connection
// costs no heap; larger ones borrow a block that is given back when it is empty. What has been
// parsed is wiped at once: it may have held a key. Owned by one connection.
#pragma once

#include <strings.h>

#include <algorithm>
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
  ~ReadBuffer() { wipe(begin_, end_); }
  ReadBuffer(const ReadBuffer&) = delete;
  ReadBuffer& operator=(const ReadBuffer&) = delete;

  [[nodiscard]] std::string_view data() const noexcept { return {base() + begin_, end_ - begin_}; }
  [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }

  /// Where to receive the next bytes; empty only when a whole block is waiting to be parsed.
  [[nodiscard]] std::span<char> prepare() {
    if (begin_ > 0) {
      const std::size_t old_end = end_;
      std::memmove(base(), base() + begin_, end_ - begin_);
      end_ -= begin_;
      wipe(std::max(begin_, end_), old_end);
      begin_ = 0;
    }
    if (!block_ && end_ == kInlineBytes) {
      block_ = std::make_unique_for_overwrite<char[]>(block_bytes_);
      std::memcpy(block_.get(), inline_.data(), end_);
      explicit_bzero(inline_.data(), end_);
    }
    return {base() + end_, capacity() - end_};
  }

  void commit(std::size_t bytes) noexcept { end_ += bytes; }

  void consume(std::size_t bytes) noexcept {
    wipe(begin_, begin_ + bytes);
    begin_ += bytes;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  /// Gives the block back when nothing is in it: called between requests.
  void release_if_empty() noexcept {
    if (empty()) block_.reset();
  }

 private:
  void wipe(std::size_t from, std::size_t to) noexcept { explicit_bzero(base() + from, to - from); }
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
