// `graphrail doctor` against a model server that is none, with its faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "e2e/process.h"
#include "e2e/running_mock.h"

namespace graphrail::e2e {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kKey = "sk-test-3141592653";

/// `graphrail doctor` with a model at `base_url`; the port it looks at is any.
Start make_start(const std::string& base_url, std::vector<std::string> words = {},
                 const std::string& key = kKey) {
  Start start{.arguments = {"doctor", "--port", "0"},
              .environment = {"OPENAI_BASE_URL=" + base_url, "MODEL_TIMEOUT_SECONDS=20"}};
  if (!key.empty()) start.environment.push_back("OPENAI_API_KEY=" + key);
  start.arguments.insert(start.arguments.end(), words.begin(), words.end());
  return start;
}

Outcome examine(const RunningMock& mock, std::vector<std::string> words = {},
                const std::string& key = kKey) {
  const Outcome outcome = run(make_start(mock.base_url(), std::move(words), key));
  EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("3141592653")));
  return outcome;
}

/// The check `name` of a report in JSON.
boost::json::object check_of(const Outcome& outcome, std::string_view name) {
  const boost::json::value report = boost::json::parse(outcome.out);
  for (const boost::json::value& check : report.at("checks").as_array()) {
    if (check.at("name").as_string() == name) return check.as_object();
  }
  ADD_FAILURE() << "no check " << name << " in " << outcome.out;
  return {};
}

TEST(Doctor, WithoutAModelTheRulesEngineIsNamed) {
  const Outcome outcome = run({.arguments = {"doctor", "--port", "0"}});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("the rules engine reads"), HasSubstr("All fine.\n"),
                                 Not(HasSubstr("\x1b"))));
}

TEST(Doctor, AGoodServerIsReadWithAndItsRungTold) {
  const RunningMock mock;
  const Outcome outcome = examine(mock, {"--model-prices", "gpt-4o-mini=1/2"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_EQ(outcome.err, "") << "progress is for terminals";
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("5 of 5 facts"), HasSubstr("strict JSON Schema"), HasSubstr(" USD"),
                    HasSubstr("gpt-4o-mini is one of"), HasSubstr("All fine.")));
}

