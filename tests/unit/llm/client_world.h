// A client and a scripted model server on loopback, run by the calling thread.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "llm/openai_client.h"
#include "support/origin/loopback_world.h"
#include "support/origin/origin.h"

namespace graphrail::llm {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""h;
using test_support::http_response;
using test_support::Origin;
using test_support::OriginConnection;
using test_support::OriginRequest;
using test_support::OriginScript;

inline constexpr const char* kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

inline std::string event(const std::string& data) { return "data: " + data + "\n\n"; }

inline std::string content_event(const std::string& text) {
  return event(R"({"model":"served-1","choices":[{"delta":{"content":)" +
               boost::json::serialize(boost::json::string(text)) + "}}]}");
}

inline std::string finish_event(const std::string& reason) {
  return event(R"({"choices":[{"delta":{},"finish_reason":")" + reason + "\"}]}");
}

inline const std::string kUsageEvent =
    event(R"({"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20}})");

/// A whole, well-formed stream.
inline std::string good_stream() {
  return std::string(kStreamHead) + content_event("{\"a\"") + content_event(":1}") +
         finish_event("stop") + kUsageEvent + event("[DONE]");
}

inline std::string json_error(int status, const std::string& error,
                              const std::vector<std::pair<std::string, std::string>>& fields = {}) {
  auto all = fields;
  all.emplace_back("Content-Type", "application/json");
  return http_response(status, R"({"error":)" + error + "}", all);
}

/// Writes the next of `answers` for each request; the last one stays.
inline OriginScript in_turn(std::vector<std::string> answers) {
  auto next = std::make_shared<std::atomic<std::size_t>>(0);
  return [answers = std::move(answers), next](const OriginRequest&, OriginConnection& connection) {
    const std::size_t at = std::min((*next)++, answers.size() - 1);
    connection.write(answers[at]);
  };
}

class TextSink final : public ChatSink {
 public:
  bool content(std::string_view piece) override {
    text.append(piece);
    return !wants_more || wants_more(text);
  }
  std::string text;
  std::function<bool(const std::string&)> wants_more;
};

/// Real time plus what a test adds.
class SkippingClock final : public core::Clock {
 public:
  [[nodiscard]] WallTime wall_now() const noexcept override {
    return std::chrono::sys_days(std::chrono::year(2026) / 5 / 6) + 7h;
  }
  [[nodiscard]] SteadyTime steady_now() const noexcept override {
    return std::chrono::steady_clock::now() + skipped;
  }
  std::chrono::milliseconds skipped{0};
};

class ClientWorld {
 public:
  explicit ClientWorld(OriginScript script, const std::function<void(OpenAiOptions&)>& edit = {})
      : origin({}, std::move(script)) {
    OpenAiOptions options;
    options.base_url = "http://127.0.0.1:" + std::to_string(origin.port()) + "/v1";
    options.key = std::make_shared<core::Secret>(std::string("sk-operators-own-key"));
    options.model = "gpt-4o-mini";
    options.retry.first_delay = 10ms;
    options.retry.max_delay = 20ms;
    options.prices = parse_prices("gpt-4o-mini=0.15/0.60").table;
    if (edit) edit(options);
    OpenAiParts parts;
    parts.clock = clock;
    parts.random = core::make_seeded_random(1);
    parts.metrics = metrics;
    client = make_openai_client(context.get_executor(), std::move(options), parts).value();
  }

  [[nodiscard]] ChatCall call(std::chrono::milliseconds patience = 5s) const {
    ChatCall call;
    call.request.messages = {{"system", "Extract."}, {"user", "Acme raised $5M."}};
    call.request.schema_name = "graph";
    call.request.schema = R"({"type":"object"})";
    call.deadline = std::chrono::steady_clock::now() + patience;
    return call;
  }

  /// Starts a call; run() runs it.
  std::future<core::Result<ChatAnswer>> start(ChatCall chat_call, std::shared_ptr<ChatSink> to) {
    return boost::asio::co_spawn(context, client->complete(std::move(chat_call), std::move(to)),
                                 boost::asio::use_future);
  }
  void run() {
    context.restart();
    context.run();
  }
  /// Runs one call; `leave` cancels it.
  core::Result<ChatAnswer> complete(ChatCall chat_call) {
    auto future = boost::asio::co_spawn(
        context, client->complete(std::move(chat_call), sink),
        boost::asio::bind_cancellation_slot(leave.slot(), boost::asio::use_future));
    run();
    return future.get();
  }
  core::Result<ChatAnswer> complete() { return complete(call()); }

  std::shared_ptr<SkippingClock> clock = std::make_shared<SkippingClock>();
  std::shared_ptr<observe::Metrics> metrics = std::make_shared<observe::Metrics>();
  std::shared_ptr<TextSink> sink = std::make_shared<TextSink>();
  boost::asio::cancellation_signal leave;
  boost::asio::io_context context;
  Origin origin;
  std::shared_ptr<ChatClient> client;
};

}  // namespace graphrail::llm
