#include "extract/rules/subject.h"

#include <algorithm>
#include <array>

#include "extract/rules/party_list.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::uint32_t kFarthest = 80;
constexpr std::size_t kMostNames = 64;

class SubjectFinder {
 public:
  SubjectFinder(const Document& doc, const Sentence& sentence, std::uint32_t verb, bool list)
      : doc_(doc),
        first_(std::max(sentence.first, verb > kFarthest ? verb - kFarthest : 0)),
        at_(verb),
        list_(list) {}

  Subject find() {
    skip_verb_group();
    if (at_ == first_) return {};
    if (pronoun()) return subject_;
    const std::uint32_t before = at_ - 1;
    if (doc_.symbol(before, ')')) {
      close_parenthesis();
      if (at_ == first_) return {};
    }
    if (const std::uint32_t name = coordinated(); name != kNone) return named(name);
    if (doc_.symbol(at_ - 1, ',') || doc_.symbol(at_ - 1, '-')) return across_appositive();
    if (const std::uint32_t name = name_before(); name != kNone) return named(name);
    return description();
  }

 private:
  /// Auxiliaries, adverbs, times and reporting verbs between the subject and the verb.
  bool skippable(std::uint32_t i) const {
    static constexpr auto kJoiners =
        std::to_array({"that"_w, "to"_w, "pleased"_w, "excited"_w, "thrilled"_w, "proud"_w,
                       "delighted"_w, "happy"_w, "glad"_w, "honored"_w, "humbled"_w, "set"_w,
                       "how"_w, "on"_w, "closing"_w, "all"_w, "both"_w, "each"_w});
    const Token& token = doc_.tokens[i];
    if (token.kind != TokenKind::kWord || doc_.name_at[i] != kNone) return false;
    if ((token.classes & (kAuxiliary | kAnnounce | kTime | kMonth)) != 0) return true;
    if ((token.classes & kAdverb) != 0) return true;
    return std::find(kJoiners.begin(), kJoiners.end(), token.hash) != kJoiners.end();
  }

  void skip_verb_group() {
    while (at_ > first_ && skippable(at_ - 1)) --at_;
    // "that" right after a noun is a relative pronoun: what precedes is described, not skipped.
  }

  void close_parenthesis() {
    for (std::uint32_t i = at_; i > first_ && at_ - i < 30; --i) {
      if (!doc_.symbol(i - 1, '(')) continue;
      at_ = i - 1;
      return;
    }
  }

  /// "Acme joins Harbor Labs and raises $1M": the name before the first of the two verbs.
  std::uint32_t coordinated() const {
    constexpr std::uint64_t kFinite =
        kVerb | kAnnounce | kRaise | kWeakRaise | kParticipate | kInvest | kLead;
    if (!doc_.is(at_ - 1, "and"_w)) return kNone;
    const std::uint32_t name = doc_.name_starting(first_);
    if (name == kNone) return kNone;
    const std::uint32_t verb = doc_.names[name].last;
    if (verb + 1 >= at_ || doc_.name_at[verb] != kNone || !doc_.has(verb, kFinite)) return kNone;
    if (doc_.has(verb, kCompanyNoun | kInvestorNoun | kRoundNoun | kRole)) return kNone;
    for (std::uint32_t i = verb; i < at_; ++i) {
      if (doc_.symbol(i, ',') || doc_.symbol(i, ';') || doc_.has(i, kPronoun)) return kNone;
    }
    return name;
  }

  bool pronoun() {
    const std::uint32_t i = at_ - 1;
    static constexpr auto kFirst =
        std::to_array({"we"_w, "i"_w, "us"_w, "our"_w, "me"_w, "ourselves"_w});
    static constexpr auto kThird =
        std::to_array({"it"_w, "they"_w, "he"_w, "she"_w, "which"_w, "who"_w, "itself"_w, "is"_w});
    if (std::find(kFirst.begin(), kFirst.end(), doc_.tokens[i].hash) != kFirst.end()) {
      subject_.kind = SubjectKind::kFirstPerson;
      subject_.first = i;
      return true;
    }
    if (std::find(kThird.begin(), kThird.end(), doc_.tokens[i].hash) == kThird.end()) return false;
    at_ = i;
    if (doc_.is(i, "which"_w) || doc_.is(i, "who"_w)) {
      relative(i);
      return true;
    }
    skip_verb_group();
    subject_ = {.kind = SubjectKind::kAnaphor, .names = {}, .first = i};
    if (at_ > first_ && at_ < i) {
      const Subject said = SubjectFinder(*this, at_).find();
      if (said.kind == SubjectKind::kNames) subject_ = said;
    }
    return true;
  }

