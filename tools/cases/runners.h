// The three kinds of cases, each run through the real code: parser, policy, resolver interface,
// libcurl, TLS and a scripted server on loopback.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case_file.h"
#include "core/result.h"

namespace graphrail::cases {

/// URLs a fetch must refuse or accept. A refusal counts only if a rule refused, not if the network
/// failed, and no case may ever dial an address outside the public internet.
[[nodiscard]] std::vector<CaseResult> run_ssrf(const std::vector<Case>& cases);

/// Pairs of URLs that must or must not share a cache key; normalising twice must change nothing.
[[nodiscard]] std::vector<CaseResult> run_url_norm(const std::vector<Case>& cases);

/// A fetched response as the reader of main text sees it.
struct ReadInput {
  std::string_view body;
  std::string_view content_type;
  std::string_view url;
  int status = 200;
  std::size_t minimum_chars = 200;
};
struct ReadOutput {
  std::string text;
  std::string charset;
};
using PageReader = std::function<core::Result<ReadOutput>(const ReadInput&)>;

/// The reader that cases about text go through; empty when this build has none, and then those
/// cases fail saying so.
[[nodiscard]] PageReader page_reader();

/// Responses and what a fetch must make of them; all cases at once, real limits and clocks.
[[nodiscard]] std::vector<CaseResult> run_fetch(const std::vector<Case>& cases,
                                                const PageReader& reader);

}  // namespace graphrail::cases
