// A text made ready for a model's answers: cut into chunks, folded for the search of quotes. Built
// once per request, for long texts on the work pool; read-only afterwards.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/model/chunker.h"
#include "extract/model/evidence_finder.h"
#include "extract/model/support_check.h"

namespace graphrail::extract::model {

class TextIndex {
 public:
  /// `text` is well-formed UTF-8. Linear.
  TextIndex(std::shared_ptr<const std::string> text, std::string_view schema,
            std::size_t chunk_chars);

  [[nodiscard]] std::string_view text() const noexcept { return *text_; }
  [[nodiscard]] std::string_view text(Chunk chunk) const {
    return text().substr(chunk.begin, chunk.end - chunk.begin);
  }
  [[nodiscard]] const std::vector<Chunk>& chunks() const noexcept { return chunks_; }
  [[nodiscard]] const EvidenceFinder& finder() const noexcept { return finder_; }
  [[nodiscard]] const SupportCheck& support() const noexcept { return support_; }
  /// True when the words stand in the text, without regard to ASCII case, white space and the
  /// spelling of quotation marks and dashes.
  [[nodiscard]] bool mentions(std::string_view words) const;

 private:
  std::shared_ptr<const std::string> text_;
  std::vector<Chunk> chunks_;
  EvidenceFinder finder_;
  SupportCheck support_;
  std::string folded_lower_;
};

}  // namespace graphrail::extract::model