TEST(Doctor, AMachineReadsTheSameAsJson) {
  const RunningMock mock;
  const Outcome outcome = examine(mock, {"--format", "json", "--long"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(boost::json::parse(outcome.out).at("ok"), true);
  EXPECT_EQ(check_of(outcome, "answer form").at("detail").at("form"), "strict_schema");
  EXPECT_EQ(check_of(outcome, "reading").at("detail").at("facts_found"), 5);
  EXPECT_EQ(check_of(outcome, "long texts").at("state"), "ok");
}

TEST(Doctor, AServerWithoutSchemasIsOnALowerRung) {
  const RunningMock mock({"--fault", "no-schema,no-usage"});
  const Outcome outcome = examine(mock, {"--format", "json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  const boost::json::object form = check_of(outcome, "answer form");
  EXPECT_EQ(form.at("state"), "note");
  EXPECT_EQ(form.at("detail").at("form"), "json_object");
  EXPECT_EQ(form.at("detail").at("requests"), 3);
  EXPECT_EQ(check_of(outcome, "tokens").at("detail").at("is_estimated"), true);
}

TEST(Doctor, AServerThatCutsPromptsIsFoundOut) {
  const RunningMock mock({"--fault", "context=1024"});
  const Outcome outcome = examine(mock, {"--format", "json", "--long"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_EQ(check_of(outcome, "reading").at("state"), "ok") << "the sample fits";
  const boost::json::object check = check_of(outcome, "long texts");
  EXPECT_EQ(check.at("state"), "warning");
  EXPECT_THAT(std::string(check.at("seen").as_string()), HasSubstr("cut prompts"));
}

TEST(Doctor, FailuresOfTheModelEndWithOneAndSayWhatToDo) {
  for (const auto& [fault, words] :
       {std::pair{"html", "web page or proxy"}, std::pair{"status=404", "Set OPENAI_MODEL"},
        std::pair{"refusal", "declines"}, std::pair{"json=wrong", "does not keep to the form"},
        std::pair{"cut=100", "was not read to its end"}}) {
    const RunningMock mock({"--fault", fault});
    const Outcome outcome = examine(mock);
    EXPECT_EQ(outcome.exit_code, 1) << fault << outcome.out;
    EXPECT_THAT(outcome.out, HasSubstr(words)) << fault;
  }
}

TEST(Doctor, ABadKeyAndAnEmptyAccountAreToldApart) {
  const RunningMock mock;
  const Outcome bad = examine(mock, {"--format", "json"}, "sk-bad-3141592653");
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_EQ(check_of(bad, "model key").at("state"), "failed");
  const Outcome broke = examine(mock, {}, "sk-broke-3141592653");
  EXPECT_EQ(broke.exit_code, 1);
  EXPECT_THAT(broke.out, HasSubstr("Add credit"));
  const Outcome none = examine(mock, {}, "");
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_THAT(none.out, HasSubstr("No key is set"));
}

TEST(Doctor, AServerThatHangsEndsWithFour) {
  const RunningMock mock({"--fault", "hang"});
  const Outcome outcome = examine(mock, {"--model-timeout-seconds", "1"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, HasSubstr("MODEL_TIMEOUT_SECONDS (1)"));
}

TEST(Doctor, AServerThatIsNotThereEndsWithFour) {
  std::string address;
  {
    const RunningMock mock;
    address = mock.base_url();
  }
  const Outcome outcome = run(make_start(address));
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Is the server running"), HasSubstr(address)));
}

TEST(Doctor, AServerWithoutTlsBehindHttpsEndsWithFour) {
  const RunningMock mock;
  const Outcome outcome = run(make_start("https" + mock.base_url().substr(4)));
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out, HasSubstr("MODEL_CA_FILE"));
}

TEST(Doctor, ATakenPortIsToldWithItsOwner) {
  const RunningMock mock;
  const Outcome foreign = run({.arguments = {"doctor", "--port", std::to_string(mock.port())}});
  EXPECT_EQ(foreign.exit_code, 1);
  EXPECT_THAT(foreign.out, HasSubstr("is taken by another program"));

  Process server(Start{.arguments = {"serve", "--port", "0", "--log-format", "json"}});
  const std::string line = server.wait_for_line("\"listening\"");
  ASSERT_FALSE(line.empty());
  const auto port = boost::json::parse(line).at("port").to_number<int>();
  const Outcome own = run({.arguments = {"doctor", "--port", std::to_string(port)}});
  EXPECT_EQ(own.exit_code, 0) << own.out;
  EXPECT_THAT(own.out, testing::ContainsRegex("is taken: graphrail [0-9.]+ answers there"));
}

TEST(Doctor, FoldersAndFilesThatCannotBeUsedAreNamed) {
  const TemporaryFolder folder;
  const std::string file = folder.write("no-folder", "text");
  const Outcome outcome =
      run({.arguments = {"doctor", "--port", "0", "--data-dir", file, "--fetch-ca-file", file,
                         "--model-ca-file", folder.file("missing")}});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("is no folder"), HasSubstr("holds no certificate"),
                                 HasSubstr("cannot be read (MODEL_CA_FILE)")));
}

TEST(Doctor, LooksAtTheDatabaseAndLeavesNoTrace) {
  const TemporaryFolder folder;
  const std::string data = folder.file("data");
  EXPECT_EQ(run({.arguments = {"doctor", "--port", "0", "--data-dir", data}}).exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(data));

  std::filesystem::create_directory(data);
  std::ofstream(data + "/graphrail.db") << std::string(8'192, 'x');
  const Outcome broken = run({.arguments = {"doctor", "--port", "0", "--data-dir", data}});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_THAT(broken.out, HasSubstr("graphrail.db cannot be used"));
}

}  // namespace
}  // namespace graphrail::e2e
