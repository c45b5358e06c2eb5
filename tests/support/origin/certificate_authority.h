// A certificate authority that lives as long as a test: its root is written to a PEM file for the
// client, leaves are minted for any name on demand. Thread-safe.
#pragma once

#include <openssl/ssl.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace graphrail::test_support {

class CertificateAuthority {
 public:
  CertificateAuthority();
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  /// Path of the root certificate; the file goes with the object.
  [[nodiscard]] const std::string& pem_file() const noexcept { return pem_file_; }

  /// A certificate for one DNS name or IP address, signed by the root. The authority keeps it.
  [[nodiscard]] X509* leaf(const std::string& name);
  /// The key of every leaf.
  [[nodiscard]] EVP_PKEY* leaf_key() const noexcept { return leaf_key_; }

 private:
  X509* mint(const std::string& name, bool is_root);

  std::mutex mutex_;
  EVP_PKEY* root_key_ = nullptr;
  EVP_PKEY* leaf_key_ = nullptr;
  X509* root_ = nullptr;
  std::map<std::string, X509*> leaves_;
  long serial_ = 1;
  std::string pem_file_;
};

}  // namespace graphrail::test_support
