#include "extract/model/text_index.h"

#include <utility>

namespace graphrail::extract::model {
namespace {

std::string fold_lower(std::string_view text) {
  std::string folded = fold_text(text).text;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return folded;
}

}  // namespace

TextIndex::TextIndex(std::shared_ptr<const std::string> text, std::string_view schema,
                     std::size_t chunk_chars)
    : text_(std::move(text)),
      chunks_(split_into_chunks(*text_, chunk_chars)),
      finder_(*text_),
      support_(*text_, schema),
      folded_lower_(fold_lower(*text_)) {}

bool TextIndex::mentions(std::string_view words) const {
  const std::string folded = fold_lower(words);
  return !folded.empty() && folded_lower_.find(folded) != std::string::npos;
}

}  // namespace graphrail::extract::model
