#include "net/io_thread.h"

namespace graphrail::net {

IoThread::IoThread()
    : guard_(boost::asio::make_work_guard(context_)), end_(ended_.get_future()), thread_([this] {
        context_.run();
        ended_.set_value();
      }) {}

IoThread::~IoThread() { stop(std::chrono::milliseconds::zero()); }

bool IoThread::stop(std::chrono::milliseconds patience) {
  if (!thread_.joinable()) return true;
  guard_.reset();
  const bool is_idle = end_.wait_for(patience) == std::future_status::ready;
  if (!is_idle) context_.stop();
  thread_.join();
  return is_idle;
}

}  // namespace graphrail::net
