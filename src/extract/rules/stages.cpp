#include "extract/rules/stages.h"

#include <algorithm>
#include <array>

namespace graphrail::extract::rules {
namespace {

/// When a stage word counts.
enum class Needs : std::uint8_t {
  kNothing,
  /// A round word within the next two words: "angel round", "strategic funding round".
  kRoundWord,
  /// A round word, or an amount before it: "$2M seed".
  kRoundWordOrMoney,
  /// An amount within the four words before: "raised $5,000 in a campaign".
  kMoneyBefore,
};

struct StageWord {
  std::uint64_t hash;
  std::string_view stage;
  Needs needs;
};

constexpr auto kStageWords = std::to_array<StageWord>({
    {"pre-seed"_w, "pre-seed", Needs::kNothing},
    {"preseed"_w, "pre-seed", Needs::kNothing},
    {"seed"_w, "seed", Needs::kRoundWordOrMoney},
    {"angel"_w, "angel", Needs::kRoundWord},
    {"strategic"_w, "strategic", Needs::kRoundWord},
    {"bridge"_w, "bridge", Needs::kRoundWord},
    {"growth"_w, "growth", Needs::kRoundWord},
    {"mezzanine"_w, "mezzanine", Needs::kRoundWord},
    {"extension"_w, "extension", Needs::kRoundWord},
    {"crowdfunding"_w, "crowdfunding", Needs::kNothing},
    {"crowdfunded"_w, "crowdfunding", Needs::kRoundWord},
    {"grant"_w, "grant", Needs::kRoundWordOrMoney},
    {"campaign"_w, "crowdfunding", Needs::kMoneyBefore},
});

class StageReader {
 public:
  explicit StageReader(Document& doc) : doc_(doc) {}

  void run() {
    for (std::size_t i = 0; i < doc_.tokens.size(); ++i) {
      if (doc_.tokens[i].kind != TokenKind::kWord) continue;
      if (read_series(i) || read_pre(i) || read_token_sale(i)) continue;
      for (const StageWord& word : kStageWords) {
        if (doc_.tokens[i].hash == word.hash && allowed(i, word.needs)) {
          add(i, i + 1, std::string(word.stage));
        }
      }
    }
  }

 private:
  bool round_word(std::size_t i) const { return doc_.has(i, kRoundNoun) || doc_.is(i, "stage"_w); }

  bool allowed(std::size_t i, Needs needs) const {
    if (needs == Needs::kNothing) return true;
    if (needs == Needs::kMoneyBefore) {
      for (std::size_t k = i; k > 0 && i - k < 4; --k) {
        if (doc_.money_at[k - 1] != kNone) return true;
      }
      return false;
    }
    // "SEED Capital", "Growth Partners": capitals in running text make it a name.
    if (doc_.tokens[i].capital && i + 1 < doc_.tokens.size() && doc_.tokens[i + 1].capital &&
        doc_.has(i + 1, kFundNoun) && !doc_.has(i + 2, kRoundNoun)) {
      return false;
    }
    if (doc_.is(i, "strategic"_w) && beside_round(i)) return false;
    if (round_word(i + 1)) return !doc_.has(i + 2, kInvestorNoun);
    if (i + 1 < doc_.tokens.size() && doc_.has(i + 1, kAdjective | kFirmNoun | kCommonNoun) &&
        doc_.has(i + 2, kRoundNoun)) {
      return true;
    }
    if (needs == Needs::kRoundWord) return false;
    if (doc_.has(i + 1, kInvestorNoun) && !doc_.has(i + 1, kRoundNoun)) return false;
    const bool money_before = i > 0 && doc_.money_at[i - 1] != kNone;
    const bool money_in = i > 1 && doc_.money_at[i - 2] != kNone &&
                          (doc_.is(i - 1, "in"_w) || doc_.is(i - 1, "of"_w));
    return money_before || money_in;
  }

