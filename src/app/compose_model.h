// The model side of the composition: client, engine, and what of both the settings decide.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "config/settings.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "extract/extractor.h"
#include "llm/chat_client.h"
#include "llm/openai_client.h"
#include "observe/metrics.h"

namespace graphrail::app {

/// What the model side stands on; all are shared. `executor` must outlive what is made.
struct ModelParts {
  boost::asio::any_io_executor executor;
  std::shared_ptr<core::WorkPool> pool;
  std::shared_ptr<core::Clock> clock;
  std::shared_ptr<core::Random> random;
  std::shared_ptr<observe::Metrics> metrics;
};

/// OPENAI_BASE_URL is another server than OpenAI's.
[[nodiscard]] bool is_own_server(const config::Settings& settings) noexcept;

/// A key is set, or a server of one's own that may need none.
[[nodiscard]] bool has_model(const config::Settings& settings) noexcept;

/// The limits and prices of every client, without a key.
[[nodiscard]] llm::OpenAiOptions make_model_options(const config::Settings& settings);

/// Fails when the address or the prices cannot be used.
[[nodiscard]] core::Result<std::shared_ptr<llm::ChatClient>> compose_chat_client(
    const config::Settings& settings, const ModelParts& parts);

/// The engine over that client.
[[nodiscard]] std::shared_ptr<extract::Extractor> compose_model_extractor(
    const config::Settings& settings, const ModelParts& parts,
    std::shared_ptr<llm::ChatClient> client);

/// The engine that `serve` uses: graphs of pages are kept and shared. Null without a model.
[[nodiscard]] core::Result<std::shared_ptr<extract::Extractor>> compose_shared_model(
    const config::Settings& settings, const ModelParts& parts);

}  // namespace graphrail::app
