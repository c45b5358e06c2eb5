// `graphrail generate` as a user runs it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <sstream>

#include "e2e/process.h"

namespace graphrail::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kText =
    "Tidewise raises $12 million Series A\n"
    "Tidewise, a maker of harbour software, has raised $12 million in a Series A round led by "
    "Lantern Peak Ventures, with participation from Oakrow Capital.\n";

TEST(Generate, PrintsJsonWhenNobodyWatches) {
  const TemporaryFolder folder;
  const Outcome outcome = run({.arguments = {"generate", folder.write("a.txt", kText)}});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const boost::json::value answer = boost::json::parse(outcome.out);
  EXPECT_TRUE(answer.at("graph").at("nodes").is_array());
  EXPECT_EQ(answer.at("meta").at("engine").as_string(), "rules");
  EXPECT_EQ(outcome.err, "");
}

TEST(Generate, ReadsStandardInput) {
  const TemporaryFolder folder;
  const Outcome by_file = run({.arguments = {"generate", folder.write("a.txt", kText)}});
  const Outcome by_pipe = run({.arguments = {"generate", "-"}, .standard_input = kText});
  EXPECT_EQ(by_pipe.exit_code, 0) << by_pipe.err;
  EXPECT_EQ(boost::json::parse(by_pipe.out).at("graph"),
            boost::json::parse(by_file.out).at("graph"));
}

TEST(Generate, PrintsATreeWhenAsked) {
  const Outcome outcome =
      run({.arguments = {"generate", "-", "--format", "tree"}, .standard_input = kText});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, testing::MatchesRegex("(.|\n)*[0-9]+ nodes?, [0-9]+ edges?.*\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b[")));
}

TEST(Generate, WritesToAFile) {
  const TemporaryFolder folder;
  const std::string file = folder.file("graph.json");
  const Outcome outcome =
      run({.arguments = {"generate", "-", "-o", file}, .standard_input = kText});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(boost::json::parse(read_file(file)).is_object());
}

struct FailureCase {
  const char* name;
  std::vector<std::string> arguments;
  std::string input;
  const char* message;
};

class GenerateFailure : public testing::TestWithParam<FailureCase> {};

