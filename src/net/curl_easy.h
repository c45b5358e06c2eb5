// Owners and checked setters for libcurl's easy handles, shared by the page fetcher's exchanges and
// the client for configured servers. No state of its own.
#pragma once

#include <curl/curl.h>
#include <fmt/format.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <string>

#include "net/url.h"

namespace graphrail::net {

struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyFree>;

struct CurlUrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlFree>;

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistFree>;

/// Appends a copy of `line`, which libcurl owns.
void append(Slist& list, const std::string& line);

/// Hands `url` to libcurl in parts: never as a text that it would parse in its own way.
void set_url(CURLU* handle, const Url& url);

/// Throws when libcurl refuses the option: a guard would silently stay off.
template <class Value>
void set_option(CURL* easy, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy, option, value);
  if (code != CURLE_OK) {
    throw std::runtime_error(
        fmt::format("libcurl option {}: {}", static_cast<int>(option), curl_easy_strerror(code)));
  }
}

}  // namespace graphrail::net
