#include "app/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command_table.h"

namespace graphrail::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::variant<Run, Exit> parse(std::vector<std::string> words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  return parse_command_line(pointers);
}

Exit parse_to_exit(std::vector<std::string> words) {
  auto action = parse(std::move(words));
  if (const Exit* const exit = std::get_if<Exit>(&action)) return *exit;
  ADD_FAILURE() << "expected to end, not to run";
  return {};
}

template <class T>
T parse_to(std::vector<std::string> words) {
  auto action = parse(std::move(words));
  if (const Exit* const exit = std::get_if<Exit>(&action)) {
    ADD_FAILURE() << exit->err;
    return {};
  }
  return std::get<T>(std::get<app::Run>(action).command);
}

TEST(CommandLine, WithoutWordsHelpIsPrinted) {
  const Exit exit = parse_to_exit({});
  EXPECT_EQ(exit.code, kOk);
  EXPECT_THAT(exit.out, AllOf(HasSubstr("Examples"), HasSubstr("Commands"), HasSubstr("serve"),
                              HasSubstr("Exit codes")));
  EXPECT_EQ(parse_to_exit({"--help"}).out, exit.out);
  EXPECT_EQ(parse_to_exit({"-h"}).out, exit.out);
}

TEST(CommandLine, EveryCommandHasHelpThatNamesEveryFlag) {
  for (const CommandSpec& command : command_table()) {
    const Exit exit = parse_to_exit({std::string(command.name), "--help"});
    EXPECT_EQ(exit.code, kOk);
    EXPECT_THAT(exit.out, HasSubstr("Usage: graphrail " + std::string(command.name)));
    for (const Flag& flag : command.flags) EXPECT_THAT(exit.out, HasSubstr(flag.name));
    for (const Flag& flag : command.option_flags) EXPECT_THAT(exit.out, HasSubstr(flag.name));
  }
}

TEST(CommandLine, HelpLinesFitATerminal) {
  for (const CommandSpec& command : command_table()) {
    std::istringstream help(parse_to_exit({std::string(command.name), "--help"}).out);
    for (std::string line; std::getline(help, line);) EXPECT_LE(line.size(), 100U) << line;
  }
}

TEST(CommandLine, VersionIsOneLineOnStandardOutput) {
  EXPECT_THAT(parse_to_exit({"version"}).out, testing::MatchesRegex("graphrail [0-9.]+\n"));
  EXPECT_EQ(parse_to_exit({"--version"}).out, parse_to_exit({"version"}).out);
}

struct UsageCase {
  const char* name;
  std::vector<std::string> words;
};

class UsageError : public testing::TestWithParam<UsageCase> {};

