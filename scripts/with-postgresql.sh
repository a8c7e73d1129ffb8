#!/bin/sh
# Runs a command with DATABASE_URL pointing at a throwaway PostgreSQL: sockets only, nothing kept, always stopped.
#   scripts/with-postgresql.sh pytest tests/web
set -eu

# Debian keeps the server's programs off PATH, in a folder for each version.
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
programs=${programs:-$(dirname "$(command -v initdb || echo nowhere/initdb)")}
if [ ! -x "$programs/initdb" ]; then
    echo "No PostgreSQL server was found. Run scripts/test-deps.sh, or: apt-get install postgresql" >&2
    exit 2
fi

folder=$(mktemp -d)
server=
finish() {
    # QUIT stops at once, without writing anything: the folder goes away anyway.
    if [ -n "$server" ]; then kill -QUIT "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The server refuses to run as root, so root hands the folder to the postgres user.
user=
if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    user="--reuid=postgres --regid=postgres --clear-groups"
fi
chmod 755 "$folder"

# Should this script itself be killed, the server goes with it (pdeathsig).
(cd "$folder" && setpriv $user --pdeathsig TERM "$programs/initdb" --pgdata=data --username=ithrive --auth=trust --no-sync \
    --encoding=UTF8 --locale=C.UTF-8 >initdb.log 2>&1) || { cat "$folder/initdb.log" >&2; exit 2; }
cd "$folder"
setpriv $user --pdeathsig QUIT \
    "$programs/postgres" -D data -k "$folder" -c listen_addresses= -c fsync=off \
    -c synchronous_commit=off -c full_page_writes=off >server.log 2>&1 &
server=$!
cd "$OLDPWD"
tries=0
until "$programs/createdb" --host="$folder" --username=ithrive ithrive 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "The throwaway PostgreSQL did not start:" >&2
        cat "$folder/server.log" >&2
        exit 2
    fi
    sleep 0.1
done

status=0
DATABASE_URL="postgresql://ithrive@/ithrive?host=$folder" "$@" || status=$?
exit $status
