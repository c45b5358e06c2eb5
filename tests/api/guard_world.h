// A server whose guard is on, a model that the test steers, a clock that stands, and shorthands for
// what the tests of the guard ask and count.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "api/scenario.h"
#include "core/clock.h"
#include "support/identity/token_maker.h"
#include "support/llm/key_server.h"
#include "support/raw_client.h"
#include "support/server/broken_parts.h"
#include "support/server/gated_extractor.h"
#include "support/server/scripted_extractor.h"
#include "support/server/scripted_pages.h"

namespace graphrail::test {

inline constexpr std::int64_t kDay = 86'400;
/// Ten hours before the end of a day.
inline constexpr std::int64_t kFourteenHours = 20'000 * kDay + 14 * 3'600;
inline constexpr std::int64_t kToReset = 10 * 3'600;

inline const SigningKey& issuer_key() {
  static const SigningKey key = SigningKey::ed25519();
  return key;
}

/// True once `happened`, asked again and again; false after ten seconds.
inline bool comes_true(const std::function<bool()>& happened) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!happened()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

class GuardTest : public testing::Test {
 protected:
  GuardTest() {
    options_.guard.allowances = {
        .anonymous = {1}, .signed_in = {3}, .tiers = {{"pro", {5}}, {"open", {}}}};
    options_.guard.key_set = key_set({issuer_key().jwk("a")});
    options_.guard.own_key_model = own_model_;
    options_.guard.own_key_server = key_server_;
    options_.model = model_;
    options_.pages = pages_;
    options_.clock = clock_;
  }

  /// Started on first use: until then options_ may be changed.
  TestServer& server() {
    if (!server_) server_ = std::make_unique<TestServer>(options_);
    return *server_;
  }
  HttpReply generate(const Headers& headers = {}, std::string_view body = kAnnouncementBody) {
    HttpReply reply = server().generate(body, headers);
    expect_sound_answer(server(), reply);
    return reply;
  }
  boost::json::object usage(const Headers& headers = {}) {
    const HttpReply reply = server().get("/api/usage", headers);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return boost::json::parse(reply.body).as_object();
  }
  std::int64_t used(const Headers& headers = {}) { return usage(headers).at("used").as_int64(); }
  /// How many charges have ended that way, of all callers.
  std::size_t outcomes(std::string_view outcome) {
    const std::string text = server().get("/metrics").body;
    const std::string label = "outcome=\"" + std::string(outcome) + "\"";
    std::size_t sum = 0;
    for (std::size_t at = text.find("\ngraphrail_quota_charges_total{"); at != std::string::npos;
         at = text.find("\ngraphrail_quota_charges_total{", at + 1)) {
      const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
      if (line.find(label) == std::string::npos) continue;
      sum += std::stoul(line.substr(line.rfind(' ') + 1));
    }
    return sum;
  }

  [[nodiscard]] Headers user(const std::string& subject, const std::string& plan = "") const {
    boost::json::object claims{{"sub", subject}, {"exp", clock_->unix_seconds() + 30 * kDay}};
    if (!plan.empty()) claims["plan"] = plan;
    return {{"Authorization", "Bearer " + make_token(issuer_key(), "a", claims)}};
  }
  static Headers own_key(const std::string& key = "sk-guard-test-1") {
    return {{"X-OpenAI-Key", key}};
  }
  static std::string page_body(std::string_view url, std::string_view more = "") {
    return "{\"input\":\"" + std::string(url) + "\"" + std::string(more) + "}";
  }

  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>(kFourteenHours);
  std::shared_ptr<ScriptedExtractor> model_ = std::make_shared<ScriptedExtractor>();
  std::shared_ptr<ScriptedExtractor> own_model_ = std::make_shared<ScriptedExtractor>();
  std::shared_ptr<KeyServer> key_server_ = std::make_shared<KeyServer>();
  std::shared_ptr<ScriptedPages> pages_ = std::make_shared<ScriptedPages>(kAnnouncement);
  TestServerOptions options_;

 private:
  std::unique_ptr<TestServer> server_;
};

}  // namespace graphrail::test
