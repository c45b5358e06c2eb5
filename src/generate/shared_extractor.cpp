#include "generate/shared_extractor.h"

#include <openssl/sha.h>

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <map>
#include <mutex>
#include <utility>

#include "generate/extraction_flight.h"
#include "generate/report_json.h"

namespace graphrail::generate {
namespace {

using boost::asio::awaitable;
using extract::ExtractionReport;
using extract::ExtractionRequest;
using extract::ExtractionSink;
using FlightPtr = std::shared_ptr<ExtractionFlight>;

std::string sha256_bytes(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return {digest.begin(), digest.end()};
}

void replay(const graph::Graph& graph, ExtractionSink& sink) {
  for (const graph::Node& node : graph.nodes) sink.node(node);
  for (const graph::Edge& edge : graph.edges) sink.edge(edge);
}

/// Gets off the flight when the request ends, however it ends.
class Seat {
 public:
  Seat(FlightPtr flight, std::shared_ptr<ExtractionSink> sink, std::function<void()> on_last)
      : flight_(std::move(flight)), sink_(std::move(sink)), on_last_(std::move(on_last)) {}
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  ~Seat() {
    if (flight_->leave(sink_)) on_last_();
  }

 private:
  FlightPtr flight_;
  std::shared_ptr<ExtractionSink> sink_;
  std::function<void()> on_last_;
};

class SharedExtractor final : public extract::Extractor,
                              public std::enable_shared_from_this<SharedExtractor> {
 public:
  explicit SharedExtractor(SharedExtractorParts parts) : parts_(std::move(parts)) {}

  awaitable<core::Result<ExtractionReport>> extract(ExtractionRequest request,
                                                    std::shared_ptr<ExtractionSink> sink) override {
    if (!request.is_shareable || request.key) {
      co_return co_await parts_.engine->extract(std::move(request), std::move(sink));
    }
    const std::string key = make_key(request);
    if (!request.force_refresh) {
      auto finding = parts_.cache->find(key);
      const std::shared_ptr<const history::CachedGraph> kept = co_await std::move(finding);
      if (std::optional<ExtractionReport> report =
              kept ? read_report(kept->report_json) : std::nullopt) {
        replay(kept->graph, *sink);
        report->cache_age_seconds = parts_.clock->unix_seconds() - kept->made_at;
        co_return std::move(*report);
      }
    }
    auto flying = fly_along(key, std::move(request), std::move(sink));
    co_return co_await std::move(flying);
  }

 private:
  std::string make_key(const ExtractionRequest& request) const {
    return sha256_bytes(*request.text) + request.schema + '\n' + parts_.fingerprint;
  }

  awaitable<core::Result<ExtractionReport>> fly_along(std::string key, ExtractionRequest request,
                                                      std::shared_ptr<ExtractionSink> sink) {
    const auto executor = co_await boost::asio::this_coro::executor;
    // A refresh must not be answered by a call that was made before it was asked for.
    const std::string name = request.force_refresh ? key + ":refresh" : key;
    const auto [flight, is_first] = join(name, sink, executor);
    const Seat seat(flight, sink,
                    [self = shared_from_this(), name, flight] { self->forget(name, flight); });
    if (is_first) {
      boost::asio::co_spawn(
          executor, fly(shared_from_this(), name, key, flight, std::move(request)),
          boost::asio::bind_cancellation_slot(flight->slot(), boost::asio::detached));
    }
    auto landing = core::suspend(
        [flight](std::shared_ptr<core::Waiter> waiter) { flight->wake_at_end(std::move(waiter)); });
    co_await std::move(landing);
    core::Result<ExtractionReport> report = flight->report();
    if (report) report->is_shared = !is_first;
    co_return report;
  }

  /// The flight of that name with the sink aboard; a new one when there is none to board.
  std::pair<FlightPtr, bool> join(const std::string& name,
                                  const std::shared_ptr<ExtractionSink>& sink,
                                  const boost::asio::any_io_executor& executor) {
    const std::scoped_lock lock(mutex_);
    FlightPtr& flight = flights_[name];
    if (flight && flight->board(sink)) return {flight, false};
    flight = std::make_shared<ExtractionFlight>(executor);
    flight->board(sink);
    return {flight, true};
  }

  void forget(const std::string& name, const FlightPtr& flight) {
    const std::scoped_lock lock(mutex_);
    const auto found = flights_.find(name);
    if (found != flights_.end() && found->second == flight) flights_.erase(found);
  }

  static awaitable<void> fly(std::shared_ptr<SharedExtractor> self, std::string name,
                             std::string key, FlightPtr flight, ExtractionRequest request) {
    std::optional<core::Result<ExtractionReport>> report;
    std::exception_ptr thrown;
    try {
      auto extracting = self->parts_.engine->extract(std::move(request), flight);
      report = co_await std::move(extracting);
    } catch (...) {
      thrown = std::current_exception();
    }
    // Kept before anyone is answered and before the name is free, so that who asks next finds it.
    if (report && *report && !(*report)->truncated) {
      auto kept = std::make_shared<history::CachedGraph>();
      kept->graph = flight->graph();
      kept->report_json = write_report(**report);
      kept->made_at = self->parts_.clock->unix_seconds();
      auto saving = self->parts_.cache->save(std::move(key), std::move(kept));
      co_await std::move(saving);
    }
    self->forget(name, flight);
    flight->land(std::move(report), std::move(thrown));
  }

  SharedExtractorParts parts_;
  std::mutex mutex_;
  std::map<std::string, FlightPtr> flights_;
};

}  // namespace

std::shared_ptr<extract::Extractor> make_shared_extractor(SharedExtractorParts parts) {
  return std::make_shared<SharedExtractor>(std::move(parts));
}

}  // namespace graphrail::generate
