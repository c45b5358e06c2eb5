#include "app/mock_llm/answer_stream.h"

#include <utility>

#include "app/mock_llm/pause.h"

namespace graphrail::app::mock_llm {
namespace {

namespace asio = boost::asio;

/// Pieces are sent together up to this size.
constexpr std::size_t kBlockBytes = 32 * 1024;

using Stream = std::shared_ptr<const AnswerStream>;
using Writer = std::shared_ptr<http::StreamWriter>;

/// Writes pieces [first, last); false once that is pointless.
asio::awaitable<bool> write_pieces(Stream stream, Writer writer, std::size_t first,
                                   std::size_t last) {
  std::string block;
  for (std::size_t i = first; i < last; ++i) {
    block += stream->pieces[i];
    const bool is_dripping = stream->drip.count() > 0;
    if (!is_dripping && block.size() < kBlockBytes && i + 1 < last) continue;
    auto writing = writer->write(std::exchange(block, std::string()));
    const bool goes_on = co_await std::move(writing);
    if (!goes_on) co_return false;
    if (is_dripping) co_await pause(stream->drip, stream->client);
  }
  co_return true;
}

asio::awaitable<void> write_all(Stream stream, Writer writer) {
  const std::size_t size = stream->pieces.size();
  const std::size_t before = stream->repeats == 0 ? size : stream->repeat_after;
  bool goes_on = co_await write_pieces(stream, writer, 0, before);
  for (std::size_t i = 0; goes_on && i < stream->repeats; ++i) {
    goes_on = co_await writer->write(stream->repeated);
  }
  if (goes_on) goes_on = co_await write_pieces(stream, writer, before, size);
  // To the server this client has left: it closes the connection without an end of the body.
  if (goes_on && stream->cut && stream->client) stream->client->mark_gone();
}

}  // namespace

http::StreamProducer make_producer(AnswerStream stream) {
  return [shared = std::make_shared<const AnswerStream>(std::move(stream))](Writer writer) {
    return write_all(shared, std::move(writer));
  };
}

}  // namespace graphrail::app::mock_llm
