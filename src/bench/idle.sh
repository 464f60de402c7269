#!/usr/bin/env bash
# Sessions that just stay: memory of the server for each, and whether it gives it back.
#   SIZES="10000 19500" HOLD=20s src/bench/idle.sh [options of the server's virtual machine]
# Memory is the process's RSS; live heap is counted after a full collection.
. "$(dirname "$0")/lib.sh"
need_jar

hold=${HOLD:-20s}
table=$out/idle.md

rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server_pid/status"; }
live() { "$jdk/jcmd" "$server_pid" GC.class_histogram | awk '$1 == "Total" {print int($3 / 1024)}'; }

sessions() {
  bench idle --connections "$1" --duration "$2" --port "$server_port" --pid "$server_pid" \
    --secret "$secret" --from 127.0.0.1,127.0.0.2 --setup 120s --json
}

{
  echo "| sessions | RSS before | RSS with them | RSS each | live heap before | with them | each | after they left |"
  echo "|---|---|---|---|---|---|---|---|"
} >"$table"

for size in ${SIZES:-10000 19500}; do
  PARLEY_ARGS="--http.host=0.0.0.0" start_parley "$@"
  sessions 1000 1s >/dev/null # so that code is loaded and compiled before memory is counted
  sleep 10
  heap_before=$(live)
  rss_before=$(rss)
  log=$out/idle-client.log
  sessions "$size" "$hold" >"$out/idle-$size.json" 2>"$log" &
  client=$!
  started+=("$client")
  await_line "$log" 'sessions are open' 150 "$client" >&2
  sleep 5
  rss_full=$(rss)
  heap_full=$(live)
  wait "$client" || { cat "$out/idle-$size.json" "$log" >&2; fail "not measured"; }
  sleep 10 # past the grace before a user counts as offline
  heap_after=$(live)
  stop_server
  echo "| $size | $rss_before KiB | $rss_full KiB | $(((rss_full - rss_before) * 1024 / size)) B | $heap_before KiB | $heap_full KiB | $(((heap_full - heap_before) * 1024 / size)) B | $heap_after KiB ($((heap_after * 100 / heap_before)) %) |" >>"$table"
done
cat "$table"
