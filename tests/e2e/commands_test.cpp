// Exit codes, configuration and the small commands of the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/process.h"

namespace graphrail::e2e {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

TEST(Commands, WithoutArgumentsHelpIsShown) {
  const Outcome outcome = run({});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Commands"));
  EXPECT_EQ(outcome.err, "");
}

TEST(Commands, AWrongCommandLineEndsWithTwo) {
  const Outcome outcome = run({.arguments = {"serve", "--colour", "red"}});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("graphrail serve --help"));
}

TEST(Commands, VersionIsPrinted) {
  EXPECT_THAT(run({.arguments = {"version"}}).out, testing::MatchesRegex("graphrail [0-9.]+\n"));
}

TEST(Config, ShowsEachValueWithItsSource) {
  const TemporaryFolder folder;
  folder.write("graphrail.toml", "# places\nport = 1001\nlog_level = 'debug'\nwork_queue = 7\n");
  folder.write(".env", "export PORT=1002\nLOG_LEVEL=\"warn\" # less\n");
  const Outcome outcome = run({.arguments = {"config", "--max-connections", "12"},
                               .environment = {"PORT=1003"},
                               .working_directory = folder.path()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(ContainsRegex("\nPORT +1003 +environment\n"),
                                 ContainsRegex("\nLOG_LEVEL +warn +\\.env:2\n"),
                                 ContainsRegex("\nWORK_QUEUE +7 +graphrail.toml:4\n"),
                                 ContainsRegex("\nMAX_CONNECTIONS +12 +flag --max-connections\n"),
                                 ContainsRegex("\nDATA_DIR +\\./data +default\n")));
}

TEST(Config, KeepsDataWhereXdgSays) {
  const Outcome outcome =
      run({.arguments = {"config"}, .environment = {"XDG_DATA_HOME=/home/u/.local/share"}});
  EXPECT_THAT(outcome.out, ContainsRegex("\nDATA_DIR +/home/u/.local/share/graphrail +default "
                                         "\\(XDG_DATA_HOME\\)\n"));
  const Outcome set =
      run({.arguments = {"config"}, .environment = {"XDG_DATA_HOME=/home/u", "DATA_DIR=/srv/g"}});
  EXPECT_THAT(set.out, ContainsRegex("\nDATA_DIR +/srv/g +environment\n"));
}

TEST(Config, AllFaultsOfAllLayersAreReportedAtOnceWithThree) {
  const TemporaryFolder folder;
  folder.write("graphrail.toml", "prot = 80\nbind = 80\n");
  folder.write(".env", "PORT=none\nBROKEN\n");
  for (const char* command : {"serve", "config"}) {
    const Outcome outcome = run({.arguments = {command, "--io-threads", "many"},
                                 .environment = {"LOG_FORMAT=xml"},
                                 .working_directory = folder.path()});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(
        outcome.err,
        AllOf(HasSubstr("6 faults"), HasSubstr("graphrail.toml:1: unknown key `prot`"),
              HasSubstr("graphrail.toml:2: bind must be a text"), HasSubstr(".env:1: PORT: `none`"),
              HasSubstr(".env:2: expected KEY=VALUE"), HasSubstr("environment: LOG_FORMAT: `xml`"),
              HasSubstr("flag --io-threads: IO_THREADS: `many`")));
  }
}

TEST(Config, AskedForFilesMustExist) {
  const Outcome outcome = run({.arguments = {"config", "--config", "a.toml", "--env-file", "b"}});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("a.toml: cannot be read"), HasSubstr("b: cannot be")));
}

TEST(Config, FilesMayStandElsewhere) {
  const TemporaryFolder folder;
  const std::string toml = folder.write("a.toml", "port = 1001\n");
  const std::string dotenv = folder.write("b", "WORK_QUEUE=9\n");
  const Outcome outcome = run({.arguments = {"config", "--config", toml, "--env-file", dotenv}});
  EXPECT_THAT(outcome.out, HasSubstr("1001"));
  EXPECT_THAT(outcome.out, HasSubstr(toml + ":1"));
  EXPECT_THAT(outcome.out, HasSubstr(dotenv + ":1"));
}

TEST(Config, TheReferencePageComesFromTheSameTable) {
  EXPECT_EQ(run({.arguments = {"config", "--markdown"}}).out,
            read_file(GRAPHRAIL_SOURCE_DIR "/docs/configuration.md"));
}

/// What bash offers for the words typed so far.
std::string complete(const std::string& script, const std::string& words) {
  const std::string program = "source " + script + "; COMP_WORDS=(" + words +
                              "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _graphrail; "
                              "echo \"${COMPREPLY[*]}\"";
  return run({.arguments = {"-c", program}, .program = "/bin/bash"}).out;
}

TEST(Completion, BashAcceptsTheScriptAndItOffersWhatFits) {
  const TemporaryFolder folder;
  const Outcome outcome = run({.arguments = {"completion", "bash"}});
  ASSERT_EQ(outcome.exit_code, 0);
  const std::string script = folder.write("graphrail.bash", outcome.out);
  const Outcome check = run({.arguments = {"-n", script}, .program = "/bin/bash"});
  EXPECT_EQ(check.exit_code, 0) << check.err;
  EXPECT_EQ(complete(script, "graphrail ge"), "generate\n");
  EXPECT_EQ(complete(script, "graphrail generate --format ''"), "json tree\n");
  EXPECT_EQ(complete(script, "graphrail serve --por"), "--port\n");
  EXPECT_EQ(complete(script, "graphrail completion z"), "zsh\n");
}

TEST(Completion, OtherShellsHaveScriptsToo) {
  EXPECT_THAT(run({.arguments = {"completion", "zsh"}}).out, HasSubstr("#compdef graphrail"));
  EXPECT_THAT(run({.arguments = {"completion", "fish"}}).out, HasSubstr("complete -c graphrail"));
}

}  // namespace
}  // namespace graphrail::e2e
