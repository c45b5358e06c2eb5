#include "app/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/app_error.h"

namespace graphrail::app {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;

/// A folder of its own for each test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "graphrail-batch-XXXXXX";
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// A generator that answers with the text as a node's label; "fail" fails, "slow" lets others go
/// first.
asio::awaitable<core::Result<generate::GenerateResult>> echo(generate::GenerateRequest request) {
  if (request.input == "fail") {
    co_return core::fail(generate::GenerateError::kInputTooShort, {"too short"});
  }
  if (request.input == "slow") {
    const auto executor = co_await asio::this_coro::executor;
    for (int turn = 0; turn < 20; ++turn) co_await asio::post(executor, asio::use_awaitable);
  }
  generate::GenerateResult result;
  result.graph.nodes.push_back({.id = "n", .label = request.input, .type = "Project"});
  co_return result;
}

class BatchRun : public testing::Test {
 protected:
  core::Result<BatchProgress> run(const std::string& lines, std::size_t parallel = 3) {
    std::istringstream input(lines);
    core::Result<BatchOutput> output = BatchOutput::open(out_);
    if (!output) return core::fail(std::move(output.error()));
    return run_batch(input, *output, generate_, {.parallel = parallel, .longest_line_bytes = 200},
                     [](const BatchProgress&) {});
  }

  /// Ids of the output lines, as JSON.
  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    std::istringstream lines(read_file(out_));
    for (std::string line; std::getline(lines, line);) {
      out.push_back(boost::json::serialize(boost::json::parse(line).at("id")));
    }
    return out;
  }

  TemporaryFolder folder_;
  std::string out_ = folder_.file("out.jsonl");
  GenerateFunction generate_ = echo;
};

TEST_F(BatchRun, KeepsTheOrderOfTheInputWhateverFinishesFirst) {
  const auto progress = run(R"({"id":"a","text":"slow"}
{"id":2,"text":"two"}

{"id":"c","text":"three"})");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->done, 3U);
  EXPECT_THAT(ids(), ElementsAre("\"a\"", "2", "\"c\""));
}

TEST_F(BatchRun, ATitleIsTheFirstLineOfTheText) {
  ASSERT_TRUE(run(R"({"id":1,"title":"Head","text":"body"})"));
  EXPECT_THAT(read_file(out_), HasSubstr(R"("label":"Head\nbody")"));
}

TEST_F(BatchRun, ATextIsReadEvenWhenItsUrlIsThere) {
  ASSERT_TRUE(run(R"({"id":1,"text":"body","url":"https://a.example","licence":"MIT"})"));
  EXPECT_THAT(read_file(out_), HasSubstr(R"("label":"body")"));
}

TEST_F(BatchRun, ALineHasGraphAndMetaOrAnErrorWithItsCode) {
  const auto progress = run("{\"id\":1,\"text\":\"fail\"}\n{\"id\":2,\"text\":\"x\"}\n");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->failed, 1U);
  const std::string text = read_file(out_);
  EXPECT_THAT(text,
              HasSubstr(R"({"id":1,"error":{"code":"input_too_short","message":"too short")"));
  EXPECT_THAT(text, HasSubstr(R"({"id":2,"graph":{)"));
  EXPECT_THAT(text, HasSubstr(R"("meta":{)"));
}

TEST_F(BatchRun, NeverHasMoreInFlightThanAsked) {
  auto running = std::make_shared<std::size_t>(0);
  auto most = std::make_shared<std::size_t>(0);
  struct Counted {
    static asio::awaitable<core::Result<generate::GenerateResult>> call(
        std::shared_ptr<std::size_t> running, std::shared_ptr<std::size_t> most,
        generate::GenerateRequest request) {
      *most = std::max(*most, ++*running);
      request.input = "slow";
      auto result = co_await echo(std::move(request));
      --*running;
      co_return result;
    }
  };
  generate_ = [=](generate::GenerateRequest request) {
    return Counted::call(running, most, std::move(request));
  };
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += fmt::format("{{\"id\":{},\"text\":\"x\"}}\n", i);
  ASSERT_TRUE(run(lines, 4));
  EXPECT_EQ(*most, 4U);
  EXPECT_EQ(ids().size(), 20U);
}

TEST_F(BatchRun, SkipsWhatIsThereAndRepairsACutLine) {
  const std::string lines =
      "{\"id\":\"a\",\"text\":\"x\"}\nnonsense\n{\"id\":\"a\",\"text\":\"again\"}\n";
  ASSERT_TRUE(run(lines));
  const std::string whole = read_file(out_);
  // Wherever a killed run stopped, running again gives the same file.
  for (std::size_t cut = 0; cut <= whole.size(); cut += 3) {
    std::ofstream(out_, std::ios::binary) << whole.substr(0, cut);
    ASSERT_TRUE(run(lines)) << cut;
    ASSERT_EQ(read_file(out_), whole) << cut;
  }
}

TEST_F(BatchRun, ResumingCountsWhatWasSkipped) {
  ASSERT_TRUE(run("{\"id\":1,\"text\":\"x\"}\n"));
  const auto progress = run("{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\"x\"}\n");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->skipped, 1U);
  EXPECT_EQ(progress->done, 1U);
}

