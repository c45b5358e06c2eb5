#include "page/container.h"

#include <algorithm>
#include <vector>

namespace graphrail::page {
namespace {

constexpr double kLabelCost = 5;       // a short block that is neither heading nor list item
constexpr double kContentBonus = 1.5;  // for an element that says it is the body
constexpr double kNearlyAll = 0.75;    // of the prose a named body must hold

constexpr double kInnerShare = 0.85;  // of the prose an inner element must hold to be chosen
constexpr double kLongestCardText = 400;
constexpr std::uint32_t kShortestCardTitle = 15;  // code points of linked text
constexpr double kCardShare = 0.2;                // what a card's description still counts

constexpr std::uint8_t kOutsideStory = kBoilerplateHint | kCommentHint;

bool may_be_short(Tag tag) {
  switch (tag) {
    case Tag::kLi:
    case Tag::kTd:
    case Tag::kTh:
    case Tag::kDd:
    case Tag::kDt:
    case Tag::kP:
    case Tag::kPre:
    case Tag::kBlockquote:
      return true;
    default:
      return has_trait(tag, kHeading);
  }
}

/// Whether a short prose block is the description on a card: the widest element around it that
/// holds no other prose also holds a linked title.
bool is_on_card(const HtmlTree& tree, const PageBlocks& page, const PageOutline& outline,
                std::uint32_t index, double prose) {
  NodeIndex widest = page.blocks[index].element;
  while (widest != 0 && outline.prose(tree[widest].parent) <= prose) widest = tree[widest].parent;
  std::uint32_t link_chars = 0;
  for (std::uint32_t i = outline.first_block(widest); i < outline.last_block(widest); ++i) {
    if (i != index && page.blocks[i].link_density() > 0.5) {
      link_chars += page.blocks[i].counts.link_chars;
    }
    if (link_chars >= kShortestCardTitle) return true;
  }
  return false;
}

double weight_of(const HtmlTree& tree, const PageBlocks& page, const PageOutline& outline,
                 std::uint32_t index, bool outside_story) {
  const Block& block = page.blocks[index];
  const Tag tag = tree[block.element].tag;
  const double prose = outline.prose_of_block(index);
  if (prose > 0 && outside_story) return 0;
  if (prose > 0) {
    const bool card = prose < kLongestCardText && is_on_card(tree, page, outline, index, prose);
    return card ? prose * kCardShare : prose;
  }
  if (block.link_density() > 0.5) return -static_cast<double>(block.counts.link_chars);
  return may_be_short(tag) ? 0 : -kLabelCost;
}

}  // namespace

NodeIndex choose_container(const HtmlTree& tree, const PageBlocks& page,
                           const PageOutline& outline) {
  const std::size_t count = page.blocks.size();
  std::vector<double> before(count + 1, 0);
  std::vector<double> prose_before(count + 1, 0);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool outside = (outline.hints_around(page.blocks[i].element) & kOutsideStory) != 0;
    const double weight = weight_of(tree, page, outline, i, outside);
    before[i + 1] = before[i] + weight;
    prose_before[i + 1] = prose_before[i] + std::max(0.0, weight);
  }
  const auto sum = [&](const std::vector<double>& sums, NodeIndex e) {
    return sums[outline.last_block(e)] - sums[outline.first_block(e)];
  };
  NodeIndex best = 0;
  double best_score = -1e300;
  for (NodeIndex e = 0; e < tree.size(); ++e) {
    if (!outline.has_text(e)) continue;
    double score = sum(before, e);
    if ((outline.hints(e) & kContentHint) != 0 && score > 0) score *= kContentBonus;
    if (score >= best_score) {
      best_score = score;
      best = e;
    }
  }
  // One paragraph is not a container: what stands beside it belongs to it.
  while (best != 0 && may_be_short(tree[best].tag)) best = tree[best].parent;
  const double all = sum(prose_before, best);
  for (NodeIndex e = best; e < tree[best].end; ++e) {
    if (outline.has_text(e) && (outline.hints(e) & kContentHint) != 0 &&
        sum(prose_before, e) >= kNearlyAll * all) {
      best = e;
    }
  }
  // What little prose an outer element adds is a biography, a notice or a teaser more often than
  // the story's end.
  const double whole = sum(prose_before, best);
  for (NodeIndex e = best; e < tree[best].end; ++e) {
    if (outline.has_text(e) && !may_be_short(tree[e].tag) &&
        sum(prose_before, e) >= kInnerShare * whole) {
      best = e;
    }
  }
  return best;
}

}  // namespace graphrail::page
