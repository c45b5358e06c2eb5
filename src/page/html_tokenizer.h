// Cuts a decoded HTML document into text, start tags and end tags, following the tokenization
// stage of the HTML Standard (WHATWG, 13.2.5). Comments, doctypes and processing instructions are
// skipped. Nothing is copied: tokens are views into the input, character references stay encoded.
// One pass, each byte is looked at a bounded number of times whatever the input. The tokenizer is
// owned by one parse and used from one thread; the input must outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "page/html_names.h"

namespace graphrail::page {

/// The attributes somebody reads; all others are skipped.
enum class AttributeName : std::uint8_t {
  kAriaHidden,
  kBgcolor,
  kCharset,
  kClass,
  kColor,
  kContent,
  kDatetime,
  kHidden,
  kHref,
  kHttpEquiv,
  kId,
  kItemprop,
  kName,
  kOpen,
  kProperty,
  kRel,
  kRole,
  kSrc,
  kStyle,
  kType,
  kCount
};

/// One attribute as written: the value is without quotes, character references undecoded.
struct Attribute {
  AttributeName name;
  std::string_view value;
};

struct Token {
  enum class Kind : std::uint8_t { kEndOfInput, kText, kStartTag, kEndTag };
  Kind kind = Kind::kEndOfInput;
  Tag tag = Tag::kText;
  bool self_closing = false;  // written as <br/>
  bool literal = false;       // text in which character references are not decoded
  std::string_view text;      // of kText; else the element's name as written
};

class HtmlTokenizer {
 public:
  /// `is_xml` selects the two XHTML differences: `<div/>` is complete, CDATA sections are text.
  explicit HtmlTokenizer(std::string_view html, bool is_xml = false)
      : html_(html), is_xml_(is_xml) {}

  /// The next token; kEndOfInput again and again at the end.
  Token next();

  /// Attributes of the start tag returned last; valid until the next call of next().
  [[nodiscard]] std::span<const Attribute> attributes() const noexcept { return attributes_; }

  /// Inside svg and math, script, style and title are ordinary elements (13.2.6.5).
  void set_foreign(bool foreign) noexcept { foreign_ = foreign; }

 private:
  Token text_until(std::size_t end, bool literal);
  bool skip_markup_declaration();
  Token read_raw_text();
  Token read_tag();
  bool read_attributes(Token& token);
  std::string_view read_attribute_value();
  void skip_space();
  [[nodiscard]] std::size_t find_raw_text_end() const;
  [[nodiscard]] std::size_t find_escaped_end(std::size_t at) const;
  [[nodiscard]] bool at_markup(std::size_t at) const;

  std::string_view html_;
  bool is_xml_;
  bool foreign_ = false;
  std::size_t at_ = 0;
  Tag raw_text_tag_ = Tag::kText;  // the element whose raw text comes next, kText for none
  std::string_view raw_text_name_;
  std::vector<Attribute> attributes_;
};

}  // namespace graphrail::page
