#include "net/content_decoder.h"

#include <brotli/decode.h>
#include <fmt/format.h>
// Lets zlib take const input.
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

constexpr std::size_t kMaxStages = 3;
constexpr std::size_t kStageBufferBytes = 16 * 1024;

struct Progress {
  std::size_t consumed = 0;
  std::size_t produced = 0;
};

}  // namespace

class ContentDecoder::Stage {
 public:
  virtual ~Stage() = default;
  /// Decodes some of `in` into `out`; nothing on malformed data.
  virtual std::optional<Progress> run(std::string_view in, std::span<char> out) = 0;

  [[nodiscard]] bool complete() const { return !started || ended; }

  bool started = false;
  bool ended = false;
  /// Output of the stage before this one that was not consumed yet.
  std::array<char, kStageBufferBytes> buffer{};
  std::size_t buffer_at = 0;
  std::size_t buffer_end = 0;
};

namespace {

class InflateStage final : public ContentDecoder::Stage {
 public:
  explicit InflateStage(bool gzip) : gzip_(gzip) {}
  InflateStage(const InflateStage&) = delete;
  InflateStage& operator=(const InflateStage&) = delete;
  ~InflateStage() override {
    if (open_) inflateEnd(&stream_);
  }

  std::optional<Progress> run(std::string_view in, std::span<char> out) override {
    if (ended && !next_member(in)) return Progress{in.size(), 0};
    if (!open_ && !open(in)) return std::nullopt;
    stream_.next_in = reinterpret_cast<const Bytef*>(in.data());
    stream_.avail_in = static_cast<uInt>(in.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int rc = inflate(&stream_, Z_NO_FLUSH);
    if (rc == Z_STREAM_END) {
      ended = true;
    } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
      return std::nullopt;
    }
    return Progress{in.size() - stream_.avail_in, out.size() - stream_.avail_out};
  }

 private:
  /// "deflate" means zlib format, but servers that send the raw form are common.
  bool open(std::string_view in) {
    const auto first = static_cast<unsigned char>(in.front());
    const bool zlib_header = (first & 0x0F) == 8 && (first >> 4) <= 7;
    const int raw_or_zlib = zlib_header ? MAX_WBITS : -MAX_WBITS;
    open_ = inflateInit2(&stream_, gzip_ ? MAX_WBITS + 16 : raw_or_zlib) == Z_OK;
    return open_;
  }

  /// A gzip body may have several members; anything else behind the end is ignored.
  bool next_member(std::string_view in) {
    if (!gzip_ || in.front() != '\x1F' || inflateReset(&stream_) != Z_OK) return false;
    ended = false;
    return true;
  }

  z_stream stream_{};
  bool gzip_;
  bool open_ = false;
};

class BrotliStage final : public ContentDecoder::Stage {
 public:
  BrotliStage() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (state_ == nullptr) throw std::bad_alloc();
  }
  BrotliStage(const BrotliStage&) = delete;
  BrotliStage& operator=(const BrotliStage&) = delete;
  ~BrotliStage() override { BrotliDecoderDestroyInstance(state_); }

  std::optional<Progress> run(std::string_view in, std::span<char> out) override {
    if (ended) return Progress{in.size(), 0};
    std::size_t in_left = in.size();
    std::size_t out_left = out.size();
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.data());
    const auto result =
        BrotliDecoderDecompressStream(state_, &in_left, &next_in, &out_left, &next_out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) return std::nullopt;
    ended = result == BROTLI_DECODER_RESULT_SUCCESS;
    return Progress{in.size() - in_left, out.size() - out_left};
  }

 private:
  BrotliDecoderState* state_;
};

std::string normalize_coding(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

}  // namespace

ContentDecoder::ContentDecoder() = default;
ContentDecoder::ContentDecoder(ContentDecoder&&) noexcept = default;
ContentDecoder& ContentDecoder::operator=(ContentDecoder&&) noexcept = default;
ContentDecoder::~ContentDecoder() = default;

core::Result<ContentDecoder> ContentDecoder::create(std::string_view content_encoding) {
  ContentDecoder decoder;
  std::size_t start = 0;
  while (start <= content_encoding.size()) {
    const std::size_t end = std::min(content_encoding.find(',', start), content_encoding.size());
    const std::string coding = normalize_coding(content_encoding.substr(start, end - start));
    start = end + 1;
    if (coding.empty() || coding == "identity") continue;
    if (coding == "gzip" || coding == "x-gzip") {
      decoder.stages_.push_back(std::make_unique<InflateStage>(true));
    } else if (coding == "deflate") {
      decoder.stages_.push_back(std::make_unique<InflateStage>(false));
    } else if (coding == "br") {
      decoder.stages_.push_back(std::make_unique<BrotliStage>());
    } else {
      return fail_fetch(FetchError::kBadEncoding, fmt::format("unknown coding \"{}\"", coding));
    }
    if (decoder.stages_.size() > kMaxStages) {
      return fail_fetch(FetchError::kBadEncoding, "too many codings");
    }
  }
  // Codings are listed in the order they were applied; the last one comes off first.
  std::ranges::reverse(decoder.stages_);
  return decoder;
}

void ContentDecoder::push(std::string_view bytes) {
  pending_.erase(0, pending_at_);
  pending_at_ = 0;
  pending_.append(bytes);
}

core::Result<std::size_t> ContentDecoder::pull(std::span<char> out) {
  return pull_from(stages_.size(), out);
}

core::Result<std::size_t> ContentDecoder::pull_from(std::size_t stages, std::span<char> out) {
  if (stages == 0) {
    const std::size_t size = std::min(out.size(), pending_.size() - pending_at_);
    std::copy_n(pending_.data() + pending_at_, size, out.data());
    pending_at_ += size;
    return size;
  }
  Stage& stage = *stages_[stages - 1];
  while (true) {
    // A decoder may hold output back although its input is used up, so it runs before a refill.
    const std::string_view in(stage.buffer.data() + stage.buffer_at,
                              stage.buffer_end - stage.buffer_at);
    if (!in.empty() || (stage.started && !stage.ended)) {
      const auto progress = stage.run(in, out);
      if (!progress) return fail_fetch(FetchError::kBadEncoding, "malformed coded data");
      stage.buffer_at += progress->consumed;
      if (progress->produced > 0) return progress->produced;
      if (progress->consumed > 0) continue;
    }
    if (stage.buffer_at == stage.buffer_end) {
      const auto filled = pull_from(stages - 1, stage.buffer);
      if (!filled || *filled == 0) return filled;
      stage.started = true;
      stage.buffer_at = 0;
      stage.buffer_end = *filled;
    } else {
      return fail_fetch(FetchError::kBadEncoding, "coded data makes no progress");
    }
  }
}

core::Result<void> ContentDecoder::finish() const {
  for (const auto& stage : stages_) {
    if (!stage->complete()) return fail_fetch(FetchError::kBadEncoding, "coded data cut short");
  }
  return {};
}

}  // namespace graphrail::net
