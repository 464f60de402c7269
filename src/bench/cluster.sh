#!/usr/bin/env bash
# Several nodes over one Redis (its default `everysec`): the cost of a delivery on two nodes against one,
# a durable message from one node to a member on another, and clients of a killed node on the others.
#   NODE_JVM=-XX:AOTCache=parley.aot src/bench/cluster.sh [fanout|chat|failover]...
. "$(dirname "$0")/lib.sh"
need_jar
need redis-server

nodes_pids=()
nodes_ports=()

start_redis() {
  local data
  data=$(mktemp -d "$out/redis.XXXXXX")
  scratch+=("$data")
  redis_port=$(free_port)
  redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$data" --save "" --appendonly yes \
    --maxmemory-policy noeviction >"$out/redis.log" 2>&1 &
  redis_pid=$!
  started+=("$redis_pid")
  await_port "$redis_port" 10 "$redis_pid"
}

# start_nodes COUNT
start_nodes() {
  local i first members=()
  nodes_pids=() nodes_ports=()
  first=$(free_port)
  for ((i = 0; i < $1; i++)); do members+=("127.0.0.1:$((first + i))"); done
  for ((i = 0; i < $1; i++)); do
    PARLEY_ARGS="--node.id=n$i --store.redis.url=redis://127.0.0.1:$redis_port --cluster.enabled=true \
      --cluster.secret=only-for-measurements --cluster.port=$((first + i)) --cluster.members=$(IFS=,; echo "${members[*]}") ${NODE_ARGS:-}" \
      start_parley ${NODE_JVM:-}
    nodes_pids+=("$server_pid")
    nodes_ports+=("$server_port")
  done
}

stop_nodes() {
  local pid
  for pid in "${nodes_pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${nodes_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
}

joined() { (IFS=,; echo "$*"); }

on_nodes() { # on_nodes COUNT WORDS...
  local count=$1
  shift
  start_nodes "$count"
  bench "$@" --port "$(joined "${nodes_ports[@]}")" --pid "$(joined "${nodes_pids[@]}")" --secret "$secret"
  stop_nodes
}

# The same on one node, on two whose rooms have nothing to do with each other, and on two that share each room:
# the second against the first is what a second server costs on the same processors, the third against the
# second what crossing costs. Warm: two young servers compile twice what one does.
run_fanout() {
  local round
  for ((round = 0; round < ${ROUNDS:-3}; round++)); do
    fanout_on 1 "one node"
    fanout_on 2 "two nodes, each room on one" --apart
    fanout_on 2 "two nodes, each room on both"
  done
}

# fanout_on COUNT TITLE [OPTION]
fanout_on() {
  local count=$1 title=$2 form
  shift 2
  for form in ${FORMS:-2x500 100x50}; do
    echo "== $title, ${form/x/ rooms x }"
    on_nodes "$count" fanout --rooms "${form%x*}" --members "${form#*x}" --inflight 4 \
      --warmup "${WARMUP:-30s}" --duration "${DURATION:-10s}" "$@"
  done
}

run_chat() {
  local round
  for ((round = 0; round < ${ROUNDS:-3}; round++)); do
    echo "== from one node to the other"
    on_nodes 2 chat --until delivered --rate "${RATE:-2000}" --warmup "${WARMUP:-30s}" --duration "${CHAT_DURATION:-20s}"
  done
}

# Kills one of three nodes under its CLIENTS, while each of the others has OTHERS of its own; before, all of them come
# and go TIMES times.
run_failover() {
  local round
  for ((round = 0; round < ${ROUNDS:-3}; round++)); do
    start_nodes 3
    echo "== one of three nodes is killed"
    "$java" "@$root/conf/jvm.options" -XX:+UseSerialGC -Xms512m -Xmx1g -cp "$jar" "$bench_dir/java/FailoverBench.java" \
      "$(joined "${nodes_ports[@]}")" "$(joined "${nodes_pids[@]}")" "${CLIENTS:-2000}" "${OTHERS:-${CLIENTS:-2000}}" \
      "${TIMES:-5}" "$secret"
    stop_nodes
  done
}

start_redis
for what in "${@:-fanout}"; do "run_$what"; done
