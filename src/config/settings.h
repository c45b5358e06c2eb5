// Every setting of the process after loading: typed, checked, final. Filled from the option table
// (options.h) by load_settings; read-only afterwards, so any thread may read it.
#pragma once

#include <cstdint>
#include <string>

#include "core/secret.h"

namespace graphrail::config {

struct Settings {
  /// IP address to listen on, IPv4 or IPv6 without brackets.
  std::string bind;
  /// 0 asks the system for a free port.
  std::uint64_t port = 0;
  std::uint64_t max_connections = 0;
  /// 0 = one per core.
  std::uint64_t io_threads = 0;
  std::uint64_t shutdown_grace_seconds = 0;

  /// Folder of the embedded database; made when missing.
  std::string data_dir;
  std::uint64_t graph_lifetime_days = 0;

  /// 0 = one per core, at least two.
  std::uint64_t worker_threads = 0;
  std::uint64_t work_queue = 0;
  /// Code points.
  std::uint64_t min_text_chars = 0;
  std::uint64_t max_text_chars = 0;

  /// Code points.
  std::uint64_t min_page_chars = 0;
  std::uint64_t cache_ttl_seconds = 0;
  std::uint64_t page_cache_mb = 0;
  /// Comma-separated address blocks and names that pages may be fetched from though not public.
  std::string fetch_allow_nets;
  std::string fetch_allow_hosts;
  /// Empty for the system's trust store.
  std::string fetch_ca_file;
  std::string fetch_user_agent;
  bool fetch_robots = false;

  /// Empty when there is none.
  core::Secret openai_api_key;
  std::string openai_base_url;
  std::string openai_model;
  /// "auto", "bearer" or "api-key".
  std::string openai_key_header;
  /// Empty for the system's trust store.
  std::string model_ca_file;
  std::uint64_t model_timeout_seconds = 0;
  std::uint64_t model_stall_seconds = 0;
  std::uint64_t model_concurrency = 0;
  std::uint64_t model_queue = 0;
  std::uint64_t model_max_output_tokens = 0;
  std::uint64_t model_parallel_chunks = 0;
  /// Code points that a model is sent at once.
  std::uint64_t max_content_chars = 0;
  /// "name=prompt/completion, …" in USD per million tokens.
  std::string model_prices;

  /// Sign-in, as written; read by identity::read_auth_options.
  std::string clerk_frontend_api;
  std::string clerk_authorized_party;
  std::string auth_jwks_url;
  std::string auth_issuer;
  std::string auth_audience;
  std::string auth_plan_claim;
  /// Empty for the system's trust store.
  std::string auth_ca_file;
  bool dev_skip_auth = false;

  /// Comma-separated addresses and blocks.
  std::string trusted_proxies;
  /// Limits as written; read by quota/policy.h.
  std::string quota_anon;
  std::string quota_auth;
  std::string quota_tiers;
  std::string quota_budget;
  /// "model" or "all".
  std::string quota_meter;
  std::string quota_burst;
  std::string quota_abuse;
  /// "off" where no keys of users are taken.
  std::string own_key_base_url;
  std::string own_key_model;

  /// "debug", "info", "warn", "error" or "off".
  std::string log_level;
  /// "auto", "text" or "json".
  std::string log_format;
  /// "production" or "development".
  std::string environment;
};

}  // namespace graphrail::config
