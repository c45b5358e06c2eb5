#include "page/plain_text.h"

#include "page/text_writer.h"

namespace graphrail::page {

TidyText tidy_plain_text(std::string_view text) {
  TextWriter writer(text.size());
  writer.append(text, true, false, true);
  const std::size_t removed = writer.counts().invisible;
  return {std::move(writer).take_text(), removed};
}

}  // namespace graphrail::page
