#!/bin/sh
# Makes an AOT cache: runs the server under a little load and stops it. train.sh <jar> <cache>
set -eu
jar=$1
cache=$2
options="$(dirname "$0")/jvm.options"
data=$(mktemp -d)
port=${TRAIN_PORT:-18917}
secret="only for training, and never used by a server"
java @"$options" -XX:AOTCacheOutput="$cache" -jar "$jar" serve \
  --mode=development --http.host=127.0.0.1 --http.port="$port" --store.directory="$data" \
  --auth.secret="$secret" --limits.chat_messages=1000000 --dialects.native.messages=1000000 --drain.delay=0s --drain.window=0s &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
tries=0
until PARLEY_HTTP_PORT=$port bash "$(dirname "$0")/health.sh" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 150 ] || exit 1
  sleep 0.2
done
java @"$options" -jar "$jar" bench chat --port "$port" --secret "$secret" --rooms 5 --rate 200 --duration 3s
java @"$options" -jar "$jar" bench fanout --port "$port" --secret "$secret" --rooms 20 --members 20 --duration 3s
java @"$options" -jar "$jar" bench storm --port "$port" --secret "$secret" --connections 1000
kill -TERM "$server"
wait "$server" || true
test -f "$cache"
