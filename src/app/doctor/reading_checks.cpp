#include "app/doctor/reading_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "app/doctor/model_checks.h"
#include "app/doctor/sample.h"

namespace graphrail::app::doctor {
namespace {

constexpr std::string_view kMendCut =
    "Give the server a larger context: OLLAMA_CONTEXT_LENGTH for Ollama, -c for llama.cpp, "
    "--max-model-len for vLLM; or lower MAX_CONTENT_CHARS.";

/// "2 quote_not_in_text, 1 dangling_edge".
std::string count_warnings(const ReadingSight& sight) {
  std::map<std::string, int> counts;
  for (const graph::Warning& warning : sight.warnings) ++counts[warning.code];
  std::string out;
  for (const auto& [code, count] : counts) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, code);
  }
  return out;
}

/// What to do when facts are missing.
std::string mend_missing(const ReadingSight& sight) {
  if (std::ranges::any_of(sight.calls, looks_cut)) {
    return fmt::format("The server seems to cut prompts without saying so. {}", kMendCut);
  }
  const auto broken = std::ranges::find(sight.warnings, "chunk_failed", &graph::Warning::code);
  if (broken != sight.warnings.end()) {
    return fmt::format(
        "{} Look whether something between here and the model ends answers early, and raise "
        "MODEL_MAX_OUTPUT_TOKENS.",
        tidy_words(broken->message));
  }
  return "A larger model finds more: set OPENAI_MODEL to another one.";
}

struct FormWords {
  CheckState state;
  std::string_view seen;
  std::string_view mend;
};

FormWords words_of(llm::Rung rung) noexcept {
  switch (rung) {
    case llm::Rung::kStrictSchema:
      return {CheckState::kOk, "strict JSON Schema: the server holds every answer to the form", ""};
    case llm::Rung::kSchema:
      return {CheckState::kOk,
              "JSON Schema without strict: the server knows the form, it is checked here", ""};
    case llm::Rung::kJsonObject:
      return {CheckState::kNote,
              "JSON without a schema: the form stands in the prompt and is checked here", ""};
    case llm::Rung::kPlainText:
      break;
  }
  return {CheckState::kWarning,
          "plain text: the form stands in the prompt, the JSON is looked for in the answer",
          "A model or server with structured outputs reads more reliably."};
}

std::vector<std::string_view> given_up(const llm::Capability& capability) {
  std::vector<std::string_view> names;
  if (!capability.max_completion_tokens) names.push_back("max_completion_tokens");
  if (!capability.stream_usage) names.push_back("stream_options");
  if (!capability.temperature) names.push_back("temperature");
  if (!capability.seed) names.push_back("seed");
  return names;
}

llm::TokenUsage sum_usage(const ReadingSight& sight) {
  llm::TokenUsage sum;
  for (const CallSight& call : sight.calls) {
    sum.prompt_tokens += call.answer.usage.prompt_tokens;
    sum.completion_tokens += call.answer.usage.completion_tokens;
  }
  return sum;
}

std::optional<double> sum_cost(const ReadingSight& sight) {
  double sum = 0;
  for (const CallSight& call : sight.calls) {
    if (!call.answer.cost_usd) return std::nullopt;
    sum += *call.answer.cost_usd;
  }
  return sum;
}

Check make_cut(const ReadingSight& sight) {
  const auto cut = std::ranges::find_if(sight.calls, looks_cut);
  return {.name = "long texts",
          .state = CheckState::kWarning,
          .seen = fmt::format("the server counted {} tokens in a prompt of {} bytes: it seems to "
                              "cut prompts without saying so",
                              cut->answer.usage.prompt_tokens, cut->prompt_bytes),
          .mend = std::string(kMendCut)};
}

}  // namespace

std::string describe_time(std::chrono::milliseconds time) {
  if (time < std::chrono::seconds(1)) return fmt::format("{} ms", time.count());
  return fmt::format("{:.1f} s", static_cast<double>(time.count()) / 1000.0);
}

