// A test as a row: one request, and what its answer must and must not hold. Every row is also held
// to what is true of all answers: a request id, the guarding header fields, the shape of problems,
// nothing from inside the program.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "support/http_client.h"
#include "support/server/test_server.h"

namespace graphrail::test {

struct Scenario {
  std::string name;
  std::string method;
  std::string target;
  Headers headers;
  std::string body;
  int expected_status = 200;
  std::vector<std::string> contains;
  std::vector<std::string> not_contains;
  /// Header fields with their exact values; an empty value means that the field is absent.
  Headers expected_headers;
};

void PrintTo(const Scenario& scenario, std::ostream* out);

/// The row's name, for INSTANTIATE_TEST_SUITE_P.
std::string scenario_name(const testing::TestParamInfo<Scenario>& info);

/// What holds for every answer of `server`.
void expect_sound_answer(const TestServer& server, const HttpReply& reply);

/// Sends the request and compares.
void expect_scenario(const TestServer& server, const Scenario& scenario);

/// One server for all rows of a suite: none of them changes what the others see.
class ScenarioTest : public testing::TestWithParam<Scenario> {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  static std::unique_ptr<TestServer> server_;
};

/// A funding announcement of the kind the rules engine reads.
inline const std::string kAnnouncement =
    "Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with "
    "participation from Alder Capital.";

/// {"input": kAnnouncement}
inline const std::string kAnnouncementBody = "{\"input\":\"" + kAnnouncement + "\"}";

}  // namespace graphrail::test
