#include "app/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command_table.h"

namespace graphrail::app {
namespace {

using testing::HasSubstr;

class Completion : public testing::TestWithParam<const char*> {};

TEST_P(Completion, KnowsEveryCommandAndEveryFlag) {
  const std::string script = render_completion(GetParam());
  const bool is_fish = std::string_view(GetParam()) == "fish";
  for (const CommandSpec& command : command_table()) {
    EXPECT_THAT(script, HasSubstr(std::string(command.name)));
    for (const Flag& flag : command.flags) {
      EXPECT_THAT(script, HasSubstr(is_fish ? "-l " + flag.name.substr(2) : flag.name));
    }
  }
}

TEST_P(Completion, OffersTheChoicesOfAFlag) {
  EXPECT_THAT(render_completion(GetParam()), HasSubstr("auto llm rules"));
  EXPECT_THAT(render_completion(GetParam()), HasSubstr("debug info warn error off"));
  EXPECT_THAT(render_completion(GetParam()), HasSubstr("bash zsh fish"));
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, testing::Values("bash", "zsh", "fish"));

TEST(Completion, OtherShellsGetNothing) { EXPECT_EQ(render_completion("tcsh"), ""); }

}  // namespace
}  // namespace graphrail::app
