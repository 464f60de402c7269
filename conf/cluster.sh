#!/bin/bash
# Three nodes and a Redis of their own on this machine, to try a cluster: bash conf/cluster.sh
# Needs: the jar (mvn -Pquick -DskipTests package), java 25, redis-server, bash. Ctrl-C ends all of it.
# PARLEY_JAR, JAVA and PORT (of the first node) may be set; what follows goes to every node:
#   bash conf/cluster.sh --log.level=debug
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
jar=${PARLEY_JAR:-$here/target/parley.jar}
java=${JAVA:-${JAVA_HOME:+$JAVA_HOME/bin/}java}
first=${PORT:-8000}
redis_port=$((first + 600))
cluster_port=$((first + 700))

missing() {
  echo "conf/cluster.sh: $1" >&2
  exit 1
}

[ -f "$jar" ] || missing "there is no $jar; build it with: mvn -Pquick -DskipTests package"
command -v redis-server >/dev/null || missing "redis-server is not on the PATH (6.2 or later)"
command -v "$java" >/dev/null || missing "$java is not there; set JAVA to that of a JDK 25"
"$java" --version 2>/dev/null | head -n 1 | grep -q ' \(2[5-9]\|[3-9][0-9]\)' \
  || missing "$java is older than 25; set JAVA to that of a JDK 25"
for port in "$first" $((first + 1)) $((first + 2)) "$redis_port"; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    missing "port $port is in use; set PORT to the first of three that are free"
  fi
done

data=$(mktemp -d "${TMPDIR:-/tmp}/parley-cluster.XXXXXX")
secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s' "$secret" >"$data/cluster.secret" && printf '%s' "$secret" >"$data/key")
nodes=()
redis=

# Children do not get the terminal's Ctrl-C: nodes drain while Redis is still there.
set -m

end() {
  trap '' INT TERM
  [ "${#nodes[@]}" -eq 0 ] || kill -TERM "${nodes[@]}" 2>/dev/null
  [ "${#nodes[@]}" -eq 0 ] || wait "${nodes[@]}" 2>/dev/null
  [ -z "$redis" ] || kill -TERM "$redis" 2>/dev/null
  [ -z "$redis" ] || wait "$redis" 2>/dev/null
  rm -rf "$data"
  echo "All have ended."
}
trap 'exit 130' INT
trap 'exit 143' TERM
trap end EXIT

answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# await <pid> <log> <what> <command…>: until the command succeeds, for half a minute.
await() {
  local pid=$1 log=$2 what=$3 tries=0
  shift 3
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 150 ] || ! kill -0 "$pid" 2>/dev/null; then
      tail -n 5 "$log" >&2
      missing "$what did not start"
    fi
    sleep 0.2
  done
}

mkdir "$data/redis"
redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$data/redis" --appendonly yes \
  --maxmemory-policy noeviction >"$data/redis.log" 2>&1 &
redis=$!
await "$redis" "$data/redis.log" redis-server answers "$redis_port"
echo "Redis       127.0.0.1:$redis_port  process $redis"

members=127.0.0.1:$cluster_port,127.0.0.1:$((cluster_port + 1)),127.0.0.1:$((cluster_port + 2))
for place in 0 1 2; do
  "$java" @"$here/conf/jvm.options" -jar "$jar" serve --node.id="node$place" \
    --http.port=$((first + place)) --auth.secret_file="$data/key" \
    --store.directory="$data/node$place" --store.redis.url="redis://127.0.0.1:$redis_port" \
    --cluster.enabled=true --cluster.port=$((cluster_port + place)) --cluster.members="$members" \
    --cluster.secret_file="$data/cluster.secret" --drain.delay=0s --drain.window=2s "$@" \
    >"$data/node$place.log" 2>&1 &
  nodes+=($!)
  await "$!" "$data/node$place.log" "node$place" \
    env PARLEY_HTTP_PORT=$((first + place)) bash "$here/conf/health.sh"
  echo "node$place       http://127.0.0.1:$((first + place))  process $!"
done
echo "Data, logs  $data"
echo "A token     $java -jar $jar token --user ann --auth.secret_file=$data/key"
echo "Ctrl-C ends all."

# A node that was killed is missed and said; the others go on.
left=("${nodes[@]}")
while [ "${#left[@]}" -gt 0 ]; do
  sleep 1 &
  wait $!
  still=()
  for pid in "${left[@]}"; do
    if kill -0 "$pid" 2>/dev/null; then still+=("$pid"); else echo "Process $pid has ended."; fi
  done
  left=("${still[@]}")
done
