#include "support/origin/certificate_authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace graphrail::test_support {
namespace {

void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("certificate authority: ") + what);
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  require(extension != nullptr, "extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string alternative_name(const std::string& name) {
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return (error ? "DNS:" : "IP:") + name;
}

}  // namespace

CertificateAuthority::CertificateAuthority()
    : root_key_(EVP_EC_gen("P-256")), leaf_key_(EVP_EC_gen("P-256")) {
  require(root_key_ != nullptr && leaf_key_ != nullptr, "keys");
  root_ = mint("Graphrail test root", true);
  std::string pattern =
      (std::filesystem::temp_directory_path() / "graphrail-test-root-XXXXXX").string();
  const int descriptor = mkstemp(pattern.data());
  require(descriptor >= 0, "temporary file");
  pem_file_ = pattern;
  FILE* file = fdopen(descriptor, "w");
  require(file != nullptr && PEM_write_X509(file, root_) == 1, "write");
  fclose(file);
}

CertificateAuthority::~CertificateAuthority() {
  unlink(pem_file_.c_str());
  for (const auto& [name, certificate] : leaves_) X509_free(certificate);
  X509_free(root_);
  EVP_PKEY_free(root_key_);
  EVP_PKEY_free(leaf_key_);
}

X509* CertificateAuthority::mint(const std::string& name, bool is_root) {
  X509* certificate = X509_new();
  require(certificate != nullptr, "certificate");
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial_++);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 24L * 3600);
  X509_set_pubkey(certificate, is_root ? root_key_ : leaf_key_);
  X509_NAME* subject = X509_get_subject_name(certificate);
  // A common name holds 64 bytes at most; only the alternative name counts.
  const std::string common = name.substr(0, 64);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1, 0);
  X509* issuer = is_root ? certificate : root_;
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  if (is_root) {
    add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    add_extension(certificate, issuer, NID_subject_alt_name, alternative_name(name));
  }
  require(X509_sign(certificate, root_key_, EVP_sha256()) > 0, "signature");
  return certificate;
}

X509* CertificateAuthority::leaf(const std::string& name) {
  const std::lock_guard lock(mutex_);
  X509*& certificate = leaves_[name];
  if (certificate == nullptr) certificate = mint(name, false);
  return certificate;
}

}  // namespace graphrail::test_support
