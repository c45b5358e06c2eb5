// What the program's own client sends and reads (llm/chat.h), held against the mock server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "app/mock_llm/api_error.h"
#include "app/mock_llm/chat_call.h"
#include "app/mock_llm/completion_format.h"
#include "extract/model/prompt.h"
#include "llm/chat.h"
#include "llm/event_parser.h"

namespace graphrail::app::mock_llm {
namespace {

CompletionHead make_head() { return {.id = "chatcmpl-1", .created = 1, .model = "m"}; }

llm::ChatRequest request_for(std::string_view schema) {
  return {.model = "m",
          .messages = extract::model::make_messages(
              {.schema = schema,
               .text = "Zoë Labs raised $5 million in a seed round led by Öl Ventures.",
               .mark = "4f1c"}),
          .schema_name = "graph",
          .schema = extract::model::answer_schema_text(schema)};
}

class EveryRung : public testing::TestWithParam<llm::Rung> {};

TEST_P(EveryRung, IsAnsweredWithAGraphThatTheClientReads) {
  for (const std::string_view schema : {"venture", "general"}) {
    const std::string body = make_chat_body(request_for(schema), {.rung = GetParam()}, true);
    const auto call = read_chat_call(body, "");
    ASSERT_TRUE(call.has_value()) << call.error().message;
    EXPECT_TRUE(call->include_usage);
    const Answer answer = make_answer(*call, {});
    EXPECT_THAT(answer.content,
                testing::HasSubstr(schema == "general" ? "\"Organization\"" : "\"Project\""));
    const StreamFormat format(make_head(), call->include_usage);
    std::string stream = StreamFormat::filter_results();
    for (const std::string& event : render_pieces(format, answer)) stream += event;
    stream += render_ending(format, answer, true);

    std::string content;
    llm::FinishReason finish = llm::FinishReason::kNone;
    std::optional<llm::TokenUsage> usage;
    llm::EventParser parser;
    const bool is_read = parser.feed(stream, [&](std::string_view data) {
      if (data == "[DONE]") return;
      const auto delta = llm::read_chat_payload(data);
      ASSERT_TRUE(delta.has_value()) << delta.error().private_cause();
      content += delta->content;
      if (delta->finish != llm::FinishReason::kNone) finish = delta->finish;
      if (delta->usage) usage = delta->usage;
    });
    EXPECT_TRUE(is_read);
    EXPECT_FALSE(parser.has_partial_event());
    EXPECT_EQ(content, answer.content);
    EXPECT_EQ(finish, llm::FinishReason::kStop);
    ASSERT_TRUE(usage.has_value());
    EXPECT_EQ(usage->completion_tokens, answer.completion_tokens);
  }
}

TEST_P(EveryRung, IsAnsweredWholeToo) {
  const auto call =
      read_chat_call(make_chat_body(request_for("venture"), {.rung = GetParam()}, false), "");
  ASSERT_TRUE(call.has_value()) << call.error().message;
  const Answer answer = make_answer(*call, {});
  const auto delta = llm::read_chat_payload(render_completion(make_head(), answer, true));
  ASSERT_TRUE(delta.has_value());
  EXPECT_EQ(delta->content, answer.content);
  EXPECT_EQ(delta->usage->prompt_tokens, answer.prompt_tokens);
}

INSTANTIATE_TEST_SUITE_P(Ladder, EveryRung,
                         testing::Values(llm::Rung::kStrictSchema, llm::Rung::kSchema,
                                         llm::Rung::kJsonObject, llm::Rung::kPlainText),
                         [](const auto& info) { return std::string(to_string(info.param)); });

TEST(OwnClient, ReadsTheRefusalsAsWhatTheyAre) {
  const std::pair<int, llm::LlmError> statuses[] = {
      {401, llm::LlmError::kWrongKey},    {404, llm::LlmError::kModelNotFound},
      {408, llm::LlmError::kTimeout},     {429, llm::LlmError::kRateLimited},
      {500, llm::LlmError::kUnavailable}, {503, llm::LlmError::kUnavailable},
  };
  for (const auto& [status, error] : statuses) {
    EXPECT_EQ(llm::classify_rejection(status, render_error(error_for_status(status))).error, error)
        << status;
  }
}

TEST(OwnClient, ReadsARefusalInPieces) {
  const StreamFormat format(make_head(), false);
  const auto delta = llm::read_chat_payload(format.refusal("No").substr(6));
  ASSERT_TRUE(delta.has_value());
  EXPECT_EQ(delta->refusal, "No");
}

}  // namespace
}  // namespace graphrail::app::mock_llm
