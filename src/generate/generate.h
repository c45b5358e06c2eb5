// The use case: a text becomes a graph. One function that reads like the sentence in the design;
// everything it touches is an interface.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "core/secret.h"
#include "extract/extractor.h"
#include "generate/audience.h"
#include "graph/graph.h"
#include "history/graph_store.h"
#include "page/page_reader.h"
#include "quota/meter.h"

namespace graphrail::generate {

enum class GenerateError {
  /// Text below the minimum length.
  kInputTooShort = 1,
  /// Text above the cap (400,000 code points).
  kInputTooLong,
  /// The asked-for engine is not available here.
  kEngineUnavailable,
  /// The rules engine only knows the venture schema.
  kSchemaUnsupported,
  /// The input is an address, and no page reader is at hand.
  kUrlUnsupported,
  /// The input is an address that cannot be fetched as it is written.
  kInvalidUrl,
  /// The page behind the address gave no text; the error's reason says why.
  kScrapeFailed,
  /// The model could not be asked or did not answer; the error's reason says why.
  kModelUnavailable,
  /// The model or its server will not read this text; the error's reason says why.
  kModelDeclined,
  /// The client left before the answer.
  kClientGone,
};
[[nodiscard]] std::error_code make_error_code(GenerateError error) noexcept;

enum class Engine { kAuto, kLlm, kRules };

/// A decoded and type-checked request.
struct GenerateRequest {
  std::string input;
  bool force_refresh = false;
  Engine engine = Engine::kAuto;
  std::string schema = "venture";
  /// Whose counter is charged.
  quota::Caller caller = {};
  /// Pays for the model calls of this request instead of the operator's; may be null.
  std::shared_ptr<const core::Secret> own_key = nullptr;
  /// Sees the generation while it happens; may be null.
  std::shared_ptr<Audience> audience = nullptr;
};

/// The "meta" object of the contract.
struct GenerateMeta {
  std::string session_id;
  std::uint64_t token_count = 0;
  std::string source_type = "text";
  std::int64_t processing_ms = 0;
  bool cache_hit = false;
  std::optional<std::int64_t> cache_age_seconds;
  std::string engine;
  std::optional<std::string> model;
  std::string schema;
  bool metered = false;
  bool truncated = false;
  std::size_t input_chars = 0;
  /// Of a model; see extract::ExtractionReport for these.
  std::optional<double> cost_usd;
  std::optional<extract::Coverage> coverage;
  std::vector<extract::EntityMerge> merges;
  /// "1", and the form that the model server accepted; nothing for the rules engine.
  std::optional<std::string> prompt_version;
  std::optional<std::string> answer_form;
  /// Of a graph that was kept from an earlier request for the same page.
  std::optional<std::int64_t> graph_cache_age_seconds;
  std::vector<graph::Warning> warnings;
};

struct GenerateResult {
  graph::Graph graph;
  GenerateMeta meta;
};

[[nodiscard]] boost::json::object to_json(const GenerateMeta& meta);
[[nodiscard]] boost::json::object to_json(const GenerateResult& result);
/// What boost::json::serialize makes of to_json.
[[nodiscard]] std::string to_json_text(const GenerateResult& result);

struct GenerateLimits {
  std::size_t minimum_text_chars = 40;
  std::size_t maximum_text_chars = 400'000;
  std::int64_t anonymous_lifetime_seconds = 7 * 86'400;
  /// What a generation reserves of a budget in tokens until its real use is known: for a page,
  /// whose text is not there yet, that of so many bytes; for each part that the model is sent at
  /// once, its instructions and the longest answer.
  std::uint64_t reserved_page_bytes = 32'000;
  std::uint64_t chunk_chars = 32'000;
  std::uint64_t reserved_chunk_tokens = 20'000;
};

struct Source;
struct Plan;
struct Production;
enum class ChargeEnd;
class OwnKeyCheck;

class Generator {
 public:
  struct Parts {
    std::shared_ptr<extract::Extractor> rules;
    /// Null without a key or a server of one's own.
    std::shared_ptr<extract::Extractor> model = nullptr;
    /// The model as users reach it with keys of their own; both null where such keys are not taken.
    std::shared_ptr<extract::Extractor> own_key_model = nullptr;
    std::shared_ptr<OwnKeyCheck> own_key_check = nullptr;
    /// Null when nothing is counted, as on the command line.
    std::shared_ptr<quota::Meter> meter = nullptr;
    /// Null where addresses are not read.
    std::shared_ptr<page::PageReader> pages;
    /// Null when nothing is to be kept, as on the command line.
    std::shared_ptr<history::GraphStore> graphs;
    std::shared_ptr<core::Clock> clock;
    std::shared_ptr<core::Random> random;
    GenerateLimits limits;
  };
  explicit Generator(Parts parts) : parts_(std::move(parts)) {}

  /// Charges the caller if the generation is metered, reads the text or the page, validates and
  /// grounds the graph, saves it, and settles or gives back the charge. Fails with GenerateError,
  /// QuotaError, IdentityError, LedgerError, extract errors and CoreError::kBusy; a failed save is
  /// the warning `not_saved`, not a failure. An audience that leaves ends the fetch or the model
  /// call, never the saving or the end of the charge; cancelling the call does nothing. The
  /// generator must outlive the call; safe from several threads, each running one thing at a time.
  boost::asio::awaitable<core::Result<GenerateResult>> generate(GenerateRequest request);

  /// Whether a generation of someone with or without an own key would be charged now.
  [[nodiscard]] bool is_metered(bool has_own_key) const noexcept;

 private:
  /// Plan, charge, produce, and end the charge as the production ended.
  boost::asio::awaitable<core::Result<GenerateResult>> run(GenerateRequest request);
  /// From the page to the saved graph; says how the charge has to end.
  boost::asio::awaitable<Production> produce(GenerateRequest request, Plan plan,
                                             std::optional<Source> given, bool is_charged);
  /// Whether that generation is charged.
  [[nodiscard]] bool spends(const Plan& plan) const noexcept;
  /// An admitted ticket; tells the audience, which may be null.
  boost::asio::awaitable<core::Result<quota::Ticket>> charge(quota::Caller caller,
                                                             std::uint64_t reserved_tokens,
                                                             std::shared_ptr<Audience> audience);
  boost::asio::awaitable<void> close(quota::Ticket ticket, ChargeEnd end,
                                     std::optional<std::uint64_t> spent_tokens);
  /// A failed model call in the words of who has to mend it: the caller or the operator.
  [[nodiscard]] core::Error explain(core::Error error, const GenerateRequest& request);
  /// Pasted text as it will be read; nothing for an address that can be asked for.
  [[nodiscard]] core::Result<std::optional<Source>> accept(const std::string& input) const;
  /// The page behind an address.
  boost::asio::awaitable<core::Result<Source>> read_page(std::string input, bool force_refresh);
  /// The warning `not_saved` when the store fails, else nothing.
  boost::asio::awaitable<std::optional<graph::Warning>> save(
      std::shared_ptr<const history::SavedGraph> graph);

  Parts parts_;
};

}  // namespace graphrail::generate

template <>
struct std::is_error_code_enum<graphrail::generate::GenerateError> : std::true_type {};
