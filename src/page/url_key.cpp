#include "page/url_key.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <vector>

namespace graphrail::page {
namespace {

using std::string_view_literals::operator""sv;

// Lower case, sorted by vendor. Each is documented by its vendor as naming a click, a campaign or a
// recipient. Words that sites also use for content (ref, source, campaign, id) are left out.
constexpr std::array kTrackingKeys = {
    // Campaign parameters of web analytics.
    "utm_source"sv, "utm_medium"sv, "utm_campaign"sv, "utm_term"sv, "utm_content"sv, "utm_id"sv,
    "utm_source_platform"sv, "utm_creative_format"sv, "utm_marketing_tactic"sv, "utm_name"sv,
    "utm_cid"sv, "utm_reader"sv, "utm_referrer"sv, "utm_social"sv, "utm_social-type"sv,
    "utm_brand"sv, "utm_place"sv, "utm_pubreferrer"sv, "utm_swu"sv, "utm_viz_id"sv, "utm_int"sv,
    "mtm_campaign"sv, "mtm_keyword"sv, "mtm_kwd"sv, "mtm_source"sv, "mtm_medium"sv, "mtm_content"sv,
    "mtm_cid"sv, "mtm_group"sv, "mtm_placement"sv, "pk_campaign"sv, "pk_kwd"sv, "pk_keyword"sv,
    "pk_source"sv, "pk_medium"sv, "pk_content"sv, "pk_cid"sv, "piwik_campaign"sv, "piwik_keyword"sv,
    "piwik_kwd"sv,
    // Click identifiers of advertising and social networks.
    "gclid"sv, "gclsrc"sv, "dclid"sv, "gbraid"sv, "wbraid"sv, "gad_source"sv, "gad_campaignid"sv,
    "srsltid"sv, "_ga"sv, "_gl"sv, "_gac"sv, "fbclid"sv, "fb_action_ids"sv, "fb_action_types"sv,
    "igshid"sv, "igsh"sv, "msclkid"sv, "twclid"sv, "ttclid"sv, "li_fat_id"sv, "yclid"sv, "ysclid"sv,
    "ymclid"sv, "_openstat"sv, "epik"sv, "sccid"sv, "rdt_cid"sv, "qclid"sv, "irclickid"sv,
    "rb_clickid"sv, "s_kwcid"sv, "ef_id"sv, "wickedid"sv, "tblci"sv, "dicbo"sv, "obclid"sv,
    "vmcid"sv,
    // Recipients of mailings.
    "mc_cid"sv, "mc_eid"sv, "_hsenc"sv, "_hsmi"sv, "__hssc"sv, "__hstc"sv, "__hsfp"sv,
    "hsctatracking"sv, "mkt_tok"sv, "vero_id"sv, "vero_conv"sv, "oly_anon_id"sv, "oly_enc_id"sv,
    "__s"sv, "_kx"sv, "_ke"sv, "bsft_clkid"sv, "bsft_uid"sv, "ml_subscriber"sv,
    "ml_subscriber_hash"sv, "ck_subscriber_id"sv, "dm_i"sv};

/// The query is in normal form already, so unreserved characters stand unescaped.
bool is_tracking(std::string_view piece) {
  std::string key(piece.substr(0, piece.find('=')));
  std::ranges::transform(key, key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::find(kTrackingKeys, key) != kTrackingKeys.end();
}

std::string sha256_hex(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{size} * 2);
  for (unsigned int i = 0; i < size; ++i) {
    hex.push_back(kHex[digest[i] >> 4]);
    hex.push_back(kHex[digest[i] & 0x0F]);
  }
  return hex;
}

}  // namespace

std::string remove_tracking(std::string_view query) {
  std::string kept;
  bool first = true;
  bool dropped = false;
  std::size_t start = 0;
  while (start <= query.size()) {
    const std::size_t end = std::min(query.find('&', start), query.size());
    const std::string_view piece = query.substr(start, end - start);
    start = end + 1;
    if (is_tracking(piece)) {
      dropped = true;
      continue;
    }
    if (!first) kept.push_back('&');
    kept.append(piece);
    first = false;
  }
  return dropped ? kept : std::string(query);
}

net::Url normalize(net::Url url) {
  url.query = remove_tracking(url.query);
  return url;
}

std::string cache_key(const net::Url& url) {
  return "page:v1:" + sha256_hex(normalize(url).to_string());
}

core::Result<std::string> cache_key(std::string_view url) {
  auto parsed = net::parse_url(url);
  if (!parsed) return core::fail(std::move(parsed.error()));
  return cache_key(*parsed);
}

}  // namespace graphrail::page
