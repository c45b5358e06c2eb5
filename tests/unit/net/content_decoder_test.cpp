#include "net/content_decoder.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include "net/body_budget.h"
#include "net/body_sink.h"
#include "net/fetch_error.h"
#include "support/origin/compression.h"

namespace graphrail::net {
namespace {

constexpr int kGzip = 15 + 16;
constexpr int kZlib = 15;
constexpr int kRaw = -15;

std::string deflate_with(std::string text, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string brotli(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
  std::string out(size, '\0');
  BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                        reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

/// Decodes in pieces; the error's cause when it fails.
std::string decode(std::string_view coding, std::string_view bytes, std::size_t step = 7) {
  auto decoder = ContentDecoder::create(coding);
  if (!decoder) return "error: " + decoder.error().private_cause();
  std::string out;
  std::array<char, 100> room{};
  for (std::size_t i = 0; i < bytes.size(); i += step) {
    decoder->push(bytes.substr(i, step));
    while (true) {
      const auto produced = decoder->pull(room);
      if (!produced) return "error: " + produced.error().private_cause();
      if (*produced == 0) break;
      out.append(room.data(), *produced);
    }
  }
  const auto finished = decoder->finish();
  return finished ? out : "error: " + finished.error().private_cause();
}

const std::string kText = "The quick brown fox jumps over the lazy dog, again and again. " +
                          std::string(500, 'x') + " The end.";

TEST(ContentDecoder, UndoesEachCoding) {
  EXPECT_EQ(decode("", kText), kText);
  EXPECT_EQ(decode("identity", kText), kText);
  EXPECT_EQ(decode("gzip", deflate_with(kText, kGzip)), kText);
  EXPECT_EQ(decode(" X-GZIP ", deflate_with(kText, kGzip)), kText);
  EXPECT_EQ(decode("deflate", deflate_with(kText, kZlib)), kText);
  EXPECT_EQ(decode("deflate", deflate_with(kText, kRaw)), kText);
  EXPECT_EQ(decode("br", brotli(kText)), kText);
}

TEST(ContentDecoder, UndoesChainsLastFirst) {
  EXPECT_EQ(decode("gzip, br", brotli(deflate_with(kText, kGzip))), kText);
  EXPECT_EQ(decode("br, identity, gzip", deflate_with(brotli(kText), kGzip)), kText);
}

TEST(ContentDecoder, ReadsAllMembersAndIgnoresWhatFollows) {
  const std::string two = deflate_with("one ", kGzip) + deflate_with("two", kGzip);
  EXPECT_EQ(decode("gzip", two), "one two");
  EXPECT_EQ(decode("gzip", deflate_with("one", kGzip) + std::string(40, '\0')), "one");
}

TEST(ContentDecoder, FailsOnCutOrBrokenData) {
  const std::string whole = deflate_with(kText, kGzip);
  EXPECT_EQ(decode("gzip", whole.substr(0, whole.size() - 9)), "error: coded data cut short");
  EXPECT_EQ(decode("gzip", "<html>not packed</html>"), "error: malformed coded data");
  EXPECT_EQ(decode("br", brotli(kText).substr(0, 20)), "error: coded data cut short");
  EXPECT_EQ(decode("made-up", kText), "error: unknown coding \"made-up\"");
}

RC_GTEST_PROP(ContentDecoderProperty, AnyBytesInAnyPieces, (const std::string& text)) {
  const auto step = *rc::gen::inRange<std::size_t>(1, 50);
  RC_ASSERT(decode("gzip", deflate_with(text, kGzip), step) == text);
  RC_ASSERT(decode("br", brotli(text), step) == text);
}

RC_GTEST_PROP(ContentDecoderProperty, JunkNeverHangs, (const std::string& junk)) {
  for (const char* coding : {"gzip", "deflate", "br", "gzip, br"}) {
    const std::string out = decode(coding, junk);
    RC_ASSERT(out.size() < 10'000'000U);
  }
}

BodySink make_sink(std::shared_ptr<BodyBudget> budget, std::string_view coding) {
  BodySink sink({.max_bytes = 1'000'000, .free_bytes = 1000}, std::move(budget));
  sink.start(*ContentDecoder::create(coding));
  return sink;
}

TEST(BodySink, StopsABombAtTheLimit) {
  auto sink = make_sink(std::make_shared<BodyBudget>(1), "gzip");
  const auto taken =
      sink.accept(test_support::pack_zeros(50'000'000, test_support::Packing::kGzip));
  ASSERT_FALSE(taken);
  EXPECT_TRUE(taken.error().is(FetchError::kTooLarge));
  EXPECT_LE(sink.decoded_bytes(), 1'000'001U);
}

TEST(BodySink, AcceptsExactlyTheLimit) {
  auto sink = make_sink(std::make_shared<BodyBudget>(1), "");
  EXPECT_TRUE(sink.accept(std::string(1'000'000, 'a')));
  EXPECT_TRUE(sink.finish());
  const auto more = sink.accept("a");
  ASSERT_FALSE(more);
  EXPECT_TRUE(more.error().is(FetchError::kTooLarge));
}

TEST(BodySink, StarvesWithoutALeaseAndGoesOnWithOne) {
  const auto budget = std::make_shared<BodyBudget>(1);
  auto held = budget->try_acquire();
  ASSERT_TRUE(held);
  auto sink = make_sink(budget, "gzip");
  ASSERT_TRUE(sink.accept(deflate_with(std::string(5000, 'a'), kGzip)));
  EXPECT_TRUE(sink.starved());
  EXPECT_EQ(sink.decoded_bytes(), 1000U);
  int woken = 0;
  budget->notify([&] { ++woken; });
  EXPECT_EQ(woken, 0);
  held.reset();
  EXPECT_EQ(woken, 1);
  ASSERT_TRUE(sink.drain());
  EXPECT_FALSE(sink.starved());
  EXPECT_EQ(sink.take_body(), std::string(5000, 'a'));
  EXPECT_TRUE(sink.finish());
}

}  // namespace
}  // namespace graphrail::net
