// What the mock server is made of, shared by its endpoints.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "app/mock_llm/fault_source.h"
#include "app/mock_llm/keys.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/work_pool.h"

namespace graphrail::app::mock_llm {

struct MockParts {
  KeyRules keys;
  /// For every chat completion that names none itself; may be empty.
  std::string fault;
  /// Runs the rules engine.
  std::shared_ptr<core::WorkPool> pool;
  std::shared_ptr<const core::Clock> clock;
  std::shared_ptr<core::Random> random;
};

/// One mock server. Constant but for the faults, which are safe from any thread.
struct Mock {
  explicit Mock(MockParts mock_parts) : parts(std::move(mock_parts)), faults(parts.fault) {}

  const MockParts parts;
  FaultSource faults;
};

}  // namespace graphrail::app::mock_llm
