#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "app/doctor/render.h"

namespace graphrail::app::doctor {
namespace {

using testing::HasSubstr;
using testing::Not;

Checks some_checks() {
  return {{.name = "port", .seen = "8000 is free"},
          {.name = "model name",
           .state = CheckState::kWarning,
           .seen = "x is not listed",
           .mend = "Set OPENAI_MODEL to y."},
          {.name = "reading",
           .state = CheckState::kFailed,
           .seen = "nothing was found",
           .detail = {{"facts_found", 0}}}};
}

TEST(DoctorText, ShowsMarkNameAndWhatToDo) {
  EXPECT_EQ(render_text(some_checks(), {.colour = false, .width = 100}),
            "✓ port              8000 is free\n"
            "! model name        x is not listed\n"
            "                    → Set OPENAI_MODEL to y.\n"
            "✗ reading           nothing was found\n"
            "\n"
            "1 failed, 1 warning.\n");
}

TEST(DoctorText, IsColouredOnlyWhereAskedFor) {
  EXPECT_THAT(render_text(some_checks(), {.colour = false}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(render_text(some_checks(), {.colour = true}), HasSubstr("\x1b[31m✗\x1b[0m"));
}

TEST(DoctorText, WrapsAtSpacesWithinTheWidth) {
  const Checks checks = {{.name = "port", .seen = "one two three four five six seven eight"}};
  EXPECT_EQ(render_text(checks, {.width = 40}),
            "✓ port              one two three four\n"
            "                    five six seven eight\n"
            "\n"
            "All fine.\n");
}

TEST(DoctorText, EndsWithASentence) {
  const auto ending = [](CheckState state) {
    return render_text(Checks{{.name = "a", .state = state, .seen = "b"}}, {});
  };
  EXPECT_THAT(ending(CheckState::kNote), HasSubstr("All fine."));
  EXPECT_THAT(ending(CheckState::kWarning), HasSubstr("Works, with 1 warning."));
  EXPECT_THAT(ending(CheckState::kFailed), HasSubstr("1 failed."));
}

TEST(DoctorJson, HoldsEverything) {
  EXPECT_EQ(boost::json::serialize(to_json(some_checks())),
            R"({"ok":false,"exit_code":1,"checks":[)"
            R"({"name":"port","state":"ok","seen":"8000 is free","mend":null,"detail":{}},)"
            R"({"name":"model name","state":"warning","seen":"x is not listed",)"
            R"("mend":"Set OPENAI_MODEL to y.","detail":{}},)"
            R"({"name":"reading","state":"failed","seen":"nothing was found","mend":null,)"
            R"("detail":{"facts_found":0}}]})");
}

TEST(DoctorVerdict, FollowsTheWorst) {
  const auto of = [](CheckState state, bool is_unavailable = false) {
    return verdict(
        Checks{{.name = "a"}, {.name = "b", .state = state, .is_unavailable = is_unavailable}});
  };
  EXPECT_EQ(verdict({}), kOk);
  EXPECT_EQ(of(CheckState::kNote), kOk);
  EXPECT_EQ(of(CheckState::kWarning), kOk);
  EXPECT_EQ(of(CheckState::kFailed), kFailed);
  EXPECT_EQ(of(CheckState::kFailed, true), kUnavailable);
  EXPECT_EQ(verdict(Checks{{.name = "a", .state = CheckState::kFailed},
                           {.name = "b", .state = CheckState::kFailed, .is_unavailable = true}}),
            kUnavailable);
}

TEST(DoctorWords, AreOneHarmlessLine) {
  EXPECT_EQ(tidy_words("  <html>\r\n\t<b>x</b>\n"), "<html> <b>x</b>");
  EXPECT_EQ(tidy_words("a\x1b[2Jb\x7f"), "a [2Jb");
  EXPECT_EQ(tidy_words("a\xc2\x9b"
                       "2Jb"),
            "a 2Jb");
  EXPECT_EQ(tidy_words("caf\xc3\xa9 \xc2\xa9"), "caf\xc3\xa9 \xc2\xa9");
  const std::string cut = tidy_words(std::string(199, 'a') +
                                     "\xc3\xa9"
                                     "bc");
  EXPECT_EQ(cut, std::string(199, 'a') + "…");
}

}  // namespace
}  // namespace graphrail::app::doctor
