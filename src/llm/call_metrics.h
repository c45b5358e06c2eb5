// What model calls did, as metrics. Labels are the client's role and the kind of the outcome, never
// a model, a URL or a key. Safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "llm/chat_client.h"
#include "llm/circuit_breaker.h"
#include "observe/metrics.h"

namespace graphrail::llm {

class CallMetrics {
 public:
  /// `client` is a role from a small closed set ("operator", "own_key").
  CallMetrics(std::shared_ptr<observe::Metrics> metrics, std::string client);

  void on_end(std::string_view outcome, std::chrono::duration<double> elapsed);
  void on_request();
  void on_answer(const ChatAnswer& answer);
  void on_slots(std::size_t running, std::size_t waiting);
  void on_circuit(CircuitState state);

 private:
  std::shared_ptr<observe::Metrics> metrics_;
  std::string client_;
  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Counter& requests_;
  prometheus::Histogram& seconds_;
  prometheus::Counter& prompt_tokens_;
  prometheus::Counter& completion_tokens_;
  prometheus::Counter& cost_usd_;
  prometheus::Gauge& running_;
  prometheus::Gauge& waiting_;
  prometheus::Gauge& circuit_;
};

}  // namespace graphrail::llm
