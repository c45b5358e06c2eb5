#include "api/routes.h"

#include "api/endpoints.h"

namespace graphrail::api {

std::vector<http::Route> make_routes(const ApiParts& parts) {
  using enum http::Method;
  const GenerateParts generation{.generator = parts.generator,
                                 .answers = parts.answers,
                                 .meter = parts.meter,
                                 .clock = parts.clock,
                                 .random = parts.random,
                                 .error_reporter = parts.error_reporter,
                                 .comment_interval = parts.comment_interval};
  return {
      // Graphs: make one, read it again.
      {kPost, "/api/generate", make_generate_handler(generation)},
      {kGet, "/api/generate/session/{id}", make_session_handler(parts.graphs)},
      {kGet, "/api/generate/session/{id}/source", make_session_source_handler(parts.graphs)},

      // Quota: what the caller may still use.
      {kGet, "/api/usage", make_usage_handler(parts.meter, parts.generator, parts.clock)},

      // Operation: for monitors and load balancers.
      {kGet, "/health", make_health_handler(parts.readiness, parts.version)},
      {kGet, "/livez", make_liveness_handler()},
      {kGet, "/readyz", make_readiness_handler(parts.readiness)},
      {kGet, "/metrics", make_metrics_handler(parts.metrics)},

      // Contract and pages: embedded files.
      {kGet, "/openapi.json", parts.embedded("/openapi.json")},
      {kGet, "/docs", parts.embedded("/docs")},
      {kGet, "/docs/rapidoc.js", parts.embedded("/docs/rapidoc.js")},
      {kGet, "/", make_redirect_handler("/docs")},
  };
}

}  // namespace graphrail::api
