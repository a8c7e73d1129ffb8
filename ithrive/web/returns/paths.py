"""Where the pages on returns are."""

from django.urls import reverse
from django.utils.text import slugify

from ithrive.measures import FigureKey
from ithrive.returns import ReturnForm
from ithrive.web.areas.models import LocalArea
from ithrive.web.returns.models import QuarterlyReturn


def area_returns_path(area: LocalArea) -> str:
    return reverse("returns:area", args=[area.country.slug, area.kind, area.code])


def return_path(found: QuarterlyReturn, page: str = "return", *more: object) -> str:
    return reverse(f"returns:{page}", args=[found.pk, *more])


def section_of(title: str) -> str:
    """The part of a page's address that names a section of the form."""
    return slugify(title)


def sections(form: ReturnForm) -> dict[str, str]:
    """The titles of the form's sections by the names in their addresses, in order."""
    return {section_of(title): title for title in form.sheets}


def anchor_of(code: str) -> str:
    """The id of a line on its page."""
    return code.replace(".", "-").replace("/", "-").replace("=", "-").replace("?", "-words")


def figure_path(found: QuarterlyReturn, form: ReturnForm, key: FigureKey) -> str:
    """Where a figure is filled in."""
    line = form.by_key[key]
    return f"{return_path(found, 'fill', section_of(line.sheet))}#{anchor_of(line.code)}"
