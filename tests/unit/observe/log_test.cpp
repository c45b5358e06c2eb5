// Log lines and the thread that writes them.
#include "observe/log.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "observe/log_line.h"
#include "observe/log_writer.h"

namespace graphrail::observe {
namespace {

constexpr std::chrono::system_clock::time_point kTime{std::chrono::milliseconds(784111777123)};

std::string json_line(std::string_view event, std::initializer_list<LogField> fields) {
  std::string out;
  append_log_line(out, LogFormat::kJson, false, LogLevel::kInfo, kTime, event, fields);
  return out;
}

std::string text_line(std::string_view event, std::initializer_list<LogField> fields) {
  std::string out;
  append_log_line(out, LogFormat::kText, false, LogLevel::kWarn, kTime, event, fields);
  return out;
}

TEST(LogLine, IsOneJsonObject) {
  EXPECT_EQ(json_line("store opened", {{"file", "a.db"}, {"rows", 3}, {"ms", 0.25}, {"new", true}}),
            R"({"time":"1994-11-06T08:49:37.123Z","level":"info","event":"store opened",)"
            R"("file":"a.db","rows":3,"ms":0.25,"new":true})"
            "\n");
  EXPECT_NE(json_line("e", {{"x", std::numeric_limits<double>::infinity()}}).find("\"x\":null"),
            std::string::npos);
}

TEST(LogLine, IsReadableText) {
  EXPECT_EQ(text_line("request", {{"path", "/a"}, {"text", "two words"}, {"none", ""}}),
            "1994-11-06T08:49:37.123Z WARN  request path=/a text=\"two words\" none=\"\"\n");
}

TEST(LogLine, CannotBeForged) {
  const std::string_view nasty = "a\nlevel=error \x1b[31m\u202E\u2028\xff\"\\";
  for (const std::string& line : {text_line("e", {{"v", nasty}}), json_line("e", {{"v", nasty}})}) {
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_EQ(line.find("\u202E"), std::string::npos);
    EXPECT_NE(line.find("\\u000a"), std::string::npos);
  }
}

TEST(LogLine, CutsVeryLongValues) {
  const std::string line = json_line("e", {{"v", std::string(10'000, 'x')}});
  EXPECT_LT(line.size(), kMaxLoggedTextBytes + 200);
  EXPECT_NE(line.find("x…\""), std::string::npos);
}

RC_GTEST_PROP(LogLine, IsAlwaysValidJson, (const std::string& event, const std::string& value)) {
  const std::string line = json_line(event, {{"value", value}});
  RC_ASSERT(std::ranges::count(line, '\n') == 1);
  RC_ASSERT(boost::json::parse(line).is_object());
}

TEST(Log, WritesFromTheConfiguredLevelOn) {
  testing::internal::CaptureStderr();
  configure_log(LogLevel::kWarn, LogFormat::kJson, false);
  log_info("quiet");
  log_warn("loud", {{"n", 1}});
  EXPECT_FALSE(is_log_enabled(LogLevel::kInfo));
  EXPECT_TRUE(is_log_enabled(LogLevel::kError));
  flush_log();
  configure_log(LogLevel::kOff, LogFormat::kJson, false);
  EXPECT_FALSE(is_log_enabled(LogLevel::kError));
  log_error("off");
  flush_log();
  const std::string written = testing::internal::GetCapturedStderr();
  EXPECT_EQ(written.find("quiet"), std::string::npos);
  EXPECT_NE(written.find(R"("level":"warn","event":"loud","n":1)"), std::string::npos);
  EXPECT_EQ(written.find("off"), std::string::npos);
}

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(ends.data()), 0); }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_end(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
  [[nodiscard]] std::string read_to_end() const {
    std::string all;
    std::array<char, 4096> piece;
    ssize_t count = 0;
    while ((count = ::read(ends[0], piece.data(), piece.size())) > 0) {
      all.append(piece.data(), static_cast<std::size_t>(count));
    }
    return all;
  }
  std::array<int, 2> ends{-1, -1};
};

TEST(LogWriter, KeepsLinesWholeFromManyThreads) {
  Pipe pipe;
  std::string all;
  std::jthread reader([&] { all = pipe.read_to_end(); });
  {
    LogWriter writer(pipe.ends[1]);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&writer] {
        for (int i = 0; i < 1000; ++i) writer.append("0123456789\n");
      });
    }
  }
  pipe.close_end(1);
  reader.join();
  EXPECT_EQ(all.size(), 4U * 1000 * 11);
  std::string expected;
  for (int i = 0; i < 4000; ++i) expected += "0123456789\n";
  EXPECT_TRUE(all == expected);
}

TEST(LogWriter, DropsAndCountsInsteadOfWaiting) {
  Pipe pipe;
  std::string all;
  {
    LogWriter writer(pipe.ends[1]);
    const std::string line(1023, 'x');
    // Nobody reads: the pipe takes 64 KiB, the buffer a mebibyte, the rest is dropped.
    for (int i = 0; i < 4096; ++i) writer.append(line + "\n");
    std::jthread reader([&] { all = pipe.read_to_end(); });
    writer.flush();
    writer.append("after\n");
    writer.flush();
    pipe.close_end(1);
  }
  EXPECT_LT(all.size(), 3U * 1024 * 1024);
  EXPECT_NE(all.find(R"("event":"log lines dropped","count":)"), std::string::npos);
  EXPECT_NE(all.find("after\n"), std::string::npos);
}

}  // namespace
}  // namespace graphrail::observe
