// The model engine on a model in memory.
#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/random.h"
#include "extract/model/prompt.h"
#include "extract/model_extractor.h"
#include "support/llm/fake_chat_client.h"

namespace graphrail::extract {

/// Keeps what was emitted, nodes in their last form.
class EmittedGraph final : public ExtractionSink {
 public:
  void node(graph::Node node) override {
    events.push_back("node " + node.id);
    for (graph::Node& known : graph.nodes) {
      if (known.id == node.id) {
        known = std::move(node);
        return;
      }
    }
    graph.nodes.push_back(std::move(node));
  }
  void edge(graph::Edge edge) override {
    events.push_back("edge " + edge.source + " " + edge.relationship + " " + edge.target);
    graph.edges.push_back(std::move(edge));
  }
  void progress(ExtractionProgress progress) override { progressed.push_back(progress); }

  graph::Graph graph;
  std::vector<std::string> events;
  std::vector<ExtractionProgress> progressed;
};

/// The text between the marks of a call.
inline std::string text_of(const llm::ChatCall& call) {
  return model::read_user_message(call.request.messages.back().content)->text;
}

inline bool asks_for_rest(const llm::ChatCall& call) {
  return !model::read_user_message(call.request.messages.back().content)->written.empty();
}

/// One run of the engine.
struct ModelRun {
  std::optional<core::Result<ExtractionReport>> report;
  std::exception_ptr thrown;
  std::shared_ptr<EmittedGraph> sink = std::make_shared<EmittedGraph>();
  std::shared_ptr<test::FakeChatClient> client;

  [[nodiscard]] std::vector<std::string> warning_codes() const {
    std::vector<std::string> codes;
    for (const graph::Warning& warning : (*report)->warnings) codes.push_back(warning.code);
    return codes;
  }
};

struct ModelRunOptions {
  model::ReadingLimits limits;
  std::string schema = "venture";
  /// Cancels as soon as a call is under way.
  bool cancel_at_once = false;
};

inline ModelRun run_model(std::string text, test::FakeChatClient::Answer answer,
                          ModelRunOptions options = {}) {
  namespace asio = boost::asio;
  asio::io_context context{1};
  core::WorkPool pool(1, 8);
  ModelRun run;
  run.client = std::make_shared<test::FakeChatClient>(context.get_executor(), std::move(answer));
  const auto engine =
      make_model_extractor({.client = run.client,
                            .pool = std::shared_ptr<core::WorkPool>(std::shared_ptr<void>(), &pool),
                            .clock = std::make_shared<core::SystemClock>(),
                            .random = core::make_seeded_random(5),
                            .limits = options.limits});
  ExtractionRequest request;
  request.text = std::make_shared<const std::string>(std::move(text));
  request.schema = options.schema;
  asio::cancellation_signal signal;
  asio::co_spawn(
      context, engine->extract(std::move(request), run.sink),
      asio::bind_cancellation_slot(
          signal.slot(), [&run](std::exception_ptr thrown, core::Result<ExtractionReport> report) {
            run.thrown = std::move(thrown);
            run.report.emplace(std::move(report));
          }));
  if (options.cancel_at_once) {
    while (run.client->calls.empty()) context.run_one();
    signal.emit(asio::cancellation_type::terminal);
  }
  context.run();
  return run;
}

}  // namespace graphrail::extract
