"""`python -m bench`: every benchmark, or those named: `python -m bench map serving`."""

import subprocess
import sys

EVERY = (
    "agreement",
    "charts",
    "disclosure",
    "effects",
    "loading",
    "map",
    "matching",
    "profiles",
    "published",
    "rating",
    "records",
    "returns",
    "serving",
    "synthesis",
)


def main() -> None:
    for name in sys.argv[1:] or EVERY:
        if name not in EVERY:
            sys.exit(f"There is no benchmark “{name}”. Choose from: {', '.join(EVERY)}.")
        print(f"== {name}", flush=True)
        # Each in a process of its own: a site is set up once in a process, and each wants another database.
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True)


if __name__ == "__main__":
    main()
