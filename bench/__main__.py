"""`python -m bench`: every benchmark, or those named: `python -m bench map serving`."""

import sys
from importlib import import_module

EVERY = (
    "agreement",
    "charts",
    "disclosure",
    "effects",
    "loading",
    "map",
    "profiles",
    "rating",
    "serving",
)


def main() -> None:
    for name in sys.argv[1:] or EVERY:
        if name not in EVERY:
            sys.exit(f"There is no benchmark “{name}”. Choose from: {', '.join(EVERY)}.")
        print(f"== {name}", flush=True)
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
