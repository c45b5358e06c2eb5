#include "app/doctor/probe_client.h"

namespace graphrail::app::doctor {

boost::asio::awaitable<core::Result<llm::ChatAnswer>> ProbeClient::complete(
    llm::ChatCall call, std::shared_ptr<llm::ChatSink> sink) {
  CallSight sight;
  for (const llm::ChatMessage& message : call.request.messages) {
    sight.prompt_bytes += message.content.size();
  }
  auto asking = client_->complete(std::move(call), std::move(sink));
  core::Result<llm::ChatAnswer> answer = co_await std::move(asking);
  if (answer) {
    sight.answer = *answer;
    calls_.push_back(std::move(sight));
  }
  co_return answer;
}

}  // namespace graphrail::app::doctor