TEST_P(GenerateFailure, EndsWithOneAndSaysWhyOnStandardError) {
  const Outcome outcome =
      run({.arguments = GetParam().arguments, .standard_input = GetParam().input});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, testing::StartsWith("graphrail: "));
  EXPECT_THAT(outcome.err, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, GenerateFailure,
    testing::Values(
        FailureCase{"no_file", {"generate", "nowhere.txt"}, "", "cannot read `nowhere.txt`"},
        FailureCase{"folder", {"generate", "/"}, "", "cannot read `/`"},
        FailureCase{"url", {"generate", "http://10.0.0.1/a"}, "", "(unreachable)"},
        FailureCase{"too_short", {"generate", "-"}, "short", "40"},
        FailureCase{"too_large", {"generate", "-"}, std::string(1'600'100, 'x'), "larger than"},
        FailureCase{"no_model", {"generate", "-", "--engine", "llm"}, kText, "engine"},
        FailureCase{"other_schema", {"generate", "-", "--schema", "general"}, kText, "schema"},
        FailureCase{"output_folder",
                    {"generate", "-", "-o", "/no/such/folder/x"},
                    kText,
                    "cannot write `/no/such/folder/x`"},
        FailureCase{"no_batch", {"generate", "--batch", "nowhere.jsonl"}, "", "cannot read"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Generate, AFullDiskIsAFailure) {
  const Outcome outcome = run(
      {.arguments = {"generate", "-"}, .standard_input = kText, .standard_output = "/dev/full"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write"));
}

/// What the program prints on a terminal.
std::string run_on_terminal(std::vector<std::string> environment) {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(terminal);
  unlockpt(terminal);
  // Held open here, so that the output is not lost when the program closes its end.
  const std::string name = ptsname(terminal);
  const int held = open(name.c_str(), O_RDWR | O_NOCTTY);
  environment.emplace_back("TERM=xterm");
  EXPECT_EQ(run({.arguments = {"generate", "-"},
                 .standard_input = kText,
                 .environment = std::move(environment),
                 .standard_output = name})
                .exit_code,
            0);
  std::string out;
  pollfd watched{.fd = terminal, .events = POLLIN, .revents = 0};
  while (poll(&watched, 1, 0) == 1) {
    char buffer[4096];
    const ssize_t got = read(terminal, buffer, sizeof buffer);
    if (got <= 0) break;
    out.append(buffer, static_cast<std::size_t>(got));
  }
  close(held);
  close(terminal);
  return out;
}

TEST(Generate, ShowsAColouredTreeOnATerminalUnlessNoColorIsSet) {
  const std::string coloured = run_on_terminal({});
  EXPECT_THAT(coloured, HasSubstr("node"));
  EXPECT_THAT(coloured, HasSubstr("\x1b["));
  EXPECT_THAT(run_on_terminal({"NO_COLOR="}), HasSubstr("\x1b["));
  const std::string plain = run_on_terminal({"NO_COLOR=1"});
  EXPECT_THAT(plain, HasSubstr("node"));
  EXPECT_THAT(plain, Not(HasSubstr("\x1b[")));
}

/// A JSON line for a batch.
std::string batch_line(int id) {
  return "{\"id\":\"t" + std::to_string(id) +
         "\",\"title\":\"Tidewise raises $12 million\",\"text\":\"Tidewise has raised $12 million "
         "in a Series A round led by Lantern Peak Ventures, number " +
         std::to_string(id) + ".\"}\n";
}

/// The lines without what differs from run to run (times, session ids).
std::vector<std::string> stable_lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    boost::json::object object = boost::json::parse(line).as_object();
    object.erase("meta");
    out.push_back(boost::json::serialize(object));
  }
  return out;
}

TEST(Batch, WritesOneLineForEachInOrderAndIsQuietElsewhere) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 50; ++i) lines += batch_line(i);
  const Outcome outcome =
      run({.arguments = {"generate", "--batch", folder.write("in.jsonl", lines)}});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "graphrail: 50 done, 0 failed\n");
  const std::vector<std::string> results = stable_lines(outcome.out);
  ASSERT_EQ(results.size(), 50U);
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(results[static_cast<std::size_t>(i)],
                testing::StartsWith("{\"id\":\"t" + std::to_string(i) + "\",\"graph\":"));
  }
}

TEST(Batch, GoesOnWhereAKilledRunStopped) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += batch_line(i);
  const std::string in = folder.write("in.jsonl", lines);
  const std::string out = folder.file("out.jsonl");
  ASSERT_EQ(run({.arguments = {"generate", "--batch", in, "-o", out}}).exit_code, 0);
  const std::string whole = read_file(out);
  folder.write("out.jsonl", whole.substr(0, whole.size() / 2));
  const Outcome resumed = run({.arguments = {"generate", "--batch", in, "-o", out}});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_THAT(resumed.err, HasSubstr("already there"));
  EXPECT_EQ(stable_lines(read_file(out)), stable_lines(whole));
}

TEST(Batch, ABadLineFailsTheRunButNotTheOthers) {
  const std::string lines =
      batch_line(1) + "nonsense\n" + "{\"id\":2,\"url\":\"http://10.0.0.1/a\"}\n" + batch_line(3);
  const Outcome outcome = run({.arguments = {"generate", "--batch", "-"}, .standard_input = lines});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err, "graphrail: 2 done, 2 failed\n");
  EXPECT_THAT(outcome.out, HasSubstr("{\"id\":null,\"error\":{\"code\":\"invalid_line\""));
  EXPECT_THAT(outcome.out, HasSubstr("line 2: "));
  EXPECT_THAT(outcome.out, HasSubstr("{\"id\":2,\"error\":{"));
}

}  // namespace
}  // namespace graphrail::e2e
