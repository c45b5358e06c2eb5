#include "extract/rules/tokenizer.h"

#include <algorithm>
#include <array>

#include "extract/rules/characters.h"
#include "extract/rules/lexicon.h"

namespace graphrail::extract::rules {
namespace {

bool is_alnum(CharKind kind) {
  return kind == CharKind::kLetter || kind == CharKind::kUpper || kind == CharKind::kDigit;
}

struct Contraction {
  std::string_view suffix;
  std::string_view full;
};
constexpr auto kContractions = std::to_array<Contraction>(
    {{"s", "'s"}, {"ve", "have"}, {"re", "are"}, {"m", "am"}, {"ll", "will"}, {"d", "would"}});

constexpr auto kNameSuffixes = std::to_array(
    {word_hash("-based"), word_hash("-backed"), word_hash("-led"), word_hash("-funded"),
     word_hash("-owned"), word_hash("-focused"), word_hash("-founded"), word_hash("-listed"),
     word_hash("-headquartered"), word_hash("-born"), word_hash("-native"), word_hash("-style"),
     word_hash("-alum"), word_hash("-alumnus"), word_hash("-alumna"), word_hash("-like"),
     word_hash("-affiliated"), word_hash("-linked"), word_hash("-controlled")});

class Tokenizer {
 public:
  Tokenizer(std::string_view source, std::vector<Token>& out) : source_(source), out_(out) {}

  void segment(const Segment& segment) {
    segment_ = &segment;
    at_ = segment.begin;
    if (segment.comma_before) push(at_, at_, TokenKind::kSymbol, ',');
    space_ = space_ || segment.begin != last_end_;
    while (at_ < segment.end) {
      const CharInfo info = char_info(source_, at_);
      if (info.kind == CharKind::kSpace) {
        space_ = true;
        at_ += info.bytes;
      } else if (info.kind == CharKind::kDigit) {
        number_or_word();
      } else if (info.kind == CharKind::kSymbol) {
        symbol(info);
      } else {
        word(at_);
      }
    }
    last_end_ = segment.end;
  }

 private:
  CharInfo info_at(std::size_t at) const {
    if (at >= segment_->end) return {CharKind::kSpace, 1, ' '};
    return char_info(source_, at);
  }

  Token& push(std::size_t begin, std::size_t end, TokenKind kind, char symbol) {
    Token token;
    token.begin = static_cast<std::uint32_t>(begin);
    token.end = static_cast<std::uint32_t>(end);
    token.hash = word_hash(source_.substr(begin, end - begin));
    token.block = segment_->block;
    token.link = segment_->link;
    token.kind = kind;
    token.symbol = symbol;
    token.space_before = space_;
    space_ = false;
    out_.push_back(token);
    return out_.back();
  }

  void symbol(const CharInfo& info) {
    std::size_t end = at_ + info.bytes;
    char symbol = info.symbol == '~' ? '-' : info.symbol;
    if (symbol == '\'') symbol = '"';
    if (source_.substr(at_, segment_->end - at_).starts_with("--")) end = at_ + 2;
    if (symbol == '&') {
      const std::string_view rest = source_.substr(at_, segment_->end - at_);
      if (rest.starts_with("&amp;")) end = at_ + 5;
      if (rest.starts_with("&nbsp;")) {
        at_ += 6;
        space_ = true;
        return;
      }
    }
    push(at_, end, TokenKind::kSymbol, symbol);
    at_ = end;
  }

  /// Digits with inner separators; letters right behind make it a word ("42CAP") unless they are a
  /// magnitude ("13m").
  void number_or_word() {
    std::size_t end = at_;
    while (end < segment_->end) {
      const CharInfo info = info_at(end);
      if (info.kind == CharKind::kDigit) {
        ++end;
      } else if ((info.symbol == ',' || info.symbol == '.') &&
                 info_at(end + 1).kind == CharKind::kDigit) {
        ++end;
      } else {
        break;
      }
    }
    std::size_t letters = end;
    while (letters < segment_->end && is_alnum(info_at(letters).kind)) {
      letters += info_at(letters).bytes;
    }
    const std::string_view tail = source_.substr(end, letters - end);
    if (!tail.empty() && (classes_of(word_hash(tail)) & kMagnitude) == 0) {
      word(at_);
      return;
    }
    push(at_, end, TokenKind::kNumber, 0);
    at_ = end;
  }

