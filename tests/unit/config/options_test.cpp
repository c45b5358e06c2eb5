#include "config/options.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "config/render.h"

namespace graphrail::config {
namespace {

TEST(OptionTable, EveryDefaultIsAValidValue) {
  for (const Option& option : option_table()) {
    if (option.default_value.empty()) continue;
    EXPECT_EQ(find_fault(option, option.default_value), std::nullopt) << option.name;
  }
}

TEST(OptionTable, NamesAreUniqueAndEveryOptionIsDescribed) {
  std::set<std::string_view> names;
  for (const Option& option : option_table()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_TRUE(option.description.ends_with('.')) << option.name;
    EXPECT_FALSE(option.is_secret() && !option.default_value.empty()) << option.name;
  }
}

TEST(OptionTable, EveryValueReachesTheSettings) {
  Settings settings;
  for (const Option& option : option_table()) store(option, option.default_value, settings);
  EXPECT_EQ(settings.bind, "127.0.0.1");
  EXPECT_EQ(settings.port, 8000U);
  EXPECT_EQ(settings.data_dir, "./data");
  EXPECT_EQ(settings.max_text_chars, 400'000U);
  EXPECT_EQ(settings.log_format, "auto");
}

TEST(OptionTable, BindTakesAddressesOfBothFamiliesAndNothingElse) {
  const Option& bind = option_table().front();
  ASSERT_EQ(bind.name, "BIND");
  for (const char* good : {"0.0.0.0", "192.168.1.9", "::", "::1", "fe80::1"}) {
    EXPECT_EQ(find_fault(bind, good), std::nullopt) << good;
  }
  for (const char* bad : {"", "localhost", "127.0.0.1:80", "[::1]", "256.1.1.1", "127.1"}) {
    EXPECT_NE(find_fault(bind, bad), std::nullopt) << bad;
  }
}

TEST(Names, FollowFromTheOptionName) {
  const Option option = number("MAX_CONNECTIONS", nullptr, "1", 1, 2, "x.");
  EXPECT_EQ(flag_name(option), "--max-connections");
  EXPECT_EQ(toml_key(option.name), "max_connections");
}

TEST(Documentation, IsCurrent) {
  std::ifstream file(GRAPHRAIL_SOURCE_DIR "/docs/configuration.md");
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_EQ(page.str(), render_markdown(option_table()))
      << "run: graphrail config --markdown > docs/configuration.md";
}

}  // namespace
}  // namespace graphrail::config
