"""A folder that is there whole or not at all, however the run ends."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ithrive.problems import BadInput, Problem

HALF = "-half-"


def refuse_taken(out: Path) -> None:
    """Raises BadInput where something stands in the place already: results are never mixed."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(Problem(str(out), "It is there and not empty.", "Give a folder that is new or empty."))


@contextmanager
def whole_folder(out: Path, within: Path | None = None) -> Iterator[Path]:
    """A folder to write into, that takes the place of `out` at the end and is removed if the end is not
    reached. It is made beside `out`, or `within` a folder that the next run looks into: what a killed run
    left there goes.
    """
    refuse_taken(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    for left in within.glob(f"*{HALF}*") if within else ():
        shutil.rmtree(left)
    half = Path(tempfile.mkdtemp(prefix=f".{out.name}{HALF}", dir=within or out.parent))
    try:
        yield half
        if out.exists():
            out.rmdir()
        half.rename(out)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
