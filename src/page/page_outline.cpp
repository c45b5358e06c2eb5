#include "page/page_outline.h"

#include <algorithm>

#include "page/phrases.h"

namespace graphrail::page {
namespace {

constexpr double kMostLinkedProse = 0.5;    // more link text than this is a list of links
constexpr double kShortestSentence = 40;    // effective characters, with a stop in it
constexpr double kShortestUnstopped = 120;  // and without
// A name is believed while the element holds less than this share of the page's prose.
constexpr double kNamedBoilerplateShare = 0.3;
constexpr std::uint32_t kMostTextOfPicture = 400;
constexpr double kTaggedBoilerplateShare = 0.9;
constexpr double kCommentShare = 0.8;
// An <article> with less prose than this share of the largest is a teaser.
constexpr double kTeaserShare = 0.25;

bool tag_is_boilerplate(Tag tag) {
  return tag == Tag::kNav || tag == Tag::kFooter || tag == Tag::kAside || tag == Tag::kMenu;
}

}  // namespace

double prose_of(const Block& block, Tag tag) {
  if (has_trait(tag, kHeading) || block.link_density() > kMostLinkedProse) return 0;
  const double text = block.counts.chars - block.counts.link_chars + block.counts.wide;
  const double shortest = block.counts.stops > 0 ? kShortestSentence : kShortestUnstopped;
  return text > shortest ? text : 0;
}

PageOutline::PageOutline(const HtmlTree& tree, const PageBlocks& page)
    : tree_(tree),
      block_count_(static_cast<std::uint32_t>(page.blocks.size())),
      has_text_(tree.size(), 0),
      hints_(tree.size(), 0),
      first_block_(tree.size(), 0),
      prose_before_(page.blocks.size() + 1, 0),
      text_before_(page.blocks.size() + 1, 0) {
  for (std::uint32_t i = 0; i < block_count_; ++i) {
    const Block& block = page.blocks[i];
    const double prose = prose_of(block, tree[block.element].tag);
    const bool about_site = prose > 0 && is_site_notice(page.text_of(block));
    prose_before_[i + 1] = prose_before_[i] + (about_site ? 0 : prose);
    text_before_[i + 1] = text_before_[i] + block.counts.chars - block.counts.link_chars;
    for (NodeIndex e = block.element; has_text_[e] == 0; e = tree[e].parent) {
      has_text_[e] = 1;
      hints_[e] = element_hints(tree, e);
    }
  }
  std::uint32_t block = 0;
  for (NodeIndex e = 0; e < tree.size(); ++e) {
    while (block < block_count_ && page.blocks[block].first_text < e) ++block;
    first_block_[e] = block;
  }
  double comments = 0;
  for (NodeIndex e = 0; e < tree.size(); ++e) {
    if ((hints_[e] & kCommentHint) == 0) continue;
    if (prose(e) > kCommentShare * prose(0)) continue;
    comments += prose(e);
    e = tree[e].end - 1;
  }
  check_names(prose(0) - comments);
  mark_cards();
  hints_around_ = hints_;
  for (NodeIndex e = 1; e < tree.size(); ++e) hints_around_[e] |= hints_around_[tree[e].parent];
}

void PageOutline::check_names(double total) {
  for (NodeIndex e = 0; e < tree_.get().size(); ++e) {
    if ((hints_[e] & ~kContentHint) == 0) continue;
    if (text(e) > kMostTextOfPicture) hints_[e] &= static_cast<std::uint8_t>(~kPictureHint);
    const double share = total <= 0 ? 1 : prose(e) / total;
    const bool comment = (hints_[e] & kCommentHint) != 0;
    const bool by_tag = tag_is_boilerplate(tree_.get()[e].tag);
    const double limit = comment  ? kCommentShare
                         : by_tag ? kTaggedBoilerplateShare
                                  : kNamedBoilerplateShare;
    if (share > limit || tree_.get()[e].tag == Tag::kBody || tree_.get()[e].tag == Tag::kHtml) {
      hints_[e] &= kContentHint;
    }
  }
}

// Pages show other stories as small <article> elements beside the one they are about.
void PageOutline::mark_cards() {
  double largest = 0;
  for (NodeIndex e = 0; e < tree_.get().size(); ++e) {
    if (tree_.get()[e].tag == Tag::kArticle) largest = std::max(largest, prose(e));
  }
  for (NodeIndex e = 0; e < tree_.get().size(); ++e) {
    if (tree_.get()[e].tag != Tag::kArticle || has_text_[e] == 0) continue;
    if (prose(e) < kTeaserShare * largest) hints_[e] |= kBoilerplateHint;
  }
}

}  // namespace graphrail::page