TEST_F(BatchRun, LeavesAFileAloneThatIsNotABatchs) {
  for (const std::string_view text :
       {"precious notes\n", "precious notes", "{\"id\":1}\n", "[1]\n", "{\"graph\":{}}\n"}) {
    std::ofstream(out_, std::ios::binary) << text;
    const auto progress = run("{\"id\":1,\"text\":\"x\"}\n");
    ASSERT_FALSE(progress) << text;
    EXPECT_TRUE(progress.error().is(AppError::kForeignOutput));
    EXPECT_EQ(read_file(out_), text);
  }
}

TEST_F(BatchRun, TwoBatchesCannotWriteToOneFile) {
  const core::Result<BatchOutput> first = BatchOutput::open(out_);
  ASSERT_TRUE(first);
  const core::Result<BatchOutput> second = BatchOutput::open(out_);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(AppError::kOutputInUse));
}

struct BadLine {
  const char* name;
  std::string line;
  const char* id;
  const char* message;
};

class BatchBadLine : public BatchRun, public testing::WithParamInterface<BadLine> {};

TEST_P(BatchBadLine, BecomesAnErrorLineThatNamesItsNumber) {
  const auto progress = run("\n" + GetParam().line + "\n{\"id\":\"next\",\"text\":\"x\"}\n");
  ASSERT_TRUE(progress);
  EXPECT_EQ(progress->failed, 1U);
  EXPECT_THAT(ids(), ElementsAre(GetParam().id, "\"next\""));
  EXPECT_THAT(read_file(out_), HasSubstr(R"("code":"invalid_line")"));
  EXPECT_THAT(read_file(out_), HasSubstr(std::string("line 2: ") + GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, BatchBadLine,
    testing::Values(BadLine{"not_json", "{\"id\":", "null", "not JSON"},
                    BadLine{"not_an_object", "[1]", "null", "not a JSON object"},
                    BadLine{"no_id", R"({"text":"x"})", "null", "`id` must be"},
                    BadLine{"id_of_wrong_type", R"({"id":1.5,"text":"x"})", "null", "`id` must be"},
                    BadLine{"empty_id", R"({"id":"","text":"x"})", "null", "`id` must be"},
                    BadLine{"text_of_wrong_type", R"({"id":7,"text":1})", "7",
                            "`text` must be a text"},
                    BadLine{"title_of_wrong_type", R"({"id":7,"title":[],"text":"x"})", "7",
                            "`title` must be a text"},
                    BadLine{"neither", R"({"id":7})", "7", "`text` or `url` must be given"},
                    BadLine{"too_long", "{\"id\":7,\"text\":\"" + std::string(300, 'x') + "\"}",
                            "null", "the line is too long"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Progress, SaysHowFarItIs) {
  const BatchProgress progress{.done = 38, .failed = 2, .skipped = 5, .bytes_read = 500};
  EXPECT_EQ(render_progress(progress, 1000),
            "[###############---------------]  50%  38 done, 2 failed, 5 already there");
  EXPECT_EQ(render_progress({.done = 1}, 0), "1 done, 0 failed");
  EXPECT_THAT(render_progress({.bytes_read = 2000}, 1000), HasSubstr("] 100%"));
}

}  // namespace
}  // namespace graphrail::app
