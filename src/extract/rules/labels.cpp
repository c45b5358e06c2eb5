#include "extract/rules/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace graphrail::extract::rules {
namespace {

constexpr auto kMonths = std::to_array({"jan"_w, "feb"_w, "mar"_w, "apr"_w, "may"_w, "jun"_w,
                                        "jul"_w, "aug"_w, "sep"_w, "oct"_w, "nov"_w, "dec"_w});

/// 1 to 12, or 0 when the word is no month.
unsigned month_number(std::string_view word) {
  if (word.size() < 3) return 0;
  const auto found = std::find(kMonths.begin(), kMonths.end(), word_hash(word.substr(0, 3)));
  return found == kMonths.end() ? 0 : static_cast<unsigned>(found - kMonths.begin()) + 1;
}

/// "in December 2014", "December of 2014" in the mention's sentence as "2014-12".
std::string stated_month(const Document& doc, const RoundMention& mention) {
  const Sentence& sentence = doc.sentences[mention.sentence];
  const std::uint32_t first =
      mention.span.first > sentence.first + 12 ? mention.span.first - 12 : sentence.first;
  const std::uint32_t last = std::min(mention.span.last + 16, sentence.last);
  for (std::uint32_t i = first; i + 1 < last; ++i) {
    if (!doc.has(i, kMonth) || !doc.tokens[i].capital) continue;
    const std::uint32_t at = doc.is(i + 1, "of"_w) || doc.symbol(i + 1, ',') ? i + 2 : i + 1;
    if (at >= last || doc.tokens[at].kind != TokenKind::kNumber) continue;
    const std::string_view year = doc.text(at);
    const unsigned month = month_number(doc.text(i));
    if (month == 0 || year.size() != 4 || !(year.starts_with("19") || year.starts_with("20"))) {
      continue;
    }
    return fmt::format("{}-{:02}", year, month);
  }
  return {};
}

}  // namespace

std::string round_name(const Document& doc, const Round& round) {
  if (!round.stage.empty()) {
    std::string out = round.stage;
    bool start = true;
    for (char& c : out) {
      if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
      start = c == '-';
    }
    if (out.starts_with("Series-")) out[6] = ' ';
    if (out.starts_with("Pre-Series-")) out[10] = ' ';
    return out;
  }
  if (round.money == kNone) return "funding";
  const Money& money = doc.money[round.money];
  return doc.words({money.first, money.last});
}

boost::json::object round_properties(const Document& doc, const Facts& facts, const Round& round) {
  boost::json::object out;
  if (!round.stage.empty()) out["stage"] = round.stage;
  if (round.money != kNone) {
    const Money& money = doc.money[round.money];
    out["amount"] = money.amount;
    if (!money.currency.empty()) out["currency"] = money.currency;
    if (money.currency == "USD") {
      out["amount_usd"] = money.amount;
    } else if (round.other_money != kNone && doc.money[round.other_money].currency == "USD") {
      out["amount_usd"] = doc.money[round.other_money].amount;
    }
  }
  for (const std::uint32_t mention : round.mentions) {
    const std::string month = stated_month(doc, facts.rounds[mention]);
    if (month.empty()) continue;
    out["date"] = month;
    break;
  }
  return out;
}

std::string host_stem(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  if (host.starts_with("www.")) host.remove_prefix(4);
  const std::size_t dot = host.find('.');
  std::string out;
  for (const char c : host.substr(0, dot)) {
    if (c != '-') out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
  }
  return out;
}

std::string graph_key(std::string_view label) {
  std::string out(label);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

}  // namespace graphrail::extract::rules
