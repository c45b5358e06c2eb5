#include "extract/rules_extractor.h"

#include <utility>

#include "extract/extract_error.h"
#include "extract/rules/rules.h"
#include "graph/schema.h"

namespace graphrail::extract {
namespace {

class RulesExtractor final : public Extractor {
 public:
  explicit RulesExtractor(std::shared_ptr<core::WorkPool> pool) : pool_(std::move(pool)) {}

  boost::asio::awaitable<core::Result<ExtractionReport>> extract(
      ExtractionRequest request, std::shared_ptr<ExtractionSink> sink) override {
    if (request.schema != graph::venture_schema().name) {
      core::Error error(ExtractError::kSchemaUnsupported,
                        {"The rules engine only knows the venture schema."});
      co_return core::fail(std::move(error).with_field("schema"));
    }
    auto work = [text = request.text] { return rules::extract_venture_graph(*text); };
    auto running = pool_->run(std::move(work));
    core::Result<graph::Graph> found = co_await std::move(running);
    if (!found) co_return core::fail(std::move(found.error()));
    for (graph::Node& node : found->nodes) sink->node(std::move(node));
    for (graph::Edge& edge : found->edges) sink->edge(std::move(edge));
    ExtractionReport report;
    report.engine = "rules";
    co_return report;
  }

 private:
  std::shared_ptr<core::WorkPool> pool_;
};

}  // namespace

std::shared_ptr<Extractor> make_rules_extractor(std::shared_ptr<core::WorkPool> pool) {
  return std::make_shared<RulesExtractor>(std::move(pool));
}

}  // namespace graphrail::extract
