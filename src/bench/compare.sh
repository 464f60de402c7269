#!/usr/bin/env bash
# Fan-out and echo against Node `ws` and Socket.IO, in deliveries per CPU second of the server. All
# servers in turn, several rounds, medians; only figures of one run are comparable.
#   ROUNDS=3 WARMUP=5s DURATION=10s SERVERS="ws socketio parley" src/bench/compare.sh
# Writes target/bench/compare.md (and .jsonl, every measurement).
. "$(dirname "$0")/lib.sh"
need node npm
need_jar

rounds=${ROUNDS:-3}
servers=${SERVERS:-ws socketio parley}
timing=(--warmup "${WARMUP:-5s}" --duration "${DURATION:-10s}")
results=$out/compare.jsonl
: >"$results"

npm ci --prefix "$bench_dir/compare" --no-audit --no-fund --loglevel=error >/dev/null

protocol_of() {
  case $1 in
    ws) echo plain ;;
    socketio) echo socketio ;;
    parley) echo native ;;
    *) fail "No such server: $1 (ws, socketio, parley)" ;;
  esac
}

start() {
  case $1 in
    parley) start_parley ;;
    *) start_node "$1" ;;
  esac
}

# measure SERVER ROUND SCENARIO…
measure() {
  local server=$1 round=$2 report
  shift 2
  report=$(bench "$@" "${timing[@]}" --json --protocol "$(protocol_of "$server")" --secret "$secret" \
    --port "$server_port" --pid "$server_pid" 2>"$out/client.log") || { echo "$report" >&2; cat "$out/client.log" >&2; fail "$server: not measured"; }
  echo "{\"server\":\"$server\",\"round\":$round,\"report\":$report}" >>"$results"
  echo "round $round, $server, $*: $(number per_cpu_second <<<"$report") per CPU s, $(number per_second <<<"$report")/s" >&2
}

for round in $(seq "$rounds"); do
  for server in $servers; do
    start "$server"
    measure "$server" "$round" fanout --rooms 1 --members 1000 --inflight 4
    measure "$server" "$round" fanout --rooms 100 --members 50 --inflight 4
    measure "$server" "$round" echo --connections 1000
    stop_server
  done
done

node "$bench_dir/compare/table.js" "$results" | tee "$out/compare.md"
