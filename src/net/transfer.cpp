#include "net/transfer.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/curl_easy.h"
#include "net/curl_error.h"
#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

std::optional<tcp::endpoint> endpoint_of(const curl_sockaddr& address) {
  tcp::endpoint endpoint;
  if (address.family != AF_INET && address.family != AF_INET6) return std::nullopt;
  if (address.addrlen > endpoint.capacity()) return std::nullopt;
  std::copy_n(reinterpret_cast<const char*>(&address.addr), address.addrlen,
              reinterpret_cast<char*>(endpoint.data()));
  endpoint.resize(address.addrlen);
  return endpoint;
}

void store(const tcp::endpoint& endpoint, curl_sockaddr& address) {
  address.family = endpoint.protocol().family();
  address.addrlen = static_cast<unsigned int>(endpoint.size());
  std::copy_n(reinterpret_cast<const char*>(endpoint.data()), endpoint.size(),
              reinterpret_cast<char*>(&address.addr));
}

}  // namespace

struct Transfer::Handles {
  Handles() : easy(curl_easy_init()), share(curl_share_init()), url(curl_url()) {
    if (easy == nullptr || share == nullptr || url == nullptr) throw std::bad_alloc();
  }
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    curl_easy_cleanup(easy);
    curl_share_cleanup(share);
    curl_url_cleanup(url);
  }
  CURL* easy;
  CURLSH* share;
  CURLU* url;
  Slist headers;
  Slist pins;
};

Transfer::Transfer(TransferRequest request, const AddressPolicy& policy,
                   std::shared_ptr<Connector> connector, std::shared_ptr<BodyBudget> budget,
                   std::shared_ptr<CurlMulti> multi)
    : request_(std::move(request)),
      policy_(policy),
      connector_(std::move(connector)),
      budget_(std::move(budget)),
      multi_(std::move(multi)),
      handles_(std::make_unique<Handles>()),
      woken_(multi_->strand()),
      sink_(request_.body, budget_) {}

Transfer::~Transfer() = default;

