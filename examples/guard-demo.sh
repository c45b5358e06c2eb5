#!/bin/sh
# Shows the guard at work on this machine, without an account or a key: what is counted, what is
# given back, and what each caller is told. Ends with an error when anything is not as it says.
#   examples/guard-demo.sh            needs curl and openssl; uses build/release/graphrail
#   GRAPHRAIL=/path examples/guard-demo.sh
# Starts servers on free loopback ports in a temporary folder, and ends what it started.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
graphrail=${GRAPHRAIL:-$root/build/release/graphrail}
work=$(mktemp -d)
mock_pid=
serve_pid=
stop() {
  [ -z "$serve_pid" ] || kill "$serve_pid" 2>/dev/null || true
  [ -z "$mock_pid" ] || kill "$mock_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

fail() {
  echo "not as it should be: $*" >&2
  exit 1
}

# The port that a server has said in its log.
port_of() {
  tries=0
  until grep -q '"listening"' "$1"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "no server: $(cat "$1")"
    sleep 0.1
  done
  sed -n 's/.*"listening".*"port":\([0-9]*\).*/\1/p' "$1"
}

# An issuer of tokens: one Ed25519 key, its key set in a file, one token for user-42.
base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
openssl genpkey -algorithm ed25519 -out "$work/issuer.pem"
public=$(openssl pkey -in "$work/issuer.pem" -pubout -outform DER | tail -c 32 | base64url)
printf '{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"demo","x":"%s"}]}' "$public" > "$work/keys.json"
header=$(printf '{"alg":"EdDSA","typ":"JWT","kid":"demo"}' | base64url)
claims=$(printf '{"sub":"user-42","exp":%s}' "$(($(date +%s) + 600))" | base64url)
printf '%s.%s' "$header" "$claims" > "$work/unsigned"
signature=$(openssl pkeyutl -sign -inkey "$work/issuer.pem" -rawin -in "$work/unsigned" | base64url)
token=$(cat "$work/unsigned").$signature

: > "$work/mock.log"
"$graphrail" mock-llm --port 0 --log-format json > "$work/mock.out" 2> "$work/mock.log" &
mock_pid=$!
mock=http://127.0.0.1:$(port_of "$work/mock.log")/v1

# Serves with a model of that name; the mock server takes faults from it. The data stays.
serve() {
  if [ -n "$serve_pid" ]; then
    kill "$serve_pid"
    wait "$serve_pid" || true
  fi
  : > "$work/serve.log"
  OPENAI_BASE_URL=$mock OPENAI_API_KEY=sk-operator OPENAI_MODEL=$1 OWN_KEY_BASE_URL=$mock \
    AUTH_JWKS_URL=$work/keys.json DATA_DIR=$work/data MODEL_TIMEOUT_SECONDS=3 \
    "$graphrail" serve --port 0 --log-format json > "$work/serve.out" 2> "$work/serve.log" &
  serve_pid=$!
  url=http://127.0.0.1:$(port_of "$work/serve.log")
}

text='Tidewise raised $12 million in a Series A round led by Northlight Ventures.'
body() { printf '{"input":"%s","force_refresh":%s}' "$1" "${2:-false}"; }

# generate WANTED-STATUS WHAT BODY [curl arguments]
generate() {
  wanted=$1
  what=$2
  json=$3
  shift 3
  status=$(curl -s -o "$work/answer" -D "$work/head" -w '%{http_code}' --max-time 20 \
    -H 'Content-Type: application/json' "$@" -d "$json" "$url/api/generate") || true
  echo "$what: $status"
  [ "$status" = "$wanted" ] || fail "$what gave $status, not $wanted: $(cat "$work/answer")"
  if [ "$status" = 429 ]; then
    grep -i '^retry-after:\|^ratelimit' "$work/head" | tr -d '\r' | sed 's/^/    /'
    grep -qi '^retry-after: [1-9]' "$work/head" || fail "a 429 without Retry-After"
    grep -q '"violated":"daily"' "$work/answer" || fail "a 429 that does not say daily"
  fi
}

# used WANTED [curl arguments]: what GET /api/usage says; asking costs nothing.
used() {
  wanted=$1
  shift
  tries=0
  until usage=$(curl -s "$@" "$url/api/usage") &&
    [ "$(echo "$usage" | sed -n 's/.*"used":\([0-9]*\).*/\1/p')" = "$wanted" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 50 ] || fail "used is not $wanted: $usage"
    sleep 0.1
  done
  echo "    $usage"
}

serve mock
used 0
generate 400 'a page that cannot be read' "$(body https://page.invalid/)"
used 0

serve 'mock+status=500'
generate 503 'a model that fails' "$(body "$text")"
used 0

serve 'mock+hang'
curl -s -o "$work/answer" --max-time 1 -H 'Content-Type: application/json' -d "$(body "$text")" \
  "$url/api/generate" || true
echo 'a client that leaves before the model answers'
used 0

serve mock
generate 200 'anonymous, the first of the day' "$(body "$text")"
used 1
generate 429 'anonymous, the second' "$(body "$text")"
used 1

used 0 -H "Authorization: Bearer $token"
generate 200 'signed in, the first' "$(body "$text")" -H "Authorization: Bearer $token"
used 1 -H "Authorization: Bearer $token"
generate 200 'signed in, the second' "$(body "$text")" -H "Authorization: Bearer $token"
used 2 -H "Authorization: Bearer $token"
generate 200 'signed in, the third, with force_refresh' "$(body "$text" true)" \
  -H "Authorization: Bearer $token"
used 3 -H "Authorization: Bearer $token"
generate 429 'signed in, the fourth' "$(body "$text")" -H "Authorization: Bearer $token"
used 3 -H "Authorization: Bearer $token"

generate 200 'with a key of one'"'"'s own' "$(body "$text")" -H 'X-OpenAI-Key: sk-my-own-key'
used 1
grep -q 'sk-my-own-key' "$work/serve.log" && fail "the key is in the log"

serve mock
used 1
echo 'all of it as it should be, also after a restart'
