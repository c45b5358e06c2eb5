#include "app/mock_llm/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/mock_llm/answer_writer.h"
#include "core/utf8.h"
#include "extract/model/prompt.h"

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kText =
    "Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with "
    "participation from Alder Capital and angel investor Mira Okafor, said founder Zoë Lindqvist.";

/// A call as the model engine makes it.
ChatCall call_for(std::string_view schema, std::string_view text = kText,
                  const graph::Graph* written = nullptr) {
  const auto messages = extract::model::make_messages(
      {.schema = schema, .text = text, .mark = "4f1c", .written = written});
  ChatCall call{.model = "mock",
                .instructions = messages[0].content,
                .user_message = messages[1].content,
                .form = AnswerForm::kJsonSchema,
                .schema = extract::model::answer_schema(schema)};
  call.prompt_bytes = call.instructions.size() + call.user_message.size();
  return call;
}

json::object read_content(const Answer& answer) { return json::parse(answer.content).as_object(); }

std::vector<std::string> column(const json::object& content, std::string_view list,
                                std::string_view member) {
  std::vector<std::string> values;
  for (const json::value& item : content.at(list).as_array()) {
    values.emplace_back(item.at(member).as_string());
  }
  return values;
}

TEST(Answer, IsTheGraphOfTheFencedTextInTheAnswersForm) {
  const Answer answer = make_answer(call_for("venture"), {});
  EXPECT_EQ(answer.finish_reason, "stop");
  const json::object content = read_content(answer);
  EXPECT_THAT(answer.content, StartsWith(R"({"nodes":[{"id":)"));
  EXPECT_THAT(column(content, "nodes", "label"),
              testing::IsSupersetOf({"Tidewater Labs", "Northlight Ventures", "Alder Capital"}));
  EXPECT_THAT(column(content, "edges", "relationship"),
              testing::AllOf(testing::IsSupersetOf({"RAISED", "LED", "INVESTED_IN"}),
                             Not(testing::Contains("CO_INVESTED"))));
  for (const json::value& edge : content.at("edges").as_array()) {
    for (const json::value& quote : edge.at("evidence").as_array()) {
      EXPECT_THAT(std::string(kText), HasSubstr(std::string(quote.as_string())));
    }
  }
  for (const json::value& node : content.at("nodes").as_array()) {
    for (const json::value& property : node.at("properties").as_array()) {
      EXPECT_TRUE(property.at("name").is_string());
      EXPECT_TRUE(property.at("value").is_string());
    }
  }
}

TEST(Answer, SpeaksTheGeneralSchemaWhereThatIsAskedFor) {
  const json::object content = read_content(make_answer(call_for("general"), {}));
  std::map<std::string, std::string> types;
  for (const json::value& node : content.at("nodes").as_array()) {
    types.emplace(node.at("label").as_string(), node.at("type").as_string());
  }
  EXPECT_EQ(types["Tidewater Labs"], "Organization");
  EXPECT_EQ(types["Northlight Ventures"], "Organization");
  EXPECT_EQ(types["Tidewater Labs Series A"], "Event");
  EXPECT_EQ(types["Mira Okafor"], "Person") << "an angel";
  EXPECT_EQ(types["Zoë Lindqvist"], "Person");
}

TEST(Answer, ReadsTheSchemaFromTheInstructionsWhereNoneIsSent) {
  ChatCall call = call_for("general");
  call.form = AnswerForm::kText;
  call.instructions += json::serialize(call.schema);
  call.schema.clear();
  EXPECT_THAT(column(read_content(make_answer(call, {})), "nodes", "type"),
              testing::Contains("Organization"));
  EXPECT_THAT(column(read_content(make_answer(call_for("venture"), {})), "nodes", "type"),
              Not(testing::Contains("Organization")));
}

TEST(Answer, LeavesOutWhatIsWrittenAlready) {
  graph::Graph written;
  written.nodes.push_back({.id = "tidewater-labs", .label = "Tidewater Labs", .type = "Project"});
  written.edges.push_back({.source = "northlight-ventures",
                           .target = "tidewater-labs-series-a",
                           .relationship = "LED"});
  const json::object content = read_content(make_answer(call_for("venture", kText, &written), {}));
  EXPECT_THAT(column(content, "nodes", "id"), Not(testing::Contains("tidewater-labs")));
  EXPECT_THAT(column(content, "nodes", "id"), testing::Contains("northlight-ventures"));
  EXPECT_THAT(column(content, "edges", "relationship"), Not(testing::Contains("LED")));
  EXPECT_THAT(column(content, "edges", "relationship"), testing::Contains("RAISED"))
      << "an edge may use ids that are written";
}

