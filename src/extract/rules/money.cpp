#include "extract/rules/money.h"

#include <array>
#include <cmath>
#include <optional>

namespace graphrail::extract::rules {
namespace {

struct CurrencyWord {
  std::uint64_t hash;
  std::string_view code;
};

/// Words that name a currency, before or after the number.
constexpr auto kCurrencyWords = std::to_array<CurrencyWord>({
    {"usd"_w, "USD"},     {"dollar"_w, "USD"},   {"dollars"_w, "USD"}, {"eur"_w, "EUR"},
    {"euro"_w, "EUR"},    {"euros"_w, "EUR"},    {"gbp"_w, "GBP"},     {"pound"_w, "GBP"},
    {"pounds"_w, "GBP"},  {"sterling"_w, "GBP"}, {"jpy"_w, "JPY"},     {"yen"_w, "JPY"},
    {"cny"_w, "CNY"},     {"rmb"_w, "CNY"},      {"yuan"_w, "CNY"},    {"renminbi"_w, "CNY"},
    {"inr"_w, "INR"},     {"rs"_w, "INR"},       {"rupee"_w, "INR"},   {"rupees"_w, "INR"},
    {"chf"_w, "CHF"},     {"franc"_w, "CHF"},    {"francs"_w, "CHF"},  {"krw"_w, "KRW"},
    {"won"_w, "KRW"},     {"sgd"_w, "SGD"},      {"aud"_w, "AUD"},     {"cad"_w, "CAD"},
    {"hkd"_w, "HKD"},     {"nzd"_w, "NZD"},      {"sek"_w, "SEK"},     {"nok"_w, "NOK"},
    {"dkk"_w, "DKK"},     {"kronor"_w, "SEK"},   {"kroner"_w, "NOK"},  {"pln"_w, "PLN"},
    {"zloty"_w, "PLN"},   {"zlotys"_w, "PLN"},   {"brl"_w, "BRL"},     {"reais"_w, "BRL"},
    {"mxn"_w, "MXN"},     {"pesos"_w, "MXN"},    {"ils"_w, "ILS"},     {"nis"_w, "ILS"},
    {"shekels"_w, "ILS"}, {"rub"_w, "RUB"},      {"rubles"_w, "RUB"},  {"roubles"_w, "RUB"},
    {"zar"_w, "ZAR"},     {"rand"_w, "ZAR"},     {"idr"_w, "IDR"},     {"rupiah"_w, "IDR"},
    {"aed"_w, "AED"},     {"dirhams"_w, "AED"},  {"ngn"_w, "NGN"},     {"naira"_w, "NGN"},
    {"thb"_w, "THB"},     {"baht"_w, "THB"},     {"twd"_w, "TWD"},     {"try"_w, ""},
});

/// Letters that stand right before a dollar sign.
constexpr auto kDollarPrefixes = std::to_array<CurrencyWord>({
    {"us"_w, "USD"},
    {"u.s"_w, "USD"},
    {"a"_w, "AUD"},
    {"au"_w, "AUD"},
    {"aud"_w, "AUD"},
    {"c"_w, "CAD"},
    {"ca"_w, "CAD"},
    {"cad"_w, "CAD"},
    {"hk"_w, "HKD"},
    {"s"_w, "SGD"},
    {"sg"_w, "SGD"},
    {"nz"_w, "NZD"},
    {"r"_w, "BRL"},
    {"nt"_w, "TWD"},
    {"mx"_w, "MXN"},
});

struct Magnitude {
  std::uint64_t hash;
  double factor;
};
constexpr auto kMagnitudes = std::to_array<Magnitude>({
    {"k"_w, 1e3},      {"thousand"_w, 1e3}, {"thousands"_w, 1e3}, {"tn"_w, 1e12},
    {"m"_w, 1e6},      {"mm"_w, 1e6},       {"mn"_w, 1e6},        {"mln"_w, 1e6},
    {"mil"_w, 1e6},    {"mio"_w, 1e6},      {"million"_w, 1e6},   {"millions"_w, 1e6},
    {"b"_w, 1e9},      {"bn"_w, 1e9},       {"billion"_w, 1e9},   {"billions"_w, 1e9},
    {"lakh"_w, 1e5},   {"lakhs"_w, 1e5},    {"lac"_w, 1e5},       {"crore"_w, 1e7},
    {"crores"_w, 1e7}, {"cr"_w, 1e7},       {"trillion"_w, 1e12}, {"hundred"_w, 1e2},
});

struct NumberWord {
  std::uint64_t hash;
  double value;
};
constexpr auto kNumberWords = std::to_array<NumberWord>({
    {"one"_w, 1},     {"two"_w, 2},     {"three"_w, 3},    {"four"_w, 4},    {"five"_w, 5},
    {"six"_w, 6},     {"seven"_w, 7},   {"eight"_w, 8},    {"nine"_w, 9},    {"ten"_w, 10},
    {"eleven"_w, 11}, {"twelve"_w, 12}, {"fifteen"_w, 15}, {"twenty"_w, 20}, {"thirty"_w, 30},
    {"forty"_w, 40},  {"fifty"_w, 50},  {"half"_w, 0.5},   {"a"_w, 1},
});

template <typename Table>
auto lookup(const Table& table, std::uint64_t hash) -> const typename Table::value_type* {
  for (const auto& row : table) {
    if (row.hash == hash) return &row;
  }
  return nullptr;
}

std::string_view symbol_currency(std::string_view sign) {
  if (sign == "$") return "USD";
  if (sign == "€") return "EUR";
  if (sign == "£") return "GBP";
  if (sign == "¥") return "JPY";
  if (sign == "₹" || sign == "₨") return "INR";
  if (sign == "₩") return "KRW";
  if (sign == "₽") return "RUB";
  if (sign == "₪") return "ILS";
  if (sign == "₺") return "TRY";
  if (sign == "₫") return "VND";
  if (sign == "₦") return "NGN";
  if (sign == "฿") return "THB";
  if (sign == "₴") return "UAH";
  return {};
}

/// "1,200,000" -> 1200000; "4.5" -> 4.5; "1,2" -> 1.2; "1.200.000" -> 1200000.
double parse_number(std::string_view text) {
  const std::size_t comma = text.rfind(',');
  const std::size_t dot = text.rfind('.');
  const auto single = [&](std::size_t at) {
    return at != std::string_view::npos && text.find(text[at]) == at;
  };
  char decimal = '.';
  if (comma != std::string_view::npos && single(comma) && text.size() - comma - 1 < 3 &&
      dot == std::string_view::npos) {
    decimal = ',';
  } else if (comma != std::string_view::npos && dot != std::string_view::npos && comma > dot) {
    decimal = ',';
  } else if (dot != std::string_view::npos && !single(dot)) {
    decimal = '\0';
  }
  double value = 0;
  double scale = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      scale *= 10;
    } else if (c == decimal) {
      scale = 1;
    }
  }
  return scale > 1 ? value / scale : value;
}

