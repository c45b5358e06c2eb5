#include "page/main_text.h"

#include <algorithm>

#include "page/element_hints.h"

namespace graphrail::page {
namespace {

class MainTextFinder {
 public:
  MainTextFinder(const HtmlTree& tree, const PageBlocks& page) : tree_(tree), page_(page) {}

  MainText find() {
    MainText result;
    if (page_.blocks.empty()) return result;
    collect();
    result.container = choose();
    for (std::uint32_t i = 0; i < page_.blocks.size(); ++i) {
      if (keep(i, result.container)) result.blocks.push_back(i);
    }
    return result;
  }

 private:
  static double prose_of(const Block& b) {
    const double text = b.counts.chars - b.counts.link_chars;
    if (b.link_density() > 0.5) return -static_cast<double>(b.counts.link_chars);
    if (b.counts.stops > 0 && text > 60) return text;
    if (text > 120) return text;
    return -10;
  }

  void collect() {
    const std::size_t n = page_.blocks.size();
    hints_.assign(tree_.size(), 0);
    seen_.assign(tree_.size(), 0);
    std::vector<double> prose(n + 1, 0);
    for (std::size_t i = 0; i < n; ++i) {
      prose[i + 1] = prose[i] + std::max(0.0, prose_of(page_.blocks[i]));
      for (NodeIndex e = page_.blocks[i].element; seen_[e] == 0; e = tree_[e].parent) {
        seen_[e] = 1;
        hints_[e] = element_hints(tree_, e);
        if (e == 0) break;
      }
    }
    first_.assign(tree_.size(), 0);
    std::size_t b = 0;
    for (NodeIndex e = 0; e < tree_.size(); ++e) {
      while (b < n && page_.blocks[b].first_text < e) ++b;
      first_[e] = static_cast<std::uint32_t>(b);
    }
    const double total = prose[n];
    for (NodeIndex e = 0; e < tree_.size(); ++e) {
      if (seen_[e] == 0) continue;
      const double inside = prose[last_block(e)] - prose[first_[e]];
      if (inside > 0.5 * total) hints_[e] &= kContentHint;
    }
    weight_.assign(n + 1, 0);
    bad_.assign(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
      std::uint8_t h = 0;
      for (NodeIndex e = page_.blocks[i].element; e != 0; e = tree_[e].parent) h |= hints_[e];
      bad_[i] = h;
      double w = prose_of(page_.blocks[i]);
      if ((h & (kBoilerplateHint | kCommentHint)) != 0) w = std::min(0.0, w);
      weight_[i + 1] = weight_[i] + w;
    }
  }

  std::uint32_t last_block(NodeIndex e) const {
    return tree_[e].end < tree_.size() ? first_[tree_[e].end]
                                       : static_cast<std::uint32_t>(page_.blocks.size());
  }

  NodeIndex choose() {
    NodeIndex best = 0;
    double best_score = -1e18;
    for (NodeIndex e = 0; e < tree_.size(); ++e) {
      if (seen_[e] == 0) continue;
      double s = weight_[last_block(e)] - weight_[first_[e]];
      if ((hints_[e] & kContentHint) != 0) s *= 1.5;
      if (s >= best_score) {
        best_score = s;
        best = e;
      }
    }
    return best;
  }

  bool keep(std::uint32_t i, NodeIndex container) const {
    const Block& b = page_.blocks[i];
    if (b.first_text < container || b.first_text >= tree_[container].end) return false;
    if (container != 0 && b.element < container) return false;
    for (NodeIndex e = b.element; e != container; e = tree_[e].parent) {
      if ((hints_[e] & ~kContentHint) != 0) return false;
    }
    if (b.link_density() > 0.7) return false;
    return true;
  }

  const HtmlTree& tree_;
  const PageBlocks& page_;
  std::vector<std::uint8_t> hints_;
  std::vector<std::uint8_t> seen_;
  std::vector<std::uint32_t> first_;
  std::vector<double> weight_;
  std::vector<std::uint8_t> bad_;
};

}  // namespace

MainText find_main_text(const HtmlTree& tree, const PageBlocks& page) {
  return MainTextFinder(tree, page).find();
}

}  // namespace graphrail::page
