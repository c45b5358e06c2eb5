// The checks over the whole project. A failure names the file, the line and what to do.
#include <gtest/gtest.h>

#include <filesystem>

#include "tidy/checks.h"

namespace graphrail::tidy {
namespace {

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> files = load_tree(GRAPHRAIL_SOURCE_DIR);
  return files;
}

template <class Check>
Problems check_each(Check check, std::string_view folder = "") {
  Problems problems;
  for (const SourceFile& file : tree()) {
    if (!file.under(folder)) continue;
    Problems found = check(file);
    problems.insert(problems.end(), found.begin(), found.end());
  }
  return problems;
}

void expect_none(const Problems& problems) { EXPECT_TRUE(problems.empty()) << describe(problems); }

TEST(Tree, IsRead) {
  EXPECT_GT(tree().size(), 50U);
  for (const char* path : {"src/core/utf8.cpp", "run", "test", ".ci/run", "CMakeLists.txt"}) {
    EXPECT_TRUE(std::ranges::any_of(tree(), [&](const SourceFile& f) { return f.path == path; }))
        << path;
  }
}

TEST(Tree, FilesAndFunctionsFitTheirCeilings) { expect_none(check_each(check_sizes)); }
TEST(Tree, LinesAreLaidOutAlike) { expect_none(check_each(check_layout)); }
TEST(Tree, HeadersIntroduceThemselves) { expect_none(check_each(check_header)); }
TEST(Tree, NothingIsLeftOver) { expect_none(check_each(check_leftovers)); }
TEST(Tree, NoBannedIdentifier) { expect_none(check_each(check_banned)); }
TEST(Tree, SpeaksOnlyOfItself) { expect_none(check_each(check_self_contained)); }
TEST(Tree, ValuesAreNamedBeforeTheyAreAwaited) {
  expect_none(check_each(check_await_expressions, "src/"));
}
TEST(Tree, CoroutinesTakeValues) { expect_none(check_each(check_coroutine_parameters, "src/")); }
TEST(Tree, CoroutineLambdasCaptureNothing) {
  expect_none(check_each(check_coroutine_lambdas, "src/"));
}
TEST(Tree, NoLockIsHeldAcrossAnAwait) { expect_none(check_each(check_locks)); }
TEST(Tree, RoomsUseOnlyWhatTheyMay) { expect_none(check_layers(tree())); }
TEST(Tree, OnlyTheCompositionNamesImplementations) { expect_none(check_concretes(tree())); }

TEST(Tree, ScriptsCanBeRun) {
  namespace fs = std::filesystem;
  for (const SourceFile& file : tree()) {
    if (!file.text.starts_with("#!")) continue;
    const fs::perms perms = fs::status(fs::path(GRAPHRAIL_SOURCE_DIR) / file.path).permissions();
    EXPECT_NE(perms & fs::perms::owner_exec, fs::perms::none) << file.path;
  }
}

}  // namespace
}  // namespace graphrail::tidy
