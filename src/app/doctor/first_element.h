// An audience that notes when the first element of a graph came and passes on what it is told.
// Called from one thread at a time; read it when the reading has ended.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "core/clock.h"
#include "generate/audience.h"

namespace graphrail::app::doctor {

class FirstElement final : public generate::Audience {
 public:
  /// `next` may be null.
  FirstElement(std::shared_ptr<generate::Audience> next, std::shared_ptr<const core::Clock> clock)
      : next_(std::move(next)), clock_(std::move(clock)) {}

  void node(const graph::Node& node) override {
    note();
    if (next_) next_->node(node);
  }
  void edge(const graph::Edge& edge) override {
    note();
    if (next_) next_->edge(edge);
  }

  [[nodiscard]] std::optional<core::Clock::SteadyTime> time() const noexcept { return time_; }

 private:
  void note() {
    if (!time_) time_ = clock_->steady_now();
  }

  std::shared_ptr<generate::Audience> next_;
  std::shared_ptr<const core::Clock> clock_;
  std::optional<core::Clock::SteadyTime> time_;
};

}  // namespace graphrail::app::doctor
