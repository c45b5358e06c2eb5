#include "app/compose_model.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "extract/model/prompt.h"
#include "extract/model_extractor.h"
#include "generate/shared_extractor.h"
#include "history/graph_cache.h"

namespace graphrail::app {
namespace {

constexpr std::string_view kOpenAi = "https://api.openai.com/v1";
constexpr std::size_t kGraphCacheBytes = 64UL * 1024 * 1024;

llm::KeyHeader to_key_header(std::string_view name) {
  if (name == "bearer") return llm::KeyHeader::kBearer;
  if (name == "api-key") return llm::KeyHeader::kApiKey;
  return llm::KeyHeader::kAuto;
}

}  // namespace

bool is_own_server(const config::Settings& settings) noexcept {
  return settings.openai_base_url != kOpenAi;
}

bool has_model(const config::Settings& settings) noexcept {
  return !settings.openai_api_key.empty() || is_own_server(settings);
}

llm::OpenAiOptions make_model_options(const config::Settings& settings) {
  llm::OpenAiOptions options;
  options.base_url = settings.openai_base_url;
  options.key_header = to_key_header(settings.openai_key_header);
  options.model = settings.openai_model;
  options.max_concurrent = settings.model_concurrency;
  options.max_queued = settings.model_queue;
  options.stall_timeout = std::chrono::seconds(settings.model_stall_seconds);
  options.first_byte_timeout = std::chrono::seconds(settings.model_timeout_seconds);
  options.ca_file = settings.model_ca_file;
  options.prices = llm::parse_prices(settings.model_prices).table;
  return options;
}

core::Result<std::shared_ptr<llm::ChatClient>> compose_chat_client(const config::Settings& settings,
                                                                   const ModelParts& parts) {
  llm::OpenAiOptions options = make_model_options(settings);
  if (!settings.openai_api_key.empty()) {
    options.key = std::make_shared<const core::Secret>(settings.openai_api_key.clone());
  }
  return llm::make_openai_client(
      parts.executor, std::move(options),
      {.clock = parts.clock, .random = parts.random, .metrics = parts.metrics});
}

std::shared_ptr<extract::Extractor> compose_model_extractor(
    const config::Settings& settings, const ModelParts& parts,
    std::shared_ptr<llm::ChatClient> client) {
  extract::model::ReadingLimits limits;
  limits.chunk_chars = settings.max_content_chars;
  limits.parallel_chunks = settings.model_parallel_chunks;
  limits.max_output_tokens = static_cast<std::uint32_t>(settings.model_max_output_tokens);
  limits.call_timeout = std::chrono::seconds(settings.model_timeout_seconds);
  return extract::make_model_extractor({.client = std::move(client),
                                        .pool = parts.pool,
                                        .clock = parts.clock,
                                        .random = parts.random,
                                        .limits = limits});
}

core::Result<std::shared_ptr<extract::Extractor>> compose_shared_model(
    const config::Settings& settings, const ModelParts& parts) {
  if (!has_model(settings)) return std::shared_ptr<extract::Extractor>();
  auto client = compose_chat_client(settings, parts);
  if (!client) return core::fail(std::move(client.error()));
  auto engine = compose_model_extractor(settings, parts, std::move(*client));
  auto cache = history::make_memory_graph_cache(
      kGraphCacheBytes, static_cast<std::int64_t>(settings.cache_ttl_seconds), parts.clock);
  return generate::make_shared_extractor(
      {.engine = std::move(engine),
       .cache = std::move(cache),
       .clock = parts.clock,
       .fingerprint = fmt::format("{}\n{}\n{}", settings.openai_base_url, settings.openai_model,
                                  extract::model::kPromptVersion)});
}

}  // namespace graphrail::app
