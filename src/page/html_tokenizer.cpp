#include "page/html_tokenizer.h"

#include <algorithm>
#include <array>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr std::array<std::string_view, static_cast<std::size_t>(AttributeName::kCount)>
    kAttributeNames = {"aria-hidden", "bgcolor",  "charset", "class", "color",
                       "content",     "datetime", "hidden",  "href",  "http-equiv",
                       "id",          "itemprop", "name",    "open",  "property",
                       "rel",         "role",     "src",     "style", "type"};

AttributeName attribute_from_name(std::string_view name) noexcept {
  if (name.size() < 2 || name.size() > 11) return AttributeName::kCount;
  const char first = ascii_lower(name.front());
  for (std::size_t i = 0; i < kAttributeNames.size(); ++i) {
    if (kAttributeNames[i].front() == first && equals_ignoring_case(name, kAttributeNames[i])) {
      return static_cast<AttributeName>(i);
    }
  }
  return AttributeName::kCount;
}

bool ends_tag_name(char c) noexcept { return is_ascii_space(c) || c == '/' || c == '>'; }

/// Whether markup goes on with the element name `lower_name` and nothing more of a name.
bool names_element(std::string_view rest, std::string_view lower_name) noexcept {
  return starts_with_ignoring_case(rest, lower_name) && rest.size() > lower_name.size() &&
         ends_tag_name(rest[lower_name.size()]);
}

std::size_t or_end(std::size_t at, std::string_view html) noexcept {
  return std::min(at, html.size());
}

}  // namespace

bool HtmlTokenizer::at_markup(std::size_t at) const {
  if (at + 1 >= html_.size()) return false;
  const char c = html_[at + 1];
  return is_ascii_alpha(c) || c == '!' || c == '?' || c == '/';
}

Token HtmlTokenizer::text_until(std::size_t end, bool literal) {
  Token token{.kind = Token::Kind::kText, .literal = literal};
  token.text = html_.substr(at_, end - at_);
  at_ = end;
  return token;
}

Token HtmlTokenizer::next() {
  attributes_.clear();
  if (raw_text_tag_ != Tag::kText) {
    const Token token = read_raw_text();
    if (!token.text.empty()) return token;
  }
  while (at_ < html_.size()) {
    if (html_[at_] != '<' || !at_markup(at_)) {
      std::size_t end = html_.find('<', at_ + 1);
      while (end != npos && !at_markup(end)) end = html_.find('<', end + 1);
      return text_until(or_end(end, html_), false);
    }
    const char c = html_[at_ + 1];
    if (is_ascii_alpha(c)) return read_tag();
    if (c == '/' && at_ + 2 < html_.size() && is_ascii_alpha(html_[at_ + 2])) return read_tag();
    if (c == '/' && at_ + 2 == html_.size()) return text_until(html_.size(), false);
    const std::size_t cdata = at_;
    if (skip_markup_declaration()) {
      // The section's content is text, its "]]>" is not.
      const std::size_t end = or_end(html_.find("]]>", cdata + 9), html_);
      at_ = cdata + 9;
      Token token = text_until(end, true);
      at_ = std::min(end + 3, html_.size());
      if (!token.text.empty()) return token;
    }
  }
  return {};
}

// Skips a comment, a doctype or a bogus comment; true when it stands before an XML CDATA section.
bool HtmlTokenizer::skip_markup_declaration() {
  const std::string_view rest = html_.substr(at_);
  if (is_xml_ && rest.starts_with("<![CDATA[")) return true;
  if (!rest.starts_with("<!--")) {
    at_ = or_end(html_.find('>', at_), html_) + 1;
    return false;
  }
  // "<!-->" and "<!--->" are empty comments; "--!>" also ends one.
  std::size_t from = at_ + 2;
  for (;;) {
    from = html_.find("--", from);
    if (from == npos) break;
    const std::size_t after = from + 2;
    if (after < html_.size() && html_[after] == '>') {
      at_ = after + 1;
      return false;
    }
    if (after + 1 < html_.size() && html_[after] == '!' && html_[after + 1] == '>') {
      at_ = after + 2;
      return false;
    }
    ++from;
  }
  at_ = html_.size();
  return false;
}

