#!/usr/bin/env bash
# What thousands who watch cost: how often the machine is read and samples are encoded for them, and how many
# records one notification for all is.
#   CLIENTS=10000 DURATION=30 src/bench/watch.sh
. "$(dirname "$0")/lib.sh"
need node
need_jar

start_parley
node "$bench_dir/compare/watchers.js" "$server_port" "${CLIENTS:-10000}" "$secret" "${DURATION:-30}"
