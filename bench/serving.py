"""Read pages under load: 50 readers, 2 processes, on SQLite and on PostgreSQL, beside a bare Django view.

All three are served by gunicorn with the same settings and read over loopback by locust, one after
another on the same machine, so the ratios mean more than the milliseconds. Run it on a machine that has
nothing else to do: waiting times tell of everything that runs, the processor's time of the pages alone.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
READERS, SECONDS = 50, 25
COUNTRY = "/areas/thornmere/"
AIM = 4  # times hello's p95


@dataclass(frozen=True)
class Measured:
    """Locust's figures for each page, and the processor's time that the server spent on one answer."""

    pages: Sequence[Mapping[str, Any]]
    processor_ms: float


def main() -> None:
    """Prints each page's p95 in milliseconds, times hello's, and failures."""
    print(f"waiting elsewhere on this machine: {os.getloadavg()[0]:.1f} processes for {os.cpu_count()} cores")
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


def say(what: str, found: Measured, hello: Measured) -> None:
    requests = sum(page["requests"] for page in found.pages)
    print(
        f"{what}: {requests:,} requests, {sum(page['failures'] for page in found.pages)} failures, ", end=""
    )
    print(f"{found.processor_ms:.1f} ms of processor time each", end=" ")
    print(f"({found.processor_ms / hello.processor_ms:.1f} times hello's)")
    against = hello.pages[0]["p95"]
    for page in sorted(found.pages, key=lambda page: str(page["name"])):
        print(f"  {page['name']:<40} median {page['median']:>4} ms, p95 {page['p95']:>4} ms", end="")
        print(f", {page['p95'] / against:>5.1f} times hello's p95 (aim: {AIM})", flush=True)


def measured_hello() -> Measured:
    with served("bench.hello:application", os.environ.copy()) as server:
        return read(server, ["/hello/"])


def measured_site(folder: Path, database: str) -> Measured:
    environment = os.environ | {
        "DATABASE_URL": database,
        "ITHRIVE_DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-the-benchmark",
    }
    for words in (("site", "migrate"), ("demo", "load")):
        ready = [sys.executable, "-m", "ithrive", *words]
        subprocess.run(ready, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served("ithrive.web.wsgi", environment) as server:
        return read(server, pages_of(server.host))


def pages_of(host: str) -> list[str]:
    """The public pages that people open most, and one area's page as the list links it."""
    with urllib.request.urlopen(host + COUNTRY, timeout=30) as answer:
        area = re.search(rf'href="({COUNTRY}local-area/[^/"]+/)"', answer.read().decode())
    found = ["/", "/framework/", COUNTRY, f"{COUNTRY}map/", f"{COUNTRY}coverage/"]
    return [*found, area[1]] if area else found


@dataclass(frozen=True)
class Server:
    """A gunicorn that answers at an address."""

    host: str
    process: int

    def processor_seconds(self) -> float:
        """What its workers have spent until now."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serves an application with gunicorn until the block ends."""
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
        yield Server(f"http://127.0.0.1:{port}", server.pid)
    finally:
        server.terminate()
        server.wait()


def read(server: Server, pages: Sequence[str]) -> Measured:
    """What locust saw, after every page was opened a few times to warm both processes."""
    for _ in range(10):
        for page in pages:
            urllib.request.urlopen(server.host + page, timeout=30).close()
    before = server.processor_seconds()
    crowd = ["--users", str(READERS), "--spawn-rate", str(READERS), "--run-time", f"{SECONDS}s"]
    quiet = ["--headless", "--json", "--loglevel", "ERROR", "--exit-code-on-error", "0"]
    ran = subprocess.run(
        [sys.executable, "-m", "locust", "-f", "bench/readers.py", "--host", server.host, *crowd, *quiet],
        env=os.environ | {"BENCH_PAGES": " ".join(pages)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    spent = server.processor_seconds() - before
    found = [figures(page) for page in json.loads(ran.stdout)]
    return Measured(found, 1000 * spent / sum(page["requests"] for page in found))


def figures(page: Mapping[str, Any]) -> Mapping[str, Any]:
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
