// Undoes Content-Encoding (RFC 9110 section 8.4) while a body streams in: gzip, deflate, br, and
// chains of up to three. Output is pulled in pieces of the caller's size, so a bomb costs no more
// memory than the caller offers. Not thread-safe; one decoder per body.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace graphrail::net {

class ContentDecoder {
 public:
  /// One coding of a chain.
  class Stage;

  /// `content_encoding` is the header's value, empty for none. Fails with FetchError::kBadEncoding
  /// on unknown codings and longer chains.
  [[nodiscard]] static core::Result<ContentDecoder> create(std::string_view content_encoding);

  ContentDecoder();
  ContentDecoder(ContentDecoder&&) noexcept;
  ContentDecoder& operator=(ContentDecoder&&) noexcept;
  ~ContentDecoder();

  /// Adds encoded bytes. They are kept until pulled, so push only what the network just gave.
  void push(std::string_view bytes);

  /// Decodes into `out` (not empty); returns the number of bytes written, 0 when all input is used
  /// up. Fails with FetchError::kBadEncoding on malformed data.
  [[nodiscard]] core::Result<std::size_t> pull(std::span<char> out);

  /// To be called after the last push and pull: fails when a coded stream was cut short.
  [[nodiscard]] core::Result<void> finish() const;

 private:
  core::Result<std::size_t> pull_from(std::size_t stages, std::span<char> out);

  std::string pending_;
  std::size_t pending_at_ = 0;
  std::vector<std::unique_ptr<Stage>> stages_;
};

/// Value for Accept-Encoding.
inline constexpr std::string_view kAcceptEncoding = "gzip, deflate, br";

}  // namespace graphrail::net
