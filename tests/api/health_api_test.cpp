// What monitors and load balancers see, in good times and bad.
#include <memory>
#include <string>

#include "api/scenario.h"
#include "history/graph_store.h"
#include "support/server/broken_parts.h"

namespace graphrail::test {
namespace {

Scenario got(std::string name, std::string target, std::vector<std::string> contains) {
  Scenario scenario;
  scenario.name = std::move(name);
  scenario.method = "GET";
  scenario.target = std::move(target);
  scenario.contains = std::move(contains);
  scenario.expected_headers = {{"Cache-Control", "no-store"}};
  return scenario;
}

class OperationApi : public ScenarioTest {};
TEST_P(OperationApi, Answers) { expect_scenario(*server_, GetParam()); }

INSTANTIATE_TEST_SUITE_P(
    Paths, OperationApi,
    testing::Values(got("health", "/health",
                        {R"({"status":"ok","version":"1.2.3","checks":{"store":"ok"}})"}),
                    got("livez", "/livez", {"ok\n"}), got("readyz", "/readyz", {"ok\n"}),
                    got("usage", "/api/usage",
                        {R"({"used":0,"limit":0,"reset":0,"remaining":0,"tier":"anon",)"
                         R"("metered":false})"}),
                    got("query_is_ignored", "/api/usage?x=1&y[]=%00", {R"("used":0)"})),
    scenario_name);

TEST(MetricsApi, CountsRequestsByRouteTemplate) {
  const TestServer server;
  server.get("/api/generate/session/0123456789abcdef0123456789abcdef");
  server.get("/no/such/place");
  const HttpReply reply = server.get("/metrics");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(reply.body.find("route=\"/api/generate/session/{id}\""), std::string::npos);
  EXPECT_EQ(reply.body.find("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(reply.body.find("/no/such/place"), std::string::npos);
}

TEST(ReadinessApi, TurnsRequestsAwayWhileDraining) {
  TestServer server;
  server.readiness().set_draining(true);
  const HttpReply ready = server.get("/readyz");
  EXPECT_EQ(ready.status, 503);
  expect_sound_answer(server, ready);
  EXPECT_EQ(server.get("/livez").status, 200);
  EXPECT_NE(server.get("/health").body.find(R"("status":"draining")"), std::string::npos);
}

TEST(ReadinessApi, TurnsRequestsAwayWithoutTheStore) {
  TestServerOptions options;
  options.graphs = std::make_shared<BrokenGraphStore>(history::HistoryError::kUnavailable);
  const TestServer server(std::move(options));
  const HttpReply ready = server.get("/readyz");
  EXPECT_EQ(ready.status, 503);
  expect_sound_answer(server, ready);
  EXPECT_EQ(server.get("/livez").status, 200);
  const HttpReply health = server.get("/health");
  EXPECT_EQ(health.status, 200);
  EXPECT_NE(health.body.find(R"("status":"degraded")"), std::string::npos) << health.body;
  EXPECT_NE(health.body.find(R"("store":"unavailable")"), std::string::npos);
}

}  // namespace
}  // namespace graphrail::test
