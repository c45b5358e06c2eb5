#include "net/io_thread.h"

namespace graphrail::net {

IoThread::IoThread()
    : guard_(boost::asio::make_work_guard(context_)), thread_([this] { context_.run(); }) {}

IoThread::~IoThread() {
  context_.stop();
  thread_.join();
}

}  // namespace graphrail::net
