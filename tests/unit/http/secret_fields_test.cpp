// Secret fields stand apart from the headers, and what has been read leaves no copy behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/secret.h"
#include "http/read_buffer.h"
#include "http/request_parser.h"
#include "support/memory_scan.h"

namespace graphrail::http {
namespace {

using Values = std::vector<std::string_view>;

const std::vector<std::string> kSecretFields{"Authorization", "X-OpenAI-Key"};
const std::string kRequest =
    "GET /p HTTP/1.1\r\nHost: h\r\nauthorization: Bearer t\r\nX-A: 1\r\n"
    "X-OPENAI-KEY: sk-first\r\nx-openai-key: sk-second\r\n\r\n";

void read_in_pieces(const std::string& bytes, std::size_t piece, Request& request) {
  RequestParser parser({.secret_fields = kSecretFields}, request);
  std::string pending;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    pending += bytes.substr(at, piece);
    pending.erase(0, parser.feed(pending));
  }
  ASSERT_TRUE(parser.is_complete());
}

TEST(SecretFields, StandApartFromTheHeaders) {
  for (std::size_t piece = 1; piece <= kRequest.size(); ++piece) {
    Request request;
    ASSERT_NO_FATAL_FAILURE(read_in_pieces(kRequest, piece, request));
    for (const char* name : {"Authorization", "X-OpenAI-Key"}) {
      EXPECT_FALSE(request.headers.has(name));
    }
    for (const auto& [name, value] : request.headers.list()) {
      EXPECT_EQ(value.find("sk-"), std::string::npos) << name;
    }
    EXPECT_EQ(request.headers.get("X-A"), "1");
    EXPECT_EQ(request.secrets.get_all("AUTHORIZATION"), Values{"Bearer t"});
    EXPECT_EQ(request.secrets.get_all("X-OpenAI-Key"), (Values{"sk-first", "sk-second"}));
    EXPECT_TRUE(request.secrets.get_all("X-A").empty());
  }
}

TEST(SecretFields, AreHeadersWhereNobodyNamesThem) {
  Request request;
  RequestParser parser({}, request);
  parser.feed(kRequest);
  EXPECT_EQ(request.headers.get("Authorization"), "Bearer t");
  EXPECT_TRUE(request.secrets.get_all("Authorization").empty());
}

TEST(SecretFields, GoWithTheRequest) {
  Request request;
  ASSERT_NO_FATAL_FAILURE(read_in_pieces(kRequest, kRequest.size(), request));
  request.clear();
  EXPECT_TRUE(request.secrets.get_all("Authorization").empty());
}

/// Puts `bytes` into the buffer as a socket would; where they then stand.
char* receive(ReadBuffer& buffer, std::string_view bytes) {
  const std::span<char> room = buffer.prepare();
  EXPECT_GE(room.size(), bytes.size());
  std::ranges::copy(bytes, room.begin());
  buffer.commit(bytes.size());
  return room.data();
}

bool is_wiped(const char* from, std::size_t size) {
  return std::all_of(from, from + size, [](char c) { return c == '\0'; });
}

TEST(ReadBuffer, WipesWhatWasParsed) {
  ReadBuffer buffer(4096);
  const char* at = receive(buffer, "key: secret\r\nnext");
  buffer.consume(13);
  EXPECT_TRUE(is_wiped(at, 13));
  EXPECT_EQ(buffer.data(), "next");
  buffer.consume(4);
  EXPECT_TRUE(is_wiped(at, 17));
  EXPECT_TRUE(buffer.empty());
}

TEST(ReadBuffer, WipesWhereBytesStoodBeforeTheyMoved) {
  ReadBuffer buffer(4096);
  const char* at = receive(buffer, "0123456789secret");
  buffer.consume(10);
  (void)buffer.prepare();
  EXPECT_EQ(buffer.data(), "secret");
  EXPECT_EQ(buffer.data().data(), at);
  EXPECT_TRUE(is_wiped(at + 6, 10));
}

TEST(ReadBuffer, WipesTheInlinePartWhenABlockTakesOver) {
  ReadBuffer buffer(8192);
  const char* inside = receive(buffer, std::string(ReadBuffer::kInlineBytes, 's'));
  const char* block = receive(buffer, std::string(5000, 't'));
  EXPECT_TRUE(is_wiped(inside, ReadBuffer::kInlineBytes));
  EXPECT_EQ(buffer.data(), std::string(ReadBuffer::kInlineBytes, 's') + std::string(5000, 't'));
  buffer.consume(ReadBuffer::kInlineBytes + 4999);
  EXPECT_TRUE(is_wiped(block - ReadBuffer::kInlineBytes, ReadBuffer::kInlineBytes + 4999));
  EXPECT_EQ(buffer.data(), "t");
}

TEST(ReadBuffer, GivesItsBlockBackOnlyWhenNothingIsInIt) {
  ReadBuffer buffer(4096);
  receive(buffer, std::string(ReadBuffer::kInlineBytes, 'a'));
  receive(buffer, "b");
  buffer.consume(ReadBuffer::kInlineBytes);
  buffer.release_if_empty();
  EXPECT_EQ(buffer.data(), "b");
  buffer.consume(1);
  buffer.release_if_empty();
  EXPECT_EQ(buffer.prepare().size(), ReadBuffer::kInlineBytes);
}

/// Whatever is received and consumed in whatever pieces: before and behind what is waiting, the
/// buffer holds zeros.
TEST(ReadBuffer, HoldsNothingButWhatIsWaiting) {
  std::uint32_t state = 7;
  const auto draw = [&state](std::size_t below) {
    state = state * 1'664'525 + 1'013'904'223;
    return (state >> 8U) % below;
  };
  ReadBuffer buffer(ReadBuffer::kInlineBytes);
  // Zeroes the inline part, so that what is not zero later was left there.
  receive(buffer, std::string(ReadBuffer::kInlineBytes - 1, 'x'));
  buffer.consume(ReadBuffer::kInlineBytes - 1);
  for (int step = 0; step < 20'000; ++step) {
    const std::span<char> room = buffer.prepare();
    const char* const base = buffer.data().data();
    const std::size_t size = std::min(draw(300), room.size() - 1);
    std::fill_n(room.begin(), size, 'x');
    buffer.commit(size);
    const std::size_t filled = buffer.data().size();
    const std::size_t taken = filled < 700 ? draw(filled + 1) : filled;
    buffer.consume(taken);
    ASSERT_TRUE(is_wiped(base, taken));
    ASSERT_TRUE(is_wiped(base + filled, ReadBuffer::kInlineBytes - 1 - filled));
    ASSERT_TRUE(std::ranges::all_of(buffer.data(), [](char c) { return c == 'x'; }));
  }
}

/// Reads the request as a connection does, two of them in one piece.
void read_pipelined(const test::Canary& canary, std::size_t padding, bool& is_kept_apart) {
  ReadBuffer buffer(32 * 1024);
  std::string key = canary.reveal();
  std::string bytes;
  bytes.reserve(2 * padding + 1000);
  for (int i = 0; i < 2; ++i) {
    bytes.append("GET / HTTP/1.1\r\nHost: h\r\nX-Padding: ").append(padding, 'p');
    bytes.append("\r\nX-OpenAI-Key: ").append(key).append("\r\n\r\n");
  }
  core::wipe(key);
  std::size_t sent = 0;
  for (int i = 0; i < 2; ++i) {
    Request request;
    RequestParser parser({.secret_fields = kSecretFields}, request);
    while (!parser.is_complete()) {
      const std::span<char> room = buffer.prepare();
      const std::size_t size = std::min({room.size(), bytes.size() - sent, std::size_t{600}});
      std::copy_n(bytes.data() + sent, size, room.data());
      sent += size;
      buffer.commit(size);
      buffer.consume(parser.feed(buffer.data()));
    }
    const Values keys = request.secrets.get_all("X-OpenAI-Key");
    is_kept_apart = keys.size() == 1 && keys[0].size() == test::Canary::kBytes;
  }
  core::wipe(bytes);
}

TEST(SecretFields, LeaveNoCopyInMemory) {
  if (!test::can_scan_memory()) GTEST_SKIP() << "shadow memory cannot be read";
  for (const std::size_t padding : {1U, 900U, 5'000U}) {
    const test::Canary canary;
    bool is_kept_apart = false;
    read_pipelined(canary, padding, is_kept_apart);
    EXPECT_TRUE(is_kept_apart);
    EXPECT_EQ(canary.count_in_memory(), 0U) << padding;
  }
}

}  // namespace
}  // namespace graphrail::http
