#include "net/http_exchange.h"

#include <algorithm>
#include <new>
#include <utility>

namespace graphrail::net {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

/// For the end of a body that nobody needs any more.
constexpr milliseconds kDrainPatience{200};

bool is_header_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
}

bool is_sendable(const HttpCall& call) {
  const auto is_bad = [](const std::string& line) { return !is_header_text(line); };
  if (std::ranges::any_of(call.headers, is_bad) || !is_header_text(call.method)) return false;
  if (!call.secret) return true;
  const SecretHeader& secret = *call.secret;
  return secret.value && is_header_text(secret.name) && is_header_text(secret.prefix) &&
         is_header_text(secret.value->reveal());
}

HttpError kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_OPERATION_TIMEDOUT:
      // libcurl's only own timer is the one for connecting.
      return HttpError::kUnreachable;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return HttpError::kTlsError;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return HttpError::kBrokenOff;
    default:
      return HttpError::kBadResponse;
  }
}

}  // namespace

HttpExchange::HttpExchange(HttpCall call, std::string user_agent, std::shared_ptr<HttpSink> sink,
                           std::shared_ptr<CurlMulti> multi)
    : call_(std::move(call)),
      user_agent_(std::move(user_agent)),
      sink_(std::move(sink)),
      multi_(std::move(multi)),
      url_(curl_url()),
      easy_(curl_easy_init()),
      silence_(multi_->strand()) {
  if (!url_ || !easy_) throw std::bad_alloc();
}

void HttpExchange::configure() {
  CURL* easy = easy_.get();
  set_url(url_.get(), call_.url);
  set_option(easy, CURLOPT_CURLU, url_.get());
  set_option(easy, CURLOPT_PATH_AS_IS, 1L);
  set_option(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set_option(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set_option(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set_option(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!call_.ca_file.empty()) set_option(easy, CURLOPT_CAINFO, call_.ca_file.c_str());
  set_option(easy, CURLOPT_USERAGENT, user_agent_.c_str());
  set_option(easy, CURLOPT_PROXY, "");
  set_option(easy, CURLOPT_NOPROXY, "*");
  set_option(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(easy, CURLOPT_NOSIGNAL, 1L);
  set_option(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  // A look-up under way is left behind when the call ends: waiting for it would block the strand.
  set_option(easy, CURLOPT_QUICK_EXIT, 1L);
  const auto connect_ms = std::max<milliseconds::rep>(call_.connect_timeout.count(), 1);
  set_option(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_ms));
  if (call_.method != "GET") {
    set_option(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call_.body.size()));
    set_option(easy, CURLOPT_POSTFIELDS, call_.body.data());
    set_option(easy, CURLOPT_CUSTOMREQUEST, call_.method.c_str());
  }
  add_headers();
  set_option(easy, CURLOPT_HEADERFUNCTION, &HttpExchange::on_header);
  set_option(easy, CURLOPT_HEADERDATA, this);
  set_option(easy, CURLOPT_WRITEFUNCTION, &HttpExchange::on_body);
  set_option(easy, CURLOPT_WRITEDATA, this);
  set_option(easy, CURLOPT_NOPROGRESS, 1L);
}

void HttpExchange::add_headers() {
  for (const std::string& line : call_.headers) append(headers_, line);
  // libcurl would ask large bodies' servers for a 100 first, which many never send.
  append(headers_, "Expect:");
  if (call_.secret) {
    const SecretHeader& secret = *call_.secret;
    std::string line;
    // Never moved while it grows, so that one wipe reaches every copy.
    line.reserve(secret.name.size() + 2 + secret.prefix.size() + secret.value->reveal().size());
    line.append(secret.name).append(": ").append(secret.prefix).append(secret.value->reveal());
    append(headers_, line);
    core::wipe(line);
  }
  set_option(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t HttpExchange::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  return static_cast<HttpExchange*>(self)->take_header({data, bytes}) ? bytes : 0;
}

std::size_t HttpExchange::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  const std::size_t bytes = size * count;
  return static_cast<HttpExchange*>(self)->take_body({data, bytes}) ? bytes : 0;
}

// What a sink throws must not fly through libcurl's frames.
bool HttpExchange::take_header(std::string_view line) {
  if (!head_.add_line(line)) {
    failure_ = HttpError::kBadResponse;
    return false;
  }
  if (!head_.complete() || head_told_) return true;
  head_told_ = true;
  try {
    sink_->on_head(head_.head());
  } catch (...) {
    thrown_ = std::current_exception();
  }
  return !thrown_;
}

bool HttpExchange::take_body(std::string_view bytes) {
  if (enough_) return true;
  if (!head_told_) {
    failure_ = HttpError::kBadResponse;
    return false;
  }
  body_bytes_ += bytes.size();
  if (body_bytes_ > call_.max_body_bytes) {
    failure_ = HttpError::kTooLarge;
    return false;
  }
  be_patient(call_.stall_timeout);
  BodyWish wish = BodyWish::kStop;
  try {
    wish = sink_->on_body(bytes);
  } catch (...) {
    thrown_ = std::current_exception();
  }
  enough_ = wish != BodyWish::kMore;
  if (wish == BodyWish::kDrain) be_patient(kDrainPatience);
  return wish != BodyWish::kStop;
}

void HttpExchange::be_patient(milliseconds patience) {
  const auto ends = std::chrono::steady_clock::now() + patience;
  const bool sooner = ends < patience_ends_;
  patience_ends_ = ends;
  if (sooner) silence_.cancel();
}

void HttpExchange::watch_silence() {
  silence_.expires_at(patience_ends_);
  silence_.async_wait([weak = weak_from_this()](const boost::system::error_code&) {
    const auto self = weak.lock();
    if (!self || self->ended_) return;
    if (std::chrono::steady_clock::now() < self->patience_ends_) return self->watch_silence();
    if (!self->enough_) self->failure_ = HttpError::kStalled;
    self->multi_->stop(self->easy_.get(), CURLE_OPERATION_TIMEDOUT);
  });
}

asio::awaitable<core::Result<void>> HttpExchange::run() {
  const auto self = shared_from_this();
  if (!sink_ || !is_sendable(call_)) {
    co_return fail_http(HttpError::kInvalidCall, "a header or the key holds a control character");
  }
  configure();
  const bool waits_longer = call_.first_byte_timeout > milliseconds::zero();
  patience_ends_ = std::chrono::steady_clock::now() +
                   (waits_longer ? call_.first_byte_timeout : call_.stall_timeout);
  watch_silence();
  const CURLcode code = co_await multi_->perform(easy_.get(), call_.deadline);
  ended_ = true;
  silence_.cancel();
  co_return conclude(code);
}

core::Result<void> HttpExchange::conclude(CURLcode code) {
  if (thrown_) std::rethrow_exception(thrown_);
  if (enough_) return {};
  const std::string cause =
      fmt::format("libcurl {}: {}", static_cast<int>(code), curl_easy_strerror(code));
  if (failure_) return fail_http(*failure_, cause);
  if (code == CURLE_OPERATION_TIMEDOUT && std::chrono::steady_clock::now() >= call_.deadline) {
    return fail_http(HttpError::kTimeout, cause);
  }
  if (code != CURLE_OK) return fail_http(kind_of(code), cause);
  if (!head_told_) return fail_http(HttpError::kBadResponse, "no complete head");
  return {};
}

}  // namespace graphrail::net
