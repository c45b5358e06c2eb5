#include "observe/metrics.h"

#include <prometheus/text_serializer.h>

#include <utility>

#include "observe/process_metrics.h"

namespace graphrail::observe {

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {}

prometheus::Family<prometheus::Counter>& Metrics::counter_family(std::string name,
                                                                 std::string help) {
  return prometheus::BuildCounter()
      .Name(std::move(name))
      .Help(std::move(help))
      .Register(*registry_);
}

prometheus::Family<prometheus::Gauge>& Metrics::gauge_family(std::string name, std::string help) {
  return prometheus::BuildGauge().Name(std::move(name)).Help(std::move(help)).Register(*registry_);
}

prometheus::Family<prometheus::Histogram>& Metrics::histogram_family(std::string name,
                                                                     std::string help) {
  return prometheus::BuildHistogram()
      .Name(std::move(name))
      .Help(std::move(help))
      .Register(*registry_);
}

void Metrics::publish_build_info(std::string version) {
  gauge_family("graphrail_build_info", "Constant 1, labelled with the version that runs.")
      .Add({{"version", std::move(version)}})
      .Set(1);
}

std::string Metrics::serialize() const {
  std::vector<prometheus::MetricFamily> families = registry_->Collect();
  for (prometheus::MetricFamily& family : collect_process_metrics()) {
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace graphrail::observe
