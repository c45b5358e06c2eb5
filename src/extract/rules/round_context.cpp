#include "extract/rules/round_context.h"

#include <algorithm>
#include <array>

#include "extract/rules/party_list.h"
#include "extract/rules/subject.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kCueWindow = 10;

template <std::size_t N>
bool one_of(const Document& doc, std::uint32_t i, const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

/// True when one of `words` stands in [first, last).
template <std::size_t N>
bool any_of(const Document& doc, std::uint32_t first, std::uint32_t last,
            const std::array<std::uint64_t, N>& words) {
  for (std::uint32_t i = first; i < last; ++i) {
    if (one_of(doc, i, words)) return true;
  }
  return false;
}

std::uint32_t back(std::uint32_t from, std::uint32_t steps, std::uint32_t floor) {
  return from > floor + steps ? from - steps : floor;
}

class Judge {
 public:
  Judge(const Document& doc, const Sentence& sentence, std::uint32_t floor, RoundMention& mention)
      : doc_(doc), sentence_(sentence), floor_(floor), m_(mention) {}

  void run() {
    find_verb();
    owner();
    m_.event = is_event();
    m_.earlier = earlier();
    total();
    m_.suppressed = suppressed();
  }

 private:
  /// The funding verb: shortly before the mention, inside it, or passive right behind it.
  void find_verb() {
    constexpr std::uint64_t kVerbs = kRaise | kWeakRaise | kInvest;
    if (tune_of()) {
      m_.verb = m_.span.first - 5;
      return;
    }
    std::uint32_t words = 0;
    for (std::uint32_t i = m_.span.first; i > floor_ && words < kCueWindow; --i) {
      const std::uint32_t k = i - 1;
      if (doc_.name_at[k] != kNone || doc_.tokens[k].kind != TokenKind::kWord) continue;
      ++words;
      if (doc_.has(k, kVerbs) && verb_use(k)) {
        m_.verb = k;
        return;
      }
    }
    for (std::uint32_t i = m_.span.first; i < m_.span.last; ++i) {
      if (doc_.has(i, kRaise | kInvest) && verb_use(i)) m_.verb = i;
    }
    if (m_.verb != kNone) return;
    announced_before();
    if (m_.verb != kNone) return;
    for (std::uint32_t i = m_.span.last; i < std::min(m_.span.last + 4, sentence_.last); ++i) {
      if (doc_.has(i, kRaise) && verb_use(i)) m_.verb = i;
    }
  }

  /// "has been backed to the tune of $5m".
  bool tune_of() const {
    const std::uint32_t i = m_.span.first;
    if (i < floor_ + 5 || !doc_.is(i - 1, "of"_w) || !doc_.is(i - 2, "tune"_w)) return false;
    return doc_.is(i - 5, "backed"_w) || doc_.is(i - 5, "funded"_w) ||
           doc_.is(i - 5, "financed"_w) || doc_.is(i - 5, "bankrolled"_w);
  }

  /// "announced a $13m funding round": the verb of saying is the only one.
  void announced_before() {
    const std::uint32_t first = back(m_.span.first, 7, floor_);
    for (std::uint32_t i = m_.span.first; i > first && m_.verb == kNone; --i) {
      if (doc_.name_at[i - 1] != kNone || doc_.has(i - 1, kLead | kParticipate | kPronoun)) return;
      if (doc_.has(i - 1, kAnnounce)) m_.verb = i - 1;
    }
  }

  /// "the raise", "a record-close": nouns that look like verbs.
  bool verb_use(std::uint32_t i) const {
    if (doc_.stage_at[i] != kNone || doc_.money_at[i] != kNone) return false;
    if (doc_.is(i + 1, "part"_w)) return false;
    return i == sentence_.first || !doc_.has(i - 1, kDeterminer) || doc_.is(i, "closing"_w);
  }

  bool is_event() const {
    if (m_.stage != kNone) return true;
    if (m_.money == kNone) return false;
    if (m_.round_noun) return true;
    if (m_.verb == kNone || doc_.has(m_.verb, kAnnounce)) return false;
    return doc_.has(m_.verb, kRaise | kInvest) || from_follows() || tune_of();
  }

  bool from_follows() const {
    return doc_.is(m_.span.last, "from"_w) && m_.span.last < sentence_.last;
  }

  void owner() {
    if (owner_before() || owner_after()) return;
    if (m_.verb == kNone || doc_.has(m_.verb, kInvest)) return;
    if (m_.verb >= m_.span.last) return;
    const Subject subject = find_subject(doc_, sentence_, m_.verb, false);
    switch (subject.kind) {
      case SubjectKind::kNames:
        if (doc_.names[subject.names.back()].person) {
          m_.owner = OwnerKind::kAnaphor;
        } else {
          set_owner(subject.names.back());
        }
        break;
      case SubjectKind::kFirstPerson:
        m_.owner = OwnerKind::kFirstPerson;
        break;
      case SubjectKind::kAnaphor:
      case SubjectKind::kUnnamed:
        m_.owner = OwnerKind::kAnaphor;
        break;
      case SubjectKind::kNobody:
        break;
    }
  }

  void set_owner(std::uint32_t name) {
    m_.owner = OwnerKind::kName;
    m_.owner_name = name;
  }

  /// "Acme's $5M Series A", "our seed round", "Acme Seed Round".
  bool owner_before() {
    std::uint32_t i = m_.span.first;
    for (unsigned steps = 0; i > floor_ && steps < 6; ++steps, --i) {
      const std::uint32_t k = i - 1;
      if (doc_.is(k, "'s"_w)) {
        const std::uint32_t name = doc_.name_ending(k);
        if (name == kNone) return false;
        set_owner(name);
        return true;
      }
      if (doc_.is(k, "our"_w) || doc_.is(k, "my"_w)) {
        m_.owner = OwnerKind::kFirstPerson;
        return true;
      }
      if (doc_.is(k, "its"_w) || doc_.is(k, "their"_w)) {
        if (m_.verb == kNone || m_.verb >= m_.span.first) m_.owner = OwnerKind::kAnaphor;
        return m_.owner != OwnerKind::kUnknown;
      }
      if (const std::uint32_t name = doc_.name_ending(i); name != kNone) {
        const std::uint32_t first = doc_.names[name].first;
        const bool governed = first > sentence_.first && doc_.has(first - 1, kPreposition);
        if (governed || doc_.names[name].firm || doc_.names[name].person || steps > 1) return false;
        set_owner(name);
        return true;
      }
      const bool inside = doc_.tokens[k].kind == TokenKind::kWord &&
                          (doc_.tokens[k].classes == 0 || doc_.has(k, kAdjective | kCommonNoun)) &&
                          !doc_.has(k, kPreposition | kPronoun | kConjunction | kDeterminer);
      if (!inside) return false;
    }
    return false;
  }

  /// "seed round for Acme", "$5m in Acme", "raised by Acme".
  bool owner_after() {
    std::uint32_t i = m_.span.last;
    if (i + 1 >= sentence_.last) return false;
    const bool invest = m_.verb != kNone && doc_.has(m_.verb, kInvest);
    const bool raise = m_.verb != kNone && !invest && m_.verb < m_.span.first;
    const bool in = doc_.is(i, "in"_w) || doc_.is(i, "into"_w);
    const bool by = doc_.is(i, "raised"_w) && doc_.is(i + 1, "by"_w);
    if (by) ++i;
    if (!by && !doc_.is(i, "for"_w) && !(in && !raise)) return false;
    const PartyList list = read_party_list(doc_, i + 1, sentence_.last, false);
    if (list.parties.empty()) {
      if (in && invest) m_.owner = OwnerKind::kAnaphor;
      return m_.owner != OwnerKind::kUnknown;
    }
    const std::uint32_t name = list.parties.front().name;
    if (doc_.names[name].person) return false;
    set_owner(name);
    return true;
  }

  bool earlier() const {
    static constexpr auto kCues =
        std::to_array({"follows"_w, "following"_w, "previous"_w, "previously"_w, "earlier"_w,
                       "prior"_w, "after"_w, "initial"_w, "preceding"_w, "preceded"_w, "past"_w});
    const std::uint32_t first = back(m_.span.first, 8, floor_);
    return any_of(doc_, first, m_.span.first, kCues);
  }

  void total() {
    static constexpr auto kBefore = std::to_array(
        {"total"_w, "overall"_w, "altogether"_w, "cumulative"_w, "totaling"_w, "totalling"_w});
    static constexpr auto kTakes =
        std::to_array({"takes"_w, "taking"_w, "took"_w, "pushes"_w, "pushing"_w, "lifts"_w});
    static constexpr auto kLifetime = std::to_array({"brings"_w, "bringing"_w, "brought"_w});
    if (m_.money == kNone) return;
    const Money& money = doc_.money[m_.money];
    const std::uint32_t first = back(money.first, 8, floor_);
    const std::uint32_t end = std::min(money.last + 5, sentence_.last);
    const bool before = any_of(doc_, first, money.first, kBefore);
    m_.lifetime =
        any_of(doc_, first, money.first, kLifetime) || phrase(money.last, end, "to"_w, "date"_w) ||
        phrase(money.last, end, "so"_w, "far"_w) || phrase(first, money.first, "to"_w, "date"_w);
    if (m_.lifetime) m_.lifetime = before || m_.stage == kNone;
    m_.lifetime = m_.lifetime || (before && any_of(doc_, first, money.first, kTakes));
    m_.total = m_.lifetime || (before && m_.stage == kNone && !m_.round_noun);
  }

  bool phrase(std::uint32_t first, std::uint32_t last, std::uint64_t a, std::uint64_t b) const {
    for (std::uint32_t i = first; i + 1 < last; ++i) {
      if (doc_.is(i, a) && doc_.is(i + 1, b)) return true;
    }
    return false;
  }

  /// Plans, rumours, goals and negations in front of the event.
  bool suppressed() const {
    static constexpr auto kNegations = std::to_array(
        {"not"_w, "never"_w, "denied"_w, "denies"_w, "if"_w, "goal"_w, "without"_w, "fake"_w});
    const bool verb_before = m_.verb != kNone && m_.verb < m_.span.first;
    const std::uint32_t end = verb_before ? m_.verb : m_.span.first;
    for (std::uint32_t i = end; i > floor_ && end - i < 6; --i) {
      const std::uint32_t k = i - 1;
      if (doc_.symbol(k, ',') || doc_.symbol(k, '"') || doc_.name_at[k] != kNone) break;
      if (one_of(doc_, k, kNegations)) return true;
      if (doc_.has(k, kHedge) && !doc_.is(k, "may"_w)) return true;
      if (doc_.is(k, "may"_w) && !doc_.tokens[k].capital) return true;
    }
    if (verb_before && m_.verb > sentence_.first && doc_.is(m_.verb - 1, "to"_w)) {
      return !announced(m_.verb - 1);
    }
    return false;
  }

  /// "is pleased to announce", "went on to raise": an infinitive that is a fact.
  bool announced(std::uint32_t to) const {
    static constexpr auto kFacts = std::to_array(
        {"pleased"_w, "proud"_w, "excited"_w, "thrilled"_w, "delighted"_w, "happy"_w, "on"_w,
         "able"_w, "managed"_w, "startup"_w, "company"_w, "humbled"_w, "honored"_w});
    return to > sentence_.first && one_of(doc_, to - 1, kFacts);
  }

  const Document& doc_;
  const Sentence& sentence_;
  std::uint32_t floor_;
  RoundMention& m_;
};

}  // namespace

