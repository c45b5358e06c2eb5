#include "cases/cache_cases.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <optional>
#include <vector>

#include "cases/case_caches.h"
#include "cases/scripted_response.h"
#include "core/work_pool.h"
#include "page/caching_page_reader.h"
#include "support/origin/loopback_world.h"

namespace graphrail::cases {
namespace {

namespace asio = boost::asio;
namespace support = graphrail::test_support;
using Reading = core::Result<page::PageReading>;

/// The wall moves when the case says so, the steady clock runs.
class SteppedClock final : public core::Clock {
 public:
  [[nodiscard]] WallTime wall_now() const noexcept override {
    return WallTime(std::chrono::seconds(seconds_.load()));
  }
  [[nodiscard]] SteadyTime steady_now() const noexcept override {
    return std::chrono::steady_clock::now();
  }
  void advance(std::int64_t seconds) { seconds_ += seconds; }

 private:
  std::atomic<std::int64_t> seconds_{1'800'000'000};
};

/// The first request gets one script, those after it the other.
support::OriginScript first_then(support::OriginScript first, support::OriginScript later) {
  auto seen = std::make_shared<std::atomic<int>>(0);
  return [=](const support::OriginRequest& request, support::OriginConnection& connection) {
    (seen->fetch_add(1) == 0 ? first : later)(request, connection);
  };
}

support::OriginScript make_script(const Case& item) {
  const auto* response = object_at(item, "response");
  const auto* second = object_at(item, "second");
  support::OriginScript first = script_response(response ? *response : item).script;
  return first_then(first, second ? script_response(*second).script : first);
}

class Run final : public CacheRun {
 public:
  Run(const Case& item, asio::io_context& context)
      : item_(item), world_(options(), make_script(item)) {
    net::FetchDependencies dependencies = world_.dependencies();
    dependencies.clock = clock_;
    fetcher_.emplace(context.get_executor(), world_.options(), std::move(dependencies));
    reader_ = page::make_caching_page_reader(
        {.cache = make_case_cache(text_or(item, "store")),
         .fetch = [this](net::FetchRequest request) { return fetcher_->fetch(std::move(request)); },
         .pool = pool_,
         .clock = clock_});
    for (int i = 0; i < waves_of_first(); ++i) spawn_first(context, i == 0 && cancels());
    asio::post(context, [this] {
      if (cancels()) leave_.emit(asio::cancellation_type::terminal);
    });
  }

  [[nodiscard]] std::string complaints() const override;

 private:
  static support::OriginOptions options() {
    support::OriginOptions origin;
    origin.authority = &support::shared_authority();
    return origin;
  }
  [[nodiscard]] int waves_of_first() const {
    return static_cast<int>(number_or(item_, "concurrency", 1));
  }
  [[nodiscard]] bool cancels() const { return flag_or(item_, "cancel_one", false); }
  [[nodiscard]] std::string url(std::size_t index) const {
    const auto* urls = array_at(item_, "urls");
    return urls ? strings(*urls).at(index) : "https://news.example.com/article";
  }

  void spawn_first(asio::io_context& context, bool leaves) {
    auto done = [this, &context, leaves](std::exception_ptr thrown, Reading reading) {
      if (!leaves && !thrown) first_.push_back(std::move(reading));
      if (++finished_ == waves_of_first()) start_second(context);
    };
    auto reading = reader_->read({url(0), false});
    if (leaves) {
      asio::co_spawn(context, std::move(reading),
                     asio::bind_cancellation_slot(leave_.slot(), done));
    } else {
      asio::co_spawn(context, std::move(reading), done);
    }
  }

