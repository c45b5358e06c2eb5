#include "page/html_tree_builder.h"

#include <algorithm>

namespace graphrail::page {
namespace {

constexpr std::size_t kNotFound = 0;  // the root is never looked for
constexpr std::size_t kBytesPerNode = 40;

std::size_t count_of(Tag tag) { return static_cast<std::size_t>(tag); }

bool is_foreign_root(Tag tag) { return tag == Tag::kSvg || tag == Tag::kMath; }

/// Parts of a table mean nothing outside one.
bool is_table_part(Tag tag) {
  switch (tag) {
    case Tag::kCaption:
    case Tag::kCol:
    case Tag::kColgroup:
    case Tag::kTbody:
    case Tag::kThead:
    case Tag::kTfoot:
    case Tag::kTr:
    case Tag::kTd:
    case Tag::kTh:
      return true;
    default:
      return false;
  }
}

bool belongs_in_head(Tag tag) {
  switch (tag) {
    case Tag::kBase:
    case Tag::kLink:
    case Tag::kMeta:
    case Tag::kNoframes:
    case Tag::kNoscript:
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kTemplate:
    case Tag::kTitle:
      return true;
    default:
      return false;
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
}

}  // namespace

HtmlTreeBuilder::HtmlTreeBuilder(std::string_view html, bool is_xml)
    : tokenizer_(html, is_xml), is_xml_(is_xml) {
  tree_.nodes_.reserve(html.size() / kBytesPerNode + 16);
  tree_.attributes_.reserve(html.size() / kBytesPerNode + 16);
  tree_.nodes_.push_back({.tag = Tag::kUnknown});
  open_.push_back(0);
}

HtmlTree HtmlTreeBuilder::build() {
  for (Token token = tokenizer_.next(); token.kind != Token::Kind::kEndOfInput;
       token = tokenizer_.next()) {
    switch (token.kind) {
      case Token::Kind::kText:
        add_text(token);
        break;
      case Token::Kind::kStartTag:
        open_element(token);
        break;
      default:
        close_element(token.tag);
        break;
    }
  }
  while (open_.size() > 1) pop();
  tree_.nodes_[0].end = tree_.size();
  return std::move(tree_);
}

void HtmlTreeBuilder::add_text(const Token& token) {
  if (tag_at(open_.size() - 1) == Tag::kHead && !is_blank(token.text)) pop();
  const NodeIndex index = tree_.size();
  tree_.nodes_.push_back({.tag = Tag::kText,
                          .in_link = link_open_,
                          .literal = token.literal,
                          .depth = static_cast<std::uint16_t>(open_.size()),
                          .parent = open_.back(),
                          .end = index + 1,
                          .text = token.text});
}

void HtmlTreeBuilder::open_element(const Token& token) {
  const Tag tag = token.tag;
  if (foreign_depth_ == 0) {
    // One html and one body: browsers merge the attributes of further ones into the first.
    if ((tag == Tag::kHtml || tag == Tag::kBody) && open_count_[count_of(tag)] > 0) return;
    if (is_table_part(tag) && open_count_[count_of(Tag::kTable)] == 0) return;
    if (open_count_[count_of(Tag::kHead)] > 0 && !belongs_in_head(tag)) {
      const std::size_t head = find_in_scope(Tag::kHead, 0, Tag::kText);
      if (head != kNotFound && open_.size() == head + 1) pop();
    }
    close_implied_by(tag);
  }
  push(token);
  const bool complete = token.self_closing && (foreign_depth_ > 0 || is_xml_);
  if (has_trait(tag, kVoidElement) || complete) pop();
}

void HtmlTreeBuilder::push(const Token& token) {
  while (open_.size() >= HtmlTree::kMaxDepth) pop();
  const auto attributes = tokenizer_.attributes();
  const NodeIndex index = tree_.size();
  tree_.nodes_.push_back({.tag = token.tag,
                          .in_link = link_open_,
                          .attribute_count = static_cast<std::uint8_t>(attributes.size()),
                          .depth = static_cast<std::uint16_t>(open_.size()),
                          .parent = open_.back(),
                          .end = index + 1,
                          .first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size())});
  tree_.attributes_.insert(tree_.attributes_.end(), attributes.begin(), attributes.end());
  open_.push_back(index);
  ++open_count_[count_of(token.tag)];
  if (token.tag == Tag::kA && tree_.attribute(index, AttributeName::kHref) != nullptr) {
    link_open_ = true;
  }
  if (is_foreign_root(token.tag)) tokenizer_.set_foreign(++foreign_depth_ > 0);
}

void HtmlTreeBuilder::pop() {
  const NodeIndex index = open_.back();
  const Tag tag = tree_.nodes_[index].tag;
  tree_.nodes_[index].end = tree_.size();
  open_.pop_back();
  --open_count_[count_of(tag)];
  if (tag == Tag::kA) link_open_ = false;
  if (is_foreign_root(tag)) tokenizer_.set_foreign(--foreign_depth_ > 0);
}

void HtmlTreeBuilder::pop_to(std::size_t position) {
  while (open_.size() > position) pop();
}

// Position of the innermost open `tag`, kNotFound when an element with one of the `barrier` traits
// or of the tag `extra` comes first.
std::size_t HtmlTreeBuilder::find_in_scope(Tag tag, std::uint16_t barrier, Tag extra) const {
  if (open_count_[count_of(tag)] == 0) return kNotFound;
  for (std::size_t at = open_.size() - 1; at > 0; --at) {
    const Tag open = tag_at(at);
    if (open == tag) return at;
    if ((tag_traits(open) & barrier) != 0 || open == extra) return kNotFound;
  }
  return kNotFound;
}

// Ends the elements that the start tag of `tag` implies the end of.
void HtmlTreeBuilder::close_implied_by(Tag tag) {
  if (has_trait(tag, kClosesParagraph)) {
    const std::size_t paragraph = find_in_scope(Tag::kP, kScopeBoundary, Tag::kButton);
    if (paragraph != kNotFound) pop_to(paragraph);
  }
  const Tag current = tag_at(open_.size() - 1);
  if (has_trait(tag, kHeading) && has_trait(current, kHeading)) pop();
  if (is_table_part(tag)) close_table_parts(tag);
  switch (tag) {
    case Tag::kLi:
    case Tag::kDd:
    case Tag::kDt:
      close_list_item(tag);
      break;
    case Tag::kA: {
      const std::size_t link = find_in_scope(Tag::kA, kScopeBoundary | kSpecialElement, Tag::kText);
      if (link != kNotFound) pop_to(link);
      link_open_ = false;
      break;
    }
    case Tag::kButton: {
      const std::size_t button = find_in_scope(Tag::kButton, kScopeBoundary, Tag::kText);
      if (button != kNotFound) pop_to(button);
      break;
    }
    case Tag::kOption:
    case Tag::kOptgroup:
      if (current == Tag::kOption) pop();
      break;
    default:
      break;
  }
}

void HtmlTreeBuilder::close_list_item(Tag tag) {
  for (std::size_t at = open_.size() - 1; at > 0; --at) {
    const Tag open = tag_at(at);
    const bool same = tag == Tag::kLi ? open == Tag::kLi : open == Tag::kDd || open == Tag::kDt;
    if (same) {
      pop_to(at);
      return;
    }
    const bool passes = open == Tag::kAddress || open == Tag::kDiv || open == Tag::kP;
    if (has_trait(open, kSpecialElement) && !passes) return;
  }
}

// Clears the stack back to the context in which a row, a cell or a row group may start.
void HtmlTreeBuilder::close_table_parts(Tag tag) {
  const bool is_cell = tag == Tag::kTd || tag == Tag::kTh;
  for (std::size_t at = open_.size() - 1; at > 0; --at) {
    const Tag open = tag_at(at);
    const bool group = open == Tag::kTbody || open == Tag::kThead || open == Tag::kTfoot;
    const bool row_context = open == Tag::kTr && is_cell;
    const bool group_context = group && (is_cell || tag == Tag::kTr);
    if (open == Tag::kTable || open == Tag::kTemplate || row_context || group_context) {
      pop_to(at + 1);
      return;
    }
  }
}

void HtmlTreeBuilder::close_element(Tag tag) {
  if (tag == Tag::kA) link_open_ = false;
  if (tag == Tag::kBr) {
    push({.kind = Token::Kind::kStartTag, .tag = Tag::kBr});
    pop();
    return;
  }
  if (tag == Tag::kHtml || tag == Tag::kBody || open_count_[count_of(tag)] == 0) {
    // A stray </h2> ends an open h3; other stray end tags mean nothing.
    const Tag current = tag_at(open_.size() - 1);
    if (has_trait(tag, kHeading) && has_trait(current, kHeading)) pop();
    return;
  }
  const bool is_block = has_trait(tag, kSpecialElement) || foreign_depth_ > 0;
  std::uint16_t barrier = is_block ? std::uint16_t{kScopeBoundary} : std::uint16_t{kSpecialElement};
  if (is_table_part(tag) || tag == Tag::kTable || foreign_depth_ > 0) barrier = 0;
  const std::size_t position = find_in_scope(tag, barrier, Tag::kTemplate);
  if (position != kNotFound) pop_to(position);
}

}  // namespace graphrail::page
