#include "extract/rules/entities.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "extract/rules/aliases.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMostAliases = 8;

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

class Builder {
 public:
  explicit Builder(const Document& doc) : doc_(doc) {}

  void read_forms() {
    form_of_name_.reserve(doc_.names.size());
    for (std::uint32_t n = 0; n < doc_.names.size(); ++n) form_of_name_.push_back(form(n));
    parent_.resize(forms_.size());
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  void merge(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

  std::uint32_t root(std::uint32_t form) {
    while (parent_[form] != form) form = parent_[form] = parent_[parent_[form]];
    return form;
  }

  const std::vector<NameForm>& forms() const { return forms_; }
  std::uint32_t form_of(std::uint32_t name) const { return form_of_name_[name]; }

 private:
  std::uint32_t form(std::uint32_t n) {
    const Name& name = doc_.names[n];
    NameForm form;
    form.firm = name.firm;
    form.person = name.person;
    std::string key;
    for (std::uint32_t i = name.first; i < name.last; ++i) {
      if (doc_.tokens[i].kind == TokenKind::kSymbol && doc_.tokens[i].symbol != '&') continue;
      if (i > name.first && i + 1 == name.last && doc_.has(i, kLegalSuffix)) break;
      if (i == name.first && doc_.is(i, "the"_w) && name.last - name.first > 1) continue;
      form.words.push_back(lowered(doc_.text(i)));
      key += form.words.back() + ' ';
    }
    const std::string_view text = doc_.text(name.first);
    form.capital_letters_only =
        name.last - name.first == 1 && text.size() >= 2 &&
        std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto [found, added] = index_.try_emplace(key, static_cast<std::uint32_t>(forms_.size()));
    if (added) forms_.push_back(std::move(form));
    return found->second;
  }

  const Document& doc_;
  std::vector<NameForm> forms_;
  std::vector<std::uint32_t> form_of_name_;
  std::vector<std::uint32_t> parent_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

bool legal_form(const Document& doc, const Name& name) {
  return name.last - name.first > 1 && doc.has(name.last - 1, kLegalSuffix);
}

/// The fuller of two forms: more words, no legal suffix if there is a choice, no domain.
bool fuller(const Document& doc, const Name& candidate, const Name& best) {
  const auto words = [&](const Name& name) {
    return name.last - name.first - (legal_form(doc, name) ? 1U : 0U);
  };
  if (words(candidate) != words(best)) return words(candidate) > words(best);
  if (legal_form(doc, candidate) != legal_form(doc, best)) return legal_form(doc, best);
  const auto domain = [&](const Name& name) {
    return doc.text(name.first).find('.') != std::string_view::npos;
  };
  return domain(best) && !domain(candidate);
}

std::string stem(std::string_view label) {
  std::string out;
  for (const char c : lowered(label)) {
    if (c != ' ' && c != '.' && c != '-' && c != '&') out.push_back(c);
  }
  return out;
}

}  // namespace

Entities::Entities(const Document& doc, const Facts& facts) {
  Builder builder(doc);
  builder.read_forms();
  for (const auto& [a, b] : find_aliases(builder.forms())) builder.merge(a, b);
  for (const SameName& same : facts.same_names) {
    builder.merge(builder.form_of(same.first), builder.form_of(same.second));
  }
  std::vector<bool> former(doc.names.size(), false);
  for (const SameName& same : facts.same_names) former[same.second] = same.former;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  std::vector<std::uint32_t> best;
  std::vector<std::vector<std::uint32_t>> variants;
  for (std::uint32_t n = 0; n < doc.names.size(); ++n) {
    const std::uint32_t root = builder.root(builder.form_of(n));
    const auto [found, added] = numbers.try_emplace(root, static_cast<std::uint32_t>(best.size()));
    const std::uint32_t entity = found->second;
    if (added) {
      best.push_back(n);
      entities_.emplace_back();
      variants.emplace_back();
    } else if (!former[n] &&
               (former[best[entity]] || fuller(doc, doc.names[n], doc.names[best[entity]]))) {
      best[entity] = n;
    }
    Entity& e = entities_[entity];
    ++e.count;
    e.firm = e.firm || doc.names[n].firm;
    e.fund = e.fund || doc.names[n].fund;
    e.person = e.person || doc.names[n].person;
    if (variants[entity].size() < 64) variants[entity].push_back(n);
    entity_of_name_.push_back(entity);
  }
  for (std::uint32_t e = 0; e < entities_.size(); ++e) {
    Entity& entity = entities_[e];
    const Name& name = doc.names[best[e]];
    entity.label = doc.words({name.first, name.last});
    for (const std::uint32_t n : variants[e]) {
      std::string form = doc.words({doc.names[n].first, doc.names[n].last});
      stems_.emplace_back(word_hash(stem(form)), e);
      if (form == entity.label || entity.aliases.size() >= kMostAliases) continue;
      if (std::find(entity.aliases.begin(), entity.aliases.end(), form) == entity.aliases.end()) {
        entity.aliases.push_back(std::move(form));
      }
    }
  }
  std::sort(stems_.begin(), stems_.end());
}

std::uint32_t Entities::of_stem(std::string_view stem) const {
  const std::uint64_t hash = word_hash(stem);
  const auto found = std::lower_bound(stems_.begin(), stems_.end(), std::pair{hash, 0U});
  return found != stems_.end() && found->first == hash ? found->second : kNone;
}

}  // namespace graphrail::extract::rules
