#include "config/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "config/options.h"
#include "config/render.h"

namespace graphrail::config {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr Option kTable[] = {
    number("PORT", nullptr, "8000", 1, 65'535, "A port."),
    text("TITLE", nullptr, "", "A title."),
    choice("MODE", nullptr, "fast", "fast|slow", "A mode."),
    toggle("ROBOTS", nullptr, "on", "A switch."),
    secret("API_KEY", nullptr, "A key."),
};

/// A run of the loader with everything in memory.
struct World {
  std::vector<std::pair<std::string, std::string>> flags;
  std::map<std::string, std::string, std::less<>> environment;
  std::string dotenv;
  std::string toml;
  std::map<std::string, std::string> files;

  Resolution resolve() const {
    Layers layers{.flags = flags};
    layers.environment = [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment.find(name);
      if (found == environment.end()) return std::nullopt;
      return found->second;
    };
    layers.read_file = [this](const std::string& path) -> std::optional<std::string> {
      const auto found = files.find(path);
      if (found == files.end()) return std::nullopt;
      return found->second;
    };
    layers.dotenv = parse_dotenv(dotenv, ".env").entries;
    layers.toml = parse_toml_file(toml, "graphrail.toml").entries;
    return config::resolve(kTable, layers);
  }
};

const ResolvedValue& value_of(const Resolution& resolution, std::string_view name) {
  for (const ResolvedValue& value : resolution.values) {
    if (value.option->name == name) return value;
  }
  throw std::logic_error("no such option");
}

TEST(Precedence, EachLayerBeatsTheOnesBelow) {
  struct Step {
    const char* value;
    const char* source;
    void (*add)(World&);
  };
  const Step steps[] = {
      {"8000", "default", [](World&) {}},
      {"1", "graphrail.toml:2", [](World& w) { w.toml = "\nport = 1"; }},
      {"2", ".env:1", [](World& w) { w.dotenv = "PORT=2"; }},
      {"3", "environment", [](World& w) { w.environment["PORT"] = "3"; }},
      {"4", "flag --port", [](World& w) { w.flags.emplace_back("PORT", "4"); }},
      {"5", "flag --port", [](World& w) { w.flags.emplace_back("PORT", "5"); }},
  };
  World world;
  for (const Step& step : steps) {
    step.add(world);
    const Resolution resolution = world.resolve();
    EXPECT_TRUE(resolution.faults.empty());
    EXPECT_EQ(value_of(resolution, "PORT").text, step.value);
    EXPECT_EQ(value_of(resolution, "PORT").source, step.source);
  }
}

TEST(Precedence, AnEmptyValueCountsAsNotGivenButAnEmptyTomlTextIsAValue) {
  World world{.environment = {{"PORT", ""}}, .dotenv = "PORT=\nTITLE=", .toml = "port = 9"};
  EXPECT_EQ(value_of(world.resolve(), "PORT").text, "9");
  EXPECT_FALSE(value_of(world.resolve(), "TITLE").is_set);
  world.toml = "title = ''";
  EXPECT_TRUE(value_of(world.resolve(), "TITLE").is_set);
}

TEST(Precedence, TheLastLineOfDotenvCounts) {
  const World world{.dotenv = "PORT=1\nPORT=2"};
  EXPECT_EQ(value_of(world.resolve(), "PORT").source, ".env:2");
}

struct FaultCase {
  const char* name;
  World world;
  Fault fault;
};

class ResolveFault : public testing::TestWithParam<FaultCase> {};

TEST_P(ResolveFault, SaysWhereAndWhat) {
  const Resolution resolution = GetParam().world.resolve();
  ASSERT_EQ(resolution.faults.size(), 1U);
  EXPECT_EQ(resolution.faults[0].where, GetParam().fault.where);
  EXPECT_EQ(resolution.faults[0].message, GetParam().fault.message);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ResolveFault,
    testing::Values(
        FaultCase{"not_a_number",
                  {.flags = {{"PORT", "80a"}}},
                  {"flag --port", "PORT: `80a` is not a whole number from 1 to 65535"}},
        FaultCase{"below",
                  {.environment = {{"PORT", "0"}}},
                  {"environment", "PORT: `0` is not a whole number from 1 to 65535"}},
        FaultCase{"above",
                  {.dotenv = "PORT=65536"},
                  {".env:1", "PORT: `65536` is not a whole number from 1 to 65535"}},
        FaultCase{"negative",
                  {.toml = "port = -1"},
                  {"graphrail.toml:1", "PORT: `-1` is not a whole number from 1 to 65535"}},
        FaultCase{
            "overflow",
            {.environment = {{"PORT", "99999999999999999999"}}},
            {"environment", "PORT: `99999999999999999999` is not a whole number from 1 to 65535"}},
        FaultCase{"no_choice",
                  {.dotenv = "MODE=medium"},
                  {".env:1", "MODE: `medium` is not one of fast, slow"}},
        FaultCase{"no_toggle",
                  {.dotenv = "ROBOTS=maybe"},
                  {".env:1", "ROBOTS: `maybe` is neither on nor off"}},
        FaultCase{"quoted_number",
                  {.toml = "port = '80'"},
                  {"graphrail.toml:1", "port must be a whole number without quotes"}},
        FaultCase{"bare_text",
                  {.toml = "title = 5"},
                  {"graphrail.toml:1", "title must be a text in quotes"}},
        FaultCase{"quoted_toggle",
                  {.toml = "robots = 'on'"},
                  {"graphrail.toml:1", "robots must be true or false without quotes"}},
        FaultCase{"unknown_key",
                  {.toml = "\n\nprot = 80"},
                  {"graphrail.toml:3", "unknown key `prot`; did you mean `port`?"}},
        FaultCase{"unknown_without_idea",
                  {.toml = "colour_scheme = 'dark'"},
                  {"graphrail.toml:1", "unknown key `colour_scheme`"}},
        FaultCase{
            "table", {.toml = "[server]\nport = 1"}, {"graphrail.toml:1", "unknown key `server`"}},
        FaultCase{"upper_case_key",
                  {.toml = "PORT = 80"},
                  {"graphrail.toml:1", "unknown key `PORT`; did you mean `port`?"}},
        FaultCase{"file_of_no_secret",
                  {.toml = "title_file = 'x'"},
                  {"graphrail.toml:1", "unknown key `title_file`"}},
        FaultCase{"secret_and_file",
                  {.environment = {{"API_KEY", "hunter2"}, {"API_KEY_FILE", "/k"}},
                   .files = {{"/k", "x"}}},
                  {"environment", "API_KEY and API_KEY_FILE are both set; keep one"}},
        FaultCase{"secret_file_missing",
                  {.dotenv = "API_KEY_FILE=/nowhere"},
                  {".env:1", "API_KEY_FILE: cannot read `/nowhere`"}},
        FaultCase{"secret_file_empty",
                  {.dotenv = "API_KEY_FILE=/k", .files = {{"/k", "\n"}}},
                  {".env:1", "API_KEY_FILE: `/k` is empty"}},
        FaultCase{"secret_with_line_break",
                  {.dotenv = R"(API_KEY="hunter2\nX")"},
                  {".env:1", "API_KEY: holds a control character"}},
        FaultCase{"overruled_value",
                  {.flags = {{"PORT", "80"}}, .toml = "port = 70000"},
                  {"graphrail.toml:1", "PORT: `70000` is not a whole number from 1 to 65535"}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Resolve, ReportsEveryFaultAtOnce) {
  const World world{.flags = {{"PORT", "x"}},
                    .environment = {{"MODE", "y"}, {"API_KEY_FILE", "/nowhere"}},
                    .dotenv = "ROBOTS=z",
                    .toml = "unknown = 1\ntitle = 2"};
  EXPECT_EQ(world.resolve().faults.size(), 6U);
}

TEST(Resolve, ForeignNamesInEnvironmentAndDotenvAreNobodysBusiness) {
  const World world{.environment = {{"HOME", "/x"}}, .dotenv = "VITE_THING=1"};
  EXPECT_TRUE(world.resolve().faults.empty());
}

TEST(Secrets, ComeFromAFileWithoutItsLastLineBreak) {
  const World world{.environment = {{"API_KEY_FILE", "/k"}}, .files = {{"/k", "hunter2\r\n"}}};
  const Resolution resolution = world.resolve();
  EXPECT_TRUE(resolution.faults.empty());
  EXPECT_EQ(value_of(resolution, "API_KEY").secret.reveal(), "hunter2");
  EXPECT_EQ(value_of(resolution, "API_KEY").source, "environment (API_KEY_FILE)");
}

TEST(Secrets, AFileNameInAStrongerLayerBeatsAValueInAWeakerOne) {
  const World world{.environment = {{"API_KEY_FILE", "/k"}},
                    .dotenv = "API_KEY=weaker",
                    .files = {{"/k", "stronger"}}};
  EXPECT_EQ(value_of(world.resolve(), "API_KEY").secret.reveal(), "stronger");
}

TEST(Secrets, MayStandInTomlAsValueOrFileName) {
  EXPECT_EQ(value_of(World{.toml = "api_key = 'k1'"}.resolve(), "API_KEY").secret.reveal(), "k1");
  const World by_file{.toml = "api_key_file = '/k'", .files = {{"/k", "k2"}}};
  EXPECT_EQ(value_of(by_file.resolve(), "API_KEY").secret.reveal(), "k2");
}

TEST(Render, MasksSecretsAndNamesEverySource) {
  const World world{.environment = {{"API_KEY", "hunter2"}}, .dotenv = "PORT=9"};
  const Resolution resolution = world.resolve();
  const std::string shown = render_values(resolution.values);
  EXPECT_THAT(shown, Not(HasSubstr("hunter2")));
  EXPECT_THAT(shown, HasSubstr("API_KEY  ********   environment\n"));
  EXPECT_THAT(shown, HasSubstr("PORT     9          .env:1\n"));
  EXPECT_THAT(shown, HasSubstr("TITLE    (not set)  default\n"));
  EXPECT_THAT(render_values(World{}.resolve().values), HasSubstr("API_KEY  (not set)  default\n"));
}

TEST(Toml, ASyntaxErrorNamesItsLine) {
  const TomlFile file = parse_toml_file("port = 1\nbind = \n", "graphrail.toml");
  ASSERT_EQ(file.faults.size(), 1U);
  EXPECT_EQ(file.faults[0].where, "graphrail.toml:2");
  EXPECT_TRUE(file.entries.empty());
}

TEST(Toml, KeepsTheOrderOfTheFile) {
  const TomlFile file = parse_toml_file("port = 1\n# c\nbind = 'x'\n", "graphrail.toml");
  ASSERT_EQ(file.entries.size(), 2U);
  EXPECT_EQ(file.entries[0].key, "port");
  EXPECT_EQ(file.entries[1].line, 3U);
}

}  // namespace
}  // namespace graphrail::config
