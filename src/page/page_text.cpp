#include "page/page_text.h"

#include <fmt/format.h>

#include "core/utf8.h"
#include "page/blocks.h"
#include "page/charset.h"
#include "page/content_type.h"
#include "page/gates.h"
#include "page/html_tree.h"
#include "page/main_text.h"
#include "page/metadata.h"
#include "page/plain_text.h"

namespace graphrail::page {
namespace {

constexpr int kStatusNotFound = 404;
constexpr int kStatusGone = 410;

bool are_cells_of_one_row(const HtmlTree& tree, const Block& left, const Block& right) {
  const auto is_cell = [&](const Block& b) {
    return tree[b.element].tag == Tag::kTd || tree[b.element].tag == Tag::kTh;
  };
  return is_cell(left) && is_cell(right) && left.element != right.element &&
         tree[left.element].parent == tree[right.element].parent;
}

/// Joins the kept blocks: one line each, cells of a table row on one line.
std::string join_blocks(const HtmlTree& tree, const PageBlocks& page, const MainText& main) {
  std::string text;
  const Block* previous = nullptr;
  for (const std::uint32_t index : main.blocks) {
    const Block& block = page.blocks[index];
    const bool same_item = previous != nullptr && previous->element == block.element;
    if (previous != nullptr) text += are_cells_of_one_row(tree, *previous, block) ? " | " : "\n";
    if (tree[block.element].tag == Tag::kLi && !same_item) text += "- ";
    text += page.text_of(block);
    previous = &block;
  }
  return text;
}

/// The first h1, for pages whose head has no title.
std::string first_heading(const HtmlTree& tree, const PageBlocks& page) {
  for (const Block& block : page.blocks) {
    if (tree[block.element].tag == Tag::kH1) return std::string(page.text_of(block));
  }
  return {};
}

core::Result<PageText> read_plain(std::string_view bytes, const PageSource& source,
                                  const ContentType& type) {
  const DecodedDocument document = decode_document(bytes, type.charset, false);
  TidyText tidy = tidy_plain_text(document.text);
  if (core::count_code_points(tidy.text) < source.minimum_chars) {
    return core::fail(page_failure(PageError::kTooLittleText));
  }
  PageText result;
  result.text = std::move(tidy.text);
  result.charset = document.charset;
  result.removed_invisible_chars = tidy.removed_invisible_chars;
  return result;
}

core::Result<PageText> read_html(std::string_view bytes, const PageSource& source,
                                 const ContentType& type) {
  const DecodedDocument document = decode_document(bytes, type.charset, true);
  const HtmlTree tree = HtmlTree::parse(document.text, type.kind == DocumentKind::kXhtml);
  const PageBlocks page = read_blocks(tree);
  PageMetadata metadata = read_metadata(tree, source.url);
  PageText result;
  MainText main = find_main_text(tree, page, metadata.titles);
  result.text = join_blocks(tree, page, main);
  std::size_t chars = core::count_code_points(result.text);
  if (chars < kLongestGateText) {
    const GateSignals signals = read_gate_signals(tree, page, metadata, chars);
    if (const auto gate = detect_gate(signals, source.minimum_chars)) {
      return core::fail(page_failure(*gate, fmt::format("{} visible characters, {} of main text",
                                                        signals.visible_chars, chars)));
    }
  }
  if (chars < source.minimum_chars) {
    main = find_readable_text(tree, page);
    result.text = join_blocks(tree, page, main);
    chars = core::count_code_points(result.text);
  }
  if (chars < source.minimum_chars) return core::fail(page_failure(PageError::kTooLittleText));
  result.title = metadata.title.empty() ? first_heading(tree, page) : std::move(metadata.title);
  result.site_name = std::move(metadata.site_name);
  result.published = std::move(metadata.published);
  result.canonical_url = std::move(metadata.canonical_url);
  result.charset = document.charset;
  result.removed_invisible_chars = std::size_t{page.hidden_chars} + page.invisible_chars;
  return result;
}

}  // namespace

core::Result<PageText> read_page(std::string_view bytes, const PageSource& source) {
  if (source.status == kStatusNotFound || source.status == kStatusGone) {
    return core::fail(page_failure(PageError::kNotFound, fmt::format("status {}", source.status)));
  }
  const ContentType type = content_type_of(source.content_type, bytes);
  switch (type.kind) {
    case DocumentKind::kUnsupported:
      return core::fail(page_failure(PageError::kUnsupportedType,
                                     fmt::format("Content-Type \"{}\"", source.content_type)));
    case DocumentKind::kPlainText:
      return read_plain(bytes, source, type);
    default:
      return read_html(bytes, source, type);
  }
}

}  // namespace graphrail::page
