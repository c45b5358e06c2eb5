// The client's parts by themselves: prices, the breaker, the line, endpoints, safe words.
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <list>

#include "llm/call_error.h"
#include "llm/call_slots.h"
#include "llm/circuit_breaker.h"
#include "llm/endpoint.h"
#include "llm/price_table.h"

namespace graphrail::llm {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

TEST(PriceTable, ReadsPricesAndFindsDatedReleases) {
  const ParsedPrices parsed = parse_prices(" gpt-4o-mini=0.15/0.60, gpt-4o=2.50/10 ,x/y=0/0,");
  EXPECT_TRUE(parsed.faults.empty());
  const PriceTable& table = parsed.table;
  EXPECT_DOUBLE_EQ(table.cost_usd("gpt-4o-mini-2024-07-18", {1'000'000, 1'000'000}).value(), 0.75);
  EXPECT_DOUBLE_EQ(table.cost_usd("gpt-4o-2024-08-06", {0, 1'000'000}).value(), 10);
  EXPECT_DOUBLE_EQ(table.cost_usd("x/y", {5, 5}).value(), 0);
  EXPECT_FALSE(table.find("gpt-4o-audio"));
  EXPECT_FALSE(table.find("gpt-4o-32k"));
  EXPECT_FALSE(table.find("gpt-4"));
  EXPECT_FALSE(table.find(""));
}

TEST(PriceTable, TheLongestNameWins) {
  const PriceTable table = parse_prices("m=1/1,m-2024=2/2").table;
  EXPECT_DOUBLE_EQ(table.find("m-2024-0102")->prompt_usd_per_million, 2);
  EXPECT_DOUBLE_EQ(table.find("m-20250102")->prompt_usd_per_million, 1);
}

TEST(PriceTable, NamesEveryFault) {
  EXPECT_TRUE(parse_prices("  ").faults.empty());
  for (const char* bad : {"gpt", "=1/2", "m=1", "m=1/x", "m=-1/2", "m=nan/1", "m=1/2/3", "m=1e9/1",
                          "m=inf/1", "a=1/2,,b=1/2"}) {
    EXPECT_EQ(parse_prices(bad).faults.size(), 1U) << bad;
  }
  const ParsedPrices two = parse_prices("a=?/1, b=1/2, c");
  EXPECT_EQ(two.faults.size(), 2U);
  EXPECT_EQ(two.table.size(), 1U);
}

TEST(CircuitBreaker, OpensAfterOutagesInARowAndClosesAfterAGoodProbe) {
  CircuitBreaker breaker({.outages_to_open = 3, .pause = 10s});
  CircuitBreaker::TimePoint now{};
  EXPECT_FALSE(breaker.note_outage(now));
  EXPECT_FALSE(breaker.note_outage(now));
  breaker.note_answer();
  EXPECT_FALSE(breaker.note_outage(now));
  EXPECT_FALSE(breaker.note_outage(now));
  EXPECT_FALSE(breaker.admit(now));
  EXPECT_TRUE(breaker.note_outage(now));
  EXPECT_EQ(breaker.state(), CircuitState::kOpen);
  EXPECT_EQ(breaker.admit(now + 1s), 9s);
  now += 10s;
  EXPECT_FALSE(breaker.wait_time(now));
  EXPECT_FALSE(breaker.admit(now)) << "the probe";
  EXPECT_EQ(breaker.state(), CircuitState::kHalfOpen);
  EXPECT_TRUE(breaker.admit(now)) << "one probe at a time";
  breaker.note_answer();
  EXPECT_EQ(breaker.state(), CircuitState::kClosed);
  EXPECT_FALSE(breaker.admit(now));
}

TEST(CircuitBreaker, AFailedProbeOpensAgainAndAnAbandonedOneIsGivenToTheNext) {
  CircuitBreaker breaker({.outages_to_open = 1, .pause = 10s});
  CircuitBreaker::TimePoint now{};
  EXPECT_TRUE(breaker.note_outage(now));
  EXPECT_FALSE(breaker.note_outage(now + 5s)) << "late news from before do not prolong it";
  EXPECT_EQ(breaker.wait_time(now + 9s), 1s);
  now += 10s;
  EXPECT_FALSE(breaker.admit(now));
  breaker.note_nothing();
  EXPECT_FALSE(breaker.admit(now));
  EXPECT_TRUE(breaker.note_outage(now));
  EXPECT_EQ(breaker.wait_time(now), 10s);
}

/// Callers of a line of slots, and who got one when.
struct Line {
  asio::io_context context;
  std::shared_ptr<CallSlots> slots;
  std::vector<std::string> log;
  std::list<CallSlots::Slot> held;

