#include "net/fetcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "net/curl_multi.h"
#include "net/fetch_error.h"
#include "net/robots_cache.h"
#include "net/transfer.h"

namespace graphrail::net {

namespace asio = boost::asio;
using TimePoint = core::Clock::SteadyTime;

/// Everything the fetches share; touched on the strand only.
struct Fetcher::State {
  State(const asio::any_io_executor& executor, FetchOptions options, FetchDependencies dependencies)
      : options(std::move(options)),
        dependencies(std::move(dependencies)),
        multi(CurlMulti::create(executor)),
        budget(std::make_shared<BodyBudget>(this->options.limits.large_bodies)),
        pacing(this->options.pacing) {}

  [[nodiscard]] TimePoint now() const { return dependencies.clock->steady_now(); }

  FetchOptions options;
  FetchDependencies dependencies;
  std::shared_ptr<CurlMulti> multi;
  std::shared_ptr<BodyBudget> budget;
  HostPacing pacing;
  RobotsCache robots;
  std::size_t under_way = 0;
};

namespace {

using StatePtr = std::shared_ptr<Fetcher::State>;

constexpr std::size_t kMaxPinned = 8;

/// One hop while it happens; reports its receipt when it goes out of scope.
class HopReport {
 public:
  HopReport(const Fetcher::State& state, int hop, std::string url)
      : state_(state), started_(state.now()) {
    receipt.hop = hop;
    receipt.url = std::move(url);
    receipt.verdict = "cancelled";
  }
  HopReport(const HopReport&) = delete;
  HopReport& operator=(const HopReport&) = delete;
  ~HopReport() {
    if (!state_.dependencies.observer) return;
    receipt.elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(state_.now() - started_);
    state_.dependencies.observer->on_hop(receipt);
  }

  /// Notes the failure and returns it for the caller.
  std::unexpected<core::Error> fail(core::Error error) {
    receipt.verdict = error.reason();
    receipt.cause = error.private_cause();
    return core::fail(std::move(error));
  }
  std::unexpected<core::Error> refuse(Refusal refusal) {
    receipt.verdict = refusal_name(refusal);
    receipt.cause = fmt::format("{}{}", kRefusedPrefix, refusal_name(refusal));
    return fail_fetch(FetchError::kUnreachable, receipt.cause);
  }

  HopReceipt receipt;

