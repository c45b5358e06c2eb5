#include "generate/generate.h"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <utility>

#include "generate/collector.h"
#include "generate/describe.h"
#include "generate/engine.h"
#include "generate/model_failure.h"
#include "generate/own_key_check.h"
#include "generate/production.h"
#include "generate/source.h"
#include "generate/until_gone.h"
#include "net/url.h"
#include "observe/log.h"

namespace graphrail::generate {
namespace {

namespace this_coro = boost::asio::this_coro;

constexpr std::size_t kSessionIdBytes = 16;

void tell(const std::shared_ptr<Audience>& audience, std::string_view stage,
          const boost::json::object& detail) {
  if (audience) audience->stage(stage, detail);
}

void warn(const std::shared_ptr<Audience>& audience, const std::vector<graph::Warning>& warnings) {
  if (!audience) return;
  for (const graph::Warning& warning : warnings) audience->warning(warning);
}

/// The counter without the charge that is being given back.
quota::Standing given_back(quota::Standing daily) {
  if (daily.used > 0) --daily.used;
  return daily;
}

std::int64_t milliseconds_since(core::Clock::SteadyTime started, const core::Clock& clock) {
  return std::chrono::floor<std::chrono::milliseconds>(clock.steady_now() - started).count();
}

}  // namespace

boost::asio::awaitable<core::Result<GenerateResult>> Generator::generate(GenerateRequest request) {
  // Cancelled in between, a charge would be left open until its lease ends.
  co_await this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
  auto running = run(std::move(request));
  core::Result<GenerateResult> result = co_await std::move(running);
  co_await this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
  co_return result;
}

boost::asio::awaitable<core::Result<GenerateResult>> Generator::run(GenerateRequest request) {
  core::Result<Plan> plan = choose_engine(request, parts_);
  if (!plan) co_return core::fail(std::move(plan.error()));
  // What is wrong with the input itself is said before anything is asked or counted.
  core::Result<std::optional<Source>> given = accept(request.input);
  if (!given) co_return core::fail(std::move(given.error()));
  if (!plan->uses_own_key) request.own_key.reset();
  if (request.own_key) {
    auto checking = until_gone(
        request.audience, parts_.own_key_check->check(request.own_key, request.caller.address));
    core::Result<void> checked = co_await std::move(checking);
    if (!checked) co_return core::fail(std::move(checked.error()));
  }

  core::Result<quota::Ticket> ticket;
  if (spends(*plan)) {
    auto charging =
        charge(request.caller, reserved_tokens(request.input, parts_.limits), request.audience);
    ticket = co_await std::move(charging);
    if (!ticket) co_return core::fail(std::move(ticket.error()));
  }

  const std::shared_ptr<Audience> audience = request.audience;
  Production production;
  try {
    auto producing =
        produce(std::move(request), std::move(*plan), std::move(*given), ticket->is_charged());
    production = co_await std::move(producing);
  } catch (...) {
    production.thrown = std::current_exception();
  }

  const bool is_given_back = production.end == ChargeEnd::kRefund && ticket->daily;
  if (is_given_back && audience) audience->charged(given_back(*ticket->daily));
  auto closing = close(std::move(*ticket), production.end, production.spent_tokens);
  co_await std::move(closing);
  if (production.thrown) std::rethrow_exception(production.thrown);
  co_return std::move(production.result);
}

boost::asio::awaitable<Production> Generator::produce(GenerateRequest request, Plan plan,
                                                      std::optional<Source> given,
                                                      bool is_charged) {
  const core::Clock::SteadyTime started = parts_.clock->steady_now();
  const std::shared_ptr<Audience> audience = request.audience;
  Production production;

  core::Result<Source> source;
  if (given) {
    source = std::move(*given);
  } else {
    tell(audience, "reading", {});
    auto reading = until_gone(audience, read_page(std::move(request.input), request.force_refresh));
    source = co_await std::move(reading);
  }
  if (!source) {
    production.result = core::fail(std::move(source.error()));
    co_return production;
  }

  tell(audience, "extracting", {{"engine", plan.engine}, {"input_chars", source->chars}});
  auto collector = std::make_shared<GraphCollector>(*plan.schema, source->text, audience);
  auto extracting = until_gone(
      audience, plan.extractor->extract(ask_about(*source, *plan.schema, request), collector));
  core::Result<extract::ExtractionReport> report = co_await std::move(extracting);
  if (!report) {
    core::Error error = explain(std::move(report.error()), request);
    const bool is_dismissed = audience != nullptr && audience->is_dismissed();
    production.end = charge_end_of(error, collector->has_begun(), is_dismissed);
    production.result = core::fail(std::move(error));
    co_return production;
  }
  // An answer that was kept cost no model call.
  const bool was_made_now = !report->cache_age_seconds.has_value();
  production.end = was_made_now ? ChargeEnd::kSettle : ChargeEnd::kRefund;
  // Those of a call that several share are counted once.
  production.spent_tokens = report->is_shared ? 0 : report->token_count;

  GenerateResult result;
  result.meta = describe(*report, *plan.schema, *source);
  result.meta.metered = is_charged && was_made_now;
  graph::ValidatedGraph sound = collector->take();
  append(result.meta.warnings, std::move(sound.warnings));
  result.graph = std::move(sound.graph);
  result.meta.session_id = core::random_hex(*parts_.random, kSessionIdBytes);
  result.meta.processing_ms = milliseconds_since(started, *parts_.clock);

  tell(audience, "saving", {});
  auto saving = save(to_saved(result, *source, parts_.clock->unix_seconds(),
                              parts_.limits.anonymous_lifetime_seconds));
  std::optional<graph::Warning> not_saved = co_await std::move(saving);
  if (not_saved) result.meta.warnings.push_back(std::move(*not_saved));
  warn(audience, result.meta.warnings);
  production.result = std::move(result);
  co_return production;
}

core::Result<std::optional<Source>> Generator::accept(const std::string& input) const {
  if (!is_url(input)) return read_text(input, parts_.limits);
  if (parts_.pages == nullptr) {
    return core::fail(core::Error(GenerateError::kUrlUnsupported,
                                  {"Addresses are not read here; paste the page's text instead."})
                          .with_field("input"));
  }
  const core::Result<net::Url> url = net::parse_url(input);
  if (!url) return core::fail(to_generate_error(url.error()));
  return std::nullopt;
}

boost::asio::awaitable<core::Result<Source>> Generator::read_page(std::string input,
                                                                  bool force_refresh) {
  page::PageRequest page{input, force_refresh};
  auto reading = parts_.pages->read(std::move(page));
  core::Result<page::PageReading> read = co_await std::move(reading);
  if (!read) co_return core::fail(to_generate_error(std::move(read.error())));
  co_return make_page_source(std::move(input), *read, parts_.limits, parts_.clock->unix_seconds());
}

boost::asio::awaitable<std::optional<graph::Warning>> Generator::save(
    std::shared_ptr<const history::SavedGraph> graph) {
  if (parts_.graphs == nullptr) co_return std::nullopt;
  auto saving = parts_.graphs->save(std::move(graph));
  const core::Result<void> saved = co_await std::move(saving);
  if (saved) co_return std::nullopt;
  observe::log_warn("graph not saved", {{"code", saved.error().code().message()},
                                        {"cause", saved.error().private_cause()}});
  co_return graph::Warning{
      "not_saved", "The graph could not be saved; it cannot be opened again by its session id."};
}

}  // namespace graphrail::generate
