"""Answers that are not JSON, and the words in the schema that declare them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from ithrive.tables import csv_text

ALSO_CSV = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}


def csv_answer(name: str, headings: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Rows as CSV, safe to open in a spreadsheet, under the headings named."""
    text = csv_text(headings, [[row.get(heading) for heading in headings] for row in rows])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def address_without_page(request: HttpRequest) -> str:
    """This call's address with its own parameters, ready for `page=` to be added."""
    kept = [(name, value) for name, value in request.GET.items() if name not in {"page", "per_page"}]
    return f"{request.path}?{urlencode(kept)}{'&' if kept else ''}"
