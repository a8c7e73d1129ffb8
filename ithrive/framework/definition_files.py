"""What a definition file says, before anybody looks whether it makes sense."""

import tomllib
from pathlib import Path
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of

OURS = Path(__file__).parent / "texts"
# A national instrument has perhaps a hundred statements of a page each; nobody writes more than this by hand.
LIMIT_BYTES = 1_000_000


def toml_entries(source: Path | bytes, *, name: str) -> dict[str, Any]:
    """The entries of a TOML file. Raises BadInput, naming the file, where it is too big or cannot be read."""
    content = bytes_of(source, name=name, limit_bytes=LIMIT_BYTES)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    # Nesting without end and numbers without end are refused by Python itself, each in its own way.
    except (ValueError, RecursionError) as error:
        raise BadInput(Problem(name, f"It cannot be read as TOML ({error}).", "Correct the file.")) from None