bool money_trap(const Document& doc, const Sentence& sentence, const Money& money) {
  static constexpr auto kBefore = std::to_array(
      {"valuation"_w, "valued"_w,   "valuing"_w,  "worth"_w,   "revenue"_w, "revenues"_w,
       "lost"_w,      "sold"_w,     "acquired"_w, "earning"_w, "exceed"_w,  "spent"_w,
       "paid"_w,      "stolen"_w,   "saving"_w,   "save"_w,    "sales"_w,   "prize"_w,
       "manages"_w,   "managing"_w, "goal"_w,     "cap"_w});
  const std::uint32_t first = back(money.first, 4, sentence.first);
  if (any_of(doc, first, money.first, kBefore)) return true;
  // "$120,000 of its $100,000 campaign": the second sum is the goal.
  if (money.first >= sentence.first + 3 && doc.is(money.first - 2, "of"_w) &&
      doc.has(money.first - 1, kDeterminer) && doc.money_at[money.first - 3] != kNone) {
    return true;
  }
  // "£5 million of it": a part of the round.
  if (doc.is(money.last, "of"_w) &&
      (doc.is(money.last + 1, "it"_w) || doc.is(money.last + 1, "which"_w) ||
       doc.is(money.last + 1, "that"_w))) {
    return true;
  }
  for (std::uint32_t i = money.last + 1; i < std::min(money.last + 7, sentence.last); ++i) {
    if (doc.is(i, "fund"_w) && doc.name_at[i] == kNone && doc.is(money.last, "for"_w)) return true;
  }
  for (std::uint32_t i = money.last; i < std::min(money.last + 3, sentence.last); ++i) {
    if (doc.has(i, kRoundNoun)) return false;
    if (doc.symbol(i, ',') || doc.symbol(i, '.') || doc.has(i, kConjunction)) return false;
    if (doc.is(i, "pre-money"_w) || doc.is(i, "post-money"_w)) return true;
    if (doc.has(i, kMoneyTrap) && doc.name_at[i] == kNone) return true;
    if (doc.stage_at[i] != kNone || doc.is(i, "from"_w)) return false;
  }
  return false;
}

