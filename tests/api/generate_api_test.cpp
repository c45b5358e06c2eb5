// POST /api/generate over the wire: what goes well, and every kind of bad body.
#include <boost/json/parse.hpp>
#include <memory>
#include <string>

#include "api/scenario.h"
#include "core/core_error.h"
#include "history/graph_store.h"
#include "support/server/broken_parts.h"

namespace graphrail::test {
namespace {

const Headers kJson{{"Content-Type", "application/json"}};

Scenario posted(std::string name, std::string body, int status, std::vector<std::string> contains,
                Headers headers = kJson) {
  Scenario scenario;
  scenario.name = std::move(name);
  scenario.method = "POST";
  scenario.target = "/api/generate";
  scenario.headers = std::move(headers);
  scenario.body = std::move(body);
  scenario.expected_status = status;
  scenario.contains = std::move(contains);
  if (status == 200) scenario.expected_headers = {{"Cache-Control", "no-store"}};
  if (status != 200) scenario.not_contains = {"Tidewater"};
  return scenario;
}

Scenario refused(std::string name, std::string body, std::vector<std::string> contains) {
  contains.push_back(R"("error":"invalid_request")");
  return posted(std::move(name), std::move(body), 400, std::move(contains));
}

std::string with_member(const std::string& member) {
  return "{\"input\":\"" + kAnnouncement + "\"," + member + "}";
}

class GenerateApi : public ScenarioTest {};
TEST_P(GenerateApi, Answers) { expect_scenario(*server_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Good, GenerateApi,
    testing::Values(
        posted("text", kAnnouncementBody, 200,
               {R"("engine":"rules")", R"("model":null)", R"("source_type":"text")",
                R"("metered":false)", R"("truncated":false)", R"("schema":"venture")",
                R"("cache_age_seconds":null)", R"("session_id":")"}),
        posted("every_member",
               with_member(R"("force_refresh":true,"engine":"rules","schema":"venture")"), 200,
               {R"("graph":{"nodes":[)"}),
        posted("unknown_members", with_member(R"("colour":{"deep":[1,2,{"input":5}]},"x":null)"),
               200, {R"("engine":"rules")"}),
        posted("charset", kAnnouncementBody, 200, {},
               {{"Content-Type", "application/json; charset=UTF-8"}}),
        posted("nothing_found",
               R"({"input":"The weather was fine and nobody spoke of money at all today."})", 200,
               {R"("nodes":[])", R"("edges":[])"}),
        posted("nul_escape", "{\"input\":\"" + kAnnouncement + R"( \u0000 end"})", 200,
               {R"("code":"control_characters_replaced")"})),
    scenario_name);

INSTANTIATE_TEST_SUITE_P(
    BadBodies, GenerateApi,
    testing::Values(
        refused("empty", "", {R"("reason":"empty_body")"}),
        refused("blank", "  \n ", {R"("reason":"empty_body")"}),
        refused("not_json", "input=text", {R"("reason":"invalid_json")", "line 1, column 1"}),
        refused("position", "{\n  \"input\": oops\n}",
                {R"("reason":"invalid_json")", "line 2, column 12 (byte 13)"}),
        refused("cut_short", R"({"input":"a)", {"ends too early", "byte 11"}),
        refused("two_values", "{} {}", {"something follows the value"}),
        refused("raw_nul", std::string("{\"input\":\"\0\"}", 13), {R"("reason":"invalid_json")"}),
        refused("nul_only", std::string(64, '\0'), {R"("reason":"invalid_json")"}),
        refused("invalid_utf8", "{\"input\":\"\xff\xfe\"}",
                {R"("reason":"invalid_utf8")", "byte 10"}),
        refused("deep", std::string(200'000, '['), {R"("reason":"too_deep")", "32 levels"}),
        refused("deep_objects",
                [] {
                  std::string body;
                  for (int i = 0; i < 50'000; ++i) body += "{\"a\":";
                  return body;
                }(),
                {R"("reason":"too_deep")"}),
        refused("array", "[]", {R"("reason":"not_an_object")"}),
        refused("no_input", "{}", {R"("reason":"missing")", R"("field":"input")"}),
        refused("input_null", R"({"input":null})",
                {R"("reason":"wrong_type")", R"("field":"input")", "not null"}),
        refused("input_number", R"({"input":12})", {R"("field":"input")", "not a number"}),
        refused("flag_string", with_member(R"("force_refresh":"true")"),
                {R"("reason":"wrong_type")", R"("field":"force_refresh")"}),
        refused("engine_unknown", with_member(R"("engine":"gpt-9")"),
                {R"("reason":"not_allowed")", R"("field":"engine")", "rules"}),
        refused("engine_type", with_member(R"("engine":1)"), {R"("field":"engine")"}),
        refused("schema_unknown", with_member(R"("schema":"medical")"),
                {R"("reason":"not_allowed")", R"("field":"schema")", "general"}),
        refused("model_without_key", with_member(R"("engine":"llm")"),
                {R"("reason":"engine_unavailable")", R"("field":"engine")"}),
        refused("rules_know_one_schema", with_member(R"("schema":"general")"),
                {R"("reason":"schema_unsupported")", R"("field":"schema")"}),
        refused("input_twice", with_member(R"("input":"b")"),
                {R"("reason":"duplicate")", R"("field":"input")"})),
    scenario_name);

INSTANTIATE_TEST_SUITE_P(
    BadInputs, GenerateApi,
    testing::Values(
        posted("too_short", R"({"input":"short"})", 400,
               {R"("error":"input_too_short")", R"("field":"input")", "40"}),
        posted("blank_input", R"({"input":"    "})", 400, {R"("error":"input_too_short")"}),
        posted("too_long", "{\"input\":\"" + std::string(400'001, 'x') + "\"}", 413,
               {R"("error":"payload_too_large")", "400000"}),
        posted("link", R"({"input":"https://example.com/a?b=c"})", 400,
               {R"("error":"invalid_url")", R"("field":"input")"}),
        posted("plain_link", R"({"input":" http://127.0.0.1:9/ "})", 400,
               {R"("error":"invalid_url")"}),
        posted("wrong_type", kAnnouncementBody, 415, {R"("error":"unsupported_media_type")"},
               {{"Content-Type", "text/plain"}}),
        posted("form", "input=a", 415, {R"("error":"unsupported_media_type")"},
               {{"Content-Type", "application/x-www-form-urlencoded"}}),
        posted("no_type", kAnnouncementBody, 415, {R"("error":"unsupported_media_type")"}, {}),
        posted("latin1", kAnnouncementBody, 415, {R"("error":"unsupported_media_type")"},
               {{"Content-Type", "application/json; charset=iso-8859-1"}})),
    scenario_name);

TEST(GenerateApiFaults, AFullQueueIsAskedToWait) {
  TestServerOptions options;
  options.extractor = std::make_shared<FailingExtractor>(
      core::Error(core::CoreError::kBusy, {"The server is busy; try again shortly."}));
  const TestServer server(std::move(options));
  const HttpReply reply = server.generate(kAnnouncementBody);
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.body.find(R"("error":"service_unavailable")"), std::string::npos);
  expect_sound_answer(server, reply);
}

TEST(GenerateApiFaults, AGraphThatCannotBeSavedIsAnsweredWithAWarning) {
  TestServerOptions options;
  options.graphs = std::make_shared<BrokenGraphStore>(history::HistoryError::kUnavailable);
  const TestServer server(std::move(options));
  const HttpReply reply = server.generate(kAnnouncementBody);
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find(R"("code":"not_saved")"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace graphrail::test
