// The composition root: the only place that names concrete classes. What it returns owns its parts;
// letting go of them in reverse is the end of the process.
#pragma once

#include <memory>

#include "app/readiness.h"
#include "config/settings.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "generate/generate.h"
#include "http/server.h"
#include "net/io_thread.h"
#include "page/page_reader.h"
#include "quota/embedded_ledger.h"

namespace graphrail::app {

/// Threads for work that blocks: WORKER_THREADS, or one per core and at least two.
[[nodiscard]] unsigned worker_thread_count(const config::Settings& settings) noexcept;

/// Reads pages for one-shot commands: nothing is kept beyond the run.
[[nodiscard]] core::Result<std::shared_ptr<page::PageReader>> compose_page_reader(
    const config::Settings& settings);

/// A generator for one-shot commands: nothing is kept, no address is bound.
/// Fails like compose_page_reader, with the first bad entry of FETCH_ALLOW_NETS or -HOSTS.
[[nodiscard]] core::Result<std::shared_ptr<generate::Generator>> compose_generator(
    const config::Settings& settings);

/// What `serve` starts and stops.
struct Service {
  /// Runs outbound traffic; goes last, because what the server holds uses it.
  std::shared_ptr<net::IoThread> outbound;
  /// Stopped after the server and before it is destroyed: results are posted to its threads.
  std::shared_ptr<core::WorkPool> pool;
  /// Likewise.
  std::shared_ptr<quota::EmbeddedLedger> ledger;
  std::shared_ptr<ServiceReadiness> readiness;
  std::unique_ptr<http::Server> server;
};

/// Opens the store and binds the address; nothing runs until server->start(). Fails with
/// store::StoreError and http::HttpError.
[[nodiscard]] core::Result<Service> compose_service(const config::Settings& settings);

}  // namespace graphrail::app
