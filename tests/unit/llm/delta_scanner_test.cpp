// The short way through a payload says what the general reader says, or nothing.
#include "llm/delta_scanner.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace graphrail::llm {
namespace {

const std::string kOrdinary =
    R"({"id":"c-1","object":"chat.completion.chunk","created":1795459627,"model":"m-1",)"
    R"("choices":[{"index":0,"delta":{"role":"assistant","content":"{\"id\":\"caf\u00e9 \n"},)"
    R"("logprobs":null,"finish_reason":null}],"usage":null})";

void expect_same(const std::string& payload) {
  const auto scanned = scan_delta(payload);
  if (!scanned) return;
  const auto read = read_any_chat_payload(payload);
  ASSERT_TRUE(read) << payload;
  EXPECT_EQ(scanned->content, read->content) << payload;
  EXPECT_EQ(scanned->refusal, read->refusal) << payload;
  EXPECT_EQ(scanned->model, read->model) << payload;
  EXPECT_EQ(scanned->finish, read->finish) << payload;
  EXPECT_FALSE(scanned->usage || read->usage) << payload;
}

TEST(DeltaScanner, ReadsOrdinaryDeltas) {
  const auto delta = scan_delta(kOrdinary);
  ASSERT_TRUE(delta);
  EXPECT_EQ(delta->content, "{\"id\":\"caf\u00e9 \n");
  EXPECT_EQ(delta->model, "m-1");
  EXPECT_EQ(delta->finish, FinishReason::kNone);

  const auto last =
      scan_delta(R"( { "choices" : [ {"delta":{},"finish_reason":"length"}, {"delta":1} ] } )");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->finish, FinishReason::kLength);
  EXPECT_TRUE(scan_delta(R"({"choices":[]})"));
  EXPECT_TRUE(scan_delta(R"({"choices":[{"delta":{"content":null,"reasoning":"a\tb"}}]})"));
}

TEST(DeltaScanner, LeavesTheExtraordinaryToTheGeneralReader) {
  for (const std::string payload : {
           R"({"error":{"message":"no"},"choices":[]})",
           R"({"choices":[],"usage":{"prompt_tokens":5}})",
           R"({"choices":[{"message":{"content":"whole"}}]})",
           R"({"choices":[{"delta":{"refusal":"No."}}]})",
           R"({"choices":[{"delta":{"content":7}}]})",
           R"({"choices":[{"delta":{"content":"a","content":"b"}}]})",
           R"({"choices":[{"delta":{"content":"\ud83d\ude00"}}]})",
           R"({"choices":[{"delta":{"content":"a\x"}}]})",
           R"({"choices":[{"delta":{"content":"a"}}],"\u0065rror":1})",
           R"({"choices":[{"delta":{"content":"a"}}],"x":1.5e3})",
           R"({"choices":[{"delta":{"content":"a"}}],"x":01})",
           R"({"choices":[{"delta":{"content":"a"}}],"x":nul})",
           R"({"choices":[{"delta":{"content":"a"}}]} x)",
           R"({"choices":[{"delta":{"content":"a"}}],})",
           R"({"model":"m"})",
           "{\"choices\":[{\"delta\":{\"content\":\"\xff\"}}]}",
           "{\"choices\":[{\"delta\":{\"content\":\"a\nb\"}}]}",
           "",
       }) {
    EXPECT_FALSE(scan_delta(payload)) << payload;
  }
}

TEST(DeltaScanner, ReadsNothingThatIsCutShort) {
  for (std::size_t size = 0; size < kOrdinary.size(); ++size) {
    EXPECT_FALSE(scan_delta(std::string_view(kOrdinary).substr(0, size))) << size;
  }
}

TEST(DeltaScanner, SaysTheSameWhereverOneByteIsChanged) {
  for (std::size_t at = 0; at < kOrdinary.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = kOrdinary;
      changed[at] = static_cast<char>(byte);
      expect_same(changed);
    }
  }
}

RC_GTEST_PROP(DeltaScannerProperty, SaysTheSameOnWhatIsPutTogether, ()) {
  static const std::vector<std::string> kParts = {
      "{",         "}",
      "[",         "]",
      ",",         ":",
      "\"",        "null",
      "true",      "1",
      "-0",        "\"choices\"",
      "\"delta\"", "\"content\"",
      "\"a\"",     "\"\\n\"",
      "\"error\"", "\"message\"",
      "\"usage\"", " ",
      "\"model\"", "{\"choices\":[{\"delta\":{\"content\":",
      "}}]}"};
  const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts));
  std::string payload;
  for (const std::string& part : chosen) payload += part;
  expect_same(payload);
}

}  // namespace
}  // namespace graphrail::llm
