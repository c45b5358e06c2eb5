#include "page/blocks.h"

#include "page/style_rules.h"
#include "page/visibility.h"

namespace graphrail::page {
namespace {

constexpr std::size_t kTextBytesPerNode = 12;

class BlockReader {
 public:
  explicit BlockReader(const HtmlTree& tree)
      : tree_(tree), style_rules_(tree), writer_(tree.size() * kTextBytesPerNode) {}

  PageBlocks read() {
    open_.push_back(0);
    for (NodeIndex at = 1; at < tree_.size();) {
      while (open_.size() > 1 && tree_[open_.back()].end <= at) close_block();
      at = visit(at);
    }
    finish_block();
    blocks_.invisible_chars = writer_.counts().invisible;
    blocks_.text = std::move(writer_).take_text();
    return std::move(blocks_);
  }

 private:
  // Takes in one node and returns the index to go on with.
  NodeIndex visit(NodeIndex at) {
    const Node& node = tree_[at];
    if (node.tag == Tag::kText) {
      add_text(at);
      return at + 1;
    }
    const std::uint16_t traits = tag_traits(node.tag);
    if ((traits & kUnreadElement) != 0) {
      if ((traits & kBlockElement) != 0) finish_block();
      return node.end;
    }
    if (is_hidden(tree_, at) || style_rules_.hide(at)) {
      blocks_.hidden_chars += count_chars(at);
      return node.end;
    }
    if (node.tag == Tag::kBr) {
      break_line(at);
    } else if ((traits & kBlockElement) != 0) {
      finish_block();
      open_.push_back(at);
      if (node.tag == Tag::kPre) ++preformatted_;
    }
    return at + 1;
  }

  void add_text(NodeIndex at) {
    const Node& node = tree_[at];
    const std::uint32_t before = writer_.size();
    writer_.append(node.text, node.literal, node.in_link, preformatted_ > 0);
    if (writer_.size() == before) return;
    line_breaks_ = 0;
    if (!in_block_) {
      in_block_ = true;
      current_.first_text = at;
      current_.element = open_.back();
    }
  }

  // Two line breaks in a row are how old pages end a paragraph.
  void break_line(NodeIndex at) {
    const bool blank_line = line_breaks_ > 0 && last_break_ + 2 >= at;
    last_break_ = at;
    ++line_breaks_;
    if (blank_line) {
      finish_block();
    } else {
      writer_.break_line();
    }
  }

  void close_block() {
    finish_block();
    if (tree_[open_.back()].tag == Tag::kPre) --preformatted_;
    open_.pop_back();
  }

  void finish_block() {
    writer_.end_block();
    line_breaks_ = 0;
    if (!in_block_) return;
    in_block_ = false;
    const TextCounts& now = writer_.counts();
    current_.end = writer_.size();
    current_.counts = {.chars = now.chars - start_.chars,
                       .link_chars = now.link_chars - start_.link_chars,
                       .wide = now.wide - start_.wide,
                       .words = now.words - start_.words,
                       .stops = now.stops - start_.stops,
                       .invisible = now.invisible - start_.invisible};
    blocks_.blocks.push_back(current_);
    start_ = now;
    current_ = {.begin = writer_.size()};
  }

  // Code points of the text below a hidden element, which is not kept.
  std::uint32_t count_chars(NodeIndex element) {
    TextWriter counter(0);
    for (NodeIndex at = element + 1; at < tree_[element].end; ++at) {
      const Node& node = tree_[at];
      if (node.tag == Tag::kText) {
        counter.append(node.text, node.literal, false, false);
      } else if (has_trait(node.tag, kUnreadElement)) {
        at = node.end - 1;
      }
    }
    return counter.counts().chars + counter.counts().invisible;
  }

  const HtmlTree& tree_;
  StyleRules style_rules_;
  TextWriter writer_;
  PageBlocks blocks_;
  Block current_;
  TextCounts start_;
  std::vector<NodeIndex> open_;  // open block elements
  bool in_block_ = false;
  int preformatted_ = 0;
  int line_breaks_ = 0;
  NodeIndex last_break_ = 0;
};

}  // namespace

PageBlocks read_blocks(const HtmlTree& tree) { return BlockReader(tree).read(); }

}  // namespace graphrail::page
