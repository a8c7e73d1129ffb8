"""Read pages under load: 50 readers, 2 processes, on SQLite and on PostgreSQL, beside a bare Django view.

All three are served by gunicorn with the same settings and read over loopback by locust, one after
another on the same machine, so the ratios mean more than the milliseconds.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READERS, SECONDS = 50, 25
COUNTRY = "/areas/thornmere/"
AIM = 4  # times hello's p95

Measured = Mapping[str, Any]  # locust's figures for one page


def main() -> None:
    """Prints each page's p95 in milliseconds, times hello's, and failures."""
    hello = measured_hello()
    say("bare Django view", hello, hello)
    with tempfile.TemporaryDirectory() as folder:
        say("SQLite", measured_site(Path(folder), f"sqlite:///{folder}/bench.sqlite3"), hello)
    database = os.environ.get("DATABASE_URL", "")
    if not database.startswith("postgresql:"):
        print("serving: no PostgreSQL in DATABASE_URL; `make bench` brings one.")
        return
    with tempfile.TemporaryDirectory() as folder:
        say("PostgreSQL", measured_site(Path(folder), database), hello)


def say(what: str, pages: Sequence[Measured], hello: Sequence[Measured]) -> None:
    against = hello[0]["p95"]
    print(f"{what}: {sum(page['requests'] for page in pages):,} requests, ", end="")
    print(f"{sum(page['failures'] for page in pages)} failures")
    for page in pages:
        print(f"  {page['name']:<50} median {page['median']:>4} ms, p95 {page['p95']:>4} ms", end="")
        print(f", {page['p95'] / against:>5.1f} times hello's p95 (aim: {AIM})", flush=True)


def measured_hello() -> Sequence[Measured]:
    with served("bench.hello:application", os.environ.copy()) as host:
        return read(host, ["/hello/"])


def measured_site(folder: Path, database: str) -> Sequence[Measured]:
    environment = os.environ | {
        "DATABASE_URL": database,
        "ITHRIVE_DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-the-benchmark",
    }
    for words in (("site", "migrate"), ("demo", "load")):
        subprocess.run([sys.executable, "-m", "ithrive", *words], env=environment, cwd=ROOT, check=True)
    with served("ithrive.web.wsgi", environment) as host:
        return read(host, pages_of(host))


def pages_of(host: str) -> list[str]:
    """The public pages that people open most, and one area's page as the list links it."""
    with urllib.request.urlopen(host + COUNTRY, timeout=30) as answer:
        area = re.search(rf'href="({COUNTRY}local-area/[^/"]+/)"', answer.read().decode())
    found = ["/", "/framework/", COUNTRY, f"{COUNTRY}map/", f"{COUNTRY}coverage/"]
    return [*found, area[1]] if area else found


@contextmanager
def served(application: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The address at which gunicorn serves an application, until the block ends."""
    port = free_port()
    words = ["gunicorn", "--config", "python:ithrive.web.server", application]
    server = subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**environment, "PORT": str(port)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def read(host: str, pages: Sequence[str]) -> Sequence[Measured]:
    """Locust's figures for each page, after every page was opened a few times to warm both processes."""
    for _ in range(10):
        for page in pages:
            urllib.request.urlopen(host + page, timeout=30).close()
    crowd = ["--users", str(READERS), "--spawn-rate", str(READERS), "--run-time", f"{SECONDS}s"]
    quiet = ["--headless", "--json", "--loglevel", "ERROR", "--exit-code-on-error", "0"]
    ran = subprocess.run(
        [sys.executable, "-m", "locust", "-f", "bench/readers.py", "--host", host, *crowd, *quiet],
        env=os.environ | {"BENCH_PAGES": " ".join(pages)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [figures(page) for page in json.loads(ran.stdout)]


def figures(page: Mapping[str, Any]) -> Measured:
    times = sorted((int(time), count) for time, count in page["response_times"].items())
    return {
        "name": page["name"],
        "requests": page["num_requests"],
        "failures": page["num_failures"],
        "median": quantile(times, 0.5),
        "p95": quantile(times, 0.95),
    }


def quantile(times: Sequence[tuple[int, int]], share: float) -> int:
    """The time within which a share of the answers came; locust rounds times over 100 ms to 10 ms."""
    wanted, seen = share * sum(count for _, count in times), 0
    for each, count in times:
        seen += count
        if seen >= wanted:
            return each
    raise ValueError("No page was answered at all.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not answer within 30 seconds.")


if __name__ == "__main__":
    main()