  static asio::awaitable<void> call(Line* line, std::string name,
                                    std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    try {
      auto slot = co_await line->slots->acquire(deadline);
      line->log.push_back(name +
                          (slot ? "" : ":" + std::string(outcome_name(kind_of(slot.error())))));
      if (slot) line->held.push_back(std::move(*slot));
    } catch (const boost::system::system_error&) {
      line->log.push_back(name + ":left");
    }
  }
  void start(const std::string& name, std::chrono::milliseconds patience = 5s) {
    asio::co_spawn(context, call(this, name, patience), asio::detached);
    settle();
  }
  void settle() {
    context.restart();
    context.poll();
  }
};

TEST(CallSlots, ServeInOrderAndRefuseBeyondTheLine) {
  Line line;
  line.slots = std::make_shared<CallSlots>(line.context.get_executor(), 1, 2);
  for (const char* name : {"a", "b", "c", "d"}) line.start(name);
  EXPECT_EQ(line.log, (std::vector<std::string>{"a", "d:busy"}));
  EXPECT_EQ(line.slots->waiting(), 2U);
  for (int i = 0; i < 2; ++i) {
    line.held.pop_front();
    line.settle();
  }
  EXPECT_EQ(line.log, (std::vector<std::string>{"a", "d:busy", "b", "c"}));
  line.held.clear();
  EXPECT_EQ(line.slots->running(), 0U);
}

TEST(CallSlots, WhoeverLeavesOrRunsOutOfTimeLosesNoSlot) {
  Line line;
  line.slots = std::make_shared<CallSlots>(line.context.get_executor(), 1, 3);
  line.start("a");
  asio::cancellation_signal leave;
  asio::co_spawn(line.context, Line::call(&line, "b", 5s),
                 asio::bind_cancellation_slot(leave.slot(), asio::detached));
  line.settle();
  line.start("late", 0ms);
  line.start("c");
  leave.emit(asio::cancellation_type::terminal);
  while (line.slots->waiting() > 1) line.context.run_one();
  line.settle();
  line.held.clear();
  line.settle();
  std::ranges::sort(line.log);
  EXPECT_EQ(line.log, (std::vector<std::string>{"a", "b:left", "c", "late:timeout"}));
  line.held.clear();
  EXPECT_EQ(line.slots->running(), 0U);
}

std::string chat_url(const char* base) {
  return Endpoint::create(base, KeyHeader::kAuto).value().at("/chat/completions").to_string();
}

TEST(Endpoint, JoinsPathsAndKeepsTheQuery) {
  EXPECT_EQ(chat_url("https://api.openai.com/v1"), "https://api.openai.com/v1/chat/completions");
  EXPECT_EQ(chat_url("http://localhost:11434/v1/"), "http://localhost:11434/v1/chat/completions");
  EXPECT_EQ(chat_url("http://ollama_1:80"), "http://ollama_1/chat/completions");
  EXPECT_EQ(chat_url("https://x.org/v1/chat/completions/"), "https://x.org/v1/chat/completions");
  EXPECT_EQ(chat_url("https://x.openai.azure.com/openai/deployments/D?api-version=2024-10-21"),
            "https://x.openai.azure.com/openai/deployments/D/chat/completions"
            "?api-version=2024-10-21");
}

TEST(Endpoint, ChoosesTheKeyHeaderByHostUnlessTold) {
  const auto key = std::make_shared<core::Secret>(std::string("k"));
  const auto header = [&key](const char* base, KeyHeader kind) {
    return Endpoint::create(base, kind).value().header_for(key).value().name;
  };
  EXPECT_EQ(header("https://x.openai.azure.com/", KeyHeader::kAuto), "api-key");
  EXPECT_EQ(header("https://x.openai.azure.com/", KeyHeader::kBearer), "Authorization");
  EXPECT_EQ(header("https://notazure.com/", KeyHeader::kAuto), "Authorization");
  EXPECT_EQ(header("https://gateway.org/", KeyHeader::kApiKey), "api-key");
  const Endpoint open = Endpoint::create("http://localhost/v1", KeyHeader::kAuto).value();
  EXPECT_FALSE(open.header_for(nullptr));
  EXPECT_FALSE(open.header_for(std::make_shared<core::Secret>()));
}

TEST(CallError, RemovesTheKeyAndBoundsTheCause) {
  const core::Secret key(std::string_view("sk-abcdef"));
  EXPECT_EQ(redact("x sk-abcdef y sk-abcdefsk-abcdef", &key), "x [key] y [key][key]");
  EXPECT_EQ(redact("text", nullptr), "text");
  const core::Secret tiny(std::string_view("a"));
  EXPECT_EQ(redact("banana", &tiny), "banana");
  CallFailure failure;
  failure.cause = std::string(499, 'x') + "\xC3\xA4" + std::string(100, 'y');
  EXPECT_EQ(make_call_error(failure).private_cause(), std::string(499, 'x'));
}

}  // namespace
}  // namespace graphrail::llm
