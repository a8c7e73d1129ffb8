"""Reading the texts of this folder, or a programme's own in their place."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ithrive.framework.ideas import Definition
from ithrive.problems import BadInput, Problem

OURS = Path(__file__).parent / "texts"

Read = TypeVar("Read", bound=Definition)


def read_text(path: Path, kind: type[Read]) -> Read:
    """A TOML file as the definition it should hold. Raises BadInput, naming the entry, where it does not."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(
            Problem(path.name, f"It cannot be read as TOML ({error}).", "Correct the file.")
        ) from None
    except ValidationError as error:
        raise BadInput(
            Problem(
                ", ".join([path.name, *map(str, each["loc"])]),
                f"{each['msg'].removeprefix('Value error, ').rstrip('.')}.",
                "Correct the entry.",
            )
            for each in error.errors()
        ) from None
