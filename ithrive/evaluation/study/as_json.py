"""Results as bytes that never differ: floats of a stated precision, names sorted, no clock.

Sums in another order (other rows, more threads) differ in their last digits. So every float is rounded once,
when results are made: what a page shows and what the file holds are the same number.
"""

import json
from dataclasses import fields, is_dataclass, replace
from math import isfinite
from typing import Any, TypeVar

from ithrive.evaluation.study.results import StudyResults
from ithrive.problems import BadInput, Problem

DIGITS = 9  # significant
NOUGHT = 1e-12  # closer to nought than this is rounding, not a figure

Value = TypeVar("Value")


def rounded(value: Value, *, digits: int = DIGITS) -> Value:
    """A value of results with every float in it rounded to so many significant digits."""
    return _rounded(value, digits)  # type: ignore[no-any-return]  # a value keeps its type


def _rounded(value: Any, digits: int) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        settled = {each.name: _rounded(getattr(value, each.name), digits) for each in fields(value)}
        return replace(value, **settled)
    if isinstance(value, tuple):
        return tuple(_rounded(each, digits) for each in value)
    if isinstance(value, float):
        return _settled(float(value), digits)
    return value


def _settled(number: float, digits: int) -> float:
    if not isfinite(number):
        return number
    return 0.0 if abs(number) < NOUGHT else float(f"{number:.{digits - 1}e}")


def to_json(results: StudyResults) -> str:
    """Results as canonical JSON. An infinite end of an interval is written “Infinity” or “-Infinity”."""
    return json.dumps(plain(results), sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """A value of results as JSON knows it: tables, lists, text, numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def read_results(text: str, *, name: str = "results.json") -> StudyResults:
    """Results from their JSON. Raises BadInput where the text is none."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(StudyResults).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the text"
        what = f"These are no results of a study ({place}: {first['msg'].rstrip('.')})."
        raise BadInput(Problem(name, what, "Run the study again: “ithrive study run”.")) from None
