"""Where a run keeps what is done, so that one that was stopped can go on; good for the same input only."""

import hashlib
import json
import shutil
from collections.abc import Set
from dataclasses import asdict, is_dataclass
from pathlib import Path

from ithrive import __version__

UNDER_WAY = ".under-way"
_KEY = "of.json"


def place_to_resume(out: Path) -> Path:
    """A private folder beside the returns. Records lie in it until the run ends whole; then it is removed."""
    return out.parent / f".{out.name}{UNDER_WAY}"


def fit_to_resume(kept: Path, *parts: object) -> None:
    """Empties the folder unless it was kept by a run of the same version over the same input."""
    told = json.dumps([__version__, *parts], default=_told)
    key = hashlib.sha256(told.encode()).hexdigest()
    place = kept / _KEY
    if kept.exists() and not (place.exists() and place.read_text(encoding="utf-8") == key):
        shutil.rmtree(kept)
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_text(key, encoding="utf-8")


def _told(part: object) -> object:
    """Alike in every process: Python tells the same set in another order each time that it is started."""
    if is_dataclass(part) and not isinstance(part, type):
        return asdict(part)
    return sorted(part) if isinstance(part, Set) else str(part)