class MoneyReader {
 public:
  explicit MoneyReader(Document& doc) : doc_(doc) {}

  void run() {
    for (std::size_t i = 0; i < doc_.tokens.size();) {
      const std::size_t next = read(i);
      i = next > i ? next : i + 1;
    }
  }

 private:
  struct Number {
    double value = 0;
    bool magnitude = false;
    std::size_t end = 0;
  };

  /// The number at `i` with its magnitude; spaced thousands ("120, 500") are joined.
  std::optional<Number> number(std::size_t i) const {
    Number out;
    if (i >= doc_.tokens.size()) return std::nullopt;
    if (doc_.tokens[i].kind == TokenKind::kNumber) {
      out.value = parse_number(doc_.text(i));
      out.end = i + 1;
      if (doc_.text(i).size() <= 3 && doc_.symbol(i + 1, ',') && spaced_thousands(i + 2)) {
        out.value = out.value * 1000 + parse_number(doc_.text(i + 2));
        out.end = i + 3;
      }
    } else if (const auto* word = lookup(kNumberWords, doc_.tokens[i].hash)) {
      out.value = word->value;
      out.end = i + 1;
      if (doc_.is(i, "half"_w) && doc_.is(i + 1, "a"_w)) out.end = i + 2;
    } else {
      return std::nullopt;
    }
    while (out.end < doc_.tokens.size()) {
      const std::size_t at = out.end + (hyphen(out.end) ? 1 : 0);
      if (at >= doc_.tokens.size()) break;
      const auto* factor = lookup(kMagnitudes, doc_.tokens[at].hash);
      if (factor == nullptr || doc_.tokens[at].block != doc_.tokens[i].block) break;
      out.value *= factor->factor;
      out.magnitude = true;
      out.end = at + 1;
    }
    return out;
  }

  bool spaced_thousands(std::size_t i) const {
    return i < doc_.tokens.size() && doc_.tokens[i].kind == TokenKind::kNumber &&
           doc_.text(i).size() == 3 && doc_.text(i).find_first_of(".,") == std::string_view::npos;
  }