  /// End of the word part at `at`: letters, digits and what joins them.
  std::size_t word_end(std::size_t at) const {
    while (at < segment_->end) {
      const CharInfo info = info_at(at);
      if (is_alnum(info.kind)) {
        at += info.bytes;
        continue;
      }
      if (info.kind != CharKind::kSymbol) break;
      const std::size_t after = at + info.bytes;
      const CharKind next = info_at(after).kind;
      if (!is_alnum(next)) break;
      if (info.symbol == '.' && !dot_joins(at)) break;
      const bool joins = (info.symbol == '-' && info.bytes == 1) || info.symbol == '~' ||
                         info.symbol == '.' || info.symbol == '&' || info.symbol == '_' ||
                         (info.symbol == '\'' && !contraction(after));
      if (!joins) break;
      at = after;
    }
    return at;
  }

  /// "incident.io", "U.S", "M.D": a dot between initials or before a top-level domain.
  bool dot_joins(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < segment_->end && is_alnum(info_at(end).kind)) end += info_at(end).bytes;
    const std::string_view tail = source_.substr(at + 1, end - at - 1);
    if (tail.size() == 1) return info_at(at + 1).kind == CharKind::kUpper;
    const std::uint64_t classes = classes_of(word_hash(tail));
    if ((classes & kTopLevelDomain) == 0) return false;
    if (info_at(at + 1).kind != CharKind::kUpper) return true;
    // "Harbor.One" is a name, in "by Harbor.It" the space after the full stop is missing.
    return info_at(at + 2).kind == CharKind::kUpper || (classes & kFunctionWord) == 0;
  }

  /// The exclamation mark of "Quay!, Bolt" and "oh! Ventures": the sentence goes on behind it.
  bool shouts(std::size_t begin, std::size_t at) const {
    if (info_at(at).symbol != '!') return false;
    const CharInfo next = info_at(at + 1);
    const bool capital = info_at(begin).kind == CharKind::kUpper;
    if (next.symbol == ',' || next.symbol == ')') return capital;
    if (next.kind != CharKind::kSpace || at + 2 >= segment_->end) return false;
    if (capital && info_at(at + 2).kind == CharKind::kLetter) return true;
    std::size_t end = at + 2;
    while (end < segment_->end && is_alnum(info_at(end).kind)) end += info_at(end).bytes;
    return info_at(at + 2).kind == CharKind::kUpper &&
           (classes_of(word_hash(source_.substr(at + 2, end - at - 2))) & kFundNoun) != 0;
  }

  /// The contraction whose suffix starts at `at`, or nullptr.
  const Contraction* contraction(std::size_t at) const {
    std::size_t end = at;
    while (end < segment_->end && is_alnum(info_at(end).kind)) end += info_at(end).bytes;
    const std::uint64_t suffix = word_hash(source_.substr(at, end - at));
    for (const Contraction& known : kContractions) {
      if (word_hash(known.suffix) == suffix) return &known;
    }
    return nullptr;
  }

  /// Where "-based" begins in "Tokyo-based" or "-backed" in "Harbor-backed": a name and its
  /// suffix are two tokens. `end` when there is none.
  std::size_t suffix_start(std::size_t begin, std::size_t end) const {
    if (info_at(begin).kind != CharKind::kUpper) return end;
    const std::size_t hyphen = source_.substr(begin, end - begin).rfind('-');
    if (hyphen == std::string_view::npos || hyphen == 0) return end;
    const std::uint64_t suffix = word_hash(source_.substr(begin + hyphen, end - begin - hyphen));
    const bool known =
        std::find(kNameSuffixes.begin(), kNameSuffixes.end(), suffix) != kNameSuffixes.end();
    return known ? begin + hyphen : end;
  }

  /// "Harbor Partners' Mike Stone": an apostrophe alone between two capitalised words.
  bool plural_possessive(std::size_t begin, std::size_t end, std::size_t after) const {
    return source_[end - 1] == 's' && info_at(begin).kind == CharKind::kUpper &&
           info_at(after).kind == CharKind::kSpace && info_at(after + 1).kind == CharKind::kUpper;
  }