  SubjectFinder(const SubjectFinder& other, std::uint32_t at)
      : doc_(other.doc_), first_(other.first_), at_(at), list_(other.list_) {}

  /// "Acme, which raised": the name right before the comma; "the company, which" is an anaphor.
  void relative(std::uint32_t i) {
    at_ = i;
    if (at_ > first_ && doc_.symbol(at_ - 1, ',')) --at_;
    if (at_ > first_ && doc_.symbol(at_ - 1, ')')) close_parenthesis();
    const std::uint32_t name = at_ > first_ ? name_before() : kNone;
    if (name != kNone) {
      subject_ = named(name);
      // "with participation from A, who led our seed": A, whatever preposition governs it.
      if (subject_.kind == SubjectKind::kUnnamed && doc_.has(i + 1, kLead)) {
        const Name& lead = doc_.names[name];
        subject_ = {
            .kind = SubjectKind::kNames, .names = {name}, .first = lead.first, .last = lead.last};
      }
    } else {
      subject_ = {.kind = SubjectKind::kAnaphor, .names = {}, .first = i};
    }
  }

  std::uint32_t name_before() const { return doc_.name_ending(at_); }

  Subject named(std::uint32_t name) const {
    Subject subject{.kind = SubjectKind::kNames,
                    .names = {name},
                    .first = doc_.names[name].first,
                    .last = doc_.names[name].last};
    if (part_of_company(name)) {
      return {.kind = SubjectKind::kUnnamed, .names = {}, .first = subject.first};
    }
    const std::uint32_t first = doc_.names[name].first;
    if (first > first_ && place_preposition(first - 1)) {
      return {.kind = SubjectKind::kUnnamed, .names = {}, .first = first};
    }
    if (list_) extend(subject);
    return subject;
  }

  /// "an IT affiliate of electronics giant Acme": the name is not the one who acts.
  bool part_of_company(std::uint32_t name) const {
    std::uint32_t i = doc_.names[name].first;
    for (unsigned steps = 0; i > first_ + 1 && steps < 8; ++steps, --i) {
      if (doc_.is(i - 1, "of"_w)) return doc_.has(i - 2, kCompanyNoun);
      const Token& token = doc_.tokens[i - 1];
      if (token.kind != TokenKind::kWord || doc_.name_at[i - 1] != kNone) return false;
      if (doc_.has(i - 1, kPreposition | kPronoun | kAuxiliary)) return false;
    }
    return false;
  }

  bool place_preposition(std::uint32_t i) const {
    return doc_.is(i, "in"_w) || doc_.is(i, "at"_w) || doc_.is(i, "from"_w) ||
           doc_.is(i, "for"_w) || doc_.is(i, "by"_w) || doc_.is(i, "with"_w) ||
           doc_.is(i, "on"_w) || doc_.is(i, "to"_w);
  }

  /// Adds the names of a list to the left: "A, B and [C] led".
  void extend(Subject& subject) const {
    while (subject.names.size() < kMostNames) {
      std::uint32_t i = subject.first;
      unsigned described = 0;
      while (i > first_ && described < 5 && descriptive(i - 1)) {
        --i;
        ++described;
      }
      const std::uint32_t before = i;
      while (i > first_ && (doc_.symbol(i - 1, ',') || doc_.is(i - 1, "and"_w) ||
                            doc_.symbol(i - 1, '&') || doc_.is(i - 1, "both"_w))) {
        --i;
      }
      if (i == before) return;
      if (i > first_ && doc_.symbol(i - 1, ')')) i = opening(i);
      const std::uint32_t name = i > first_ ? doc_.name_ending(i) : kNone;
      if (name == kNone) return;
      const std::uint32_t first = doc_.names[name].first;
      if (first > first_ && (place_preposition(first - 1) || doc_.is(first - 1, "of"_w))) return;
      subject.names.insert(subject.names.begin(), name);
      subject.first = first;
    }
  }

  std::uint32_t opening(std::uint32_t close) const {
    for (std::uint32_t i = close; i > first_ && close - i < 20; --i) {
      if (doc_.symbol(i - 1, '(')) return i - 1;
    }
    return close;
  }

