// Whoever waits for a generation: sees it while it happens, and may leave before it ends.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string_view>

#include "graph/graph.h"
#include "quota/ledger.h"

namespace graphrail::generate {

/// Called from one thread at a time, which need not be the one that generates. Everything may stay
/// unimplemented: a client that asked for no events only leaves.
class Audience {
 public:
  virtual ~Audience() = default;

  /// The caller's counter, once the generation has been charged to it.
  virtual void charged(const quota::Standing& /*daily*/) {}
  /// "reading", "extracting", "saving"; `detail` says more ({"chunks":9,"chunks_done":2}).
  virtual void stage(std::string_view /*name*/, const boost::json::object& /*detail*/) {}
  /// As the finished graph will hold it. A node shown before gained an alias or a property.
  virtual void node(const graph::Node& /*node*/) {}
  virtual void edge(const graph::Edge& /*edge*/) {}
  virtual void warning(const graph::Warning& /*warning*/) {}

  /// Calls `action` once, on the executor of the generation, when the audience leaves; at once when
  /// it has left. Not called any more when the result is gone.
  [[nodiscard]] virtual std::shared_ptr<void> on_gone(std::function<void()> /*action*/) {
    return nullptr;
  }

  /// True when it did not leave but was left: the server stops.
  [[nodiscard]] virtual bool is_dismissed() const { return false; }
};

}  // namespace graphrail::generate
