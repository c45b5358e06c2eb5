#!/bin/sh
# GET /api/usage with a signed-in user's token against the same without one, in turns on one server,
# so that the ratio is what counts: checking a token must not make the API slow (wanted: 0.8).
#   bench/usage_load.sh [rounds] [seconds per round] [connections]
# Needs wrk, curl and openssl. Uses a free loopback port and a temporary folder, and ends what it
# started.
set -eu
rounds=${1:-3}
seconds=${2:-5}
connections=${3:-32}
root=$(cd "$(dirname "$0")/.." && pwd)
graphrail=${GRAPHRAIL:-$root/build/release/graphrail}
work=$(mktemp -d)
serve_pid=
stop() {
  [ -z "$serve_pid" ] || kill "$serve_pid" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
openssl genpkey -algorithm ed25519 -out "$work/issuer.pem"
public=$(openssl pkey -in "$work/issuer.pem" -pubout -outform DER | tail -c 32 | base64url)
printf '{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"bench","x":"%s"}]}' "$public" \
  > "$work/keys.json"
header=$(printf '{"alg":"EdDSA","typ":"JWT","kid":"bench"}' | base64url)
claims=$(printf '{"sub":"user-42","exp":%s,"iss":"https://issuer.example","azp":"%s"}' \
  "$(($(date +%s) + 3600))" 'https://app.example' | base64url)
printf '%s.%s' "$header" "$claims" > "$work/unsigned"
signature=$(openssl pkeyutl -sign -inkey "$work/issuer.pem" -rawin -in "$work/unsigned" | base64url)
token=$(cat "$work/unsigned").$signature

AUTH_JWKS_URL=$work/keys.json DATA_DIR=$work/data QUOTA_BURST=off LOG_LEVEL=warn \
  PORT=$(python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
export AUTH_JWKS_URL DATA_DIR QUOTA_BURST LOG_LEVEL PORT
"$graphrail" serve > "$work/serve.log" 2>&1 &
serve_pid=$!
url=http://127.0.0.1:$PORT/api/usage
tries=0
until curl -fso /dev/null "$url" -H "Authorization: Bearer $token"; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { cat "$work/serve.log" >&2; exit 1; }
  sleep 0.1
done

measure() {  # curl-like header arguments
  wrk -t2 -c"$connections" -d"${seconds}s" "$@" "$url" > "$work/wrk"
  ! grep 'Non-2xx\|Socket errors' "$work/wrk" >&2 || exit 1
  awk '$1 == "Requests/sec:" { printf "%.0f\n", $2 }' "$work/wrk"
}

round=1
while [ "$round" -le "$rounds" ]; do
  anonymous=$(measure)
  signed_in=$(measure -H "Authorization: Bearer $token")
  awk -v a="$anonymous" -v s="$signed_in" -v r="$round" 'BEGIN {
    printf "round %d: anonymous %d/s, with a token %d/s, ratio %.2f\n", r, a, s, s / a }'
  round=$((round + 1))
done
