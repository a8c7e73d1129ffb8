"""The bytes of somebody's file, never more of them than a limit."""

import gzip
import io
import zlib
from pathlib import Path

from ithrive.problems import BadInput, Problem

LIMIT_BYTES = 20_000_000


def bytes_of(source: Path | bytes, *, name: str, limit_bytes: int) -> bytes:
    """What the file holds, unpacked where its name ends in .gz. Raises BadInput if missing or too big."""
    content = packed_bytes_of(source, name=name, limit_bytes=limit_bytes)
    if name.endswith(".gz"):
        content = _unpacked(content, name, limit_bytes)
        _refuse_if_big(content, name, limit_bytes)
    return content


def packed_bytes_of(source: Path | bytes, *, name: str, limit_bytes: int) -> bytes:
    """The file as it lies there. Raises BadInput if it is missing or too big."""
    content = source if isinstance(source, bytes) else _read(source, name, limit_bytes)
    _refuse_if_big(content, name, limit_bytes)
    return content


def _read(path: Path, name: str, limit_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)
    except OSError as error:
        what = f"The file cannot be opened ({error.strerror or 'no reason given'})."
        raise BadInput(Problem(name, what, f"Check that it is at {path}.")) from error


def _unpacked(content: bytes, name: str, limit_bytes: int) -> bytes:
    # One byte beyond the limit is enough to know; a gzip bomb never unpacks further than that.
    try:
        with gzip.open(io.BytesIO(content)) as file:
            return file.read(limit_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        what = "The packed file is damaged or cut short."
        raise BadInput(Problem(name, what, "Download or pack it again.")) from error


def _refuse_if_big(content: bytes, name: str, limit_bytes: int) -> None:
    if len(content) > limit_bytes:
        what = f"The file is bigger than {limit_bytes / 1_000_000:g} MB."
        raise BadInput(Problem(name, what, "Remove what is not needed, or send it in parts."))
