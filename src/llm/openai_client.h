// ChatClient for servers that speak OpenAI's chat completions protocol. Behind the seam: the
// capability ladder, retries inside the call's one deadline, a bounded line of waiting calls, a
// circuit breaker, prices and metrics. Safe from any thread; sinks run on executor().
//
// Where the contract leaves a choice: a content filter that strikes after content is the finish
// reason of an answer, before it kContentFiltered; an answer whose length was used up before any
// content (a thinking model) is an answer with kLength, so that the caller splits its text; a
// refusal after content breaks the answer off; [DONE] without a finish reason counts as kStop. A
// call keeps its slot while it backs off. Whatever a server says below 500 proves it alive to the
// breaker; no connection, no byte in time and 5xx are outages.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "core/secret.h"
#include "llm/capability.h"
#include "llm/chat_client.h"
#include "llm/circuit_breaker.h"
#include "llm/endpoint.h"
#include "llm/price_table.h"
#include "llm/retry_policy.h"
#include "net/http_client.h"
#include "observe/metrics.h"

namespace graphrail::llm {

struct OpenAiOptions {
  std::string base_url = "https://api.openai.com/v1";
  /// For calls that bring none; null or empty sends no header.
  std::shared_ptr<const core::Secret> key;
  KeyHeader key_header = KeyHeader::kAuto;
  std::string model;
  /// Role of this client in metrics, from a small closed set.
  std::string role = "operator";
  std::size_t max_concurrent = 8;
  /// Further calls fail with kBusy.
  std::size_t max_queued = 64;
  RetryLimits retry;
  BreakerLimits breaker;
  std::chrono::milliseconds connect_timeout{5'000};
  /// Longest silence before the first byte of an answer: models think, local ones load first.
  std::chrono::milliseconds first_byte_timeout{120'000};
  /// Longest silence inside an answer.
  std::chrono::milliseconds stall_timeout{60'000};
  /// Bytes of content in one answer.
  std::uint64_t max_answer_bytes = 8 * 1024 * 1024;
  /// PEM file of trust anchors; empty for the system's.
  std::string ca_file;
  PriceTable prices;
};

struct OpenAiParts {
  std::shared_ptr<const core::Clock> clock;
  std::shared_ptr<core::Random> random;
  std::shared_ptr<observe::Metrics> metrics;
  /// May be shared between clients; null for one of its own.
  std::shared_ptr<CapabilityMemory> memory;
  /// May be shared between clients; null for one of its own.
  std::shared_ptr<const net::HttpClient> http;
};

/// Fails when the base URL cannot be used. `executor` must outlive the client and its calls; it is
/// not used when `parts.http` is given.
[[nodiscard]] core::Result<std::shared_ptr<ChatClient>> make_openai_client(
    const boost::asio::any_io_executor& executor, OpenAiOptions options, OpenAiParts parts);

}  // namespace graphrail::llm