  bool descriptive(std::uint32_t i) const {
    return doc_.tokens[i].kind == TokenKind::kWord && doc_.name_at[i] == kNone &&
           !doc_.has(i, kPreposition | kConjunction | kPronoun | kAuxiliary | kVerb);
  }

  /// "Acme, a browser that …, has raised": the first name of the sentence that opens an
  /// appositive, else the first name; "existing investors—A, B and C—participated": those.
  Subject across_appositive() {
    const std::uint32_t end = at_ - 1;
    if (doc_.symbol(end, '-') && list_) {
      at_ = end;
      if (const std::uint32_t inner = name_before(); inner != kNone) {
        const Subject subject = named(inner);
        if (subject.first > first_ && doc_.symbol(subject.first - 1, '-')) return subject;
      }
      at_ = end + 1;
    }
    if (unnamed_head(end)) {
      return {.kind = SubjectKind::kUnnamed, .names = {}, .first = first_};
    }
    std::uint32_t candidate = kNone;
    for (std::uint32_t i = first_; i < end; ++i) {
      const std::uint32_t name = doc_.name_starting(i);
      if (name == kNone) continue;
      const std::uint32_t after = doc_.names[name].last;
      const bool preposition = i > first_ && doc_.has(i - 1, kPreposition);
      if (preposition) continue;
      if (candidate == kNone) candidate = name;
      if (doc_.symbol(after, ',') || doc_.symbol(after, '-') || doc_.symbol(after, '(')) {
        candidate = name;
        break;
      }
    }
    if (candidate == kNone) return description();
    at_ = doc_.names[candidate].last;
    Subject subject = named(candidate);
    if (list_ && subject.kind == SubjectKind::kNames) {
      const PartyList list = read_party_list(doc_, doc_.names[candidate].first, end, false);
      for (std::size_t p = 1; p < list.parties.size(); ++p) {
        subject.names.push_back(list.parties[p].name);
      }
    }
    return subject;
  }

  /// "The Korea-based startup, founded by …, has raised": the head has no name.
  bool unnamed_head(std::uint32_t end) const {
    if (!doc_.has(first_, kDeterminer)) return false;
    bool company = false;
    bool investors = false;
    for (std::uint32_t i = first_; i < end && !doc_.symbol(i, ',') && !doc_.symbol(i, '-'); ++i) {
      if (doc_.name_at[i] != kNone) return false;
      company = company || doc_.has(i, kCompanyNoun);
      // "The company's earlier investors, A and B, put in money".
      investors =
          doc_.is(i, "investors"_w) || doc_.is(i, "backers"_w) || doc_.is(i, "shareholders"_w);
    }
    return company && !investors;
  }

  /// "the company", "a startup based in Singapore", "Acme domain registry".
  Subject description() {
    std::uint32_t i = at_;
    unsigned steps = 0;
    bool company = false;
    bool investors = false;
    while (i > first_ && steps < 12) {
      const std::uint32_t k = i - 1;
      if (const std::uint32_t name = doc_.name_ending(i); name != kNone && steps > 0) {
        if (steps <= 3 && !investors) return named_modifier(name);
      }
      if (doc_.symbol(k, ',') || doc_.symbol(k, ':') || doc_.symbol(k, ';')) break;
      company = company || doc_.has(k, kCompanyNoun);
      investors = investors || doc_.has(k, kInvestorNoun);
      if (steps == 0 && doc_.has(k, kPronoun)) break;
      --i;
      ++steps;
    }
    if (company && !investors) {
      return {.kind = SubjectKind::kUnnamed, .names = {}, .first = i};
    }
    return {.kind = SubjectKind::kNobody, .names = {}, .first = i};
  }

  Subject named_modifier(std::uint32_t name) const {
    const std::uint32_t first = doc_.names[name].first;
    // "The Wall Street bank": where it stands, not what it is called.
    const bool definite = list_ && first > first_ && doc_.is(first - 1, "the"_w);
    if (first > first_ && (definite || doc_.has(first - 1, kPreposition))) {
      return {.kind = SubjectKind::kUnnamed, .names = {}, .first = first};
    }
    return {.kind = SubjectKind::kNames, .names = {name}, .first = first};
  }

  const Document& doc_;
  std::uint32_t first_;
  std::uint32_t at_;
  bool list_;
  Subject subject_;
};

}  // namespace

Subject find_subject(const Document& doc, const Sentence& sentence, std::uint32_t verb, bool list) {
  return SubjectFinder(doc, sentence, verb, list).find();
}

}  // namespace graphrail::extract::rules
