#include "llm/price_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace graphrail::llm {
namespace {

constexpr double kMaxPrice = 1e6;
constexpr double kMillion = 1e6;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "-2024-07-18", "-0613", "@20240229"; not "-32k" or "-mini", which are other models.
bool is_release_date(std::string_view suffix) {
  if (suffix.empty() || (suffix.front() != '-' && suffix.front() != '@')) return false;
  suffix.remove_prefix(1);
  const auto digits = std::ranges::count_if(suffix, is_digit);
  return digits >= 4 && std::ranges::all_of(suffix, [](char c) { return is_digit(c) || c == '-'; });
}

std::optional<double> parse_price(std::string_view text) {
  text = trim(text);
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (error != std::errc{} || stopped != end || !(value >= 0 && value <= kMaxPrice)) {
    return std::nullopt;
  }
  return value;
}

/// Returns what is wrong with the entry, or "".
std::string read_entry(std::string_view entry, PriceTable& table) {
  const std::size_t equals = entry.rfind('=');
  const std::string_view model = trim(entry.substr(0, equals));
  if (equals == entry.npos || model.empty()) {
    return fmt::format("\"{}\" is not of the form model=prompt/completion", entry);
  }
  const std::string_view prices = entry.substr(equals + 1);
  const std::size_t slash = prices.find('/');
  const auto prompt = parse_price(prices.substr(0, slash));
  const auto completion =
      slash == prices.npos ? std::nullopt : parse_price(prices.substr(slash + 1));
  if (!prompt || !completion) {
    return fmt::format("\"{}\" needs two prices in USD per million tokens, such as {}=0.15/0.60",
                       entry, model);
  }
  if (table.size() >= PriceTable::kMaxEntries) {
    return fmt::format("more than {} prices", PriceTable::kMaxEntries);
  }
  table.set(std::string(model), {*prompt, *completion});
  return {};
}

}  // namespace

std::optional<PriceTable::Price> PriceTable::find(std::string_view model) const {
  std::optional<Price> found;
  std::size_t longest = 0;
  for (const auto& [name, price] : prices_) {
    if (!model.starts_with(name) || name.size() < longest) continue;
    const std::string_view suffix = model.substr(name.size());
    if (!suffix.empty() && !is_release_date(suffix)) continue;
    found = price;
    longest = name.size();
  }
  return found;
}

std::optional<double> PriceTable::cost_usd(std::string_view model, const TokenUsage& usage) const {
  const auto price = find(model);
  if (!price) return std::nullopt;
  return (static_cast<double>(usage.prompt_tokens) * price->prompt_usd_per_million +
          static_cast<double>(usage.completion_tokens) * price->completion_usd_per_million) /
         kMillion;
}

ParsedPrices parse_prices(std::string_view text) {
  ParsedPrices parsed;
  text = trim(text);
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string fault = read_entry(trim(text.substr(0, comma)), parsed.table);
    if (!fault.empty()) parsed.faults.push_back(std::move(fault));
    text = trim(text.substr(std::min(comma + 1, text.size())));
  }
  return parsed;
}

}  // namespace graphrail::llm
