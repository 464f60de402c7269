#!/usr/bin/env bash
# Durable chat at a fixed rate: the time from when a message was due to its acknowledgement.
#   RATE=5000 ROOMS=100 DURATION=30s src/bench/chat.sh [options of the server's virtual machine]
. "$(dirname "$0")/lib.sh"
need_jar

start_parley "$@"
bench chat --rooms "${ROOMS:-100}" --rate "${RATE:-5000}" --warmup "${WARMUP:-10s}" \
  --duration "${DURATION:-30s}" --port "$server_port" --pid "$server_pid" --secret "$secret"
