#include "generate/shared_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <list>

#include "core/core_error.h"

namespace graphrail::generate {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;

graph::Node make_node(std::string id) { return {.id = id, .label = id, .type = "Investor"}; }

/// Emits one node, waits for the test, emits another.
class SteeredEngine final : public extract::Extractor {
 public:
  explicit SteeredEngine(asio::io_context& context) : gate_(context) {
    gate_.expires_at(asio::steady_timer::time_point::max());
  }

  asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest, std::shared_ptr<extract::ExtractionSink> sink) override {
    ++calls;
    sink->node(make_node("early"));
    boost::system::error_code error;
    auto waiting = gate_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (!is_open) co_await std::move(waiting);
    if (!is_open) {
      ++cancelled;
      throw boost::system::system_error(asio::error::operation_aborted);
    }
    sink->node(make_node("late"));
    if (fails) co_return core::fail(core::CoreError::kBusy, {"no"});
    extract::ExtractionReport report;
    report.engine = "llm";
    report.token_count = 7;
    report.coverage = extract::Coverage{1, 0, 5, 5};
    report.merges = {{"A", "B", "alias"}};
    report.warnings = {{"some_code", "Some message."}};
    co_return report;
  }

  void open() {
    is_open = true;
    gate_.cancel();
  }

  int calls = 0;
  int cancelled = 0;
  bool is_open = false;
  bool fails = false;

 private:
  asio::steady_timer gate_;
};

class Recorder final : public extract::ExtractionSink {
 public:
  void node(graph::Node node) override { nodes.push_back(node.id); }
  void edge(graph::Edge) override {}
  void progress(extract::ExtractionProgress) override {}
  std::vector<std::string> nodes;
};

/// One who asks.
struct Caller {
  std::shared_ptr<Recorder> sink = std::make_shared<Recorder>();
  asio::cancellation_signal signal;
  std::optional<core::Result<extract::ExtractionReport>> report;
  bool was_aborted = false;
};

class SharedExtractorTest : public testing::Test {
 protected:
  Caller& ask(extract::ExtractionRequest request) {
    Caller& caller = callers_.emplace_back();
    asio::co_spawn(
        context_, shared_->extract(std::move(request), caller.sink),
        asio::bind_cancellation_slot(caller.signal.slot(),
                                     [&caller](const std::exception_ptr& thrown,
                                               core::Result<extract::ExtractionReport> report) {
                                       caller.was_aborted = thrown != nullptr;
                                       if (!thrown) caller.report.emplace(std::move(report));
                                     }));
    settle();
    return caller;
  }
  Caller& ask() { return ask(page_request()); }
  static extract::ExtractionRequest page_request() {
    extract::ExtractionRequest request;
    request.text = std::make_shared<const std::string>("hello");
    request.schema = "venture";
    request.is_shareable = true;
    return request;
  }
  /// Runs what can run now.
  void settle() {
    context_.restart();
    while (context_.poll() > 0) {
    }
  }
  void leave(Caller& caller) {
    caller.signal.emit(asio::cancellation_type::terminal);
    settle();
  }
  void open() {
    engine_->open();
    settle();
  }

  asio::io_context context_{1};
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>(1'000'000);
  std::shared_ptr<SteeredEngine> engine_ = std::make_shared<SteeredEngine>(context_);
  std::shared_ptr<extract::Extractor> shared_ =
      make_shared_extractor({.engine = engine_,
                             .cache = history::make_memory_graph_cache(1'000'000, 3'600, clock_),
                             .clock = clock_,
                             .fingerprint = "model 1"});
  std::list<Caller> callers_;
};

TEST_F(SharedExtractorTest, ManyWhoAskAtOnceCauseOneCall) {
  Caller& first = ask();
  Caller& second = ask();
  open();
  Caller& third = ask();
  EXPECT_EQ(engine_->calls, 1);
  for (const Caller* caller : {&first, &second, &third}) {
    ASSERT_TRUE(caller->report && *caller->report);
    EXPECT_THAT(caller->sink->nodes, ElementsAre("early", "late"));
    EXPECT_EQ((*caller->report)->merges.at(0).reason, "alias");
    EXPECT_EQ((*caller->report)->warnings.at(0).code, "some_code");
    EXPECT_EQ((*caller->report)->coverage->chars_read, 5U);
  }
  EXPECT_EQ((*first.report)->token_count, 7U);
  EXPECT_EQ((*first.report)->cache_age_seconds, std::nullopt);
  EXPECT_EQ((*third.report)->token_count, 0U);
  EXPECT_EQ((*third.report)->cache_age_seconds, 0);
}

TEST_F(SharedExtractorTest, AKeptAnswerAgesAndExpires) {
  engine_->is_open = true;
  ask();
  clock_->advance(std::chrono::seconds(3'599));
  EXPECT_EQ((*ask().report)->cache_age_seconds, 3'599);
  clock_->advance(std::chrono::seconds(1));
  EXPECT_EQ((*ask().report)->cache_age_seconds, std::nullopt);
  EXPECT_EQ(engine_->calls, 2);
}

TEST_F(SharedExtractorTest, WhoLeavesCancelsNothingForTheOthers) {
  Caller& first = ask();
  Caller& second = ask();
  leave(first);
  EXPECT_TRUE(first.was_aborted);
  EXPECT_EQ(engine_->cancelled, 0);
  open();
  EXPECT_TRUE(second.report && *second.report);
  EXPECT_THAT(first.sink->nodes, ElementsAre("early"));
}

TEST_F(SharedExtractorTest, TheLastWhoLeavesCancelsTheCall) {
  Caller& first = ask();
  Caller& second = ask();
  leave(first);
  leave(second);
  EXPECT_EQ(engine_->cancelled, 1);
  // Who comes next starts afresh.
  Caller& third = ask();
  EXPECT_EQ(engine_->calls, 2);
  open();
  EXPECT_TRUE(third.report && *third.report);
}

TEST_F(SharedExtractorTest, ARefreshSkipsWhatIsKeptAndWhatIsUnderWay) {
  engine_->is_open = true;
  ask();
  extract::ExtractionRequest refresh = page_request();
  refresh.force_refresh = true;
  EXPECT_EQ((*ask(std::move(refresh)).report)->cache_age_seconds, std::nullopt);
  EXPECT_EQ(engine_->calls, 2);
}

TEST_F(SharedExtractorTest, FailuresAreSharedButNotKept) {
  engine_->fails = true;
  Caller& first = ask();
  open();
  ASSERT_TRUE(first.report.has_value());
  EXPECT_FALSE(first.report->has_value());
  engine_->fails = false;
  EXPECT_TRUE(*ask().report);
  EXPECT_EQ(engine_->calls, 2);
}

TEST_F(SharedExtractorTest, PastedTextsAndOwnKeysShareNothing) {
  engine_->is_open = true;
  extract::ExtractionRequest pasted = page_request();
  pasted.is_shareable = false;
  ask(pasted);
  ask(pasted);
  extract::ExtractionRequest own_key = page_request();
  own_key.key = std::make_shared<const core::Secret>(std::string_view("sk-own"));
  ask(own_key);
  ask(own_key);
  EXPECT_EQ(engine_->calls, 4);
}

TEST_F(SharedExtractorTest, AnotherSchemaIsAnotherAnswer) {
  engine_->is_open = true;
  ask();
  extract::ExtractionRequest general = page_request();
  general.schema = "general";
  ask(general);
  EXPECT_EQ(engine_->calls, 2);
}

}  // namespace
}  // namespace graphrail::generate
