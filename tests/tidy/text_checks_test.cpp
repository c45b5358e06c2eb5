#include <gtest/gtest.h>

#include "tidy/snippets.h"

namespace graphrail::tidy {
namespace {

const std::string kLong(101, 'x');

TEST(Layout, ColumnsAreCountedInCodePoints) {
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  EXPECT_EQ(lines_of(check_layout, cpp(accents + "\n")), Lines{});
  EXPECT_EQ(lines_of(check_layout, cpp("a\n" + kLong + "\n")), Lines{2});
}

TEST(Layout, UrlsAndRawStringsMayBeLonger) {
  EXPECT_EQ(lines_of(check_layout, cpp("// https://example.com/" + kLong + "\n")), Lines{});
  EXPECT_EQ(lines_of(check_layout, cpp("a = R\"(\n" + kLong + "\t\n)\";\n")), Lines{});
}

TEST(Layout, TabsTrailingSpaceAndTheLastLine) {
  EXPECT_EQ(lines_of(check_layout, cpp("a\n\tb\nc \nd\r\n")), (Lines{2, 3, 4}));
  EXPECT_EQ(lines_of(check_layout, cpp("a\nb")), Lines{2});
  EXPECT_EQ(lines_of(check_layout, cpp("a\n\n")), Lines{2});
  EXPECT_EQ(lines_of(check_layout, cpp("")), Lines{});
}

TEST(Layout, ProseBreaksWhereItLikes) {
  EXPECT_EQ(lines_of(check_layout, cpp(kLong + "\n", "README.md")), Lines{});
  EXPECT_EQ(lines_of(check_layout, cpp("a \n", "README.md")), Lines{1});
}

TEST(Header, NeedsAParagraphAndAGuard) {
  const std::string good = "// What this is and who owns it.\n#pragma once\n";
  EXPECT_EQ(lines_of(check_header, cpp(good, "src/core/a.h")), Lines{});
  EXPECT_EQ(lines_of(check_header, cpp("#pragma once\n", "src/core/a.h")).size(), 2U);
  EXPECT_EQ(lines_of(check_header, cpp("// What this is and who owns it.\n", "src/a.h")), Lines{1});
  EXPECT_EQ(lines_of(check_header, cpp("int a;\n", "src/core/a.cpp")), Lines{});
}

TEST(Leftovers, MarksOfUnfinishedWork) {
  const std::string mark = std::string("// TO") + "DO: later\n";
  EXPECT_EQ(lines_of(check_leftovers, cpp("a;\n" + mark)), Lines{2});
  EXPECT_EQ(lines_of(check_leftovers, cpp(mark, "README.md")), Lines{1});
  EXPECT_EQ(lines_of(check_leftovers, cpp(std::string("TO") + "DOS are not marks\n")), Lines{});
}

TEST(Leftovers, StubsBelongInTests) {
  EXPECT_EQ(lines_of(check_leftovers, cpp("class A {};  // a stub\n")), Lines{1});
  EXPECT_EQ(lines_of(check_leftovers, cpp("// a stub\n", "tests/unit/a.cpp")), Lines{});
  EXPECT_EQ(lines_of(check_leftovers, cpp("stubborn();\n")), Lines{});
}

TEST(Leftovers, CommentedOutCode) {
  for (const char* code : {"// f(a);", "//int a = 3;", "  // if (a) {", "// }", "// return 1;"}) {
    EXPECT_EQ(lines_of(check_leftovers, cpp(std::string(code) + "\n")), Lines{1}) << code;
  }
  for (const char* prose :
       {"// Waits for f(a).", "// One thing; another;", "/// `f(a);`", "// The set {a, b} of both",
        "// as in `return f(x);`", "// Functions that fail return it;"}) {
    EXPECT_EQ(lines_of(check_leftovers, cpp(std::string(prose) + "\n")), Lines{}) << prose;
  }
}

TEST(Banned, NamesTheReplacement) {
  const Problems problems = check_banned(cpp("std::regex a;\n"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_NE(problems[0].text.find("scanner"), std::string::npos);
}

TEST(Banned, WholeIdentifiersInCodeOnly) {
  EXPECT_EQ(lines_of(check_banned, cpp("int a = rand();\n")), Lines{1});
  EXPECT_EQ(lines_of(check_banned, cpp("int a = operand();  // rand()\nf(\"rand()\");\n")),
            Lines{});
  EXPECT_EQ(lines_of(check_banned, cpp("std::this_thread::sleep_for(a);\n", "tests/a.cpp")),
            Lines{1});
}

TEST(Banned, SomeHaveAHome) {
  EXPECT_EQ(lines_of(check_banned, cpp("std::cout << a;\n")), Lines{1});
  EXPECT_EQ(lines_of(check_banned, cpp("std::cout << a;\n", "src/app/print.cpp")), Lines{});
  EXPECT_EQ(lines_of(check_banned, cpp("std::cout << a;\n", "bench/a.cpp")), Lines{});
  EXPECT_EQ(lines_of(check_banned, cpp("std::getenv(a);\n", "src/config/a.cpp")), Lines{});
  EXPECT_EQ(lines_of(check_banned, cpp("std::getenv(a);\n", "src/net/a.cpp")), Lines{1});
  EXPECT_EQ(lines_of(check_banned, cpp("using namespace a;\n", "src/net/a.h")), Lines{1});
  EXPECT_EQ(lines_of(check_banned, cpp("using namespace a;\n", "src/net/a.cpp")), Lines{});
}

TEST(SelfContained, PathsOfAMachine) {
  const std::string work = std::string("/wo") + "rk/main";
  EXPECT_EQ(lines_of(check_self_contained, cpp("f(\"" + work + "\");\n")), Lines{1});
  EXPECT_EQ(lines_of(check_self_contained, cpp("see " + work + "\n", "docs/a.md")), Lines{1});
  EXPECT_EQ(lines_of(check_self_contained, cpp("https://example.com" + work + "\n")), Lines{});
  EXPECT_EQ(lines_of(check_self_contained, cpp("src" + work + "\n")), Lines{});
  EXPECT_EQ(lines_of(check_self_contained, cpp("HOME=/home/u, \"/home/\"\n")), Lines{});
}

TEST(SelfContained, HostsOfRegistries) {
  const std::string lock = std::string("\"resolved\": \"https://registry.") + "npmjs.org/a\"\n";
  EXPECT_EQ(lines_of(check_self_contained, cpp(lock, "web/package-lock.json")), Lines{1});
  EXPECT_EQ(lines_of(check_self_contained, cpp("\"resolved\": \"\"\n", "web/a.json")), Lines{});
}

}  // namespace
}  // namespace graphrail::tidy
