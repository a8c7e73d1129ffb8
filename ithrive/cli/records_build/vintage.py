"""The vintage of a run: which submissions its figures are from, and digests of everything it read."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ithrive.records.model import month_start
from ithrive.records.reading import Submissions


@dataclass(frozen=True)
class Vintage:
    """`digest` is over the names and contents of all files read; `files` is how many there were."""

    digest: str
    files: int

    @property
    def short(self) -> str:
        return self.digest[:12]


def vintage_of(folder: Path, beside: Iterable[Path | None] = ()) -> Vintage:
    """Of every file below a folder, and of some beside it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    named = [(path.relative_to(folder).as_posix(), path) for path in paths]
    named += [(path.name, path) for path in beside if path]
    whole = hashlib.sha256()
    for name, path in named:
        whole.update(f"{digest_of(path)}  {name}\n".encode())
    return Vintage(whole.hexdigest(), len(named))


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def submissions_as_json(submissions: Submissions) -> list[dict[str, str]]:
    """Provider, month and submission of everything that counts."""
    return [
        {"provider": provider, "month": f"{month_start(month):%Y-%m}", "submission": submission}
        for (provider, month), submission in submissions.latest.items()
    ]


def manifest(folder: Path, told: dict[str, object]) -> str:
    """JSON text: what is told of the run, and the SHA-256 digest of every file of its folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digests = {path.relative_to(folder).as_posix(): digest_of(path) for path in files}
    return json.dumps({"kind": "i-thrive records manifest", **told, "sha256": digests}, indent=1) + "\n"
