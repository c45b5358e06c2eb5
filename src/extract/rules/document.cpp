#include "extract/rules/document.h"

#include <utility>

#include "extract/rules/inserted.h"
#include "extract/rules/money.h"
#include "extract/rules/names.h"
#include "extract/rules/sentences.h"
#include "extract/rules/stages.h"
#include "extract/rules/tokenizer.h"

namespace graphrail::extract::rules {

std::uint32_t Document::name_starting(std::size_t i) const {
  if (i >= name_at.size()) return kNone;
  const std::uint32_t name = name_at[i];
  return name != kNone && names[name].first == i ? name : kNone;
}

std::uint32_t Document::name_ending(std::size_t last) const {
  if (last == 0 || last > name_at.size()) return kNone;
  const std::uint32_t name = name_at[last - 1];
  return name != kNone && names[name].last == last ? name : kNone;
}

std::string Document::words(TokenRange range) const {
  std::string out;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    if (i > range.first && tokens[i].space_before) out.push_back(' ');
    if (tokens[i].symbol == '&') {
      out.push_back('&');
    } else {
      out.append(text(i));
    }
  }
  return out;
}

Document read_document(std::string_view source) {
  Document doc;
  doc.source = source;
  VisibleText visible = read_markup(source);
  doc.tokens = tokenize(source, visible);
  drop_inserted_headlines(doc);
  doc.blocks = std::move(visible.blocks);
  doc.links = std::move(visible.links);
  find_sentences(doc);
  find_money(doc);
  find_stages(doc);
  find_names(doc);
  return doc;
}

}  // namespace graphrail::extract::rules
