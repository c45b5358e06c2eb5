#include "app/mock_llm/pause.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace graphrail::app::mock_llm {

namespace asio = boost::asio;

asio::awaitable<void> pause(std::chrono::milliseconds duration,
                            std::shared_ptr<http::ClientPresence> client) {
  if (duration.count() <= 0 || (client && client->is_gone())) co_return;
  const auto executor = co_await asio::this_coro::executor;
  auto timer = std::make_shared<asio::steady_timer>(executor, duration);
  http::ClientPresence::Subscription leaving;
  if (client) leaving = client->on_gone([timer] { timer->cancel(); });
  boost::system::error_code ignored;
  auto token = asio::redirect_error(asio::use_awaitable, ignored);
  co_await timer->async_wait(token);
}

}  // namespace graphrail::app::mock_llm