// End of the raw text that starts at at_: the position of its "</name".
std::size_t HtmlTokenizer::find_raw_text_end() const {
  if (raw_text_tag_ == Tag::kPlaintext) return html_.size();
  const std::string lower_name = to_ascii_lower(raw_text_name_);
  for (std::size_t at = html_.find('<', at_); at != npos; at = html_.find('<', at + 1)) {
    const std::string_view rest = html_.substr(at + 1);
    if (rest.starts_with('/') && names_element(rest.substr(1), lower_name)) return at;
    if (raw_text_tag_ == Tag::kScript && rest.starts_with("!--")) return find_escaped_end(at + 4);
  }
  return html_.size();
}

// The same for a script in which a comment opens at `at`: it may hold one more script inside the
// comment and ends only after that (script data escaped and double escaped states).
std::size_t HtmlTokenizer::find_escaped_end(std::size_t at) const {
  bool escaped = true;
  bool double_escaped = false;
  for (at = html_.find_first_of("<-", at); at != npos; at = html_.find_first_of("<-", at + 1)) {
    const std::string_view rest = html_.substr(at);
    if (rest.starts_with("-->")) {
      escaped = double_escaped = false;
    } else if (rest.starts_with("<!--")) {
      escaped = true;
    } else if (rest.starts_with("</") && names_element(rest.substr(2), "script")) {
      if (!double_escaped) return at;
      double_escaped = false;
    } else if (escaped && rest.front() == '<' && names_element(rest.substr(1), "script")) {
      double_escaped = true;
    }
  }
  return html_.size();
}

Token HtmlTokenizer::read_raw_text() {
  const std::size_t end = find_raw_text_end();
  const bool literal = !has_trait(raw_text_tag_, kEscapableRawText);
  raw_text_tag_ = Tag::kText;
  return text_until(end, literal);
}

Token HtmlTokenizer::read_tag() {
  Token token{.kind = Token::Kind::kStartTag};
  ++at_;
  if (html_[at_] == '/') {
    token.kind = Token::Kind::kEndTag;
    ++at_;
  }
  const std::size_t start = at_;
  while (at_ < html_.size() && !ends_tag_name(html_[at_])) ++at_;
  token.text = html_.substr(start, at_ - start);
  token.tag = tag_from_name(token.text);
  if (!read_attributes(token)) return {};  // a tag cut off by the end of the input is no tag
  const bool complete = token.self_closing && (foreign_ || is_xml_);
  const bool raw = has_trait(token.tag, kRawText) || has_trait(token.tag, kEscapableRawText);
  if (token.kind == Token::Kind::kStartTag && raw && !foreign_ && !complete) {
    raw_text_tag_ = token.tag;
    raw_text_name_ = token.text;
  }
  return token;
}

void HtmlTokenizer::skip_space() {
  while (at_ < html_.size() && is_ascii_space(html_[at_])) ++at_;
}

// Reads up to and including the '>' of the tag; false when the input ends before it.
bool HtmlTokenizer::read_attributes(Token& token) {
  for (;;) {
    skip_space();
    if (at_ >= html_.size()) return false;
    if (html_[at_] == '>') {
      ++at_;
      return true;
    }
    if (html_[at_] == '/') {
      ++at_;
      token.self_closing = at_ < html_.size() && html_[at_] == '>';
      continue;
    }
    const std::size_t start = at_;
    ++at_;  // a leading '=' is part of the name
    while (at_ < html_.size() && !ends_tag_name(html_[at_]) && html_[at_] != '=') ++at_;
    const AttributeName name = attribute_from_name(html_.substr(start, at_ - start));
    const std::string_view value = read_attribute_value();
    const bool known = name != AttributeName::kCount;
    if (known && std::ranges::none_of(attributes_, [&](auto& a) { return a.name == name; })) {
      attributes_.push_back({name, value});
    }
  }
}

// The value after an attribute's name, empty when there is none.
std::string_view HtmlTokenizer::read_attribute_value() {
  const std::size_t after_name = at_;
  skip_space();
  if (at_ >= html_.size() || html_[at_] != '=') {
    at_ = after_name;
    return {};
  }
  ++at_;
  skip_space();
  if (at_ >= html_.size()) return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t start = at_ + 1;
    const std::size_t end = or_end(html_.find(quote, start), html_);
    at_ = std::min(end + 1, html_.size());
    return html_.substr(start, end - start);
  }
  const std::size_t start = at_;
  while (at_ < html_.size() && !is_ascii_space(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(start, at_ - start);
}

}  // namespace graphrail::page