  /// "led by A, with a strategic investment from B": a share of the round, no round of its own.
  bool beside_round(std::size_t i) const {
    if (!doc_.is(i + 1, "investment"_w) && !doc_.is(i + 1, "investments"_w)) return false;
    if (i < 3 || !doc_.is(i + 2, "from"_w) || doc_.money_at[i - 1] != kNone) return false;
    const std::size_t with = doc_.has(i - 1, kDeterminer) ? i - 2 : i - 1;
    return doc_.is(with, "with"_w) || doc_.is(with, "including"_w) || doc_.is(with, "and"_w) ||
           doc_.is(with, "plus"_w) || doc_.is(i + 1, "investments"_w);
  }

  /// "Series A", "series B2", "Series-C", "pre-Series A".
  bool read_series(std::size_t i) {
    const std::uint64_t hash = doc_.tokens[i].hash;
    const bool pre = hash == "pre-series"_w;
    std::string_view letter;
    std::size_t end = i + 1;
    if (hash == "series"_w || pre) {
      std::size_t at = i + 1;
      if (doc_.symbol(at, '"')) ++at;
      if (at >= doc_.tokens.size()) return false;
      letter = doc_.text(at);
      end = at + 1;
    } else {
      const std::string_view text = doc_.text(i);
      if (text.size() == 5 && word_hash(text.substr(0, 4)) == "pre-"_w && text[4] >= 'A' &&
          text[4] <= 'D') {
        add(i, i + 1, std::string("pre-series-") + static_cast<char>(text[4] | 0x20));
        return true;
      }
      if (text.size() < 8 || word_hash(text.substr(0, 7)) != "series-"_w) return false;
      letter = text.substr(7);
    }
    const char c = letter.empty() ? '\0' : static_cast<char>(letter[0] | 0x20);
    if (c < 'a' || c > 'k' || letter.size() > 3) return false;
    if (letter.size() > 1 && (letter[1] >= 'a' && letter[1] <= 'z')) return false;
    const bool before = i > 1 && doc_.is(i - 2, "pre"_w) && doc_.symbol(i - 1, '-');
    std::string stage =
        pre || before || (i > 0 && doc_.is(i - 1, "pre"_w)) ? "pre-series-" : "series-";
    stage.push_back(c);
    add(i, end, std::move(stage));
    return true;
  }

  /// "pre seed" in two words.
  bool read_pre(std::size_t i) {
    if (!doc_.is(i, "pre"_w) || !doc_.is(i + 1, "seed"_w)) return false;
    add(i, i + 2, "pre-seed");
    return true;
  }

  /// "private token sale led by A", "token sale, with A among the buyers": a sale to investors, not
  /// to the crowd.
  bool read_token_sale(std::size_t i) {
    static constexpr auto kCues = std::to_array({"led"_w, "lead"_w, "participation"_w, "backers"_w,
                                                 "buyers"_w, "participants"_w, "co-led"_w});
    constexpr std::size_t kReach = 24;
    const bool sale = doc_.is(i + 1, "sale"_w) || doc_.is(i + 1, "round"_w);
    if (!sale || !(doc_.is(i, "token"_w) || doc_.is(i, "private"_w))) return false;
    if (doc_.is(i, "private"_w) && !doc_.is(i + 1, "sale"_w)) return false;
    for (std::size_t k = i + 2; k < std::min(i + kReach, doc_.tokens.size()); ++k) {
      if (doc_.tokens[k].block != doc_.tokens[i].block || doc_.symbol(k, '.')) return false;
      if (std::find(kCues.begin(), kCues.end(), doc_.tokens[k].hash) == kCues.end()) continue;
      add(i, i + 2, "token-sale");
      return true;
    }
    return false;
  }

  void add(std::size_t first, std::size_t last, std::string stage) {
    if (doc_.stage_at[first] != kNone) return;
    const auto index = static_cast<std::uint32_t>(doc_.stages.size());
    for (std::size_t i = first; i < last; ++i) doc_.stage_at[i] = index;
    doc_.stages.push_back({.first = static_cast<std::uint32_t>(first),
                           .last = static_cast<std::uint32_t>(last),
                           .stage = std::move(stage)});
  }

  Document& doc_;
};

}  // namespace

void find_stages(Document& doc) {
  doc.stage_at.assign(doc.tokens.size(), kNone);
  StageReader(doc).run();
}

}  // namespace graphrail::extract::rules
