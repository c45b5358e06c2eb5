#include "api/scenario.h"

#include <boost/json/parse.hpp>
#include <string_view>

namespace graphrail::test {
namespace {

/// Traces of the inside that no client may see: places, names of code, texts of exceptions.
constexpr std::string_view kInsides[] = {"graphrail::", "boost",    "std::",  ".cpp",
                                         ".h:",         "sqlite",   "/tmp/",  "exception",
                                         "terminate",   "/secret/", "what():"};

void expect_problem(const HttpReply& reply) {
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  boost::system::error_code error;
  const auto json = boost::json::parse(reply.body, error);
  ASSERT_FALSE(error) << reply.body;
  const auto& problem = json.as_object();
  for (const char* member : {"type", "title", "detail", "request_id", "error", "message"}) {
    const auto* value = problem.if_contains(member);
    ASSERT_TRUE(value && value->is_string()) << member << " of " << reply.body;
    EXPECT_FALSE(value->as_string().empty()) << member;
  }
  EXPECT_EQ(problem.at("status").as_int64(), reply.status);
  EXPECT_EQ(problem.at("detail"), problem.at("message"));
  EXPECT_EQ(std::string_view(problem.at("request_id").as_string()), reply.header("X-Request-Id"));
  EXPECT_FALSE(problem.contains("exception"));
  if (reply.status == 503 || reply.status == 429) {
    EXPECT_TRUE(reply.has("Retry-After"));
    EXPECT_TRUE(problem.contains("retry_after"));
  }
}

void expect_nothing_from_inside(const TestServer& server, const HttpReply& reply) {
  std::string seen = reply.body;
  for (const auto& [name, value] : reply.headers) seen += "\n" + name + ": " + value;
  for (const std::string_view inside : kInsides) {
    EXPECT_EQ(seen.find(inside), std::string::npos) << inside << " stands in " << seen;
  }
  EXPECT_EQ(seen.find(server.folder()), std::string::npos);
  EXPECT_EQ(seen.find(GRAPHRAIL_SOURCE_DIR), std::string::npos);
}

}  // namespace

void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

std::string scenario_name(const testing::TestParamInfo<Scenario>& info) { return info.param.name; }

void expect_sound_answer(const TestServer& server, const HttpReply& reply) {
  ASSERT_NE(reply.status, 0) << "the server closed the connection without an answer";
  const std::string id(reply.header("X-Request-Id"));
  EXPECT_TRUE(!id.empty() && id.size() <= 128) << id;
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer");
  EXPECT_NE(reply.header("Content-Security-Policy").find("frame-ancestors 'none'"),
            std::string_view::npos);
  EXPECT_FALSE(reply.has("Server")) << "names the program to scanners";
  EXPECT_FALSE(reply.has("Access-Control-Allow-Origin"));
  if (reply.status >= 400 && !reply.body.empty()) {
    expect_problem(reply);
    expect_nothing_from_inside(server, reply);
  }
}

void expect_scenario(const TestServer& server, const Scenario& scenario) {
  const HttpReply reply =
      server.send(scenario.method, scenario.target, scenario.headers, scenario.body);
  EXPECT_EQ(reply.status, scenario.expected_status) << reply.body;
  expect_sound_answer(server, reply);
  for (const std::string& text : scenario.contains) {
    EXPECT_NE(reply.body.find(text), std::string::npos) << text << " is missing in " << reply.body;
  }
  for (const std::string& text : scenario.not_contains) {
    EXPECT_EQ(reply.body.find(text), std::string::npos) << text << " stands in " << reply.body;
  }
  for (const auto& [name, value] : scenario.expected_headers) {
    EXPECT_EQ(reply.header(name), value) << name;
  }
}

std::unique_ptr<TestServer> ScenarioTest::server_;

void ScenarioTest::SetUpTestSuite() { server_ = std::make_unique<TestServer>(); }

void ScenarioTest::TearDownTestSuite() { server_.reset(); }

}  // namespace graphrail::test
