// The incremental reader of a model's answer: same elements however the bytes are cut, nothing
// half, nothing repaired.
#include "extract/model/element_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graphrail::extract::model {
namespace {

using Elements = std::vector<std::pair<std::string, std::string>>;

struct Collector final : ElementSink {
  void element(std::string_view array, std::string_view json) override {
    elements.emplace_back(array, json);
  }
  Elements elements;
};

struct Reading {
  Elements elements;
  bool complete = false;
  bool failed = false;
};

Reading read_in_pieces(std::string_view text, std::size_t piece) {
  ElementReader reader;
  Collector collector;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    reader.feed(text.substr(at, piece), collector);
  }
  return {collector.elements, reader.complete(), reader.failed()};
}

constexpr std::string_view kAnswer =
    R"({"note":"nodes","nodes":[{"id":"a","label":"A \"quoted\" {name} ]"},{"id":"b","deep":{"x":[1,{"y":2}]}}],)"
    R"("count":2,"edges":[{"source":"a","target":"b","quote":"back\\slash\\"}]})";

TEST(ElementReader, EmitsEachElementWhenItCloses) {
  const Reading reading = read_in_pieces(kAnswer, kAnswer.size());
  const Elements expected = {
      {"nodes", R"({"id":"a","label":"A \"quoted\" {name} ]"})"},
      {"nodes", R"({"id":"b","deep":{"x":[1,{"y":2}]}})"},
      {"edges", R"({"source":"a","target":"b","quote":"back\\slash\\"})"},
  };
  EXPECT_EQ(reading.elements, expected);
  EXPECT_TRUE(reading.complete);
}

TEST(ElementReader, DoesNotDependOnWhereTheBytesAreCut) {
  const std::string text =
      "<think>maybe {\"nodes\":[{}]}</think>\n```json\n" + std::string(kAnswer) + "\n```";
  const Reading whole = read_in_pieces(text, text.size());
  ASSERT_EQ(whole.elements.size(), 3U);
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    const Reading reading = read_in_pieces(text, piece);
    EXPECT_EQ(reading.elements, whole.elements) << "piece " << piece;
    EXPECT_TRUE(reading.complete) << "piece " << piece;
  }
}

TEST(ElementReader, KeepsWhatWasCompleteWhenTheAnswerIsCut) {
  for (std::size_t size = 0; size < kAnswer.size(); ++size) {
    const Reading reading = read_in_pieces(kAnswer.substr(0, size), 7);
    EXPECT_FALSE(reading.complete);
    EXPECT_FALSE(reading.failed);
    for (const auto& [array, json] : reading.elements) EXPECT_EQ(json.back(), '}');
  }
}

TEST(ElementReader, RefusesMismatchedBracketsDepthAndSize) {
  EXPECT_TRUE(read_in_pieces(R"({"nodes":[}])", 3).failed);
  EXPECT_TRUE(read_in_pieces("{\"a\":" + std::string(100, '['), 9).failed);
  const std::string huge =
      R"({"nodes":[{"id":")" + std::string(ElementReader::kMaxElementBytes, 'x') + R"("}]})";
  const Reading reading = read_in_pieces(huge, 4096);
  EXPECT_TRUE(reading.failed);
  EXPECT_TRUE(reading.elements.empty());
}

TEST(ElementReader, SkipsScalarsAndNestedContainersInTheArrays) {
  const Reading reading =
      read_in_pieces(R"({"nodes":[1,"x",["y",{"z":1}],{"id":"a"}],"o":{"p":[{"q":1}]}})", 5);
  const Elements expected = {{"nodes", R"({"id":"a"})"}};
  EXPECT_EQ(reading.elements, expected);
  EXPECT_TRUE(reading.complete);
}

}  // namespace
}  // namespace graphrail::extract::model