Check check_reading(const ReadingSight& sight) {
  const std::size_t facts = count_facts(sight.graph);
  const std::string dropped = count_warnings(sight);
  Check check{.name = "reading"};
  check.seen = fmt::format("{} of {} facts of a sample, {} nodes, {} edges", facts, kSampleFacts,
                           sight.graph.nodes.size(), sight.graph.edges.size());
  if (sight.first_element) {
    check.seen += fmt::format("; the first after {}", describe_time(*sight.first_element));
  }
  check.seen += fmt::format(", all after {}", describe_time(sight.took));
  if (!dropped.empty()) check.seen += fmt::format("; dropped: {}", dropped);
  check.detail = {{"facts_found", facts},
                  {"facts", kSampleFacts},
                  {"nodes", sight.graph.nodes.size()},
                  {"edges", sight.graph.edges.size()},
                  {"dropped", sight.warnings.size()},
                  {"total_ms", sight.took.count()}};
  if (sight.first_element) check.detail["first_element_ms"] = sight.first_element->count();
  if (facts == kSampleFacts) return check;
  check.state = facts == 0 ? CheckState::kFailed : CheckState::kWarning;
  check.mend = mend_missing(sight);
  return check;
}

Check check_form(const ReadingSight& sight) {
  // Later calls of a reading step down, never up.
  const llm::Capability capability =
      sight.calls.empty() ? llm::Capability{} : sight.calls.back().answer.capability;
  const FormWords words = words_of(capability.rung);
  Check check{.name = "answer form",
              .state = words.state,
              .seen = std::string(words.seen),
              .mend = std::string(words.mend)};
  const std::vector<std::string_view> names = given_up(capability);
  if (!names.empty()) check.seen += fmt::format("; given up: {}", fmt::join(names, ", "));
  int requests = 0;
  for (const CallSight& call : sight.calls) requests += call.answer.attempts;
  if (requests > 1) check.seen += fmt::format("; found out with {} requests", requests);
  boost::json::array list(names.begin(), names.end());
  check.detail = {{"form", llm::to_string(capability.rung)},
                  {"given_up", std::move(list)},
                  {"requests", requests}};
  return check;
}

Check check_tokens(const ReadingSight& sight, const ModelSetting& setting) {
  const llm::TokenUsage usage = sum_usage(sight);
  const std::optional<double> cost = sum_cost(sight);
  const bool is_estimated = std::ranges::any_of(
      sight.calls, [](const CallSight& call) { return call.answer.usage_is_estimated; });
  Check check{.name = "tokens"};
  check.seen = fmt::format("{} read, {} written", usage.prompt_tokens, usage.completion_tokens);
  if (is_estimated) check.seen += " (estimated: the server does not count them)";
  check.detail = {{"prompt_tokens", usage.prompt_tokens},
                  {"completion_tokens", usage.completion_tokens},
                  {"is_estimated", is_estimated},
                  {"cost_usd", nullptr}};
  if (cost) {
    check.seen += fmt::format("; {:.6f} USD", *cost);
    // Sums of binary fractions have a tail that means nothing.
    check.detail["cost_usd"] = std::round(*cost * 1e8) / 1e8;
    return check;
  }
  check.state = CheckState::kNote;
  check.seen += "; the price is not known";
  check.mend = fmt::format(
      "To see costs, set MODEL_PRICES to {}=PROMPT/COMPLETION, in USD per million tokens.",
      setting.model);
  return check;
}

std::optional<Check> check_long(const ReadingSight& sample,
                                const std::optional<ReadingSight>& longest,
                                const ModelSetting& setting) {
  if (!longest) {
    if (std::ranges::any_of(sample.calls, looks_cut)) return make_cut(sample);
    if (!setting.is_own_server) return std::nullopt;
    return Check{
        .name = "long texts",
        .state = CheckState::kNote,
        .seen = fmt::format("not tried: servers may cut what does not fit their context without "
                            "saying so; `graphrail doctor --long` sends {} characters",
                            setting.content_chars)};
  }
  if (std::ranges::any_of(longest->calls, looks_cut)) return make_cut(*longest);
  const std::size_t facts = count_facts(longest->graph);
  Check check{
      .name = "long texts",
      .seen = fmt::format("{} of {} facts at the beginning of {} characters, after {}", facts,
                          kSampleFacts, longest->text_chars, describe_time(longest->took)),
      .detail = {{"facts_found", facts},
                 {"chars", longest->text_chars},
                 {"prompt_tokens", sum_usage(*longest).prompt_tokens},
                 {"total_ms", longest->took.count()}}};
  if (facts >= count_facts(sample.graph)) return check;
  check.state = CheckState::kWarning;
  check.mend = fmt::format(
      "Either the model loses sight of long texts: lower MAX_CONTENT_CHARS; "
      "or the server cuts prompts. {}",
      kMendCut);
  return check;
}

}  // namespace graphrail::app::doctor