TEST_P(UsageError, EndsWithTwoAndSaysWhereHelpIs) {
  const Exit exit = parse_to_exit(GetParam().words);
  EXPECT_EQ(exit.code, kUsage);
  EXPECT_TRUE(exit.out.empty());
  EXPECT_THAT(exit.err, AllOf(HasSubstr("graphrail: "), HasSubstr("--help")));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, UsageError,
    testing::Values(UsageCase{"unknown_command", {"fly"}},
                    UsageCase{"unknown_flag", {"serve", "--fly"}},
                    UsageCase{"value_missing", {"serve", "--port"}},
                    UsageCase{"two_commands", {"serve", "config"}},
                    UsageCase{"generate_nothing", {"generate"}},
                    UsageCase{"generate_both", {"generate", "a", "--batch", "b"}},
                    UsageCase{"generate_two_files", {"generate", "a", "b"}},
                    UsageCase{"bad_engine", {"generate", "a", "--engine", "magic"}},
                    UsageCase{"bad_schema", {"generate", "a", "--schema", "none"}},
                    UsageCase{"bad_format", {"generate", "a", "--format", "xml"}},
                    UsageCase{"batch_as_tree", {"generate", "--batch", "b", "--format", "tree"}},
                    UsageCase{"server_flag_elsewhere", {"generate", "a", "--bind", "::1"}},
                    UsageCase{"mock_port", {"mock-llm", "--port", "70000"}},
                    UsageCase{"mock_port_word", {"mock-llm", "--port", "80x"}},
                    UsageCase{"mock_fault", {"mock-llm", "--fault", "status=500,explode"}},
                    UsageCase{"mock_argument", {"mock-llm", "here"}},
                    UsageCase{"completion_nothing", {"completion"}},
                    UsageCase{"completion_unknown", {"completion", "tcsh"}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(CommandLine, GenerateTakesItsFlagsInAnyOrderAndForm) {
  const auto command = parse_to<GenerateCommand>(
      {"generate", "--engine=rules", "-o", "out.json", "a.txt", "--format", "json"});
  EXPECT_EQ(command.input, "a.txt");
  EXPECT_EQ(command.engine, "rules");
  EXPECT_EQ(command.schema, "venture");
  EXPECT_EQ(command.output, "out.json");
  EXPECT_EQ(command.format, "json");
}

TEST(CommandLine, TheDoctorTakesItsFlags) {
  const auto plain = parse_to<DoctorCommand>({"doctor"});
  EXPECT_FALSE(plain.online || plain.long_text);
  EXPECT_EQ(plain.format, "text");
  const auto all = parse_to<DoctorCommand>({"doctor", "--long", "--online", "--format", "json"});
  EXPECT_TRUE(all.online && all.long_text);
  EXPECT_EQ(all.format, "json");
  EXPECT_EQ(parse_to_exit({"doctor", "--format", "xml"}).code, kUsage);
}

TEST(CommandLine, TheMockServerTakesItsFlags) {
  const auto plain = parse_to<MockLlmCommand>({"mock-llm"});
  EXPECT_EQ(plain.bind, "127.0.0.1");
  EXPECT_EQ(plain.port, 8001);
  EXPECT_EQ(plain.fault, "");
  EXPECT_FALSE(plain.no_key_needed);
  const auto command = parse_to<MockLlmCommand>({"mock-llm", "--port=0", "--bind", "::1", "--fault",
                                                 "hang,times=1", "--key", "k", "--no-key-needed"});
  EXPECT_EQ(command.port, 0);
  EXPECT_EQ(command.bind, "::1");
  EXPECT_EQ(command.fault, "hang,times=1");
  EXPECT_EQ(command.key, "k");
  EXPECT_TRUE(command.no_key_needed);
}

TEST(CommandLine, ADashIsStandardInput) {
  EXPECT_EQ(parse_to<GenerateCommand>({"generate", "-"}).input, "-");
  EXPECT_EQ(parse_to<GenerateCommand>({"generate", "--batch", "-"}).batch, "-");
}

TEST(CommandLine, AFileMayBeCalledLikeAFlag) {
  EXPECT_EQ(parse_to<GenerateCommand>({"generate", "--", "--odd"}).input, "--odd");
}

TEST(CommandLine, SettingsAreHandedOnUnchecked) {
  auto action = parse({"serve", "--port", "9", "--bind=::1", "--port", "x", "--config", "g.toml",
                       "--env-file", "e"});
  const config::LoadRequest& load = std::get<app::Run>(action).load;
  const std::vector<std::pair<std::string, std::string>> flags = {{"BIND", "::1"}, {"PORT", "x"}};
  EXPECT_THAT(load.flags, testing::UnorderedElementsAreArray(flags));
  EXPECT_EQ(load.toml_path, "g.toml");
  EXPECT_EQ(load.dotenv_path, "e");
}

TEST(CommandLine, NoSecretHasAFlag) {
  for (const CommandSpec& command : command_table()) {
    for (const Flag& flag : command.option_flags) EXPECT_NE(flag.value, "secret") << flag.name;
  }
}

TEST(CommandLine, TheReferencePageNeedsNoConfiguration) {
  EXPECT_THAT(parse_to_exit({"config", "--markdown"}).out, HasSubstr("# Configuration"));
}

}  // namespace
}  // namespace graphrail::app
