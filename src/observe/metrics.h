// Prometheus metrics (text format 0.0.4) over prometheus-cpp's core library. Names start with
// graphrail_, end in a base unit or _total; labels come from small closed sets, never from users,
// URLs, hosts or keys. Safe from any thread.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

namespace graphrail::observe {

/// Owns the registry. Rooms create their families once, in their constructors, and keep references
/// to the children they touch on hot paths.
class Metrics {
 public:
  Metrics();

  [[nodiscard]] prometheus::Family<prometheus::Counter>& counter_family(std::string name,
                                                                        std::string help);
  [[nodiscard]] prometheus::Family<prometheus::Gauge>& gauge_family(std::string name,
                                                                    std::string help);
  [[nodiscard]] prometheus::Family<prometheus::Histogram>& histogram_family(std::string name,
                                                                            std::string help);

  /// Sets graphrail_build_info{version} to 1; called once by the composition root.
  void publish_build_info(std::string version);

  /// Everything in Prometheus text format, process_* metrics included.
  [[nodiscard]] std::string serialize() const;

 private:
  std::shared_ptr<prometheus::Registry> registry_;
};

}  // namespace graphrail::observe
