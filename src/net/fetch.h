// Fetching one page from the open internet: what goes in, what comes out, what is reported on the
// way. The rules (address policy, limits, redirects, politeness) are applied by Fetcher; see
// fetcher.h. Plain values; the observer is called on the fetcher's strand.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/address_policy.h"
#include "net/body_budget.h"
#include "net/body_sink.h"
#include "net/host_pacing.h"
#include "net/media_type.h"
#include "net/url.h"

namespace graphrail::net {

struct FetchRequest {
  /// As the caller wrote it; parsed here.
  std::string url;
  /// Validators of a copy at hand, sent back verbatim; empty for none.
  std::string if_none_match;
  std::string if_modified_since;
};

struct FetchedPage {
  /// Where the page was found after redirects, and every URL on the way, the asked-for one first.
  Url final_url;
  std::vector<Url> chain;
  int status = 0;
  /// The copy the caller holds is still good (304); there is no body then.
  bool not_modified = false;
  MediaKind kind = MediaKind::kHtml;
  /// The Content-Type field as sent; empty when there was none.
  std::string content_type;
  /// Decoded bytes in the page's own charset.
  std::string body;
  std::string etag;
  std::string last_modified;
  std::string cache_control;
  std::uint64_t wire_bytes = 0;
  /// Set for large bodies: keep it as long as `body`, it bounds the memory of all bodies together.
  BodyBudget::Lease body_lease;
};

/// What happened at one hop. For the operator's log; holds no IP address.
struct HopReceipt {
  /// 0 for the URL asked for, 1 for the first redirect's target...
  int hop = 0;
  /// Normal form; as written when it could not be parsed.
  std::string url;
  /// "allowed", a refusal_name(), or the reason name of the failure.
  std::string verdict;
  /// Class of the vetted addresses; nothing when it never came to that.
  std::optional<AddressClass> address_class;
  /// Name that the certificate was checked against; empty for http.
  std::string tls_name;
  int status = 0;
  std::uint64_t wire_bytes = 0;
  std::uint64_t decoded_bytes = 0;
  std::chrono::milliseconds elapsed{0};
  /// What the response asked for; 0 is a real answer.
  std::optional<std::chrono::seconds> retry_after;
  /// Private cause of a failure.
  std::string cause;
};

/// Reports go here; implementations must not block or throw.
class FetchObserver {
 public:
  virtual ~FetchObserver() = default;
  virtual void on_hop(const HopReceipt& receipt) = 0;
};

struct FetchLimits {
  BodyLimits body;
  int max_redirects = 5;
  /// For the whole fetch: look-ups, connections, redirects and bodies.
  std::chrono::milliseconds deadline{10000};
  std::chrono::milliseconds dns_deadline{5000};
  std::chrono::milliseconds connect_timeout{5000};
  /// Fetches under way; one more fails with FetchError::kOverloaded.
  std::size_t max_concurrent = 64;
  /// Bodies beyond body.free_bytes that may be held at once.
  std::size_t large_bodies = 8;
};

struct FetchOptions {
  FetchLimits limits;
  AddressPolicy policy;
  HostPacingOptions pacing;
  std::string user_agent = "Graphrail/0.1 (reads one page at a time for a person)";
  /// PEM file of trust anchors; empty for the system's.
  std::string ca_file;
  /// Ask robots.txt before each page (RFC 9309).
  bool robots = false;
};

}  // namespace graphrail::net
