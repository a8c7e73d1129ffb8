"""Reading measures from their files: ours, and a programme's own beside them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from ithrive.measures.definition import Measure
from ithrive.problems import BadInput, Problem

OURS = Path(__file__).parent / "definitions"


class _Once(yaml.SafeLoader):
    """Safe YAML in which an entry may stand once only; plain YAML lets a second one win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else str(key)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{name}” stands twice", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


@cache
def measures(own: Path | None = None) -> Mapping[str, Measure]:
    """Every measure by its id: ours, then those in the folder `own`, each in the order of their ids.

    Raises BadInput with every problem found, each naming file and field.
    """
    found: dict[str, Measure] = {}
    problems: list[Problem] = []
    for path in [*_files(OURS), *(_files(own) if own else ())]:
        try:
            measure = read_measure(path)
            _refuse_second(measure, found, path)
            found[measure.id] = measure
        except BadInput as refusal:
            problems += refusal.problems
    if problems:
        raise BadInput(problems)
    return MappingProxyType(found)


def read_measure(path: Path) -> Measure:
    """The measure in one file, which is named for its id. Raises BadInput naming file and field."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Once)  # noqa: S506  # a SafeLoader
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        raise BadInput(
            Problem(path.name, f"It cannot be read as YAML ({why}).", "Correct the file.")
        ) from None
    try:
        measure = Measure.model_validate(entries)
    except ValidationError as error:
        raise BadInput(_in_plain_words(path, each) for each in error.errors()) from None
    if measure.id != path.stem:
        what = f"The id is {measure.id}, but the file is called {path.name}."
        raise BadInput(Problem(f"{path.name}, id", what, f"Call the file {measure.id}.yaml."))
    return measure


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise BadInput(Problem(str(folder), "There is no such folder of measures.", "Correct its name."))
    yield from sorted(folder.glob("*.yaml"))


def _refuse_second(measure: Measure, found: Mapping[str, Measure], path: Path) -> None:
    # A figure published under an id must go on meaning what it meant.
    if measure.id in found:
        what = f"The id {measure.id} belongs to “{found[measure.id].title}”."
        raise BadInput(Problem(f"{path.name}, id", what, "Choose another id, and call the file after it."))


def _in_plain_words(path: Path, error: Any) -> Problem:
    steps = [f"{step + 1}" if isinstance(step, int) else str(step) for step in error["loc"]]
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return Problem(", ".join(filter(None, [path.name, " ".join(steps)])), f"{message}.", "Correct the entry.")