  void start_second(asio::io_context& context) {
    requests_first_wave_ = world_.origin().requests().size();
    first_elapsed_ = std::chrono::steady_clock::now() - started_;
    if (!needs_second()) return;
    clock_->advance(static_cast<std::int64_t>(number_or(item_, "after_s", 0)));
    page::PageRequest request{url(array_at(item_, "urls") ? 1 : 0),
                              flag_or(item_, "force_refresh", false)};
    asio::co_spawn(context, reader_->read(std::move(request)),
                   [this](std::exception_ptr, Reading reading) { second_ = std::move(reading); });
  }
  [[nodiscard]] bool needs_second() const {
    return object_at(item_, "second") != nullptr || array_at(item_, "urls") != nullptr;
  }

  void check_counts(const Case& expect, std::string& wrong) const;
  void check_second(const Case& expect, std::string& wrong) const;

  const Case& item_;
  std::shared_ptr<SteppedClock> clock_ = std::make_shared<SteppedClock>();
  std::shared_ptr<core::WorkPool> pool_ = std::make_shared<core::WorkPool>(2, 256);
  support::LoopbackWorld world_;
  std::optional<net::Fetcher> fetcher_;
  std::shared_ptr<page::PageReader> reader_;
  asio::cancellation_signal leave_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::duration first_elapsed_{};
  int finished_ = 0;
  std::size_t requests_first_wave_ = 0;
  std::vector<Reading> first_;
  std::optional<Reading> second_;
};

void complain_unless(bool ok, std::string_view what, std::string& wrong) {
  if (!ok) wrong += fmt::format("{}{}", wrong.empty() ? "" : "; ", what);
}

void Run::check_counts(const Case& expect, std::string& wrong) const {
  const auto requests = world_.origin().requests();
  const auto count = [&](std::string_view key, std::size_t seen) {
    const double wanted = number_or(expect, key, static_cast<double>(seen));
    complain_unless(wanted == static_cast<double>(seen), fmt::format("{} {}", key, seen), wrong);
  };
  count("requests", requests.size());
  count("requests_first_wave", requests_first_wave_);
  if (const auto* sends = object_at(expect, "sends")) {
    for (const auto& [name, value] : *sends) {
      const std::string sent = requests.empty() ? "" : requests.back().field(name);
      complain_unless(value.get_string() == sent,
                      fmt::format("sent {} {}", std::string(name), sent), wrong);
    }
  }
  const double budget = number_or(expect, "max_cache_wait_ms", -1);
  if (budget < 0) return;
  // One look-up and one save may each use the budget; the fetch itself is local and quick.
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(first_elapsed_).count();
  complain_unless(static_cast<double>(ms) < 2 * budget + 1'000, fmt::format("took {} ms", ms),
                  wrong);
}

void Run::check_second(const Case& expect, std::string& wrong) const {
  const boost::json::value* hit = expect.if_contains("hit");
  if (hit == nullptr) return;
  if (!second_ || !*second_) {
    complain_unless(false, "no second answer", wrong);
    return;
  }
  const page::PageOrigin origin = (**second_).origin;
  const std::string_view name = page::to_string(origin);
  const bool right =
      hit->is_string() ? hit->get_string() == name : hit->get_bool() == (**second_).is_hit();
  complain_unless(right, fmt::format("second answer {}", name), wrong);
}

std::string Run::complaints() const {
  std::string wrong;
  const auto* expect = object_at(item_, "expect");
  if (expect == nullptr) return "no expectation";
  check_counts(*expect, wrong);
  check_second(*expect, wrong);
  const auto all_ok = [this] {
    return !first_.empty() &&
           std::ranges::all_of(first_, [](const Reading& r) { return r.has_value(); });
  };
  if (flag_or(*expect, "ok", false)) complain_unless(all_ok(), "first answer failed", wrong);
  if (flag_or(*expect, "survivor_ok", false)) complain_unless(all_ok(), "survivor failed", wrong);
  if (flag_or(*expect, "next_call_ok", false)) {
    complain_unless(second_ && second_->has_value(), "next call failed", wrong);
  }
  return wrong;
}

}  // namespace

std::unique_ptr<CacheRun> start_cache_case(const Case& item, asio::io_context& context) {
  return std::make_unique<Run>(item, context);
}

}  // namespace graphrail::cases
