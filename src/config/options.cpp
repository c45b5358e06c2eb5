#include "config/options.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace graphrail::config {
namespace {

std::optional<std::string> find_address_fault(std::string_view value) {
  const std::string address(value);
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  if (inet_pton(AF_INET, address.c_str(), parsed.data()) == 1) return std::nullopt;
  if (inet_pton(AF_INET6, address.c_str(), parsed.data()) == 1) return std::nullopt;
  return "`" + address + "` is not an IP address (127.0.0.1, 0.0.0.0, ::1, ::)";
}

/// Takes the first entry of a comma-separated list off `list`, without the spaces around it.
std::string_view take_entry(std::string_view& list) {
  const std::size_t comma = list.find(',');
  std::string_view entry = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  entry = entry.substr(std::min(entry.find_first_not_of(' '), entry.size()));
  return entry.substr(0, entry.find_last_not_of(' ') + 1);
}

/// "10.1.0.0/16, fd00::/8": each an address with an optional prefix length.
std::optional<std::string> find_networks_fault(std::string_view value) {
  while (!value.empty()) {
    const std::string_view entry = take_entry(value);
    const std::size_t slash = entry.find('/');
    const bool is_v6 = entry.contains(':');
    unsigned prefix = 0;
    if (slash != std::string_view::npos) {
      const std::string_view digits = entry.substr(slash + 1);
      const auto [end, failed] =
          std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
      if (failed != std::errc{} || end != digits.data() + digits.size()) prefix = 1000;
    }
    if (find_address_fault(entry.substr(0, slash)) || prefix > (is_v6 ? 128U : 32U)) {
      return "`" + std::string(entry) + "` is not an address block (10.1.0.0/16, fd00::/8)";
    }
  }
  return std::nullopt;
}

std::optional<std::string> find_base_url_fault(std::string_view value) {
  if (value.starts_with("https://") || value.starts_with("http://")) return std::nullopt;
  return "`" + std::string(value) + "` is no address (https://api.openai.com/v1)";
}

/// A decimal number without a sign.
bool is_price(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::count(text, '.') <= 1 && text != ".";
}

/// "gpt-4o-mini=0.15/0.60, gpt-4o=2.50/10"
std::optional<std::string> find_prices_fault(std::string_view value) {
  while (!value.empty()) {
    const std::string_view entry = take_entry(value);
    const std::size_t equals = entry.find('=');
    const std::size_t slash = entry.find('/', equals == std::string_view::npos ? 0 : equals);
    const bool has_form =
        equals != std::string_view::npos && equals > 0 && slash != std::string_view::npos &&
        is_price(entry.substr(equals + 1, slash - equals - 1)) && is_price(entry.substr(slash + 1));
    if (!has_form) {
      return "`" + std::string(entry) + "` is no price (gpt-4o-mini=0.15/0.60)";
    }
  }
  return std::nullopt;
}

// clang-format off: one line per option reads better than wrapped ones, up to the column limit.
constexpr Option kOptions[] = {
    // Listening.
    text("BIND", &Settings::bind, "127.0.0.1",
         "IP address to listen on; 0.0.0.0 or :: for every interface.", find_address_fault),
    number("PORT", &Settings::port, "8000", 0, 65'535,
           "Port to listen on; 0 takes a free one and logs it."),
    number("MAX_CONNECTIONS", &Settings::max_connections, "10000", 1, 1'000'000,
           "Open connections above this get 503 with Retry-After."),
    number("IO_THREADS", &Settings::io_threads, "0", 0, 256,
           "Threads that serve connections; 0 means one per core."),
    number("SHUTDOWN_GRACE_SECONDS", &Settings::shutdown_grace_seconds, "20", 0, 3'600,
           "Seconds that running requests get to finish after SIGTERM or SIGINT."),

    // Keeping.
    text("DATA_DIR", &Settings::data_dir, "./data",
         "Folder of the embedded database, made when missing; `$XDG_DATA_HOME/graphrail` is the "
         "default where XDG_DATA_HOME is set."),
    number("GRAPH_LIFETIME_DAYS", &Settings::graph_lifetime_days, "7", 1, 3'650,
           "Days after which a graph made without an account is deleted."),

    // Working.
    number("WORKER_THREADS", &Settings::worker_threads, "0", 0, 256,
           "Threads for work that blocks (reading texts, the database); 0 means one per core, at "
           "least two.").everywhere(),
    number("WORK_QUEUE", &Settings::work_queue, "256", 1, 100'000,
           "Pieces of such work that may wait; beyond that requests get 503 with Retry-After."),
    number("MIN_TEXT_CHARS", &Settings::min_text_chars, "40", 1, 10'000,
           "Shortest text that is read, in characters.").everywhere(),
    number("MAX_TEXT_CHARS", &Settings::max_text_chars, "400000", 1'000, 400'000,
           "Longest text that is read, in characters.").everywhere(),

    // Pages.
    number("MIN_PAGE_CHARS", &Settings::min_page_chars, "200", 1, 10'000,
           "Shortest main text of a page that counts as one, in characters.").everywhere(),
    number("CACHE_TTL_SECONDS", &Settings::cache_ttl_seconds, "3600", 0, 604'800,
           "How long a page's text is used without asking its site again; 0 asks every time."),
    number("PAGE_CACHE_MB", &Settings::page_cache_mb, "256", 1, 1'000'000,
           "Space on disk for page texts, in MiB."),
    text("FETCH_ALLOW_NETS", &Settings::fetch_allow_nets, "",
         "Comma-separated address blocks (10.1.0.0/16, fd00::/8) that pages may be fetched from "
         "though they are not public; http and any port work there.",
         find_networks_fault).everywhere(),
    text("FETCH_ALLOW_HOSTS", &Settings::fetch_allow_hosts, "",
         "Comma-separated names (wiki.example.lan, *.example.lan) opened likewise.").everywhere(),
    text("FETCH_CA_FILE", &Settings::fetch_ca_file, "",
         "PEM file of certificate authorities for pages; empty means the system's.").everywhere(),
    text("FETCH_USER_AGENT", &Settings::fetch_user_agent,
         "Graphrail/0.1 (reads one page at a time for a person)",
         "How fetches introduce themselves; add a contact address.").everywhere(),
    toggle("FETCH_ROBOTS", &Settings::fetch_robots, "off",
           "Ask robots.txt before fetching a page.").everywhere(),

    // The model.
    secret("OPENAI_API_KEY", &Settings::openai_api_key,
           "Key for the model server. Without it, and without a server of one's own, the rules "
           "engine answers.").everywhere(),
    text("OPENAI_BASE_URL", &Settings::openai_base_url, "https://api.openai.com/v1",
         "Address of an OpenAI-compatible server, up to what stands before /chat/completions.",
         find_base_url_fault).everywhere(),
    text("OPENAI_MODEL", &Settings::openai_model, "gpt-4o-mini",
         "Model to ask for.").everywhere(),
    choice("OPENAI_KEY_HEADER", &Settings::openai_key_header, "auto", "auto|bearer|api-key",
           "How the key is sent; auto means api-key for Azure, else Authorization: Bearer.")
        .everywhere(),
    text("MODEL_CA_FILE", &Settings::model_ca_file, "",
         "PEM file of certificate authorities for the model server; empty means the system's.")
        .everywhere(),
    number("MODEL_TIMEOUT_SECONDS", &Settings::model_timeout_seconds, "120", 1, 3'600,
           "Seconds for one call of the model, its retries included.").everywhere(),
    number("MODEL_STALL_SECONDS", &Settings::model_stall_seconds, "45", 1, 3'600,
           "Seconds without a byte after which a call counts as broken.").everywhere(),
    number("MODEL_CONCURRENCY", &Settings::model_concurrency, "16", 1, 10'000,
           "Calls of the model at the same time.").everywhere(),
    number("MODEL_QUEUE", &Settings::model_queue, "128", 0, 100'000,
           "Calls that may wait for one of those places; beyond that requests get 503 with "
           "Retry-After.").everywhere(),
    number("MODEL_MAX_OUTPUT_TOKENS", &Settings::model_max_output_tokens, "16000", 256, 1'000'000,
           "Longest answer of one call, in tokens.").everywhere(),
    number("MODEL_PARALLEL_CHUNKS", &Settings::model_parallel_chunks, "4", 1, 64,
           "Parts of one long text that are asked about at the same time.").everywhere(),
    number("MAX_CONTENT_CHARS", &Settings::max_content_chars, "32000", 500, 400'000,
           "What a model is sent at once, in characters; longer texts are read in parts.")
        .everywhere(),
    text("MODEL_PRICES", &Settings::model_prices, "",
         "Prices in USD per million tokens, name=prompt/completion, for the cost of each answer: "
         "gpt-4o-mini=0.15/0.60, gpt-4o=2.50/10.", find_prices_fault).everywhere(),

    // Signing in.
    text("CLERK_FRONTEND_API", &Settings::clerk_frontend_api, "",
         "Clerk's host name (clerk.example.com): its keys and its issuer are asked for."),
    text("CLERK_AUTHORIZED_PARTY", &Settings::clerk_authorized_party, "",
         "Comma-separated origins that tokens may have been issued to (claim azp)."),
    text("AUTH_JWKS_URL", &Settings::auth_jwks_url, "",
         "Key set of another issuer: an https URL (http on this machine) or the path of a file; "
         "goes before Clerk's."),
    text("AUTH_ISSUER", &Settings::auth_issuer, "",
         "What the claim iss of a token must be, to the letter."),
    text("AUTH_AUDIENCE", &Settings::auth_audience, "",
         "Comma-separated audiences of which a token must name one."),
    text("AUTH_PLAN_CLAIM", &Settings::auth_plan_claim, "plan",
         "Claim that names a user's tier; dots walk into objects."),
    text("AUTH_CA_FILE", &Settings::auth_ca_file, "",
         "PEM file of certificate authorities for the issuer; empty means the system's."),
    toggle("DEV_SKIP_AUTH", &Settings::dev_skip_auth, "off",
           "Everybody is the signed-in user dev. Needs ENVIRONMENT=development and a loopback "
           "BIND."),

    // Guarding.
    text("TRUSTED_PROXIES", &Settings::trusted_proxies, "",
         "Comma-separated addresses and blocks of your proxies (127.0.0.1, 10.0.0.0/8), whose "
         "Forwarded and X-Forwarded-For are believed.", find_networks_fault),
    text("QUOTA_ANON", &Settings::quota_anon, "1/day",
         "Generations with the operator's model key that an address may start in a UTC day, or "
         "off for no limit."),
    text("QUOTA_AUTH", &Settings::quota_auth, "3/day",
         "The same for a signed-in user."),
    text("QUOTA_TIERS", &Settings::quota_tiers, "",
         "Further tiers, by the plan in a user's token: pro=50/day, team=200/day."),
    text("QUOTA_BUDGET", &Settings::quota_budget, "off",
         "What all callers together may use in a UTC day: 1000/day, 2000000 tokens/day or off."),
    choice("QUOTA_METER", &Settings::quota_meter, "model", "model|all",
           "What is charged: generations that use the operator's model key, or all of them."),
    text("QUOTA_BURST", &Settings::quota_burst, "60/min",
         "Requests to the API that an address may send in any minute, or off."),
    text("QUOTA_ABUSE", &Settings::quota_abuse, "20/min",
         "Refused tokens and keys of an address in any minute before it is refused outright, or "
         "off."),
    text("OWN_KEY_BASE_URL", &Settings::own_key_base_url, "https://api.openai.com/v1",
         "Server that keys in X-OpenAI-Key are sent to, and no other, over https (http on this "
         "machine); off to take none."),
    text("OWN_KEY_MODEL", &Settings::own_key_model, "gpt-4o-mini",
         "Model to ask for with such a key."),

    // Telling.
    choice("LOG_LEVEL", &Settings::log_level, "info", "debug|info|warn|error|off",
           "Least important log lines to write; only servers write more than errors unless this "
           "is set.").everywhere(),
    choice("LOG_FORMAT", &Settings::log_format, "auto", "auto|text|json",
           "Readable text or one JSON object per line; auto means text on a terminal, else "
           "JSON.").everywhere(),
    choice("ENVIRONMENT", &Settings::environment, "production", "production|development",
           "What kind of place this is; named in the log line of the start."),
};
// clang-format on

}  // namespace

std::span<const Option> option_table() noexcept { return kOptions; }

}  // namespace graphrail::config
