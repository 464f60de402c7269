#!/bin/bash
# Whether the server on this machine is alive. Needs nothing but bash.
exec 3<>"/dev/tcp/127.0.0.1/${PARLEY_HTTP_PORT:-${PORT:-8000}}" || exit 1
printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r -t 2 status <&3
case "$status" in
  *" 200 "*) exit 0 ;;
  *) exit 1 ;;
esac
