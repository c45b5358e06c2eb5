#include "app/doctor/model_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/doctor/model_advice.h"
#include "app/doctor/reading_checks.h"
#include "llm/call_error.h"

namespace graphrail::app::doctor {
namespace {

using llm::LlmError;

bool is_listing_unreachable(const ModelSight& sight) {
  return sight.listing_error && (!sight.listing_error->reason().empty() ||
                                 llm::kind_of(*sight.listing_error) == LlmError::kTimeout);
}

Check make_failure(std::string name, Advice advice) {
  return {.name = std::move(name),
          .state = CheckState::kFailed,
          .seen = std::move(advice.seen),
          .mend = std::move(advice.mend),
          .is_unavailable = advice.is_unavailable};
}

bool sends_key_in_clear(const ModelSetting& setting) {
  if (!setting.has_key || !setting.address.starts_with("http://")) return false;
  const std::string host = setting.address.substr(7);
  return !host.starts_with("127.") && !host.starts_with("localhost") && !host.starts_with("[::1]");
}

/// The server answered, the model did not keep to the form; its address is right.
bool is_model_at_fault(const ReadingSight& sight) {
  return !sight.calls.empty() && llm::kind_of(*sight.error) == LlmError::kMalformedAnswer;
}

Check make_reading_failure(std::string name, const ReadingSight& sight, const ModelSight& all) {
  Check failure = make_failure(std::move(name), advise(*sight.error, all.setting, all.models));
  if (is_model_at_fault(sight)) {
    failure.mend = "The model does not keep to the form: set OPENAI_MODEL to a larger one.";
  }
  return failure;
}

Check check_server(const ModelSight& sight) {
  if (is_listing_unreachable(sight)) {
    Check failure =
        make_failure("model server", advise(*sight.listing_error, sight.setting, sight.models));
    failure.seen = fmt::format("{}: {}", sight.setting.address, failure.seen);
    return failure;
  }
  Check check{
      .name = "model server",
      .seen =
          fmt::format("{} answers in {}", sight.setting.address, describe_time(sight.listing_took)),
      .detail = {{"address", sight.setting.address}, {"answer_ms", sight.listing_took.count()}}};
  if (sends_key_in_clear(sight.setting)) {
    check.state = CheckState::kWarning;
    check.mend = "The key travels unencrypted: use https unless the network is private.";
  }
  return check;
}

bool refuses_key(const std::optional<core::Error>& error) {
  return error && llm::kind_of(*error) == LlmError::kWrongKey;
}

Check check_key(const ModelSight& sight) {
  const core::Error* refusal = nullptr;
  if (refuses_key(sight.listing_error)) refusal = &*sight.listing_error;
  if (sight.sample && refuses_key(sight.sample->error)) refusal = &*sight.sample->error;
  if (refusal != nullptr) {
    return make_failure("model key", advise(*refusal, sight.setting, sight.models));
  }
  if (!sight.setting.has_key) {
    return {.name = "model key", .seen = "none is set, and the server asks for none"};
  }
  const bool is_proved = sight.sample && !sight.sample->error;
  if (is_proved || !sight.listing_error) return {.name = "model key", .seen = "taken"};
  return {.name = "model key", .state = CheckState::kNote, .seen = "set; not known to be taken"};
}

Check check_name(const ModelSight& sight) {
  const std::string& model = sight.setting.model;
  Check check{.name = "model name", .detail = {{"model", model}}};
  if (sight.listing_error || sight.models.empty()) {
    check.state = CheckState::kNote;
    check.seen = fmt::format("{}; the server gives no list to look it up in", model);
    if (sight.listing_error) {
      check.seen += fmt::format(" ({})", tidy_words(sight.listing_error->private_cause()));
    }
    return check;
  }
  // Ollama lists "name:latest" for what it answers to as "name".
  const bool is_listed = std::ranges::any_of(sight.models, [&model](const std::string& name) {
    return name == model || name == model + ":latest";
  });
  if (is_listed) {
    check.seen = fmt::format("{} is one of {} the server lists", model, sight.models.size());
    return check;
  }
  check.state = CheckState::kWarning;
  check.seen = fmt::format("{} is not among the {} the server lists", model, sight.models.size());
  check.mend = fmt::format("If calls fail, set OPENAI_MODEL to one of them: {}.",
                           name_some(sight.models, model));
  return check;
}

}  // namespace

bool looks_cut(const CallSight& call) noexcept {
  // The prompt and the sample are English: four to five bytes in a token.
  constexpr std::uint64_t kMostBytesPerToken = 6;
  const std::uint64_t tokens = call.answer.usage.prompt_tokens;
  return !call.answer.usage_is_estimated && tokens > 0 &&
         tokens * kMostBytesPerToken < call.prompt_bytes;
}

Check check_no_model() {
  return {.name = "model",
          .state = CheckState::kNote,
          .seen =
              "none is configured: the rules engine reads funding announcements, without "
              "network and cost",
          .mend =
              "For other texts set OPENAI_API_KEY, or OPENAI_BASE_URL to a server of your own, "
              "and OPENAI_MODEL (docs/models.md)."};
}

Checks check_model(const ModelSight& sight) {
  Checks checks{check_server(sight)};
  if (checks.front().state == CheckState::kFailed) return checks;
  checks.push_back(check_key(sight));
  if (checks.back().state == CheckState::kFailed) return checks;
  checks.push_back(check_name(sight));
  if (!sight.sample) return checks;
  if (sight.sample->error) {
    checks.push_back(make_reading_failure("reading", *sight.sample, sight));
    return checks;
  }
  checks.push_back(check_reading(*sight.sample));
  checks.push_back(check_form(*sight.sample));
  checks.push_back(check_tokens(*sight.sample, sight.setting));
  if (sight.longest && sight.longest->error) {
    checks.push_back(make_reading_failure("long texts", *sight.longest, sight));
  } else if (auto check = check_long(*sight.sample, sight.longest, sight.setting)) {
    checks.push_back(std::move(*check));
  }
  return checks;
}

}  // namespace graphrail::app::doctor
