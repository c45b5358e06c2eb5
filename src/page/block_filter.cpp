#include "page/block_filter.h"

#include <algorithm>
#include <unordered_set>

#include "page/phrases.h"

namespace graphrail::page {
namespace {

constexpr double kMostLinkedBlock = 0.7;
constexpr std::uint32_t kLongestByline = 200;   // code points
constexpr std::uint32_t kLongestCaption = 250;  // code points

constexpr std::uint32_t kShortestRepeated = 60;  // code points
constexpr double kMostClosingProse = 0.3;
constexpr double kSetInParagraphs = 0.9;      // share of prose in p elements
constexpr std::uint32_t kLongestAside = 350;  // code points

/// Elements that hold text only because nobody chose a better one.
bool is_box(Tag tag) {
  switch (tag) {
    case Tag::kDiv:
    case Tag::kSection:
    case Tag::kArticle:
    case Tag::kHeader:
    case Tag::kCenter:
    case Tag::kMain:
    case Tag::kCustom:
      return true;
    default:
      return false;
  }
}

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
      keep_(last_ - first_, 0),
      hints_inside_(tree[container].end - container, 0) {
  for (NodeIndex e = container + 1; e < tree[container].end; ++e) {
    const NodeIndex parent = tree[e].parent - container;
    hints_inside_[e - container] = outline.hints(e) | hints_inside_[parent];
  }
}

std::vector<std::uint32_t> BlockFilter::kept() {
  for (std::uint32_t i = first_; i < last_; ++i) keep_[i - first_] = is_part_of_story(i) ? 1 : 0;
  drop_repeated_blocks();
  drop_closing_sections();
  drop_asides_of_paragraphs();
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
  const std::uint8_t hints =
      block.element > container_ ? hints_inside_[block.element - container_] : 0;
  if ((hints & (kBoilerplateHint | kCommentHint | kCaptionHint)) != 0) return false;
  if ((hints & kBylineHint) != 0 && block.counts.chars < kLongestByline) return false;
  if ((hints & kPictureHint) != 0 && block.counts.chars < kLongestCaption) return false;
  const std::string_view text = page_.text_of(block);
  if (is_list_of_links(block) && !is_written_address(text)) return false;
  return !is_boilerplate_phrase(text) && !is_date_line(text) && !is_credit(text);
}

// Linked text is kept in headings outside lists: product reviews link their headings.
bool BlockFilter::is_list_of_links(const Block& block) const {
  if (block.link_density() <= kMostLinkedBlock) return false;
  if (!has_trait(tree_[block.element].tag, kHeading)) return true;
  NodeIndex parent = tree_[block.element].parent;
  while (!has_trait(tree_[parent].tag, kBlockElement) && parent != 0) parent = tree_[parent].parent;
  return tree_[parent].tag == Tag::kLi;
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
  if (!is_box(tree_[block.element].tag)) return false;
  return prose_of(block, Tag::kDiv) <= 0 && !ends_sentence(page_.text_of(block));
}

// Galleries and pages built for two screen sizes say the same twice, outside paragraphs.
void BlockFilter::drop_repeated_blocks() {
  std::unordered_set<std::string_view> seen;
  for (std::uint32_t i = first_; i < last_; ++i) {
    const Tag tag = tree_[page_.blocks[i].element].tag;
    if (page_.blocks[i].counts.chars < kShortestRepeated || keep_[i - first_] == 0) continue;
    if (!is_box(tag) && tag != Tag::kLi) continue;
    if (!seen.insert(page_.text_of(page_.blocks[i])).second) keep_[i - first_] = 0;
  }
}

// "Leave a reply", "About the author": the element that begins with such a line is not the story.
void BlockFilter::drop_closing_sections() {
  for (std::uint32_t i = first_; i < last_; ++i) {
    const Block& block = page_.blocks[i];
    if (!opens_closing_section(page_.text_of(block))) continue;
    NodeIndex section = block.element;
    while (tree_[section].parent > container_ && outline_.first_block(tree_[section].parent) == i) {
      section = tree_[section].parent;
    }
    double prose = 0;
    std::uint32_t end = i;
    for (; end < last_ && page_.blocks[end].first_text < tree_[section].end; ++end) {
      prose += outline_.prose_of_block(end);
    }
    if (prose > kMostClosingProse * outline_.prose(container_)) continue;
    std::fill(keep_.begin() + (i - first_), keep_.begin() + (end - first_), std::uint8_t{0});
  }
}

// Where a story is set in paragraphs, text standing in bare boxes elsewhere is captions and
// notices.
void BlockFilter::drop_asides_of_paragraphs() {
  std::vector<NodeIndex> boxes;  // elements that hold paragraphs of the story directly
  double in_paragraphs = 0;
  double in_all = 0;
  for (std::uint32_t i = first_; i < last_; ++i) {
    if (!is_prose(i)) continue;
    const Node& element = tree_[page_.blocks[i].element];
    in_all += outline_.prose_of_block(i);
    if (element.tag != Tag::kP) continue;
    in_paragraphs += outline_.prose_of_block(i);
    if (boxes.empty() || boxes.back() != element.parent) boxes.push_back(element.parent);
  }
  if (in_paragraphs < kSetInParagraphs * in_all) return;
  std::ranges::sort(boxes);
  for (std::uint32_t i = first_; i < last_; ++i) {
    const Block& block = page_.blocks[i];
    const bool bare = is_box(tree_[block.element].tag) && block.counts.chars < kLongestAside;
    if (bare && !std::ranges::binary_search(boxes, block.element)) keep_[i - first_] = 0;
  }
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
// with a list of links, neither is the heading. A linked heading needs its text right below.
void BlockFilter::drop_headings_of_nothing() {
  bool any_kept = false;
  for (std::uint32_t i = last_; i > first_; --i) {
    const std::uint32_t index = i - 1;
    std::uint8_t& keep = keep_[index - first_];
    if (!has_trait(tree_[page_.blocks[index].element].tag, kHeading)) {
      any_kept = any_kept || keep != 0;
      continue;
    }
    const bool next_kept = i < last_ && keep_[i - first_] != 0;
    const bool linked = page_.blocks[index].link_density() > kMostLinkedBlock;
    if (!any_kept || leads_to_links(index) || (linked && !next_kept)) keep = 0;
    any_kept = keep != 0;
  }
}

bool BlockFilter::leads_to_links(std::uint32_t heading) const {
  if (heading + 2 >= last_) return false;
  for (std::uint32_t i = heading + 1; i < heading + 3; ++i) {
    if (keep_[i - first_] != 0 || page_.blocks[i].link_density() <= kMostLinkedBlock) return false;
  }
  return true;
}

}  // namespace graphrail::page
