#!/bin/sh
# Makes a Python environment: new-environment.sh PYTHON FOLDER. Says in one line what the machine lacks.
set -eu
python=$1
folder=$2

if ! command -v "$python" >/dev/null; then
    echo "$python was not found. Install it: apt-get install python3 python3-venv (or: make PY=/path/to/python3.11)" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: Python 3.11 or newer is needed (make PY=/path/to/python3.11)." >&2
    exit 2
fi
# Debian ships Python without this part.
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "$python cannot make environments. Install the missing package: apt-get install python3-venv" >&2
    exit 2
fi
"$python" -m venv --clear "$folder"
