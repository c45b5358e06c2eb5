#include "app/compose_doctor.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <utility>

#include "app/compose.h"
#include "app/compose_model.h"
#include "app/doctor/first_element.h"
#include "app/doctor/probe_client.h"
#include "app/doctor/sample.h"
#include "app/run_to_end.h"
#include "app/serve_command.h"
#include "core/utf8.h"
#include "generate/collector.h"
#include "graph/schema.h"
#include "llm/call_error.h"
#include "net/http_client.h"
#include "net/io_thread.h"
#include "net/resolver.h"

namespace graphrail::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kListingTimeout{10};
constexpr seconds kPortTimeout{2};
constexpr seconds kResolveTimeout{5};
/// Exists as long as the Internet does (RFC 2606 reserves it for such uses).
constexpr std::string_view kPublicName = "example.com";

milliseconds since(const core::Clock& clock, core::Clock::SteadyTime start) {
  return std::chrono::duration_cast<milliseconds>(clock.steady_now() - start);
}

doctor::ModelSetting make_setting(const config::Settings& settings) {
  doctor::ModelSetting setting;
  setting.model = settings.openai_model;
  setting.has_key = !settings.openai_api_key.empty();
  setting.is_own_server = is_own_server(settings);
  setting.timeout_seconds = settings.model_timeout_seconds;
  setting.content_chars = settings.max_content_chars;
  if (auto url = net::parse_url(settings.openai_base_url)) {
    url->query.clear();
    setting.address = url->to_string();
  }
  return setting;
}

/// A refused key and a server that is not there need no second try.
bool is_worth_asking(const std::optional<core::Error>& error) {
  if (!error) return true;
  const llm::LlmError kind = llm::kind_of(*error);
  return error->reason().empty() && kind != llm::LlmError::kWrongKey &&
         kind != llm::LlmError::kTimeout;
}

/// What reading stands on; destroyed in reverse.
struct Probe {
  net::IoThread outbound;
  std::shared_ptr<core::Clock> clock = std::make_shared<core::SystemClock>();
  std::shared_ptr<core::WorkPool> pool;
  std::shared_ptr<doctor::ProbeClient> client;
  std::shared_ptr<extract::Extractor> extractor;
};

doctor::ReadingSight read_text(Probe& probe, std::string text,
                               const std::shared_ptr<generate::Audience>& audience) {
  const auto shared = std::make_shared<const std::string>(std::move(text));
  const auto started = probe.clock->steady_now();
  auto first = std::make_shared<doctor::FirstElement>(audience, probe.clock);
  auto collector =
      std::make_shared<generate::GraphCollector>(*graph::find_schema("venture"), shared, first);
  extract::ExtractionRequest request{.text = shared, .schema = "venture"};
  auto reading = probe.extractor->extract(std::move(request), collector);
  auto report = run_to_end(std::move(reading));
  doctor::ReadingSight sight;
  sight.took = since(*probe.clock, started);
  sight.text_chars = core::count_code_points(*shared);
  sight.calls = probe.client->take_calls();
  if (const auto at = first->time()) {
    sight.first_element = std::chrono::duration_cast<milliseconds>(*at - started);
  }
  if (!report) {
    sight.error = std::move(report.error());
    return sight;
  }
  graph::ValidatedGraph validated = collector->take();
  sight.graph = std::move(validated.graph);
  sight.warnings = std::move(report->warnings);
  sight.warnings.insert(sight.warnings.end(), validated.warnings.begin(), validated.warnings.end());
  return sight;
}

}  // namespace

core::Result<doctor::ModelSight> probe_model(const config::Settings& settings,
                                             const ProbeWish& wish) {
  Probe probe;
  probe.pool = std::make_shared<core::WorkPool>(worker_thread_count(settings), settings.work_queue);
  const ModelParts parts{.executor = probe.outbound.executor(),
                         .pool = probe.pool,
                         .clock = probe.clock,
                         .random = core::make_system_random(),
                         .metrics = std::make_shared<observe::Metrics>()};
  auto client = compose_chat_client(settings, parts);
  if (!client) return core::fail(std::move(client.error()));
  probe.client = std::make_shared<doctor::ProbeClient>(std::move(*client));
  probe.extractor = compose_model_extractor(settings, parts, probe.client);

  doctor::ModelSight sight;
  sight.setting = make_setting(settings);
  const auto started = probe.clock->steady_now();
  const auto timeout = std::min(kListingTimeout, seconds(settings.model_timeout_seconds));
  if (wish.audience) wish.audience->stage("asking the model server", {});
  auto models = run_to_end(probe.client->models(started + timeout, nullptr));
  sight.listing_took = since(*probe.clock, started);
  if (models) {
    sight.models = std::move(*models);
  } else {
    sight.listing_error = std::move(models.error());
  }
  if (!is_worth_asking(sight.listing_error)) return sight;
  if (wish.audience) wish.audience->stage("reading a sample", {});
  sight.sample = read_text(probe, doctor::sample_text(), wish.audience);
  if (!wish.long_text || sight.sample->error) return sight;
  if (wish.audience) wish.audience->stage("reading a long text", {});
  sight.longest =
      read_text(probe, doctor::long_sample_text(settings.max_content_chars), wish.audience);
  return sight;
}

std::string ask_port_owner(const config::Settings& settings) {
  net::IoThread outbound;
  const net::HttpClient client(outbound.executor(), {});
  net::HttpCall call;
  auto url =
      net::parse_url(fmt::format("http://{}:{}/health", url_host(settings.bind), settings.port));
  if (!url) return "";
  call.url = std::move(*url);
  call.deadline = core::SystemClock().steady_now() + kPortTimeout;
  const auto response = run_to_end(client.collect(std::move(call)));
  if (!response || response->head.status != 200) return "";
  boost::system::error_code failed;
  const boost::json::value body = boost::json::parse(response->body, failed);
  const boost::json::object* health = failed ? nullptr : body.if_object();
  if (health == nullptr || !health->contains("checks") || !health->contains("version")) return "";
  const boost::json::value& version = health->at("version");
  if (!version.is_string()) return "";
  return doctor::tidy_words(fmt::format("graphrail {}", std::string_view(version.get_string())));
}

doctor::Check check_resolver() {
  const auto resolver = net::make_system_resolver();
  const core::SystemClock clock;
  const auto started = clock.steady_now();
  auto answers =
      run_to_end(resolver->resolve({std::string(kPublicName), true, started + kResolveTimeout}));
  doctor::Check check{.name = "page fetching"};
  if (answers) {
    check.seen = fmt::format("the name {} resolves to {} addresses in {} ms", kPublicName,
                             answers->size(), since(clock, started).count());
    return check;
  }
  check.state = doctor::CheckState::kFailed;
  check.seen = fmt::format("the name {} does not resolve ({})", kPublicName,
                           doctor::tidy_words(answers.error().private_cause()));
  check.mend =
      "Addresses cannot be read without a name server; pasted texts can. Look at "
      "/etc/resolv.conf.";
  return check;
}

}  // namespace graphrail::app
