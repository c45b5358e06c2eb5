#include "app/mock_llm/fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/mock_llm/fault_source.h"

namespace graphrail::app::mock_llm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

Fault parse(std::string_view spec) {
  const auto fault = parse_fault(spec);
  EXPECT_TRUE(fault.has_value()) << spec << ": " << fault.error();
  return fault.value_or(Fault{});
}

TEST(Fault, NothingAsksForNothing) {
  for (const std::string_view spec : {"", " ", ",", ";;", " , ; "}) EXPECT_EQ(parse(spec), Fault{});
}

TEST(Fault, WordsAreReadInAnyOrderWithEitherSeparator) {
  const Fault fault = parse(" times=3;retry-after=2, status=503 ,retry-after-ms=50");
  EXPECT_EQ(fault.status, 503);
  EXPECT_EQ(fault.retry_after, seconds(2));
  EXPECT_EQ(fault.retry_after_ms, milliseconds(50));
  EXPECT_EQ(fault.times, 3U);
  EXPECT_EQ(parse("drip=5").drip, milliseconds(5));
  EXPECT_EQ(parse("delay=300").delay, milliseconds(300));
  EXPECT_EQ(parse("cut=0").cut, 0U);
  EXPECT_EQ(parse("length=200").length, 200U);
  EXPECT_EQ(parse("context=2048").context, 2048U);
  EXPECT_EQ(parse("big=50").big_mb, 50U);
  EXPECT_EQ(parse("error=200").error, ErrorPlace::kBody);
  EXPECT_EQ(parse("error=stream").error, ErrorPlace::kStream);
}

TEST(Fault, EverySwitchIsOneMember) {
  const std::pair<std::string_view, bool Fault::*> switches[] = {
      {"hang", &Fault::hang},           {"refusal", &Fault::refusal},
      {"filter", &Fault::filter},       {"json=wrong", &Fault::wrong_json},
      {"html", &Fault::html},           {"schema=wrong", &Fault::wrong_schema},
      {"no-usage", &Fault::no_usage},   {"no-schema", &Fault::no_schema},
      {"no-stream", &Fault::no_stream}, {"think", &Fault::think},
  };
  for (const auto& [word, member] : switches) {
    Fault expected;
    expected.*member = true;
    EXPECT_EQ(parse(word), expected) << word;
  }
}

TEST(Fault, TheGrammarOfTheHelpIsWhatIsRead) {
  std::string_view rest = fault_grammar();
  while (!rest.empty()) {
    const std::string word(rest.substr(0, rest.find(' ')));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const bool needs_status = word.starts_with("retry-after");
    const std::string first = word.substr(0, word.find('|'));
    EXPECT_TRUE(parse_fault(needs_status ? "status=500," + first : first)) << word;
  }
}

TEST(Fault, WhatCannotBeReadIsNamed) {
  const std::pair<std::string, std::string> cases[] = {
      {"explode", "\"explode\""},
      {"status", "status takes a whole number from 400 to 599"},
      {"status=", "status takes"},
      {"status=200", "status takes"},
      {"status=50x", "status takes"},
      {"status=-500", "status takes"},
      {"delay=600001", "delay takes a whole number from 0 to 600000"},
      {"big=1025", "big takes a whole number from 1 to 1024"},
      {"times=0", "times takes"},
      {"cut=99999999999999999999", "cut takes"},
      {"json=right", "\"json=right\""},
      {"error=500", "\"error=500\""},
      {"hang=5", "\"hang=5\""},
      {"HANG", "\"HANG\""},
      {"status=500,status=502", "status is given twice"},
      {"error=200,error=stream", "error is given twice"},
      {"retry-after=1", "goes with status"},
      {std::string(513, ','), "at most 512 bytes"},
  };
  for (const auto& [spec, words] : cases) {
    const auto fault = parse_fault(spec);
    ASSERT_FALSE(fault.has_value()) << spec;
    EXPECT_THAT(fault.error(), HasSubstr(words));
  }
}

TEST(FaultSource, TheRequestCountsMoreThanTheModelMoreThanTheCommandLine) {
  const FaultSource source("status=500");
  EXPECT_EQ(source.choose("", "gpt-4o"), "status=500");
  EXPECT_EQ(source.choose("", "mock"), "status=500");
  EXPECT_EQ(source.choose("", "mock+delay=3"), "delay=3");
  EXPECT_EQ(source.choose("hang", "mock+delay=3"), "hang");
}

TEST(FaultSource, FailsAsOftenAsItSaysForEachSpecification) {
  FaultSource source("");
  for (const std::string_view spec : {"status=500,times=2", "status=502,times=2"}) {
    EXPECT_NE(source.take(spec)->status, 0);
    EXPECT_NE(source.take(spec)->status, 0);
    EXPECT_EQ(source.take(spec), Fault{});
    EXPECT_EQ(source.take(spec), Fault{});
  }
  EXPECT_EQ(source.take("status=503")->status, 503);
  EXPECT_EQ(source.take("status=503")->status, 503);
}

TEST(FaultSource, RemembersOnlySoManySpecifications) {
  FaultSource source("");
  for (std::size_t i = 1; i <= FaultSource::kMaxCounted; ++i) {
    ASSERT_TRUE(source.take("hang,times=" + std::to_string(i)));
  }
  EXPECT_FALSE(source.take("hang,times=99999"));
  EXPECT_TRUE(source.take("hang,times=1")) << "one that is known";
  EXPECT_TRUE(source.take("hang")) << "one that is not counted";
}

}  // namespace
}  // namespace graphrail::app::mock_llm