void Transfer::configure() {
  CURL* easy = handles_->easy;
  const Url& url = request_.url;
  set_url(handles_->url, url);
  set_option(easy, CURLOPT_CURLU, handles_->url);
  set_option(easy, CURLOPT_PATH_AS_IS, 1L);
  set_option(easy, CURLOPT_PROTOCOLS_STR, url.scheme == Scheme::kHttps ? "https" : "http");
  set_option(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set_option(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set_option(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!request_.ca_file.empty()) set_option(easy, CURLOPT_CAINFO, request_.ca_file.c_str());
  set_option(easy, CURLOPT_USERAGENT, request_.user_agent.c_str());
  for (const std::string& line : request_.headers) append(handles_->headers, line);
  set_option(easy, CURLOPT_HTTPHEADER, handles_->headers.get());
  const auto total = std::max<std::int64_t>(request_.time_left.count(), 1);
  set_option(easy, CURLOPT_TIMEOUT_MS, long{total});
  set_option(easy, CURLOPT_CONNECTTIMEOUT_MS,
             std::min(long{request_.connect_timeout.count()}, long{total}));
  set_option(easy, CURLOPT_NOSIGNAL, 1L);
  configure_guards();
  configure_callbacks();
}

void Transfer::configure_guards() {
  CURL* easy = handles_->easy;
  // A DNS cache of its own: in the multi handle's, this pin would outlive the exchange and meet
  // other exchanges with the same host.
  curl_share_setopt(handles_->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
  set_option(easy, CURLOPT_SHARE, handles_->share);
  if (!request_.url.host.address) {
    std::string pin = fmt::format("{}:{}:", request_.url.host.name, request_.url.port);
    for (std::size_t i = 0; i < request_.addresses.size(); ++i) {
      const auto& address = request_.addresses[i];
      const std::string text = address.to_string();
      pin += (i == 0 ? "" : ",") + (address.is_v6() ? "[" + text + "]" : text);
    }
    append(handles_->pins, pin);
    set_option(easy, CURLOPT_RESOLVE, handles_->pins.get());
  }
  set_option(easy, CURLOPT_PROXY, "");
  set_option(easy, CURLOPT_NOPROXY, "*");
  set_option(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(easy, CURLOPT_FRESH_CONNECT, 1L);
  set_option(easy, CURLOPT_FORBID_REUSE, 1L);
  set_option(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set_option(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  set_option(easy, CURLOPT_OPENSOCKETDATA, this);
  set_option(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
  set_option(easy, CURLOPT_PREREQDATA, this);
}

void Transfer::configure_callbacks() {
  CURL* easy = handles_->easy;
  set_option(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set_option(easy, CURLOPT_HEADERDATA, this);
  set_option(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set_option(easy, CURLOPT_WRITEDATA, this);
  set_option(easy, CURLOPT_NOPROGRESS, 1L);
}

bool Transfer::may_dial(const tcp::endpoint& endpoint) const {
  if (endpoint.port() != request_.url.port) return false;
  const asio::ip::address address = endpoint.address();
  // Both must hold: it was among the vetted answers, and the rule still lets it pass by itself.
  return std::ranges::find(request_.addresses, address) != request_.addresses.end() &&
         !policy_.vet_addresses(request_.url, std::span(&address, 1));
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto endpoint = endpoint_of(*address);
  if (purpose != CURLSOCKTYPE_IPCXN || !endpoint || !transfer.may_dial(*endpoint)) {
    transfer.fail(make_error(FetchError::kUnreachable,
                             std::string(kGuardPrefix) + "connection to an address not vetted"));
    return CURL_SOCKET_BAD;
  }
  const tcp::endpoint target =
      transfer.connector_ ? transfer.connector_->route(*endpoint) : *endpoint;
  transfer.dialled_.push_back(endpoint->address());
  transfer.routed_.push_back(target);
  store(target, *address);
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Transfer::on_connected(void* self, char* peer, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  // The port is not compared: libcurl reports the URL's, whatever was dialled.
  boost::system::error_code error;
  const auto address = asio::ip::make_address(peer, error);
  const bool known = !error && std::ranges::any_of(transfer.routed_, [&](const tcp::endpoint& e) {
    return e.address() == address;
  });
  if (known) return CURL_PREREQFUNC_OK;
  transfer.fail(make_error(FetchError::kUnreachable,
                           std::string(kGuardPrefix) + "connected to an address not vetted"));
  return CURL_PREREQFUNC_ABORT;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  return static_cast<Transfer*>(self)->take_header({data, bytes}) ? bytes : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  return static_cast<Transfer*>(self)->take_body({data, size * count});
}

bool Transfer::take_header(std::string_view line) {
  if (failure_) return false;
  if (!head_.add_line(line)) {
    fail(make_error(FetchError::kBadResponse, "malformed or oversized header"));
    return false;
  }
  if (!head_.complete() || verdict_) return true;
  auto verdict = judge_head(head_.head(), request_.conditional, request_.body.max_bytes);
  if (!verdict) {
    fail(std::move(verdict.error()));
    return false;
  }
  verdict_ = *verdict;
  // The body of a redirect is not worth reading: the exchange ends here.
  if (verdict_->next != HeadVerdict::Next::kReadBody) return false;
  auto decoder = ContentDecoder::create(head_.head().join("content-encoding"));
  if (!decoder) {
    fail(std::move(decoder.error()));
    return false;
  }
  sink_.start(std::move(*decoder));
  return true;
}

std::size_t Transfer::take_body(std::string_view bytes) {
  if (failure_) return 0;
  if (sink_.starved()) {
    paused_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  if (auto taken = sink_.accept(bytes); !taken) {
    fail(std::move(taken.error()));
    return 0;
  }
  if (sink_.starved()) wait_for_budget();
  return bytes.size();
}

void Transfer::fail(core::Error error) {
  if (!failure_) failure_ = std::move(error);
}

void Transfer::wait_for_budget() {
  budget_->notify([weak = weak_from_this(), strand = multi_->strand()] {
    asio::post(strand, [weak] {
      if (const auto alive = weak.lock()) alive->wake();
    });
  });
}

void Transfer::wake() {
  if (failure_ || !sink_.starved()) return;
  if (auto drained = sink_.drain(); !drained) fail(std::move(drained.error()));
  if (!failure_ && sink_.starved()) {
    wait_for_budget();
    return;
  }
  woken_.cancel();
  if (!paused_) return;
  paused_ = false;
  curl_easy_pause(handles_->easy, CURLPAUSE_CONT);
}

asio::awaitable<void> Transfer::settle_body(CurlMulti::TimePoint deadline) {
  paused_ = false;
  const auto token = asio::as_tuple(asio::use_awaitable);
  while (!failure_ && sink_.starved()) {
    woken_.expires_at(deadline);
    const auto [error] = co_await woken_.async_wait(token);
    if (!error) fail(make_error(FetchError::kTimeout, "no memory for the body in time"));
  }
}

asio::awaitable<core::Result<TransferResponse>> Transfer::run(CurlMulti::TimePoint deadline) {
  const auto self = shared_from_this();
  configure();
  const CURLcode code = co_await multi_->perform(handles_->easy, deadline);
  co_await settle_body(deadline);
  co_return conclude(code);
}

core::Result<TransferResponse> Transfer::conclude(CURLcode code) {
  if (failure_) return core::fail(std::move(*failure_));
  TransferResponse response;
  const bool stopped = verdict_ && verdict_->next != HeadVerdict::Next::kReadBody;
  if (!stopped) {
    if (code != CURLE_OK) return core::fail(error_of(code));
    if (!verdict_) return fail_fetch(FetchError::kBadResponse, "no complete head");
    if (auto finished = sink_.finish(); !finished) return core::fail(std::move(finished.error()));
    response.body = sink_.take_body();
    response.body_lease = sink_.take_lease();
  }
  response.head = head_.head();
  response.verdict = *verdict_;
  return response;
}

}  // namespace graphrail::net
