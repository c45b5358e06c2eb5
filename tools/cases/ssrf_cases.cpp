#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <memory>

#include "cases/runners.h"
#include "net/address_class.h"
#include "net/fetch_error.h"
#include "support/origin/loopback_world.h"

namespace graphrail::cases {
namespace {

namespace json = boost::json;
namespace support = graphrail::test_support;

/// Sets environment variables for one case.
class ScopedEnvironment {
 public:
  explicit ScopedEnvironment(const json::object* variables) {
    if (variables == nullptr) return;
    for (const auto& [name, value] : *variables) {
      names_.emplace_back(name);
      setenv(names_.back().c_str(), value.as_string().c_str(), 1);
    }
  }
  ScopedEnvironment(const ScopedEnvironment&) = delete;
  ScopedEnvironment& operator=(const ScopedEnvironment&) = delete;
  ~ScopedEnvironment() {
    for (const std::string& name : names_) unsetenv(name.c_str());
  }

 private:
  std::vector<std::string> names_;
};

support::Addresses answer_of(const json::value& value) {
  return support::addresses(strings(value.as_array()));
}

void fill_resolver(const Case& item, support::TableResolver& resolver) {
  if (const auto* names = object_at(item, "dns")) {
    for (const auto& [name, answer] : *names) resolver.set(std::string(name), answer_of(answer));
  }
  if (const auto* names = object_at(item, "dns_seq")) {
    for (const auto& [name, answers] : *names) {
      std::deque<support::Addresses> sequence;
      for (const json::value& answer : answers.as_array()) sequence.push_back(answer_of(answer));
      resolver.set_sequence(std::string(name), std::move(sequence));
    }
  }
}

/// The redirects in order, then 200.
support::OriginScript script_of(const Case& item) {
  std::vector<std::string> responses;
  if (const auto* redirects = array_at(item, "redirects")) {
    for (const json::value& redirect : *redirects) {
      const auto status = static_cast<int>(number_or(redirect.as_object(), "status", 302));
      responses.push_back(support::http_response(
          status, "", {{"Location", text_or(redirect.as_object(), "location")}}));
    }
  }
  std::vector<std::pair<std::string, std::string>> fields{{"Content-Type", "text/html"}};
  if (const auto* extra = object_at(item, "response_headers")) {
    for (const auto& [name, value] : *extra) fields.emplace_back(name, value.as_string());
  }
  const std::string body = text_or(item, "body") + "<html><body><p>A page.</p></body></html>";
  responses.push_back(support::http_response(200, body, fields));
  const auto served = std::make_shared<std::size_t>(0);
  // Requests of one fetch follow each other, so the count needs no lock.
  return [responses, served](const support::OriginRequest&, support::OriginConnection& connection) {
    connection.write(responses[std::min(*served, responses.size() - 1)]);
    ++*served;
  };
}

/// True when a rule said no, not the network.
bool was_refused(const core::Error& error) {
  return error.is(net::FetchError::kInvalidUrl) || error.is(net::FetchError::kBadRedirect) ||
         error.is(net::FetchError::kUnreachable);
}

bool dialled_only_public(const std::vector<std::string>& dialled) {
  return std::ranges::all_of(dialled, [](const std::string& text) {
    return net::classify(boost::asio::ip::make_address(text)) == net::AddressClass::kPublicUnicast;
  });
}

bool dialled_forbidden(const Case& item, const std::vector<std::string>& dialled) {
  const auto* forbidden = array_at(item, "forbid_connect");
  if (forbidden == nullptr) return false;
  const support::Addresses banned = support::addresses(strings(*forbidden));
  return std::ranges::any_of(dialled, [&](const std::string& text) {
    return std::ranges::find(banned, boost::asio::ip::make_address(text)) != banned.end();
  });
}

CaseResult run_case(const Case& item) {
  const std::string url = text_or(item, "url");
  const ScopedEnvironment environment(object_at(item, "env"));
  support::OriginOptions origin;
  origin.authority = &support::shared_authority();
  const auto parsed = net::parse_url(url);
  if (parsed && parsed->host.address) origin.default_name = parsed->host.name;
  support::LoopbackWorld world(origin, script_of(item));
  fill_resolver(item, *world.resolver);
  support::FetchClient client(world.options(), world.dependencies());
  const auto page = client.fetch(url);

  CaseResult result;
  result.id = text_or(item, "id");
  const auto& dialled = world.connector->dialled();
  const bool clean = dialled_only_public(dialled) && !dialled_forbidden(item, dialled);
  const bool want_accept = text_or(item, "verdict") == "accept";
  const bool either = item.contains("dns_seq");
  if (page) {
    result.got = "accept";
    result.pass = clean && (want_accept || either);
  } else {
    result.got = page.error().reason() + ": " + page.error().private_cause();
    result.pass = clean && !want_accept && was_refused(page.error());
  }
  if (!clean) result.got += " (dialled a forbidden address)";
  return result;
}

}  // namespace

std::vector<CaseResult> run_ssrf(const std::vector<Case>& cases) {
  std::vector<CaseResult> results;
  for (const Case& item : cases) results.push_back(run_case(item));
  return results;
}

}  // namespace graphrail::cases