TEST(Answer, WithoutAFenceTheWholeMessageIsTheText) {
  ChatCall call = call_for("venture");
  call.user_message = kText;
  EXPECT_THAT(column(read_content(make_answer(call, {})), "nodes", "label"),
              testing::Contains("Tidewater Labs"));
  call.form = AnswerForm::kText;
  EXPECT_THAT(make_answer(call, {}).content, StartsWith("Hello!"));
}

TEST(Answer, OfAnotherSchemaIsItsSmallestInstance) {
  ChatCall call = call_for("venture");
  call.schema = json::parse(R"({"type":"object","properties":{"ok":{"type":"boolean"}},
                                "required":["ok"],"additionalProperties":false})")
                    .as_object();
  EXPECT_EQ(make_answer(call, {}).content, R"({"ok":false})");
}

TEST(Answer, CountsATokenPerFourBytes) {
  const ChatCall call = call_for("venture");
  const Answer answer = make_answer(call, {});
  EXPECT_EQ(answer.prompt_tokens, (call.prompt_bytes + 3) / 4);
  EXPECT_EQ(answer.completion_tokens, (answer.content.size() + 3) / 4);
}

TEST(Answer, ForgetsTheBeginningOfAPromptThatExceedsTheContext) {
  const std::string late = "\n\nZoë Labs raised $5 million from Öl Ventures.";
  const ChatCall call = call_for("venture", std::string(kText) + late);
  Fault fault;
  fault.context = (call.prompt_bytes - kText.size()) / kBytesPerToken;
  const Answer answer = make_answer(call, fault);
  EXPECT_EQ(answer.prompt_tokens, *fault.context);
  const auto labels = column(read_content(answer), "nodes", "label");
  EXPECT_THAT(labels, testing::Contains("Zoë Labs"));
  EXPECT_THAT(labels, Not(testing::Contains("Tidewater Labs")));
  fault.context = call.prompt_bytes;
  EXPECT_EQ(make_answer(call, fault).content, make_answer(call, {}).content);
}

TEST(Answer, EndsAtTheLimitOfTokensOrTheFaultsBetweenCodePoints) {
  ChatCall call = call_for("venture", "Zoë Labs raised $5 million from Öl Ventures.");
  const std::string whole = make_answer(call, {}).content;
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    Fault fault;
    fault.length = bytes;
    const Answer answer = make_answer(call, fault);
    EXPECT_EQ(answer.finish_reason, "length");
    EXPECT_THAT(whole, StartsWith(answer.content));
    EXPECT_LE(answer.content.size(), bytes);
    EXPECT_TRUE(core::is_valid_utf8(answer.content));
  }
  call.max_tokens = 5;
  EXPECT_EQ(make_answer(call, {}).content, whole.substr(0, 20));
  EXPECT_EQ(make_answer(call, {}).finish_reason, "length");
  call.max_tokens = whole.size();
  EXPECT_EQ(make_answer(call, {}).finish_reason, "stop");
}

TEST(Answer, IsSpoiltOnRequest) {
  const ChatCall call = call_for("venture");
  const std::string whole = make_answer(call, {}).content;
  const Answer refused = make_answer(call, {.refusal = true});
  EXPECT_EQ(refused.content, "");
  EXPECT_NE(refused.refusal, "");
  boost::system::error_code failure;
  (void)json::parse(make_answer(call, {.wrong_json = true}).content, failure);
  EXPECT_TRUE(failure);
  EXPECT_FALSE(read_content(make_answer(call, {.wrong_schema = true})).contains("nodes"));
  const Answer thought = make_answer(call, {.think = true});
  EXPECT_THAT(thought.content, StartsWith("<think>"));
  EXPECT_THAT(thought.content, HasSubstr("```json\n" + whole + "\n```"));
  const Answer filtered = make_answer(call, {.filter = true});
  EXPECT_EQ(filtered.finish_reason, "content_filter");
  EXPECT_LT(filtered.content.size(), whole.size());
}

TEST(Written, OfAnotherFormIsNothing) {
  for (const std::string_view text :
       {"", "[]", "{}", "{\"nodes\":7}", "{\"nodes\":[7],\"edges\":"}) {
    EXPECT_TRUE(read_written(text).edges.empty()) << text;
  }
}

}  // namespace
}  // namespace graphrail::app::mock_llm
