#include "identity/own_key.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "identity/identity_error.h"
#include "identity/text.h"

namespace graphrail::identity {
namespace {

core::Secret make_hash_key(core::Random& random) {
  std::string bytes(32, '\0');
  random.fill(std::span(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()));
  return core::Secret(std::move(bytes));
}

}  // namespace

core::Result<std::shared_ptr<const core::Secret>> read_own_key(
    std::span<const std::string_view> values) {
  if (values.empty()) return nullptr;
  const std::string_view key = trim(values.front());
  if (values.size() > 1 || key.size() < kMinOwnKeyBytes || key.size() > kMaxOwnKeyBytes ||
      !std::ranges::all_of(key, is_visible)) {
    return fail_identity(IdentityError::kMalformedOwnKey);
  }
  return std::make_shared<const core::Secret>(key);
}

OwnKeyMemory::OwnKeyMemory(std::shared_ptr<const core::Clock> clock, core::Random& random,
                           OwnKeyMemoryOptions options)
    : clock_(std::move(clock)),
      options_(options),
      hash_key_(make_hash_key(random)),
      accepted_(options.max_entries),
      refused_(options.max_entries) {}

std::optional<OwnKeyVerdict> OwnKeyMemory::recall(const core::Secret& key) {
  const Digest digest = digest_of(key);
  if (const auto verdict = accepted_.find(digest, now_ms())) return verdict;
  return refused_.find(digest, now_ms());
}

void OwnKeyMemory::remember(const core::Secret& key, OwnKeyVerdict verdict) {
  const Digest digest = digest_of(key);
  const bool accepted = verdict == OwnKeyVerdict::kAccepted;
  const auto lifetime = accepted ? options_.accepted_for : options_.refused_for;
  (accepted ? refused_ : accepted_).erase(digest);
  (accepted ? accepted_ : refused_)
      .put(digest, verdict, now_ms() + std::chrono::milliseconds(lifetime).count());
}

Digest OwnKeyMemory::digest_of(const core::Secret& key) const {
  const std::string_view hash_key = hash_key_.reveal();
  const std::string_view text = key.reveal();
  Digest digest{};
  unsigned size = 0;
  const unsigned char* done =
      HMAC(EVP_sha256(), hash_key.data(), static_cast<int>(hash_key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  if (done == nullptr || size != digest.size()) throw std::runtime_error("HMAC-SHA256 failed");
  return digest;
}

std::int64_t OwnKeyMemory::now_ms() const {
  const auto since = clock_->steady_now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

}  // namespace graphrail::identity
