#include "page/block_filter.h"

#include <algorithm>

#include "page/phrases.h"

namespace graphrail::page {
namespace {

constexpr double kMostLinkedBlock = 0.7;
constexpr std::uint32_t kLongestByline = 200;   // code points
constexpr std::uint32_t kLongestCaption = 250;  // code points

}  // namespace

BlockFilter::BlockFilter(const HtmlTree& tree, const PageBlocks& page, const PageOutline& outline,
                         NodeIndex container, const std::vector<std::string>& titles)
    : tree_(tree),
      page_(page),
      outline_(outline),
      container_(container),
      titles_(titles),
      first_(outline.first_block(container)),
      last_(outline.last_block(container)),
      keep_(last_ - first_, 0) {}

std::vector<std::uint32_t> BlockFilter::kept() {
  for (std::uint32_t i = first_; i < last_; ++i) keep_[i - first_] = is_part_of_story(i) ? 1 : 0;
  drop_leading_labels();
  drop_trailing_labels();
  drop_headings_of_nothing();
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = first_; i < last_; ++i) {
    if (keep_[i - first_] != 0) result.push_back(i);
  }
  return result;
}

bool BlockFilter::is_part_of_story(std::uint32_t index) const {
  const Block& block = page_.blocks[index];
  std::uint8_t hints = 0;
  for (NodeIndex e = block.element; e > container_; e = tree_[e].parent) hints |= outline_.hints(e);
  if ((hints & (kBoilerplateHint | kCommentHint | kCaptionHint)) != 0) return false;
  if ((hints & kBylineHint) != 0 && block.counts.chars < kLongestByline) return false;
  if ((hints & kPictureHint) != 0 && block.counts.chars < kLongestCaption) return false;
  const std::string_view text = page_.text_of(block);
  if (is_list_of_links(block) && !is_written_address(text)) return false;
  return !is_boilerplate_phrase(text) && !is_date_line(text) && !is_credit(text);
}

// Linked text is kept where it is a part of the story: in headings and whole paragraphs.
bool BlockFilter::is_list_of_links(const Block& block) const {
  const Tag tag = tree_[block.element].tag;
  if (has_trait(tag, kHeading)) {
    return block.link_density() > kMostLinkedBlock &&
           tree_[tree_[block.element].parent].tag == Tag::kLi;
  }
  return block.link_density() > kMostLinkedBlock;
}

bool BlockFilter::is_headline(const Block& block) const {
  if (titles_.empty()) return false;
  if (tree_[block.element].tag == Tag::kH1) return true;
  return std::ranges::any_of(titles_, [&](const std::string& title) {
    return repeats_title(page_.text_of(block), title);
  });
}

bool BlockFilter::is_prose(std::uint32_t index) const {
  return keep_[index - first_] != 0 && outline_.prose_of_block(index) > 0;
}

// A short line in no paragraph, list, table or heading that ends without a full stop, or a notice
// of the site.
bool BlockFilter::is_label(std::uint32_t index) const {
  const Block& block = page_.blocks[index];
  if (is_site_notice(page_.text_of(block))) return true;
  switch (tree_[block.element].tag) {
    case Tag::kDiv:
    case Tag::kSection:
    case Tag::kArticle:
    case Tag::kHeader:
    case Tag::kCenter:
    case Tag::kMain:
    case Tag::kCustom:
      break;
    default:
      return false;
  }
  return prose_of(block, Tag::kDiv) <= 0 && !ends_sentence(page_.text_of(block));
}

void BlockFilter::drop_leading_labels() {
  for (std::uint32_t i = first_; i < last_ && !is_prose(i); ++i) {
    if (is_label(i) || is_headline(page_.blocks[i])) keep_[i - first_] = 0;
  }
}

void BlockFilter::drop_trailing_labels() {
  for (std::uint32_t i = last_; i > first_ && !is_prose(i - 1); --i) {
    if (is_label(i - 1)) keep_[i - 1 - first_] = 0;
  }
}

// A heading stands for what follows it up to the next one: when none of that is kept, or it starts
// with a list of links, neither is the heading.
void BlockFilter::drop_headings_of_nothing() {
  bool any_kept = false;
  std::uint32_t next = last_;
  for (std::uint32_t i = last_; i > first_; --i) {
    const Block& block = page_.blocks[i - 1];
    std::uint8_t& keep = keep_[i - 1 - first_];
    if (!has_trait(tree_[block.element].tag, kHeading)) {
      any_kept = any_kept || keep != 0;
      next = i - 1;
      continue;
    }
    const bool leads_to_links = next == i && i + 1 < last_ && keep_[next - first_] == 0 &&
                                page_.blocks[next].link_density() > kMostLinkedBlock &&
                                page_.blocks[next + 1].link_density() > kMostLinkedBlock;
    if (!any_kept || leads_to_links) keep = 0;
    any_kept = keep != 0;
  }
}

}  // namespace graphrail::page
