"""Where charts are, as plain text: tables hold many of these."""

from urllib.parse import quote, urlencode

from ithrive.web.areas.models import LocalArea


def charts_path(area: LocalArea) -> str:
    """All measures of an area at a glance."""
    return f"/charts/{area.country.slug}/{area.kind}/{quote(area.code, safe='')}/"


def chart_path(area: LocalArea, measure: str, **choice: str) -> str:
    """One measure of an area. `figure` and `grouping` choose another figure than the headline."""
    chosen = urlencode({name: value for name, value in choice.items() if value})
    return f"{charts_path(area)}{measure}/" + (f"?{chosen}" if chosen else "")


def download_path(area: LocalArea, measure: str, file: str, **choice: str) -> str:
    """A drawing of a measure as a file, such as “chart.svg” or “funnel.csv”."""
    chosen = urlencode({name: value for name, value in choice.items() if value})
    return f"{charts_path(area)}{measure}/{file}" + (f"?{chosen}" if chosen else "")
