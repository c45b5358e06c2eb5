#!/bin/sh
# Memory of open event streams: generations that all wait for a model which never answers, each
# with a client that listens. Prints the server's memory before, with all of them open, and after.
#   bench/event_streams.sh [streams]
# Needs curl and python3. Uses free loopback ports and a temporary folder, and ends what it
# started. GRAPHRAIL names the binary if it is not the release build's.
set -eu
streams=${1:-2000}
root=$(cd "$(dirname "$0")/.." && pwd)
graphrail=${GRAPHRAIL:-$root/build/release/graphrail}
work=$(mktemp -d)
started=
stop() {
  for pid in $started; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM
ulimit -n "$((streams * 3 + 1000))" 2>/dev/null || ulimit -n "$(ulimit -Hn)"

free_port() {
  python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

wait_for() {  # url
  tries=0
  until curl -so /dev/null "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "no answer from $1" >&2; exit 1; }
    sleep 0.1
  done
}

mock_port=$(free_port)
export OPENAI_API_KEY=sk-bench LOG_LEVEL=warn QUOTA_ANON=off QUOTA_BURST=off
"$graphrail" mock-llm --port "$mock_port" --fault hang > "$work/mock.log" 2>&1 &
started="$started $!"
wait_for "http://127.0.0.1:$mock_port/v1/models"
port=$(free_port)
OPENAI_BASE_URL="http://127.0.0.1:$mock_port/v1" PORT=$port DATA_DIR="$work/data" \
  MODEL_CONCURRENCY=$streams MODEL_QUEUE=$streams \
  "$graphrail" serve > "$work/serve.log" 2>&1 &
serve_pid=$!
started="$started $serve_pid"
wait_for "http://127.0.0.1:$port/livez"

python3 - "$port" "$streams" "$serve_pid" <<'PY'
import json, os, select, socket, sys, time
port, streams, pid = (int(word) for word in sys.argv[1:])
LIMIT_MB = 200

def memory_mb():
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024

body = json.dumps({"input": "Tidewater Labs raised $12 million in a Series A round led by "
                   "Northlight Ventures, with participation from Alder Capital."}).encode()
request = (b"POST /api/generate HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n"
           b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
before = memory_mb()
print(f"before: {before:.1f} MB")
held = []
for number in range(streams):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(request)
    held.append(connection)
# A stream is open once it says what it is doing.
poll = select.poll()
waiting = {connection.fileno(): [connection, b""] for connection in held}
for number in waiting:
    poll.register(number, select.POLLIN)
deadline = time.monotonic() + 60
while waiting and time.monotonic() < deadline:
    for number, _ in poll.poll(1000):
        entry = waiting[number]
        piece = entry[0].recv(4096)
        entry[1] += piece
        if b"extracting" in entry[1]:
            del waiting[number]
            poll.unregister(number)
        elif not piece or not entry[1].startswith(b"HTTP/1.1 200"):
            sys.exit(f"a stream was refused: {entry[1][:300]!r}")
if waiting:
    sys.exit(f"{len(waiting)} streams said nothing")
# Each needs two descriptors: its own connection and the one to the model.
while len(os.listdir(f"/proc/{pid}/fd")) < 2 * streams and time.monotonic() < deadline:
    time.sleep(0.1)
if time.monotonic() >= deadline:
    sys.exit("not every stream has its model call")
time.sleep(1)
peak = memory_mb()
print(f"with {streams} open event streams: {peak:.1f} MB,"
      f" {(peak - before) * 1024 / streams:.1f} KB each")
for connection in held:
    connection.close()
time.sleep(3)
print(f"after: {memory_mb():.1f} MB")
print(f"want: < {LIMIT_MB} MB with all open")
sys.exit(peak >= LIMIT_MB)
PY
