#include "llm/call_metrics.h"

#include <utility>

namespace graphrail::llm {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.1, 0.3, 1, 3, 10, 30, 60, 120, 300};

}  // namespace

CallMetrics::CallMetrics(std::shared_ptr<observe::Metrics> metrics, std::string client)
    : metrics_(std::move(metrics)),
      client_(std::move(client)),
      calls_(metrics_->counter_family("graphrail_llm_calls_total",
                                      "Calls to model servers by how they ended.")),
      requests_(metrics_
                    ->counter_family("graphrail_llm_requests_total",
                                     "Requests sent for them, retries included.")
                    .Add({{"client", client_}})),
      seconds_(metrics_
                   ->histogram_family("graphrail_llm_call_duration_seconds",
                                      "Time of a call, waiting and retries included.")
                   .Add({{"client", client_}}, kSeconds)),
      prompt_tokens_(metrics_
                         ->counter_family("graphrail_llm_tokens_total",
                                          "Tokens of answered calls, counted or estimated.")
                         .Add({{"client", client_}, {"direction", "prompt"}})),
      completion_tokens_(metrics_
                             ->counter_family("graphrail_llm_tokens_total",
                                              "Tokens of answered calls, counted or estimated.")
                             .Add({{"client", client_}, {"direction", "completion"}})),
      cost_usd_(metrics_
                    ->counter_family("graphrail_llm_cost_usd_total",
                                     "Cost of answered calls by the price table.")
                    .Add({{"client", client_}})),
      running_(metrics_->gauge_family("graphrail_llm_running_calls", "Calls that hold a slot now.")
                   .Add({{"client", client_}})),
      waiting_(
          metrics_->gauge_family("graphrail_llm_waiting_calls", "Calls that wait for a slot now.")
              .Add({{"client", client_}})),
      circuit_(metrics_
                   ->gauge_family("graphrail_llm_circuit_state",
                                  "Circuit breaker: 0 closed, 1 half-open, 2 open.")
                   .Add({{"client", client_}})) {}

void CallMetrics::on_end(std::string_view outcome, std::chrono::duration<double> elapsed) {
  calls_.Add({{"client", client_}, {"outcome", std::string(outcome)}}).Increment();
  seconds_.Observe(elapsed.count());
}

void CallMetrics::on_request() { requests_.Increment(); }

void CallMetrics::on_answer(const ChatAnswer& answer) {
  prompt_tokens_.Increment(static_cast<double>(answer.usage.prompt_tokens));
  completion_tokens_.Increment(static_cast<double>(answer.usage.completion_tokens));
  if (answer.cost_usd) cost_usd_.Increment(*answer.cost_usd);
}

void CallMetrics::on_slots(std::size_t running, std::size_t waiting) {
  running_.Set(static_cast<double>(running));
  waiting_.Set(static_cast<double>(waiting));
}

void CallMetrics::on_circuit(CircuitState state) { circuit_.Set(static_cast<double>(state)); }

}  // namespace graphrail::llm
