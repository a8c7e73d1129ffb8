"""A return as one JSON file: what `ithrive records build` hands over, and what the API takes."""

import json
from typing import Any

from ithrive.problems import BadInput, Problem
from ithrive.returns.figures import Identity, ReturnedFigure, ReturnFigures
from ithrive.returns.form import ReturnForm
from ithrive.returns.reading.entries import Reading
from ithrive.returns.reading.posted import KIND, read_json
from ithrive.returns.reading.workbook import LIMIT_BYTES


def return_file_out(figures: ReturnFigures, form: ReturnForm) -> str:
    """JSON text: `{"kind": "i-thrive return", "area": code, "area_name", "country", "quarter": "2026/27 Q2",
    "form": version, "form_hash", "submission": 1, "figures": {"H3.started/getting-help": {"number": 12}
    or {"state": "suppressed"}, each with "reason" and "provenance" where there is one},
    "methods": {"D4": "CollaboRATE 2013"}, "notes": ""}`.
    """
    who = figures.identity
    told = {
        "kind": KIND,
        "area": who.area_code,
        "area_name": who.area_name,
        "country": who.country,
        "quarter": who.quarter.label,
        "form": form.version,
        "form_hash": form.digest,
        "submission": who.submission_version,
        "figures": {key.text: _told(figure) for key, figure in figures.figures.items()},
        "methods": dict(figures.methods),
        "notes": figures.notes,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _told(figure: ReturnedFigure) -> dict[str, object]:
    number, state = figure.cell.number, figure.cell.state.value
    told: dict[str, object] = {"state": state} if number is None else {"number": number}
    if figure.reason:
        told["reason"] = figure.reason
    if figure.provenance:
        told["provenance"] = figure.provenance
    return told


def return_file_in(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """Raises BadInput for what is not such a file; all else is told as findings."""
    if len(content) > LIMIT_BYTES:
        what = f"The file is bigger than {LIMIT_BYTES / 1_000_000:g} MB."
        raise BadInput(Problem(name, what, "Send one return in a file."))
    try:
        sent: Any = json.loads(content.decode("utf-8-sig"), parse_constant=str, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        said = " ".join(str(error).split())[:120]
        raise BadInput(
            Problem(name, f"It cannot be read as JSON ({said}).", "Make the file again.")
        ) from None
    if not isinstance(sent, dict) or sent.get("kind") != KIND:
        what = f"This is not a return: it does not say “kind”: “{KIND}”."
        raise BadInput(Problem(name, what, "Make it with `ithrive records build`, or see the return form."))
    return read_json(sent, form=form, expected=expected)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Plain JSON lets a second entry of the same name win in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice[:40]}” stands twice")
    return found
