// Saved graphs over the wire: the answer again, its text, and ids that open nothing.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>

#include "api/scenario.h"
#include "core/utf8.h"
#include "history/graph_store.h"
#include "support/server/broken_parts.h"

namespace graphrail::test {
namespace {

const std::string kUnknownId = "0123456789abcdef0123456789abcdef";

std::string session_id_of(const HttpReply& made) {
  const auto json = boost::json::parse(made.body);
  return std::string(json.at("meta").at("session_id").as_string());
}

TEST(SessionApi, AnswersASavedGraphLikeTheFreshOne) {
  const TestServer server;
  const HttpReply made = server.generate(kAnnouncementBody);
  ASSERT_EQ(made.status, 200) << made.body;
  const HttpReply again = server.get("/api/generate/session/" + session_id_of(made));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(boost::json::parse(again.body), boost::json::parse(made.body));
  EXPECT_EQ(again.header("Content-Type"), "application/json");
  EXPECT_EQ(again.header("Cache-Control"), "private, no-store");
  expect_sound_answer(server, again);
}

TEST(SessionApi, AnswersTheTextThatEvidenceSpeaksOf) {
  const TestServer server;
  const std::string text = "Zoë’s note 🌊: " + kAnnouncement + "\n\tEnd. ";
  const boost::json::object body{{"input", text}};
  const HttpReply made = server.generate(boost::json::serialize(body));
  ASSERT_EQ(made.status, 200) << made.body;
  const HttpReply source = server.get("/api/generate/session/" + session_id_of(made) + "/source");
  EXPECT_EQ(source.status, 200);
  EXPECT_EQ(source.body, text);
  EXPECT_EQ(source.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(source.header("Cache-Control"), "private, no-store");

  const core::CodePointIndex index(text);
  for (const auto& edge : boost::json::parse(made.body).at("graph").at("edges").as_array()) {
    for (const auto& evidence : edge.at("evidence").as_array()) {
      const auto start = index.byte_offset_of(evidence.at("start").to_number<std::size_t>());
      const auto end = index.byte_offset_of(evidence.at("end").to_number<std::size_t>());
      EXPECT_EQ(text.substr(start, end - start), evidence.at("quote").as_string());
    }
  }
}

TEST(SessionApi, GivesEveryAnswerAnIdOfItsOwn) {
  const TestServer server;
  const std::string first = session_id_of(server.generate(kAnnouncementBody));
  const std::string second = session_id_of(server.generate(kAnnouncementBody));
  EXPECT_NE(first, second);
}

Scenario lost(std::string name, std::string target) {
  Scenario scenario;
  scenario.name = std::move(name);
  scenario.method = "GET";
  scenario.target = std::move(target);
  scenario.expected_status = 404;
  scenario.contains = {R"("error":"not_found")"};
  return scenario;
}

class LostSessions : public ScenarioTest {};
TEST_P(LostSessions, AreNotFound) { expect_scenario(*server_, GetParam()); }

const std::string kSession = "/api/generate/session/";

INSTANTIATE_TEST_SUITE_P(
    Ids, LostSessions,
    testing::Values(lost("unknown", kSession + kUnknownId),
                    lost("unknown_source", kSession + kUnknownId + "/source"),
                    lost("short", kSession + "abc"), lost("long", kSession + kUnknownId + "0"),
                    lost("upper_case", kSession + "0123456789ABCDEF0123456789ABCDEF"),
                    lost("quote", kSession + "'%20or%20'1'='1"), lost("slash", kSession + "a%2Fb"),
                    lost("script", kSession + "%3Cscript%3E"), lost("empty", kSession),
                    lost("empty_source", kSession + "/source"),
                    lost("below_source", kSession + kUnknownId + "/source/x"),
                    lost("trailing_slash", kSession + kUnknownId + "/")),
    scenario_name);

TEST(SessionApi, SaysWhenTheStoreIsAway) {
  TestServerOptions options;
  options.graphs = std::make_shared<BrokenGraphStore>(history::HistoryError::kUnavailable);
  const TestServer server(std::move(options));
  for (const std::string& target : {kSession + kUnknownId, kSession + kUnknownId + "/source"}) {
    const HttpReply reply = server.get(target);
    EXPECT_EQ(reply.status, 503);
    expect_sound_answer(server, reply);
  }
}

}  // namespace
}  // namespace graphrail::test
