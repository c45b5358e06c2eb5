#include "app/mock_llm/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace graphrail::app::mock_llm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMaxSpecBytes = 512;
constexpr std::size_t kMaxWaitMs = 600'000;
constexpr std::size_t kMaxDripMs = 10'000;
constexpr std::size_t kMaxContentBytes = 1'000'000'000;
constexpr std::size_t kMaxBigMb = 1'024;
constexpr std::size_t kMaxTimes = 1'000'000;

/// A word with a number.
struct NumberWord {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  void (*set)(Fault& fault, std::size_t value);
};

constexpr std::array kNumberWords = {
    NumberWord{"status", 400, 599, [](Fault& f, std::size_t n) { f.status = static_cast<int>(n); }},
    NumberWord{"retry-after", 0, 86'400,
               [](Fault& f, std::size_t n) { f.retry_after = seconds(n); }},
    NumberWord{"retry-after-ms", 0, kMaxWaitMs,
               [](Fault& f, std::size_t n) { f.retry_after_ms = milliseconds(n); }},
    NumberWord{"times", 1, kMaxTimes, [](Fault& f, std::size_t n) { f.times = n; }},
    NumberWord{"delay", 0, kMaxWaitMs, [](Fault& f, std::size_t n) { f.delay = milliseconds(n); }},
    NumberWord{"drip", 1, kMaxDripMs, [](Fault& f, std::size_t n) { f.drip = milliseconds(n); }},
    NumberWord{"cut", 0, kMaxContentBytes, [](Fault& f, std::size_t n) { f.cut = n; }},
    NumberWord{"length", 0, kMaxContentBytes, [](Fault& f, std::size_t n) { f.length = n; }},
    NumberWord{"context", 1, kMaxContentBytes, [](Fault& f, std::size_t n) { f.context = n; }},
    NumberWord{"big", 1, kMaxBigMb, [](Fault& f, std::size_t n) { f.big_mb = n; }},
};

/// A word that stands as it is, value included.
struct FixedWord {
  std::string_view word;
  void (*set)(Fault& fault);
};

constexpr std::array kFixedWords = {
    FixedWord{"hang", [](Fault& f) { f.hang = true; }},
    FixedWord{"refusal", [](Fault& f) { f.refusal = true; }},
    FixedWord{"filter", [](Fault& f) { f.filter = true; }},
    FixedWord{"json=wrong", [](Fault& f) { f.wrong_json = true; }},
    FixedWord{"schema=wrong", [](Fault& f) { f.wrong_schema = true; }},
    FixedWord{"error=200", [](Fault& f) { f.error = ErrorPlace::kBody; }},
    FixedWord{"error=stream", [](Fault& f) { f.error = ErrorPlace::kStream; }},
    FixedWord{"html", [](Fault& f) { f.html = true; }},
    FixedWord{"no-usage", [](Fault& f) { f.no_usage = true; }},
    FixedWord{"no-schema", [](Fault& f) { f.no_schema = true; }},
    FixedWord{"no-stream", [](Fault& f) { f.no_stream = true; }},
    FixedWord{"think", [](Fault& f) { f.think = true; }},
};

std::string_view trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::unexpected<std::string> fail(std::string sentence) {
  return std::unexpected(std::move(sentence));
}

std::expected<void, std::string> read_word(std::string_view word, Fault& fault) {
  const auto fixed = std::ranges::find(kFixedWords, word, &FixedWord::word);
  if (fixed != kFixedWords.end()) {
    fixed->set(fault);
    return {};
  }
  const std::size_t equals = word.find('=');
  const auto* const known =
      std::ranges::find(kNumberWords, word.substr(0, equals), &NumberWord::name);
  if (known == kNumberWords.end()) return fail(fmt::format("Unknown fault \"{}\".", word));
  const std::string_view digits =
      equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1);
  std::size_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || value < known->least ||
      value > known->most) {
    return fail(fmt::format("The fault {} takes a whole number from {} to {}.", known->name,
                            known->least, known->most));
  }
  known->set(fault, value);
  return {};
}

}  // namespace

std::expected<Fault, std::string> parse_fault(std::string_view spec) {
  if (spec.size() > kMaxSpecBytes) {
    return fail(fmt::format("A fault has at most {} bytes.", kMaxSpecBytes));
  }
  Fault fault;
  std::vector<std::string_view> names;
  while (!spec.empty()) {
    const std::size_t end = std::min(spec.find_first_of(",;"), spec.size());
    const std::string_view word = trim(spec.substr(0, end));
    spec.remove_prefix(std::min(end + 1, spec.size()));
    if (word.empty()) continue;
    if (auto read = read_word(word, fault); !read) return std::unexpected(std::move(read.error()));
    const std::string_view name = word.substr(0, word.find('='));
    if (std::ranges::find(names, name) != names.end()) {
      return fail(fmt::format("The fault {} is given twice.", name));
    }
    names.push_back(name);
  }
  if ((fault.retry_after || fault.retry_after_ms) && fault.status == 0) {
    return fail("The fault retry-after goes with status.");
  }
  return fault;
}

std::string_view fault_grammar() noexcept {
  return "status=500 retry-after=1 retry-after-ms=50 times=1 delay=300 hang drip=5 cut=200 "
         "length=200 context=2048 refusal filter json=wrong schema=wrong error=200|stream html "
         "big=50 no-usage "
         "no-schema no-stream think";
}

}  // namespace graphrail::app::mock_llm
