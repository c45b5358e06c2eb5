// POST /api/generate with Accept: text/event-stream.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "api/scenario.h"
#include "core/core_error.h"
#include "support/raw_client.h"
#include "support/server/broken_parts.h"
#include "support/server/gated_extractor.h"

namespace graphrail::test {
namespace {

namespace json = boost::json;

const Headers kLive{{"Content-Type", "application/json"}, {"Accept", "text/event-stream"}};
constexpr std::string_view kLiveLines =
    "Content-Type: application/json\r\nAccept: text/event-stream\r\n";

struct Event {
  std::string id;
  std::string name;
  std::string data;
};

std::vector<Event> parse_events(std::string_view body) {
  std::vector<Event> events;
  Event event;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    if (line.starts_with("id: ")) event.id = line.substr(4);
    if (line.starts_with("event: ")) event.name = line.substr(7);
    if (line.starts_with("data: ")) event.data += line.substr(6);
    if (line.empty() && !event.name.empty()) events.push_back(std::exchange(event, {}));
  }
  return events;
}

std::vector<std::string> data_of(const std::vector<Event>& events, std::string_view name) {
  std::vector<std::string> data;
  for (const Event& event : events) {
    if (event.name == name) data.push_back(event.data);
  }
  return data;
}

/// Without what differs between two runs.
std::string comparable(std::string_view answer) {
  json::value value = json::parse(answer);
  json::object& meta = value.at("meta").as_object();
  meta.erase("session_id");
  meta.erase("processing_ms");
  return json::serialize(value);
}

TEST(LiveApi, ShowsTheGraphPieceByPieceAndThenWhole) {
  const TestServer server;
  const HttpReply reply = server.send("POST", "/api/generate", kLive, kAnnouncementBody);
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(reply.header("X-Accel-Buffering"), "no");
  expect_sound_answer(server, reply);

  const std::vector<Event> events = parse_events(reply.body);
  ASSERT_GE(events.size(), 4U);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].id, std::to_string(i + 1));
  }
  EXPECT_EQ(events.front().name, "stage");
  ASSERT_EQ(events.back().name, "done");
  EXPECT_EQ(data_of(events, "done").size(), 1U);

  const json::value done = json::parse(events.back().data);
  std::vector<std::string> nodes;
  for (const json::value& node : done.at("graph").at("nodes").as_array()) {
    nodes.push_back(json::serialize(node));
  }
  std::vector<std::string> edges;
  for (const json::value& edge : done.at("graph").at("edges").as_array()) {
    edges.push_back(json::serialize(edge));
  }
  EXPECT_EQ(data_of(events, "node"), nodes);
  EXPECT_EQ(data_of(events, "edge"), edges);
  EXPECT_EQ(comparable(events.back().data), comparable(server.generate(kAnnouncementBody).body));
}

TEST(LiveApi, WhatIsWrongFromTheStartKeepsItsStatus) {
  const TestServer server;
  const std::string no_model = R"({"engine":"llm","input":")" + kAnnouncement + "\"}";
  for (const std::string& body :
       {std::string("{"), std::string(R"({"input":"short"})"), no_model}) {
    const HttpReply reply = server.send("POST", "/api/generate", kLive, body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    expect_sound_answer(server, reply);
  }
}

TEST(LiveApi, ALateFailureIsTheLastEvent) {
  TestServerOptions options;
  auto extractor = std::make_shared<GatedExtractor>();
  extractor->is_open = true;
  extractor->failure.emplace(core::CoreError::kBusy, core::PublicText{"Busy."},
                             core::PrivateCause{kPrivateCause});
  options.extractor = extractor;
  const TestServer server(options);
  const HttpReply reply = server.send("POST", "/api/generate", kLive, kAnnouncementBody);
  ASSERT_EQ(reply.status, 200);
  const std::vector<Event> events = parse_events(reply.body);
  EXPECT_EQ(data_of(events, "node").size(), 1U);
  EXPECT_TRUE(data_of(events, "done").empty());
  ASSERT_EQ(events.back().name, "error");
  const json::value problem = json::parse(events.back().data);
  EXPECT_EQ(problem.at("error"), "service_unavailable");
  EXPECT_EQ(problem.at("request_id").as_string(), reply.header("X-Request-Id"));
  EXPECT_EQ(reply.body.find(kPrivateCause), std::string::npos);
}

TEST(LiveApi, ADefectIsAnEventThatSaysNothing) {
  TestServerOptions options;
  options.extractor = std::make_shared<ThrowingExtractor>();
  const TestServer server(options);
  const HttpReply reply = server.send("POST", "/api/generate", kLive, kAnnouncementBody);
  ASSERT_EQ(reply.status, 200);
  const std::vector<Event> events = parse_events(reply.body);
  ASSERT_EQ(events.back().name, "error");
  EXPECT_EQ(json::parse(events.back().data).at("error"), "internal_error");
  EXPECT_EQ(reply.body.find(kPrivateCause), std::string::npos);
}

TEST(LiveApi, SilenceIsBrokenByComments) {
  TestServerOptions options;
  auto extractor = std::make_shared<GatedExtractor>();
  options.extractor = extractor;
  options.comment_interval = std::chrono::milliseconds(20);
  const TestServer server(options);
  RawClient client(server.port());
  client.send(make_post("/api/generate", kAnnouncementBody, kLiveLines));
  EXPECT_NE(client.read_until("event: node").find("event: stage"), std::string::npos);
  const std::string silence = client.read_until(": still working");
  EXPECT_EQ(silence.find("event: done"), std::string::npos);
  extractor->is_open = true;
  EXPECT_NE(client.read_until("event: done").find("event: done"), std::string::npos);
}

class LeavingClient : public testing::TestWithParam<std::string_view> {};

TEST_P(LeavingClient, EndsTheWorkWithinASecond) {
  TestServerOptions options;
  auto extractor = std::make_shared<GatedExtractor>();
  options.extractor = extractor;
  const TestServer server(options);
  RawClient client(server.port());
  client.send(make_post("/api/generate", kAnnouncementBody, GetParam()));
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (extractor->started == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  const auto left = std::chrono::steady_clock::now();
  client.close();
  ASSERT_TRUE(extractor->wait_for_end());
  // The bound of the contract, with room for a busy machine.
  EXPECT_LT(std::chrono::steady_clock::now() - left, std::chrono::seconds(3));
  EXPECT_FALSE(extractor->was_finished);
}

INSTANTIATE_TEST_SUITE_P(Answers, LeavingClient,
                         testing::Values("Content-Type: application/json\r\n", kLiveLines),
                         [](const auto& info) { return info.index == 0 ? "whole" : "live"; });

}  // namespace
}  // namespace graphrail::test
