#include "app/doctor/model_advice.h"

#include <fmt/format.h>

#include "app/doctor/check.h"
#include "llm/call_error.h"

namespace graphrail::app::doctor {
namespace {

using llm::LlmError;

constexpr std::size_t kNamedModels = 5;

std::string mend_key(const ModelSetting& setting) {
  if (!setting.has_key) {
    return "No key is set. Set OPENAI_API_KEY, or OPENAI_API_KEY_FILE to a file that holds it.";
  }
  return "Is OPENAI_API_KEY the key of this very server, complete and not revoked? Servers that "
         "take it in the field api-key need OPENAI_KEY_HEADER=api-key.";
}

std::string mend_model(const ModelSetting& setting, const std::vector<std::string>& models) {
  if (models.empty()) {
    return fmt::format("Set OPENAI_MODEL to a model of this server. {}", doubt_address(setting));
  }
  return fmt::format("Set OPENAI_MODEL to one the server has: {}.",
                     name_some(models, setting.model));
}

std::string mend_connection(const core::Error& error, const ModelSetting& setting) {
  if (error.reason() == "tls") {
    return "Its certificate is not trusted here, or it does not speak TLS. Name its authority's "
           "PEM file in MODEL_CA_FILE, or write http:// where the server is on a private network.";
  }
  if (error.reason() == "unreachable") {
    return fmt::format(
        "Is the server running, and is its address right? OPENAI_BASE_URL is {}. Inside a "
        "container, localhost is the container itself.",
        setting.address);
  }
  return "The server has trouble of its own: look at its log, try again later.";
}

std::string mend_overflow(const ModelSetting& setting) {
  return fmt::format(
      "Give the server a larger context, or lower MAX_CONTENT_CHARS (now {}) and "
      "MODEL_MAX_OUTPUT_TOKENS.",
      setting.content_chars);
}

std::string mend(const core::Error& error, const ModelSetting& setting,
                 const std::vector<std::string>& models) {
  switch (llm::kind_of(error)) {
    case LlmError::kWrongKey:
      return mend_key(setting);
    case LlmError::kInsufficientQuota:
      return "Add credit to the account behind the key, or use the key of another one.";
    case LlmError::kRateLimited:
    case LlmError::kBusy:
      return "Wait a moment and try again; if it stays, raise the account's limits or lower "
             "MODEL_CONCURRENCY.";
    case LlmError::kContextOverflow:
      return mend_overflow(setting);
    case LlmError::kContentFiltered:
      return "The server's filter stops a harmless announcement: look at its filter settings.";
    case LlmError::kRefused:
      return "The model declines a harmless announcement: set OPENAI_MODEL to another one.";
    case LlmError::kUnsupportedParameter:
      return "The server accepts no form of the request; set OPENAI_MODEL to a chat model.";
    case LlmError::kModelNotFound:
      return mend_model(setting, models);
    case LlmError::kTimeout:
      return fmt::format(
          "It took longer than MODEL_TIMEOUT_SECONDS ({}) allows. Raise it where the model loads "
          "or answers slowly; look whether the server hangs.",
          setting.timeout_seconds);
    case LlmError::kMalformedAnswer:
      return doubt_address(setting);
    case LlmError::kAnswerTooLarge:
      return "The model does not stop writing: lower MODEL_MAX_OUTPUT_TOKENS or set OPENAI_MODEL "
             "to another one.";
    case LlmError::kUnavailable:
    case LlmError::kCircuitOpen:
    case LlmError::kCancelled:
      break;
  }
  return mend_connection(error, setting);
}

}  // namespace

std::string doubt_address(const ModelSetting& setting) {
  if (setting.address.contains("/v1")) {
    return fmt::format(
        "OPENAI_BASE_URL is {}; does it lead to the API itself, or to a web page or proxy?",
        setting.address);
  }
  return fmt::format("OPENAI_BASE_URL is {}; is that right? It usually ends in /v1.",
                     setting.address);
}

std::string name_some(const std::vector<std::string>& models, const std::string& wanted) {
  const std::string start = wanted.substr(0, wanted.find_first_of("-:/."));
  std::string out;
  std::size_t named = 0;
  for (const bool alike : {true, false}) {
    for (const std::string& name : models) {
      if (name.starts_with(start) != alike || named == kNamedModels) continue;
      out += (named == 0 ? "" : ", ") + tidy_words(name);
      ++named;
    }
  }
  if (models.size() > named) out += fmt::format(" and {} more", models.size() - named);
  return out;
}

Advice advise(const core::Error& error, const ModelSetting& setting,
              const std::vector<std::string>& models) {
  const LlmError kind = llm::kind_of(error);
  Advice advice;
  advice.seen = error.public_text();
  const std::string cause = tidy_words(error.private_cause());
  if (!cause.empty()) advice.seen += fmt::format(" ({})", cause);
  advice.mend = mend(error, setting, models);
  advice.is_unavailable = kind == LlmError::kUnavailable || kind == LlmError::kTimeout ||
                          kind == LlmError::kCircuitOpen;
  return advice;
}

}  // namespace graphrail::app::doctor
