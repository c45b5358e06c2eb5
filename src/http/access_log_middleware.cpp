#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <utility>

#include "http/middlewares.h"
#include "observe/log.h"

namespace graphrail::http {
namespace {

using observe::LogLevel;

/// Asked every few seconds by machines; at info they would drown what people do.
constexpr std::array<std::string_view, 4> kProbePaths{"/livez", "/readyz", "/health", "/metrics"};

LogLevel level_for(std::string_view path) {
  return std::ranges::find(kProbePaths, path) == kProbePaths.end() ? LogLevel::kInfo
                                                                   : LogLevel::kDebug;
}

/// A route's {placeholders} may hold what opens a saved graph, so a path that has some is told by
/// its template only.
std::string_view loggable_path(const Request& request) {
  return request.path_parameters.empty() ? std::string_view(request.path) : request.route;
}

/// Ends the record of one request, at the latest when it is destroyed: a handler that throws past
/// every barrier is still counted.
class RequestRecord {
 public:
  RequestRecord(RequestMetrics& metrics, const core::Clock& clock, std::shared_ptr<Request> request)
      : metrics_(metrics), clock_(clock), request_(std::move(request)), begin_(clock.steady_now()) {
    metrics_.begin();
  }
  ~RequestRecord() {
    const auto duration = clock_.steady_now() - begin_;
    metrics_.end(request_->route, request_->method, status_, duration);
    const LogLevel level = level_for(request_->path);
    if (observe::is_log_enabled(level)) write_line(level, duration);
  }
  RequestRecord(const RequestRecord&) = delete;
  RequestRecord& operator=(const RequestRecord&) = delete;

  void set_status(int status) noexcept { status_ = status; }
  void add_bytes(std::size_t bytes) noexcept { bytes_ += bytes; }

 private:
  void write_line(LogLevel level, std::chrono::nanoseconds duration) const {
    const double ms = std::chrono::duration<double, std::milli>(duration).count();
    observe::log(level, "request",
                 {{"request_id", request_->request_id},
                  {"method", to_string(request_->method)},
                  {"route", request_->route},
                  {"path", loggable_path(*request_)},
                  {"status", status_},
                  {"bytes", bytes_},
                  {"ms", ms},
                  {"peer", request_->peer.to_string()},
                  {"client_gone", request_->is_client_gone()}});
  }

  RequestMetrics& metrics_;
  const core::Clock& clock_;
  std::shared_ptr<Request> request_;
  std::chrono::steady_clock::time_point begin_;
  int status_ = 500;
  std::uint64_t bytes_ = 0;
};

/// Counts what a producer writes on its way to the connection.
class CountingWriter final : public StreamWriter {
 public:
  CountingWriter(std::shared_ptr<StreamWriter> inner, RequestRecord& record)
      : inner_(std::move(inner)), record_(record) {}

  boost::asio::awaitable<bool> write(std::string chunk) override {
    record_.add_bytes(chunk.size());
    return inner_->write(std::move(chunk));
  }
  [[nodiscard]] bool is_closed() const noexcept override { return inner_->is_closed(); }

 private:
  std::shared_ptr<StreamWriter> inner_;
  RequestRecord& record_;
};

boost::asio::awaitable<void> produce_recorded(std::shared_ptr<StreamWriter> writer,
                                              StreamProducer producer,
                                              std::shared_ptr<RequestRecord> record) {
  const auto counting = std::make_shared<CountingWriter>(std::move(writer), *record);
  co_await producer(counting);
}

class AccessLogMiddleware final : public Middleware {
 public:
  AccessLogMiddleware(std::shared_ptr<RequestMetrics> metrics, std::shared_ptr<core::Clock> clock)
      : metrics_(std::move(metrics)), clock_(std::move(clock)) {}

  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                          const Handler& next) override {
    const auto record = std::make_shared<RequestRecord>(*metrics_, *clock_, request);
    Response response = co_await next(std::move(request));
    record->set_status(response.status);
    if (response.stream) {
      // The record ends with the stream: when the producer's copies of it are gone.
      response.stream =
          [record, producer = std::move(response.stream)](std::shared_ptr<StreamWriter> writer) {
            return produce_recorded(std::move(writer), producer, record);
          };
    } else {
      record->add_bytes(response.body_view().size());
    }
    co_return response;
  }

 private:
  std::shared_ptr<RequestMetrics> metrics_;
  std::shared_ptr<core::Clock> clock_;
};

}  // namespace

std::shared_ptr<Middleware> make_access_log_middleware(std::shared_ptr<RequestMetrics> metrics,
                                                       std::shared_ptr<core::Clock> clock) {
  return std::make_shared<AccessLogMiddleware>(std::move(metrics), std::move(clock));
}

}  // namespace graphrail::http
