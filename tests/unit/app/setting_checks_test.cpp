#include "app/setting_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "config/options.h"
#include "config/resolve.h"

namespace graphrail::app {
namespace {

using Environment = std::map<std::string, std::string, std::less<>>;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

config::Resolution resolve(const Environment& environment) {
  config::Layers layers;
  layers.environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    if (found == environment.end()) return std::nullopt;
    return found->second;
  };
  layers.read_file = [](const std::string&) { return std::nullopt; };
  layers.checks = setting_checks();
  return config::resolve(config::option_table(), layers);
}

/// The settings without faults of their own, checked together.
config::Faults check(const Environment& environment, const Command& command = ServeCommand{}) {
  config::Loaded loaded;
  loaded.values = resolve(environment).values;
  for (const config::ResolvedValue& value : loaded.values) {
    config::store(*value.option, value.value(), loaded.settings);
  }
  return find_setting_faults(loaded, command);
}

TEST(SettingChecks, TheDefaultsAreSound) {
  EXPECT_THAT(resolve({}).faults, IsEmpty());
  EXPECT_THAT(check({}), IsEmpty());
}

TEST(SettingChecks, EveryFaultIsToldAtOnce) {
  const Environment faulty = {{"TRUSTED_PROXIES", "10.0.0.0/8, somewhere"},
                              {"QUOTA_ANON", "1/min"},
                              {"QUOTA_AUTH", "three"},
                              {"QUOTA_TIERS", "pro=fifty"},
                              {"QUOTA_BUDGET", "1000 euro/day"},
                              {"QUOTA_BURST", "60/day"},
                              {"QUOTA_ABUSE", "0/min"},
                              {"QUOTA_METER", "some"},
                              {"OWN_KEY_BASE_URL", "api.openai.com"}};
  const config::Faults faults = resolve(faulty).faults;
  EXPECT_THAT(faults, SizeIs(faulty.size()));
  for (const auto& [name, value] : faulty) {
    EXPECT_THAT(faults, testing::Contains(testing::Field(&config::Fault::message, HasSubstr(name))))
        << name;
  }
}

TEST(SettingChecks, WhatOperatorsWriteIsTaken) {
  EXPECT_THAT(resolve({{"TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8, fd00::/8"},
                       {"QUOTA_ANON", "off"},
                       {"QUOTA_AUTH", "10/day"},
                       {"QUOTA_TIERS", "pro=50/day, team=off"},
                       {"QUOTA_BUDGET", "2000000 tokens/day"},
                       {"QUOTA_BURST", "off"},
                       {"QUOTA_ABUSE", "5/hour"},
                       {"OWN_KEY_BASE_URL", "off"}})
                  .faults,
              IsEmpty());
}

TEST(SettingChecks, ABlockThatTrustsEverybodyIsRefused) {
  EXPECT_THAT(resolve({{"TRUSTED_PROXIES", "0.0.0.0/0"}}).faults, SizeIs(1));
  EXPECT_THAT(resolve({{"TRUSTED_PROXIES", "::/0"}}).faults, SizeIs(1));
}

TEST(SettingChecks, SignInIsSkippedOnlyInDevelopmentOnLoopback) {
  struct Row {
    const char* environment;
    const char* bind;
    bool may;
  };
  for (const Row& row :
       {Row{"development", "127.0.0.1", true}, Row{"development", "127.5.5.5", true},
        Row{"development", "::1", true}, Row{"development", "0.0.0.0", false},
        Row{"development", "::", false}, Row{"development", "192.0.2.1", false},
        Row{"production", "127.0.0.1", false}, Row{"production", "0.0.0.0", false}}) {
    const Environment environment = {
        {"DEV_SKIP_AUTH", "on"}, {"ENVIRONMENT", row.environment}, {"BIND", row.bind}};
    const config::Faults faults = check(environment);
    ASSERT_THAT(faults, SizeIs(row.may ? 0 : 1)) << row.environment << " " << row.bind;
    if (row.may) continue;
    EXPECT_EQ(faults[0].where, "environment");
    EXPECT_THAT(faults[0].message, HasSubstr("DEV_SKIP_AUTH"));
    EXPECT_THAT(check(environment, ConfigCommand{}), IsEmpty()) << "nothing is served";
  }
}

TEST(SettingChecks, TheSignInIsCheckedForEveryCommand) {
  for (const Command& command : {Command(ServeCommand{}), Command(ConfigCommand{})}) {
    const config::Faults faults = check({{"AUTH_JWKS_URL", "http://issuer.example/keys"}}, command);
    ASSERT_THAT(faults, SizeIs(1));
    EXPECT_THAT(faults[0].message, HasSubstr("AUTH_JWKS_URL"));
  }
  EXPECT_THAT(check({{"CLERK_FRONTEND_API", "clerk.example.com"}}), IsEmpty());
}

TEST(SettingChecks, FaultsOfSeveralKindsComeTogether) {
  EXPECT_THAT(check({{"AUTH_JWKS_URL", "http://issuer.example/keys"}, {"DEV_SKIP_AUTH", "on"}}),
              SizeIs(2));
}

}  // namespace
}  // namespace graphrail::app
