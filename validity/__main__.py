"""`python -m validity [--sets N] [--processes N]`: run every trial and write the table to the handbook."""

import argparse
import os
from pathlib import Path

for threads in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
):  # one thread a process, or processes get in each other's way
    os.environ.setdefault(threads, "1")

from validity.designs import DESIGNS  # noqa: E402  # numpy reads the variables when it is imported
from validity.trials import Share, coverage, in_batches, looking, power, size  # noqa: E402

PAGE = Path(__file__).parent.parent / "docs" / "handbook" / "reference" / "validity.md"
START, END = "<!-- validity -->", "<!-- /validity -->"
Column = dict[str, Share]


def main() -> None:
    """Prints each column as it is done; the page is written whole at the end."""
    parser = argparse.ArgumentParser(prog="validity")
    parser.add_argument("--sets", type=int, default=4000, help="studies for each design and trial")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    found = {
        "Size: how often an effect is found where there is none (%)": _columns(
            size, [each.code for each in DESIGNS], given
        ),
        "Coverage: how often a 95% interval holds the mean effect, sites differing (%)": _columns(
            coverage, ["A", "C", "F"], given
        ),
        "Power: how often a planted effect is found (%)": _columns(power, ["A", "B", "C"], given),
        "Twelve outcomes and eight looks: how often anything is found where nothing is (%)": _columns(
            looking, ["A", "B"], given
        ),
    }
    text = "\n".join(
        [
            f"{given.sets:,} studies a column; in brackets the Monte Carlo standard error.",
            "",
            *_designs(),
            *_tables(found),
        ]
    )
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
    print(f"Written to {PAGE.name}.")


def _columns(trial, codes: list[str], given: argparse.Namespace) -> dict[str, Column]:  # type: ignore[no-untyped-def]  # any trial
    columns = {}
    for code in codes:
        columns[code] = in_batches(trial, code, given.sets, given.processes)
        shown = ", ".join(f"{name} {share.percent:.1f}" for name, share in columns[code].items())
        print(f"{trial.__name__} {code}: {shown}", flush=True)
    return columns


def _designs() -> list[str]:
    return [*(f"- **{each.code}**: {each.title}" for each in DESIGNS), ""]


def _tables(found: dict[str, dict[str, Column]]) -> list[str]:
    lines: list[str] = []
    for title, columns in found.items():
        names = list(dict.fromkeys(name for column in columns.values() for name in column))
        lines += [f"## {title}", "", f"| Method | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
        for name in names:
            cells = [
                f"{c[name].percent:.1f} ({c[name].error:.1f})" if name in c else "–" for c in columns.values()
            ]
            lines.append(f"| {name} | {' | '.join(cells)} |")
        lines.append("")
    return lines


if __name__ == "__main__":
    main()
