#include "extract/rules/round_context.h"

#include <algorithm>
#include <array>

#include "extract/rules/party_list.h"
#include "extract/rules/subject.h"
#include "extract/rules/word_sets.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kCueWindow = 10;

class Judge {
 public:
  Judge(const Document& doc, const Sentence& sentence, std::uint32_t floor, RoundMention& mention)
      : doc_(doc), sentence_(sentence), floor_(floor), m_(mention) {}

  void run() {
    find_verb();
    find_giving();
    owner();
    m_.event = is_event();
    m_.added_to = m_.money != kNone && added_to(doc_, sentence_, m_);
    m_.earlier = m_.added_to || earlier();
    m_.additional = additional();
    total();
    m_.suppressed = suppressed() || talks() || of_many(doc_, sentence_, m_) ||
                    rivals_round(doc_, sentence_, m_) || thing_bought(doc_, sentence_, m_);
  }

 private:
  /// The funding verb: shortly before the mention, inside it, or passive right behind it.
  void find_verb() {
    constexpr std::uint64_t kVerbs = kRaise | kWeakRaise | kInvest;
    m_.verb = adding_verb(doc_, floor_, m_);
    if (m_.verb != kNone) return;
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

  /// "wrote the first check - $250,000", "backed the company with $80,000".
  void find_giving() {
    static constexpr auto kWrite = std::to_array({"wrote"_w, "written"_w, "gave"_w, "given"_w});
    static constexpr auto kAward =
        std::to_array({"awarded"_w, "granted"_w, "backed"_w, "awards"_w, "grants"_w});
    static constexpr auto kCheck = std::to_array({"check"_w, "cheque"_w});
    if (m_.verb != kNone || m_.money == kNone) return;
    const std::uint32_t first = back(m_.span.first, 10, floor_);
    const std::uint32_t end = std::min(m_.span.last + 3, sentence_.last);
    for (std::uint32_t i = first; i < m_.span.first; ++i) {
      const bool grant = m_.stage != kNone && doc_.stages[m_.stage].stage == "grant";
      const bool write = one_of(doc_, i, kWrite) && (grant || any_of(doc_, i, end, kCheck));
      const bool award = one_of(doc_, i, kAward) && doc_.name_at[i] == kNone &&
                         (!doc_.is(i, "backed"_w) || any_of(doc_, i, m_.span.first, kWith));
      if (!write && !award) continue;
      // "has been awarded a $40,000 grant": the subject takes it.
      const bool passive = doc_.is(i - 1, "been"_w) || doc_.is(i - 1, "was"_w);
      if (i > floor_ && passive && m_.stage != kNone) {
        m_.verb = i;
        return;
      }
      m_.given = i;
      return;
    }
  }

  static constexpr auto kWith = std::to_array({"with"_w});

  /// "another $5 million", "a further $5 million" without a stage of its own.
  bool additional() const {
    static constexpr auto kMore =
        std::to_array({"another"_w, "additional"_w, "further"_w, "extra"_w, "fresh"_w});
    if (m_.stage != kNone || m_.money == kNone) return false;
    const std::uint32_t first = doc_.money[m_.money].first;
    return any_of(doc_, back(first, 2, sentence_.first), first, kMore);
  }

  /// "in talks with X over a $10m round", "$10 million funding talks", "said to be raising".
  bool talks() const {
    static constexpr auto kTalks =
        std::to_array({"talks"_w, "negotiating"_w, "negotiations"_w, "negotiation"_w,
                       "discussions"_w, "rumors"_w, "rumours"_w, "speculation"_w, "termsheet"_w});
    static constexpr auto kHearsay =
        std::to_array({"said"_w, "reported"_w, "believed"_w, "thought"_w, "rumored"_w, "rumoured"_w,
                       "understood"_w, "poised"_w, "expected"_w, "close"_w, "about"_w});
    for (std::uint32_t i = m_.span.last; i < std::min(m_.span.last + 3, sentence_.last); ++i) {
      if (doc_.symbol(i, ',')) break;
      if (one_of(doc_, i, kTalks)) return true;
    }
    const std::uint32_t first = back(m_.span.first, 20, floor_);
    for (std::uint32_t i = m_.span.first; i > first; --i) {
      const std::uint32_t k = i - 1;
      if (doc_.symbol(k, ';') || doc_.is(k, "but"_w) || doc_.is(k, "while"_w)) return false;
      if (one_of(doc_, k, kTalks)) return true;
      const bool hearsay = one_of(doc_, k, kHearsay) && doc_.is(k + 1, "to"_w) &&
                           !doc_.is(k + 2, "have"_w) && m_.verb != kNone && k < m_.verb &&
                           m_.verb - k < 5;
      if (hearsay) return true;
      const bool done = doc_.has(k, kRaise | kWeakRaise) && doc_.name_at[k] == kNone &&
                        doc_.text(k).ends_with("ed");
      if (done) return false;
    }
    return false;
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
    if (doc_.is(i + 1, "part"_w) || raises_other(i)) return false;
    return i == sentence_.first || !doc_.has(i - 1, kDeterminer) || doc_.is(i, "closing"_w);
  }

  /// "raised its full-year guidance after": what is raised is no money.
  bool raises_other(std::uint32_t i) const {
    static constexpr auto kThings = std::to_array(
        {"guidance"_w,  "rates"_w,  "rate"_w,    "limits"_w, "limit"_w,    "forecast"_w,
         "outlook"_w,   "prices"_w, "price"_w,   "fees"_w,   "concerns"_w, "questions"_w,
         "awareness"_w, "bar"_w,    "stakes"_w,  "target"_w, "targets"_w,  "dividend"_w,
         "wages"_w,     "alarm"_w,  "eyebrows"_w});
    return doc_.has(i, kRaise) &&
           any_of(doc_, i + 1, std::min(i + 5, std::max(m_.span.first, i + 1)), kThings);
  }

  /// "Seed rounds were hit": rounds in general.
  bool rounds_in_general() const {
    const std::uint32_t last = m_.span.last;
    return m_.money == kNone && m_.verb == kNone && last > 0 && doc_.is(last - 1, "rounds"_w);
  }

  bool is_event() const {
    if (m_.given != kNone && m_.money != kNone) return true;
    if (rounds_in_general()) return false;
    if (m_.undisclosed || adding_verb(doc_, floor_, m_) != kNone) return true;
    if (m_.stage != kNone) return true;
    if (m_.money == kNone || combined()) return false;
    if (m_.round_noun) return true;
    if (m_.verb == kNone || doc_.has(m_.verb, kAnnounce)) return false;
    return doc_.has(m_.verb, kRaise | kInvest) || from_follows() || tune_of();
  }

  /// "a combined $5 million into A and B": no company's own sum.
  bool combined() const {
    static constexpr auto kWords = std::to_array({"combined"_w, "aggregate"_w});
    const std::uint32_t first = doc_.money[m_.money].first;
    return any_of(doc_, back(first, 2, sentence_.first), first, kWords);
  }

  bool from_follows() const {
    return doc_.is(m_.span.last, "from"_w) && m_.span.last < sentence_.last;
  }

  void owner() {
    if (owner_before()) return;
    if (m_.given != kNone) return given_to();
    const bool raised = m_.verb != kNone && m_.verb < m_.span.first &&
                        doc_.has(m_.verb, kRaise | kWeakRaise) && doc_.is(m_.span.last, "for"_w);
    if (raised) {
      const Subject subject = find_subject(doc_, sentence_, m_.verb, false);
      if (subject.kind == SubjectKind::kNames && !doc_.names[subject.names.back()].person &&
          !doc_.names[subject.names.back()].fund) {
        return set_owner(subject.names.back());
      }
    }
    if (owner_after() || appears() || entry()) return;
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

  /// "Acme (Oslo): $10M Series C led by": the entry of a list.
  bool entry() {
    const std::uint32_t name = doc_.name_starting(sentence_.first);
    if (name == kNone || m_.verb != kNone || doc_.names[name].person) return false;
    const std::uint32_t end = skip_parenthesis(doc_, doc_.names[name].last, sentence_.last);
    if (end >= m_.span.first || end + 4 < m_.span.first) return false;
    const bool dash = doc_.symbol(end, '-') && doc_.tokens[end].space_before;
    if (!doc_.symbol(end, ':') && !dash) return false;
    set_owner(name);
    return true;
  }

  /// "Acme emerged from stealth with $7 million", "Acme launches with a $2m seed round".
  bool appears() {
    static constexpr auto kAppears =
        std::to_array({"emerged"_w, "emerges"_w, "emerging"_w, "launched"_w, "launches"_w,
                       "debuted"_w, "debuts"_w, "came"_w, "comes"_w, "exits"_w, "exited"_w});
    if (m_.verb != kNone || m_.span.first < floor_ + 3) return false;
    const std::uint32_t with = back(m_.span.first, 3, floor_);
    if (!any_of(doc_, with, m_.span.first, kWith)) return false;
    for (std::uint32_t i = m_.span.first; i > back(m_.span.first, 12, floor_); --i) {
      if (!one_of(doc_, i - 1, kAppears)) continue;
      const Subject subject = find_subject(doc_, sentence_, i - 1, false);
      if (subject.kind != SubjectKind::kNames) return false;
      if (doc_.names[subject.names.back()].person) return false;
      set_owner(subject.names.back());
      return true;
    }
    return false;
  }

  /// "awarded $40,000 to X", "backed X with", "gave us".
  void given_to() {
    m_.owner = OwnerKind::kAnaphor;
    const bool to = doc_.is(m_.span.last, "to"_w);
    const std::uint32_t at = to ? m_.span.last + 1 : m_.given + 1;
    if (at >= sentence_.last) return;
    if (doc_.is(at, "us"_w)) m_.owner = OwnerKind::kFirstPerson;
    const PartyList list = read_party_list(doc_, at, sentence_.last, false);
    if (list.parties.empty() || doc_.names[list.parties.front().name].person) return;
    if (to || doc_.names[list.parties.front().name].first < m_.span.first) {
      set_owner(list.parties.front().name);
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
    return any_of(doc_, first, m_.span.first, kCues) || led_by_participant(first);
  }

  /// "led the round with B, who led our Series A": beside the round at hand, one B led before.
  bool led_by_participant(std::uint32_t first) const {
    if (floor_ == sentence_.first || (m_.stage == kNone && m_.money == kNone)) return false;
    for (std::uint32_t i = first; i + 2 < m_.span.first; ++i) {
      const bool who = doc_.is(i, "who"_w) || doc_.is(i, "which"_w);
      if (who && (doc_.has(i + 1, kLead) || doc_.has(i + 2, kLead))) return true;
    }
    return false;
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
    m_.lifetime = any_of(doc_, first, money.first, kLifetime) ||
                  phrase(money.last, end, "to"_w, "date"_w) ||
                  phrase(money.last, end, "so"_w, "far"_w) || since_founding(money) ||
                  phrase(first, money.first, "to"_w, "date"_w);
    // "To date, the Oslo-based firm has raised $5m".
    const std::uint32_t opening = std::min(sentence_.first + 2, money.first);
    m_.lifetime = m_.lifetime || phrase(sentence_.first, opening, "to"_w, "date"_w) ||
                  phrase(sentence_.first, opening, "so"_w, "far"_w);
    if (m_.lifetime) m_.lifetime = before || m_.stage == kNone;
    m_.lifetime = m_.lifetime || (before && any_of(doc_, first, money.first, kTakes));
    m_.lifetime = m_.lifetime || (m_.stage == kNone && total_stands(money));
    m_.total = m_.lifetime || (before && m_.stage == kNone && !m_.round_noun) ||
               (m_.stage == kNone && several(money, end));
  }

  /// "has raised $52 million since it was founded", "since inception".
  bool since_founding(const Money& money) const {
    static constexpr auto kBirth =
        std::to_array({"founded"_w, "founding"_w, "inception"_w, "launch"_w, "launching"_w,
                       "launched"_w, "started"_w, "start"_w, "formed"_w, "created"_w});
    for (std::uint32_t i = money.last; i < std::min(money.last + 6, sentence_.last); ++i) {
      if (doc_.symbol(i, ',')) return false;
      if (!doc_.is(i, "since"_w)) continue;
      return any_of(doc_, i + 1, std::min(i + 6, sentence_.last), kBirth);
    }
    return false;
  }

  /// "The total raised by the Oslo company now stands at $76 million".
  bool total_stands(const Money& money) const {
    static constexpr auto kStands =
        std::to_array({"stands"_w, "stand"_w, "amounts"_w, "raised"_w, "reaches"_w, "comes"_w,
                       "is"_w, "to"_w, "brings"_w, "bringing"_w, "exceeds"_w, "sits"_w, "at"_w});
    const std::uint32_t first = back(money.first, 14, sentence_.first);
    for (std::uint32_t i = first; i < money.first; ++i) {
      if (!doc_.is(i, "total"_w) && !doc_.is(i, "overall"_w)) continue;
      if (doc_.is(i + 1, "of"_w) || doc_.money_at[i + 1] != kNone) continue;
      bool clause = any_of(doc_, i + 1, money.first, kStands);
      for (std::uint32_t k = i; k < money.first; ++k) clause = clause && !doc_.symbol(k, ',');
      if (clause) return true;
    }
    return false;
  }

  /// "$13M across two rounds", "has now raised $31 million in total".
  bool several(const Money& money, std::uint32_t end) const {
    if (phrase(money.last, end, "in"_w, "total"_w) || phrase(money.last, end, "in"_w, "all"_w)) {
      return true;
    }
    for (std::uint32_t i = money.last; i + 1 < end; ++i) {
      const bool over = doc_.is(i, "across"_w) || doc_.is(i, "over"_w) || doc_.is(i, "in"_w);
      const bool number = doc_.has(i + 1, kQuantity) || doc_.is(i + 1, "several"_w) ||
                          doc_.tokens[i + 1].kind == TokenKind::kNumber;
      if (over && number && any_of(doc_, i + 2, std::min(i + 5, sentence_.last), kRounds)) {
        return true;
      }
    }
    return false;
  }

  static constexpr auto kRounds = std::to_array({"rounds"_w, "tranches"_w, "financings"_w});

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

void judge_round(const Document& doc, const Sentence& sentence, std::uint32_t floor,
                 RoundMention& mention) {
  Judge(doc, sentence, floor, mention).run();
}

}  // namespace graphrail::extract::rules
