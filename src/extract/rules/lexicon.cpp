#include "extract/rules/lexicon.h"

#include <vector>

#include "extract/rules/lexicon_words.h"
#include "extract/rules/token.h"

namespace graphrail::extract::rules {
namespace {

/// Open addressing over a power of two at most a quarter full; hashes are their own keys.
class Table {
 public:
  Table() : slots_(kSlots) {
    for (const LexiconRow& row : lexicon_rows()) add_row(row);
  }

  std::uint64_t find(std::uint64_t hash) const noexcept {
    for (std::size_t at = hash & kMask;; at = (at + 1) & kMask) {
      if (slots_[at].classes == 0) return 0;
      if (slots_[at].hash == hash) return slots_[at].classes;
    }
  }

 private:
  static constexpr std::size_t kSlots = 1U << 14;
  static constexpr std::size_t kMask = kSlots - 1;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint64_t classes = 0;
  };

  void add_row(const LexiconRow& row) {
    std::string_view words = row.words;
    while (!words.empty()) {
      const std::size_t end = std::min(words.find(' '), words.size());
      if (end > 0) add(word_hash(words.substr(0, end)), row.classes);
      words.remove_prefix(std::min(end + 1, words.size()));
    }
  }

  void add(std::uint64_t hash, std::uint64_t classes) {
    std::size_t at = hash & kMask;
    while (slots_[at].classes != 0 && slots_[at].hash != hash) at = (at + 1) & kMask;
    slots_[at].hash = hash;
    slots_[at].classes |= classes;
  }

  std::vector<Slot> slots_;
};

}  // namespace

std::uint64_t classes_of(std::uint64_t hash) noexcept {
  static const Table table;
  return table.find(hash);
}

}  // namespace graphrail::extract::rules
