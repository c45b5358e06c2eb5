#include "net/curl_easy.h"

namespace graphrail::net {
namespace {

void set_part(CURLU* url, CURLUPart part, const std::string& value) {
  if (curl_url_set(url, part, value.c_str(), 0) != CURLUE_OK) {
    throw std::runtime_error("libcurl refused a URL part: " + value);
  }
}

}  // namespace

void append(Slist& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

void set_url(CURLU* handle, const Url& url) {
  set_part(handle, CURLUPART_SCHEME, std::string(scheme_name(url.scheme)));
  set_part(handle, CURLUPART_HOST, url.host.in_url());
  set_part(handle, CURLUPART_PORT, std::to_string(url.port));
  set_part(handle, CURLUPART_PATH, url.path);
  if (!url.query.empty()) set_part(handle, CURLUPART_QUERY, url.query);
}

}  // namespace graphrail::net