bool round_noun_at(const Document& doc, const Sentence& sentence, std::uint32_t i) {
  if (doc.name_at[i] != kNone || doc.tokens[i].kind != TokenKind::kWord) return false;
  if (doc.is(i, "funds"_w) || doc.is(i, "money"_w)) {
    return i > sentence.first &&
           (doc.has(i - 1, kRaise) || doc.is(i - 1, "the"_w) || doc.has(i - 1, kFirmNoun)) &&
           doc.is(i + 1, "from"_w);
  }
  if (!doc.has(i, kRoundNoun)) return false;
  if (doc.has(i + 1, kInvestorNoun) && !doc.is(i + 1, "from"_w)) return false;
  if (doc.has(i + 1, kFirmNoun | kCompanyNoun) && !doc.has(i + 1, kRoundNoun)) return false;
  if (doc.is(i, "raise"_w)) {
    return i > sentence.first && (doc.has(i - 1, kDeterminer | kAdjective) ||
                                  doc.money_at[i - 1] != kNone || doc.stage_at[i - 1] != kNone);
  }
  return true;
}

bool speaks_of_crowdsale(const Document& doc, const Sentence& sentence) {
  static constexpr auto kWords =
      std::to_array({"crowdsale"_w, "crowdsales"_w, "crowd-sale"_w, "ico"_w, "icos"_w, "presale"_w,
                     "pre-sale"_w, "tge"_w, "ido"_w, "ieo"_w});
  for (std::uint32_t i = sentence.first; i < sentence.last; ++i) {
    if (one_of(doc, i, kWords)) return true;
    if ((doc.is(i, "token"_w) || doc.is(i, "coin"_w)) &&
        (doc.is(i + 1, "sale"_w) || doc.is(i + 1, "offering"_w))) {
      return true;
    }
  }
  return false;
}

void judge_round(const Document& doc, const Sentence& sentence, std::uint32_t floor,
                 RoundMention& mention) {
  Judge(doc, sentence, floor, mention).run();
}

}  // namespace graphrail::extract::rules
