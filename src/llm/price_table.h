// What models cost, as the operator wrote it down: "gpt-4o-mini=0.15/0.60, gpt-4o=2.50/10", in USD
// per million prompt and completion tokens. Pure values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llm/chat.h"

namespace graphrail::llm {

class PriceTable {
 public:
  struct Price {
    double prompt_usd_per_million = 0;
    double completion_usd_per_million = 0;
  };

  static constexpr std::size_t kMaxEntries = 256;

  /// A later price for the same model replaces the earlier one.
  void set(std::string model, Price price) { prices_[std::move(model)] = price; }

  /// The price of `model`, or of the longest listed name that it is a dated release of
  /// ("gpt-4o-mini-2024-07-18", "x@20240229").
  [[nodiscard]] std::optional<Price> find(std::string_view model) const;

  /// USD; nothing when the model is not listed.
  [[nodiscard]] std::optional<double> cost_usd(std::string_view model,
                                               const TokenUsage& usage) const;

  [[nodiscard]] std::size_t size() const noexcept { return prices_.size(); }

 private:
  std::map<std::string, Price, std::less<>> prices_;
};

/// A table and one sentence for each entry that could not be read.
struct ParsedPrices {
  PriceTable table;
  std::vector<std::string> faults;
};

/// Reads the written form; blank text is an empty table.
[[nodiscard]] ParsedPrices parse_prices(std::string_view text);

}  // namespace graphrail::llm