  /// The full stop of "Acme Corp., Bolt", "Acme Corp. took part" and "Dr. Roe" is no token.
  bool stop_belongs(const Token& token) const {
    if ((token.classes & kAbbreviation) == 0 || !token.capital) return false;
    if (info_at(token.end).symbol != '.') return false;
    const CharInfo next = info_at(token.end + 1);
    if ((token.classes & kLegalSuffix) != 0) {
      return next.symbol == ',' || next.symbol == ')' ||
             (next.kind == CharKind::kSpace && info_at(token.end + 2).kind == CharKind::kLetter);
    }
    return (token.classes & kRole) != 0 && next.kind == CharKind::kSpace &&
           info_at(token.end + 2).kind == CharKind::kUpper;
  }

  void word(std::size_t begin) {
    std::size_t whole = word_end(begin);
    if (shouts(begin, whole)) ++whole;
    const std::size_t end = suffix_start(begin, whole);
    if (end != whole) {
      Token& name = push(begin, end, TokenKind::kWord, 0);
      name.classes = classes_of(name.hash);
      shape(name);
      push(end, whole, TokenKind::kWord, 0);
      at_ = whole;
      return;
    }
    Token& token = push(begin, end, TokenKind::kWord, 0);
    token.classes = classes_of(token.hash);
    shape(token);
    at_ = end;
    if (stop_belongs(token)) {
      ++at_;
      return;
    }
    const CharInfo apostrophe = info_at(end);
    if (apostrophe.symbol != '\'') return;
    const std::size_t after = end + apostrophe.bytes;
    const Contraction* known = contraction(after);
    if (known == nullptr) {
      if (plural_possessive(begin, end, after)) {
        Token& suffix = push(end, after, TokenKind::kWord, 0);
        suffix.hash = word_hash("'s");
        at_ = after;
      }
      return;
    }
    const std::size_t tail = after + known->suffix.size();
    Token& suffix = push(end, tail, TokenKind::kWord, 0);
    suffix.hash = word_hash(known->full);
    suffix.classes = classes_of(suffix.hash);
    at_ = tail;
  }

  void shape(Token& token) const {
    bool digit = false;
    bool letter = false;
    bool inner_upper = false;
    bool dot = false;
    bool joint = false;
    for (std::size_t at = token.begin; at < token.end;) {
      const CharInfo info = info_at(at);
      const bool upper = info.kind == CharKind::kUpper;
      token.capital = token.capital || upper;
      inner_upper = inner_upper || (upper && at > token.begin && letter);
      digit = digit || info.kind == CharKind::kDigit;
      letter = letter || info.kind == CharKind::kLetter;
      dot = dot || info.symbol == '.';
      joint = joint || info.symbol == '_' || (info.symbol == '!' && !token.capital);
      at += info.bytes;
    }
    const bool first_upper = info_at(token.begin).kind == CharKind::kUpper;
    // "Tokyo-based" and "ex-Google" carry a capital without being a name.
    const std::size_t size = token.end - token.begin;
    const bool starts_with_letter = info_at(token.begin).kind != CharKind::kDigit;
    token.name_shape = (digit && size >= 2 &&
                        (token.capital || (letter && size >= (starts_with_letter ? 4U : 8U)))) ||
                       (inner_upper && !hyphenated(token)) || (dot && size >= 4) || joint;
    if (!first_upper && !token.name_shape) token.capital = false;
  }

  bool hyphenated(const Token& token) const {
    return source_.substr(token.begin, token.end - token.begin).find('-') != std::string_view::npos;
  }

  std::string_view source_;
  std::vector<Token>& out_;
  const Segment* segment_ = nullptr;
  std::size_t at_ = 0;
  std::size_t last_end_ = 0;
  bool space_ = false;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source, const VisibleText& visible) {
  std::vector<Token> tokens;
  tokens.reserve(source.size() / 5);
  Tokenizer tokenizer(source, tokens);
  for (const Segment& segment : visible.segments) tokenizer.segment(segment);
  return tokens;
}

}  // namespace graphrail::extract::rules
