#include "cases/runners.h"
#include "page/url_key.h"

namespace graphrail::cases {
namespace {

struct Normalised {
  std::string key;
  std::string text;
  bool idempotent = false;
};

Normalised normalise(const std::string& text) {
  const auto url = net::parse_url(text);
  if (!url) return {"", "refused: " + url.error().private_cause(), true};
  Normalised out;
  out.text = page::normalize(*url).to_string();
  out.key = page::cache_key(*url);
  const auto again = net::parse_url(out.text);
  out.idempotent = again && page::normalize(*again).to_string() == out.text;
  return out;
}

}  // namespace

std::vector<CaseResult> run_url_norm(const std::vector<Case>& cases) {
  std::vector<CaseResult> results;
  for (const Case& item : cases) {
    const Normalised a = normalise(text_or(item, "a"));
    const Normalised b = normalise(text_or(item, "b"));
    const bool same = !a.key.empty() && a.key == b.key;
    const bool pass = same == flag_or(item, "same", false) && a.idempotent && b.idempotent;
    results.push_back({text_or(item, "id"), pass, a.text + (same ? " == " : " != ") + b.text});
  }
  return results;
}

}  // namespace graphrail::cases
