"""A return as one JSON file: what `ithrive records build` hands over, and what the API takes."""

from ithrive.returns.figures import Identity, ReturnFigures
from ithrive.returns.form import ReturnForm
from ithrive.returns.reading import Reading


def return_file_out(figures: ReturnFigures, form: ReturnForm) -> str:
    """JSON text: `{"kind": "i-thrive return", "area": code, "area_name", "country", "quarter": "2026/27 Q2",
    "form": version, "form_hash", "submission": 1, "figures": {"H3.started/getting-help": {"number": 12}
    or {"state": "suppressed"}, each with "reason" and "provenance" where there is one},
    "methods": {"D4": "CollaboRATE 2013"}, "notes": ""}`.
    """
    raise NotImplementedError


def return_file_in(content: bytes, name: str, *, form: ReturnForm, expected: Identity) -> Reading:
    """Raises BadInput for what is not such a file."""
    raise NotImplementedError
