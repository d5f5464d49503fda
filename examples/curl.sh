#!/bin/sh
# Reads how a service stands, what goes on, and the stream. Needs curl and nothing else; no key.
set -eu
url="${OUTCRY_URL:-http://localhost:8787}"
service="${1:-exchange-online}"

echo "How $service stands:"
curl -fsS --compressed "$url/v1/services/$service"
echo

echo "Open spikes, only what matters:"
curl -fsS --compressed "$url/v1/spikes?status=open&limit=5&fields=service,region,observed,expected,openedAt"
echo

echo "An unchanged answer costs nothing:"
etag=$(curl -fsS -o /dev/null -D - "$url/v1/openapi.json" | tr -d '\r' | sed -n 's/^etag: //Ip')
curl -sS -o /dev/null -w '%{http_code}\n' -H "If-None-Match: $etag" "$url/v1/openapi.json"

echo "The last events, then whatever happens in the next ${SECONDS_TO_FOLLOW:-10} seconds:"
curl -sS -N --max-time "${SECONDS_TO_FOLLOW:-10}" "$url/v1/spikes/stream?cursor=0" || test $? -eq 28