 private:
  const Fetcher::State& state_;
  TimePoint started_;
};

/// Where a chase stands; lives in one coroutine's frame.
struct Chase {
  FetchRequest request;
  TimePoint deadline;
  /// Off while robots.txt itself is fetched.
  bool ask_robots = false;
  std::vector<Url> chain;
};

asio::awaitable<core::Result<void>> wait_for_turn(StatePtr state, Url url, TimePoint deadline) {
  const auto admission = state->pacing.admit(url.host.name, state->now());
  if (admission.held.count() > 0) {
    auto error = make_error(FetchError::kRateLimited, "held by an earlier Retry-After");
    const auto seconds = static_cast<int>(admission.held.count());
    co_return core::fail(std::move(error).with_retry_after_seconds(seconds));
  }
  if (admission.wait.count() == 0) co_return core::Result<void>();
  const TimePoint turn = state->now() + admission.wait;
  if (turn >= deadline)
    co_return fail_fetch(FetchError::kOverloaded, "too many fetches of one host");
  asio::steady_timer timer(state->multi->strand(), turn);
  co_await timer.async_wait(asio::use_awaitable);
  co_return core::Result<void>();
}

asio::awaitable<core::Result<std::vector<asio::ip::address>>> find_addresses(StatePtr state,
                                                                             Url url,
                                                                             TimePoint deadline) {
  std::vector<asio::ip::address> addresses;
  if (url.host.address) {
    addresses.push_back(*url.host.address);
    co_return addresses;
  }
  const TimePoint soon = state->now() + state->options.limits.dns_deadline;
  ResolveQuery query(url.host.name, !state->options.policy.opens_host(url.host),
                     std::min(soon, deadline));
  co_return co_await state->dependencies.resolver->resolve(std::move(query));
}

/// A validator comes from a cache: a line break in it must not become a header of its own.
bool is_field_value(std::string_view value) {
  return !value.empty() && std::ranges::none_of(value, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

TransferRequest make_transfer(const Fetcher::State& state, const Chase& chase, const Url& url,
                              std::vector<asio::ip::address> addresses) {
  TransferRequest transfer;
  transfer.url = url;
  transfer.addresses = std::move(addresses);
  transfer.headers = {
      "Accept: text/html, application/xhtml+xml, text/plain;q=0.8, application/xml;q=0.7, "
      "*/*;q=0.1",
      "Accept-Language: en, *;q=0.5", fmt::format("Accept-Encoding: {}", kAcceptEncoding)};
  const FetchRequest& request = chase.request;
  if (is_field_value(request.if_none_match)) {
    transfer.headers.push_back("If-None-Match: " + request.if_none_match);
    transfer.conditional = true;
  }
  if (is_field_value(request.if_modified_since)) {
    transfer.headers.push_back("If-Modified-Since: " + request.if_modified_since);
    transfer.conditional = true;
  }
  transfer.user_agent = state.options.user_agent;
  transfer.ca_file = state.options.ca_file;
  transfer.connect_timeout = state.options.limits.connect_timeout;
  transfer.body = state.options.limits.body;
  transfer.time_left =
      std::chrono::duration_cast<std::chrono::milliseconds>(chase.deadline - state.now());
  return transfer;
}

/// Copies what the exchange showed into the receipt, and remembers a Retry-After.
void note_exchange(Fetcher::State& state, const Url& url, const Transfer& transfer,
                   HopReceipt& receipt) {
  receipt.status = transfer.head().status;
  receipt.wire_bytes = transfer.sink().wire_bytes();
  receipt.decoded_bytes = transfer.sink().decoded_bytes();
  receipt.retry_after = retry_after_of(transfer.head(), state.dependencies.clock->wall_now());
  if (receipt.retry_after && receipt.retry_after->count() > 0) {
    state.pacing.hold(url.host.name, *receipt.retry_after, state.now());
  }
}

core::Result<FetchedPage> make_page(TransferResponse response, std::vector<Url> chain,
                                    std::uint64_t wire_bytes) {
  FetchedPage page;
  const ResponseHead& head = response.head;
  page.not_modified = response.verdict.next == HeadVerdict::Next::kNotModified;
  if (!page.not_modified) {
    if (response.body.empty()) return fail_fetch(FetchError::kEmpty, "no body");
    page.kind = response.verdict.kind.value_or(sniff(response.body));
    if (page.kind == MediaKind::kUnsupported || has_binary_signature(response.body)) {
      return fail_fetch(FetchError::kUnsupportedType, "the body's first bytes");
    }
  }
  page.content_type = head.find("content-type").value_or("");
  page.status = head.status;
  page.final_url = chain.back();
  page.chain = std::move(chain);
  page.body = std::move(response.body);
  page.body_lease = std::move(response.body_lease);
  page.etag = head.find("etag").value_or("");
  page.last_modified = head.find("last-modified").value_or("");
  page.cache_control = head.join("cache-control");
  page.wire_bytes = wire_bytes;
  return page;
}

/// What a hop led to: a page, or the next URL.
using HopOutcome = std::variant<FetchedPage, Url>;

core::Result<HopOutcome> conclude_hop(core::Result<TransferResponse> response, const Chase& chase,
                                      const HopReceipt& receipt) {
  if (!response) {
    core::Error error = std::move(response.error());
    if (!receipt.retry_after) return core::fail(std::move(error));
    const auto seconds = static_cast<int>(receipt.retry_after->count());
    return core::fail(std::move(error).with_retry_after_seconds(seconds));
  }
  if (response->verdict.next == HeadVerdict::Next::kFollowLocation) {
    const auto location = response->head.find("location").value_or("");
    auto next = resolve_reference(chase.chain.back(), location);
    if (!next) return core::fail(std::move(next.error()));
    return HopOutcome(std::move(*next));
  }
  auto page = make_page(std::move(*response), chase.chain, receipt.wire_bytes);
  if (!page) return core::fail(std::move(page.error()));
  return HopOutcome(std::move(*page));
}

asio::awaitable<core::Result<void>> ask_robots(StatePtr state, Url url, TimePoint deadline);

/// One hop from the last URL of the chain.
asio::awaitable<core::Result<HopOutcome>> take_hop(StatePtr state, const Chase* chase) {
  const Url url = chase->chain.back();
  HopReport report(*state, static_cast<int>(chase->chain.size()) - 1, url.to_string());
  const AddressPolicy& policy = state->options.policy;
  if (const auto refusal = policy.vet_url(url)) co_return report.refuse(*refusal);
  if (chase->ask_robots) {
    auto asked = co_await ask_robots(state, url, chase->deadline);
    if (!asked) co_return report.fail(std::move(asked.error()));
  }
  auto turn = co_await wait_for_turn(state, url, chase->deadline);
  if (!turn) co_return report.fail(std::move(turn.error()));
  auto addresses = co_await find_addresses(state, url, chase->deadline);
  if (!addresses) {
    // To the caller a slow or empty look-up is the same as a refused one.
    const bool late = state->now() >= chase->deadline;
    const bool ours = addresses.error().is(FetchError::kOverloaded);
    if (late || ours) co_return report.fail(std::move(addresses.error()));
    co_return report.fail(make_error(FetchError::kUnreachable, addresses.error().private_cause()));
  }
  if (!addresses->empty()) report.receipt.address_class = classify(addresses->front());
  if (const auto refusal = policy.vet_addresses(url, *addresses)) co_return report.refuse(*refusal);
  // All answers were judged; a handful is enough to dial.
  if (addresses->size() > kMaxPinned) addresses->resize(kMaxPinned);
  if (url.scheme == Scheme::kHttps) report.receipt.tls_name = url.host.name;
  auto transfer =
      std::make_shared<Transfer>(make_transfer(*state, *chase, url, std::move(*addresses)), policy,
                                 state->dependencies.connector, state->budget, state->multi);
  auto response = co_await transfer->run(chase->deadline);
  note_exchange(*state, url, *transfer, report.receipt);
  auto outcome = conclude_hop(std::move(response), *chase, report.receipt);
  if (!outcome) co_return report.fail(std::move(outcome.error()));
  report.receipt.verdict = "allowed";
  co_return std::move(*outcome);
}

/// Follows redirects from `url` until there is a page or a reason not to go on.
asio::awaitable<core::Result<FetchedPage>> chase_page(StatePtr state, Url url, FetchRequest request,
                                                      TimePoint deadline, bool robots) {
  Chase chase;
  chase.request = std::move(request);
  chase.deadline = deadline;
  chase.ask_robots = robots;
  chase.chain.push_back(std::move(url));
  while (true) {
    auto outcome = co_await take_hop(state, &chase);
    if (!outcome) co_return core::fail(std::move(outcome.error()));
    if (auto* page = std::get_if<FetchedPage>(&*outcome)) co_return std::move(*page);
    const Url& next = std::get<Url>(*outcome);
    const int hop = static_cast<int>(chase.chain.size());
    const bool loops = std::ranges::find(chase.chain, next) != chase.chain.end();
    if (loops || hop > state->options.limits.max_redirects) {
      HopReport report(*state, hop, next.to_string());
      std::string cause = loops ? "redirect loop" : "too many redirects";
      co_return report.fail(make_error(FetchError::kBadRedirect, std::move(cause)));
    }
    chase.chain.push_back(next);
  }
}

/// RFC 9309 section 2.3.1: 4xx allows everything, 5xx and silence disallow everything.
RobotsRules rules_from(const core::Result<FetchedPage>& page, const std::string& user_agent) {
  if (page) return RobotsRules::parse(page->body, user_agent);
  const core::Error& error = page.error();
  for (const FetchError closed :
       {FetchError::kUpstreamError, FetchError::kUnreachable, FetchError::kTimeout,
        FetchError::kTlsError, FetchError::kBadResponse, FetchError::kOverloaded}) {
    if (error.is(closed)) return RobotsRules::disallow_all();
  }
  return RobotsRules::allow_all();
}

asio::awaitable<core::Result<void>> ask_robots(StatePtr state, Url url, TimePoint deadline) {
  using namespace std::chrono_literals;
  const std::string target = url.target();
  url.path = "/robots.txt";
  url.query.clear();
  const std::string key = url.to_string();
  auto rules = state->robots.find(key, state->now());
  if (!rules) {
    FetchRequest request;
    request.url = key;
    auto page = co_await chase_page(state, url, std::move(request), deadline, false);
    rules = rules_from(page, state->options.user_agent);
    const auto lifetime = page ? 3600s : 300s;
    state->robots.store(key, *rules, lifetime, state->now());
  }
  if (rules->allows(target)) co_return core::Result<void>();
  co_return fail_fetch(FetchError::kRobotsDisallowed, "robots.txt: " + target);
}

/// Counts a fetch for as long as it lives.
class UnderWay {
 public:
  explicit UnderWay(StatePtr state) : state_(std::move(state)) { ++state_->under_way; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;
  ~UnderWay() { --state_->under_way; }

 private:
  StatePtr state_;
};

asio::awaitable<core::Result<FetchedPage>> run_fetch(StatePtr state, FetchRequest request) {
  const FetchLimits& limits = state->options.limits;
  auto url = parse_url(request.url);
  if (!url) {
    HopReport report(*state, 0, request.url);
    co_return report.fail(std::move(url.error()));
  }
  if (state->under_way >= limits.max_concurrent) {
    HopReport report(*state, 0, url->to_string());
    co_return report.fail(make_error(FetchError::kOverloaded, "too many fetches"));
  }
  const UnderWay counted(state);
  const TimePoint deadline = state->now() + limits.deadline;
  co_return co_await chase_page(state, std::move(*url), std::move(request), deadline,
                                state->options.robots);
}

}  // namespace

Fetcher::Fetcher(const asio::any_io_executor& executor, FetchOptions options,
                 FetchDependencies dependencies)
    : state_(std::make_shared<State>(executor, std::move(options), std::move(dependencies))) {}

asio::awaitable<core::Result<FetchedPage>> Fetcher::fetch(FetchRequest request) const {
  const auto state = state_;
  auto running = run_fetch(state, std::move(request));
  co_return co_await asio::co_spawn(state->multi->strand(), std::move(running),
                                    asio::use_awaitable);
}

}  // namespace graphrail::net
