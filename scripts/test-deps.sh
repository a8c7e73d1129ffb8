#!/bin/sh
# What the tests need beside Python: a browser, a PostgreSQL server, Java.
# Root installs what is missing from Debian; anybody else is told the one line to run.
set -eu

missing=
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v java >/dev/null || missing="$missing default-jre-headless"

if [ -z "$missing" ]; then exit 0; fi
# Two installs at one moment wait for each other instead of failing.
install="apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    apt-get -o DPkg::Lock::Timeout=300 update -qq
    DEBIAN_FRONTEND=noninteractive $install >/dev/null
else
    echo "The tests need$missing. Install with: sudo $install" >&2
    exit 2
fi
