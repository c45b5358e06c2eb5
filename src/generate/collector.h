// Takes what an engine emits, checks each element as it comes and shows what stays.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "extract/extractor.h"
#include "generate/audience.h"
#include "graph/schema.h"
#include "graph/validate.h"

namespace graphrail::generate {

/// For one extraction. `audience` may be null.
class GraphCollector final : public extract::ExtractionSink {
 public:
  GraphCollector(const graph::Schema& schema, std::shared_ptr<const std::string> text,
                 std::shared_ptr<Audience> audience)
      : text_(std::move(text)), validator_(schema, *text_), audience_(std::move(audience)) {}

  void node(graph::Node node) override;
  void edge(graph::Edge edge) override;
  void progress(extract::ExtractionProgress progress) override;

  /// What stayed, with what follows from it (CO_INVESTED), once the engine has ended.
  [[nodiscard]] graph::ValidatedGraph take();
  /// The engine has emitted something.
  [[nodiscard]] bool has_begun() const noexcept { return has_begun_; }

 private:
  std::shared_ptr<const std::string> text_;
  graph::GraphValidator validator_;
  std::shared_ptr<Audience> audience_;
  std::atomic<bool> has_begun_{false};
};

}  // namespace graphrail::generate
