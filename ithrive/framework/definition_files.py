"""What a definition file says, before anybody looks whether it makes sense."""

import tomllib
from pathlib import Path
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of

OURS = Path(__file__).parent / "texts"
# A national instrument has perhaps a hundred statements of half a page each; this is ten times as much.
LIMIT_BYTES = 1_000_000


def entries_of(name: str, own: Path | None) -> dict[str, Any]:
    """The entries of a definition file: the programme's own in the folder `own` if it is there, else ours."""
    path = own / name if own and (own / name).exists() else OURS / name
    return toml_entries(path, name=str(path))


def toml_entries(source: Path | bytes, *, name: str) -> dict[str, Any]:
    """The entries of a TOML file. Raises BadInput, naming the file, where it is too big or cannot be read."""
    content = bytes_of(source, name=name, limit_bytes=LIMIT_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    # Nesting without end and numbers without end are refused by Python itself, each in its own way.
    except (ValueError, RecursionError) as error:
        raise BadInput(Problem(name, f"It cannot be read as TOML ({error}).", "Correct the file.")) from None
