#include "cases/runners.h"
#include "page/page_text.h"

namespace graphrail::cases {
namespace {

core::Result<ReadOutput> read(const ReadInput& input) {
  page::PageSource source;
  source.content_type = input.content_type;
  source.url = input.url;
  source.status = input.status;
  source.minimum_chars = input.minimum_chars;
  auto page = page::read_page(input.body, source);
  if (!page) return core::fail(std::move(page.error()));
  return ReadOutput{std::move(page->text), std::move(page->charset)};
}

}  // namespace

PageReader page_reader() { return &read; }

}  // namespace graphrail::cases
