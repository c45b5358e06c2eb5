// Bytes that wait to be sent: heads and small bodies in one string, so that one system call sends
// a whole answer or several pipelined ones, and at most one large body that is sent from where it
// lies. Owned by one connection.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace graphrail::http {

class OutputBuffer {
 public:
  /// Where heads and small bodies are appended. Not after add_tail until all is sent.
  [[nodiscard]] std::string& text() noexcept { return text_; }
  /// Sends `body` after the text; the caller keeps it alive until the buffer is empty.
  void add_tail(std::string_view body) noexcept { tail_ = body; }

  [[nodiscard]] std::size_t size() const noexcept { return text_.size() - sent_ + tail_.size(); }
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }

  /// What is to be sent, text first; without a tail the second piece is empty.
  [[nodiscard]] std::array<boost::asio::const_buffer, 2> pieces() const noexcept {
    const std::string_view rest = std::string_view(text_).substr(sent_);
    return {boost::asio::const_buffer(rest.data(), rest.size()),
            boost::asio::const_buffer(tail_.data(), tail_.size())};
  }
  [[nodiscard]] bool has_tail() const noexcept { return !tail_.empty(); }

  void consume(std::size_t bytes) noexcept {
    const std::size_t from_text = std::min(bytes, text_.size() - sent_);
    sent_ += from_text;
    tail_.remove_prefix(bytes - from_text);
    if (sent_ == text_.size()) {
      text_.clear();
      sent_ = 0;
    }
  }

  /// Gives memory back beyond what an ordinary answer needs: called between requests.
  void release_if_empty() {
    if (empty() && text_.capacity() > kKeptBytes) text_ = std::string();
  }

 private:
  static constexpr std::size_t kKeptBytes = 2048;

  std::string text_;
  std::size_t sent_ = 0;
  std::string_view tail_;
};

}  // namespace graphrail::http