  bool hyphen(std::size_t i) const { return doc_.symbol(i, '-') && !doc_.tokens[i].space_before; }

  /// Tries to read an amount at `i`; returns the first token after it, or `i`.
  std::size_t read(std::size_t i) {
    const Token& token = doc_.tokens[i];
    if (token.symbol == '$') return after_sign(i);
    if (token.kind == TokenKind::kWord && (token.capital || token.classes == 0)) {
      const auto* code = lookup(kCurrencyWords, token.hash);
      if (code != nullptr && !code->code.empty()) {
        const std::size_t at = i + (doc_.symbol(i + 1, '.') ? 2 : 1);
        if (at < doc_.tokens.size() && doc_.tokens[at].kind == TokenKind::kNumber) {
          const auto value = number(at);
          return add(i, *value, code->code);
        }
      }
    }
    if (token.kind == TokenKind::kNumber || (token.classes & kQuantity) != 0 ||
        (token.hash == "a"_w && lookup(kMagnitudes, hash(i + 1)) != nullptr)) {
      return before_word(i);
    }
    return i;
  }

  std::uint64_t hash(std::size_t i) const {
    return i < doc_.tokens.size() ? doc_.tokens[i].hash : 0;
  }

  std::size_t after_sign(std::size_t i) {
    std::string_view currency = symbol_currency(doc_.text(i));
    if (currency.empty()) return i;
    const auto value = number(i + 1);
    if (!value || doc_.tokens[i + 1].kind != TokenKind::kNumber) return i;
    std::size_t first = i;
    if (currency == "USD" && i > 0 && !doc_.tokens[i].space_before) {
      if (const auto* prefix = lookup(kDollarPrefixes, hash(i - 1))) {
        currency = prefix->code;
        first = i - 1;
      }
    }
    const std::size_t end = value->end;
    Number extended = *value;
    if (const auto* code = lookup(kCurrencyWords, hash(end)); code && !code->code.empty()) {
      if (currency == "USD" || currency == "JPY") currency = code->code;
      extended.end = end + 1;
    }
    return add(first, extended, currency);
  }

  /// A number first, the currency after it: "800000 euros", "5 million US dollars".
  std::size_t before_word(std::size_t i) {
    const auto value = number(i);
    if (!value) return i;
    std::size_t end = value->end;
    if (doc_.is(end, "of"_w)) ++end;
    if (doc_.is(end, "us"_w) || doc_.is(end, "u.s"_w)) ++end;
    if (doc_.symbol(end, '.')) ++end;
    const auto* code = lookup(kCurrencyWords, hash(end));
    if (code == nullptr && end < doc_.tokens.size() && doc_.symbol(end, '$') &&
        !doc_.tokens[end].space_before) {
      const std::string_view sign = symbol_currency(doc_.text(end));
      Number number = *value;
      number.end = end + 1;
      return sign.empty() || next_is_number(end) ? i : add(i, number, sign);
    }
    if (code != nullptr && !code->code.empty()) {
      Number number = *value;
      number.end = end + 1;
      return add(i, number, code->code);
    }
    if (value->magnitude && doc_.tokens[i].kind == TokenKind::kNumber) return add(i, *value, {});
    return i;
  }

  bool next_is_number(std::size_t sign) const {
    return sign + 1 < doc_.tokens.size() && doc_.tokens[sign + 1].kind == TokenKind::kNumber &&
           !doc_.tokens[sign + 1].space_before;
  }

  std::size_t add(std::size_t first, const Number& number, std::string_view currency) {
    constexpr double kLargest = 1e15;
    if (!(number.value >= 1) || number.value > kLargest) return first;
    Money money{.first = static_cast<std::uint32_t>(first),
                .last = static_cast<std::uint32_t>(number.end),
                .amount = std::llround(number.value),
                .currency = currency};
    std::size_t before = first;
    for (int steps = 0; before > 0 && steps < 4; ++steps) {
      --before;
      if (doc_.symbol(before, '(')) money.in_parentheses = true;
      if (doc_.tokens[before].kind != TokenKind::kWord) break;
    }
    const auto index = static_cast<std::uint32_t>(doc_.money.size());
    for (std::size_t i = first; i < number.end; ++i) doc_.money_at[i] = index;
    doc_.money.push_back(money);
    return number.end;
  }

  Document& doc_;
};

}  // namespace

void find_money(Document& doc) {
  doc.money_at.assign(doc.tokens.size(), kNone);
  MoneyReader(doc).run();
}

}  // namespace graphrail::extract::rules
