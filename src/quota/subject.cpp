#include "quota/subject.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "core/utf8.h"
#include "quota/policy.h"

namespace graphrail::quota {
namespace {

constexpr std::size_t kLongestIdentifier = 200;
constexpr std::string_view kReplacement = "sha256-";

bool is_harmless(std::string_view identifier) {
  if (identifier.empty() || identifier.size() > kLongestIdentifier) return false;
  if (identifier.starts_with(kReplacement)) return false;
  const auto is_harmful = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F ||
           std::string_view("*?[]\\").find(c) != std::string_view::npos;
  };
  return std::ranges::none_of(identifier, is_harmful) && core::is_valid_utf8(identifier);
}

std::string replacement_of(std::string_view identifier) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(identifier.data()), identifier.size(),
         digest.data());
  return fmt::format("{}{:02x}", kReplacement, fmt::join(digest, ""));
}

}  // namespace

Subject make_subject(std::string_view tier, std::string_view identifier) {
  if (!is_tier_name(tier)) throw std::invalid_argument("not the name of a tier");
  return subject_from_text(is_harmless(identifier)
                               ? fmt::format("{}:{}", tier, identifier)
                               : fmt::format("{}:{}", tier, replacement_of(identifier)));
}

Subject budget_subject() { return subject_from_text("budget:all"); }

Subject subject_from_text(std::string text) {
  Subject subject;
  subject.text_ = std::move(text);
  return subject;
}

std::string key_text(const Subject& subject, Window window) {
  return fmt::format("ratelimit:{}:{}", subject.text(), window.number);
}

}  // namespace graphrail::quota
