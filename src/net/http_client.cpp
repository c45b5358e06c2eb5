#include "net/http_client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "net/curl_multi.h"
#include "net/http_exchange.h"

namespace graphrail::net {
namespace {

namespace asio = boost::asio;

class Collector final : public HttpSink {
 public:
  void on_head(const ResponseHead& head) override { response.head = head; }
  BodyWish on_body(std::string_view bytes) override {
    response.body.append(bytes);
    return BodyWish::kMore;
  }
  HttpResponse response;
};

asio::awaitable<core::Result<void>> run_exchange(std::shared_ptr<HttpExchange> exchange) {
  co_return co_await exchange->run();
}

}  // namespace

struct HttpClient::State {
  std::shared_ptr<CurlMulti> multi;
  std::string user_agent;
};

HttpClient::HttpClient(const asio::any_io_executor& executor, HttpClientOptions options)
    : state_(std::make_shared<State>(CurlMulti::create(executor, options.kept_connections),
                                     std::move(options.user_agent))) {}

HttpClient::~HttpClient() = default;

asio::awaitable<core::Result<void>> HttpClient::send(HttpCall call,
                                                     std::shared_ptr<HttpSink> sink) const {
  const auto state = state_;
  auto exchange = std::make_shared<HttpExchange>(std::move(call), state->user_agent,
                                                 std::move(sink), state->multi);
  auto running = run_exchange(std::move(exchange));
  const asio::any_io_executor strand = state->multi->strand();
  const asio::any_io_executor here = co_await asio::this_coro::executor;
  if (here == strand) co_return co_await std::move(running);
  co_return co_await asio::co_spawn(strand, std::move(running), asio::use_awaitable);
}

asio::awaitable<core::Result<HttpResponse>> HttpClient::collect(HttpCall call) const {
  const auto collector = std::make_shared<Collector>();
  const core::Result<void> sent = co_await send(std::move(call), collector);
  if (!sent) co_return core::fail(sent.error());
  co_return std::move(collector->response);
}

asio::any_io_executor HttpClient::executor() const noexcept { return state_->multi->strand(); }

}  // namespace graphrail::net
