"""Parameters for parts of a page, so that presenters need not know the design system's spelling."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ithrive.web.components.fields import anchor_of

Params = dict[str, Any]
Text = str | SafeString


def error_summary(form: BaseForm) -> Params:
    """What is wrong with a form: each error leads to its field."""
    errors: list[Params] = [{"text": str(error)} for error in form.non_field_errors()]
    errors += [
        {"text": str(error), "href": f"#{anchor_of(field)}"} for field in form for error in field.errors
    ]
    return {"heading": "There is a problem", "errorList": errors}


def cell(value: object) -> Params:
    """A table cell: text, a count, markup that Django knows to be safe, or a (text, href) link.

    A whole number gets its commas, so give a year as text.
    """
    if isinstance(value, tuple):
        return {"text": str(value[0]), "href": str(value[1])}
    if isinstance(value, SafeString):
        return {"html": value}
    counted = isinstance(value, int) and not isinstance(value, bool)
    return {"text": f"{value:,}" if counted else str(value)}


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numeric: Iterable[int] = (),
    caption_size: str = "m",
    first_is_heading: bool = True,
    name: str = "",
) -> Params:
    """A table that scrolls inside its own region where the screen is narrow.

    rows: one sequence a row; a cell is text, a number, safe markup, or (text, href).
    numeric: positions of the columns whose cells stand right. name: the table's id, if two share a caption.
    To the result may be added "classes", for the table or for a cell; nothing else is heard.
    """
    right = set(numeric)
    head = [
        {"text": text} | ({"format": "numeric"} if place in right else {})
        for place, text in enumerate(headings)
    ]
    return {
        "caption": {"text": caption, "size": caption_size},
        "head": head,
        "rows": [[cell(value) for value in row] for row in rows],
        "firstCellIsHeader": first_is_heading,
        "scroll": True,
        "plain": True,
    } | ({"id": name} if name else {})


def summary_list(rows: Iterable[tuple[str, object] | tuple[str, object, tuple[str, str]]]) -> Params:
    """Facts by name: (name, value) or (name, value, (action's text, href))."""
    return {"rows": [summary_row(*row) for row in rows]}


def summary_row(name: str, value: object, action: tuple[str, str] | None = None) -> Params:
    row: Params = {"key": {"text": name}, "value": cell(value)}
    if isinstance(value, tuple):
        row["value"] = {"html": link(*value)}
    if action:
        row["actions"] = {
            "items": [{"text": action[0], "href": action[1], "visuallyHiddenText": name.lower()}]
        }
    return row


def link(text: object, href: object) -> SafeString:
    return format_html('<a class="nhsuk-link" href="{}">{}</a>', href, text)


def breadcrumbs(*steps: tuple[str, str]) -> Params:
    """The way here, as (text, href), without the page itself."""
    return {"items": [{"text": text, "href": href} for text, href in steps]}


def details(summary: str, content: Text) -> Params:
    return {"summaryText": summary, "html" if isinstance(content, SafeString) else "text": content}


def tag(text: str, colour: str = "blue") -> Params:
    """colour: white, grey, green, aqua-green, blue, purple, pink, red, orange or yellow."""
    return {"text": text, "classes": f"nhsuk-tag--{colour}"}


def button(text: str, *, href: str = "", kind: str = "") -> Params:
    """kind: "", secondary, reverse or warning."""
    return (
        {"text": text}
        | ({"href": href} if href else {})
        | ({"classes": f"nhsuk-button--{kind}"} if kind else {})
    )


def pagination(page: int, pages: int, query: Mapping[str, str] | None = None) -> Params:
    """Numbered pages, with gaps where there are many. query: what else the address must keep."""

    def href(number: int) -> str:
        return "?" + urlencode({**(query or {}), "page": number})

    near = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    items: list[Params] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": href(number), "current": number == page})
    params: Params = {"items": items, "ariaLabel": "Pages"}
    if page > 1:
        params["previous"] = {"href": href(page - 1)}
    if page < pages:
        params["next"] = {"href": href(page + 1)}
    return params
