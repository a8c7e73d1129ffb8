"""Which layout a published file has, told from what is in it and never from its name."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ithrive.problems import BadInput, Problem
from ithrive.returns.published import dashboard, england_monthly, mhsds, scotland
from ithrive.returns.published.cyp_waits import import_cyp_waits
from ithrive.returns.published.figures import PublishedFigures
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.raw import Raw, headings_of, plain_heading, read_raw, unpacked
from ithrive.returns.published.spans import span

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Layout:
    """A CSV layout: the headings it needs, the import of its rows, and how a row of it begins."""

    title: str
    needs: tuple[str, ...]
    bring_in: Callable[..., None]
    is_figure: Callable[[str], bool]
    fits: Callable[[tuple[str, ...]], bool] = lambda _headings: True

    def has(self, headings: tuple[str, ...]) -> bool:
        plain = {plain_heading(heading) for heading in headings}
        return {plain_heading(need) for need in self.needs} <= plain and self.fits(headings)


def _day(text: str) -> bool:
    return span(text, text) is not None


LAYOUTS = (
    Layout("Mental Health Services Data Set, monthly", mhsds.NEEDS, mhsds.import_mhsds, _day),
    Layout(
        "NHS Mental Health Dashboard, children and young people",
        dashboard.NEEDS,
        dashboard.import_dashboard,
        lambda text: text.strip() in dashboard.TITLES,
    ),
    Layout(
        "Scottish CAMHS, monthly",
        scotland.NEEDS,
        scotland.import_scotland,
        lambda text: text.strip().startswith("S0"),
        lambda headings: bool(scotland.measures_in(headings)),
    ),
    Layout(
        "One monthly figure for England", england_monthly.NEEDS, england_monthly.import_england_monthly, _day
    ),
)
WORKBOOK = "Children's waits by CCG, workbook of NHS Digital"


def import_one(path: Path, figures: PublishedFigures) -> tuple[str, list[Finding]]:
    """Adds one file's figures; gives its layout and what was found. Raises BadInput for an unknown layout."""
    release = path.name.removesuffix(".gz").rpartition(".")[0] or path.name
    try:
        with path.open("rb") as file:
            first = file.read(4)
    except OSError as error:
        what = f"The file cannot be opened ({error.strerror or 'no reason given'})."
        raise BadInput(Problem(path.name, what, "Check where it is.")) from error
    if first == OLD_OR_LOCKED or zipfile.is_zipfile(path):
        findings: list[Finding] = []
        figures.add(list(import_cyp_waits(path, path.name, release=release, findings=findings)))
        return WORKBOOK, findings
    with unpacked(path) as plain:
        return _comma_separated(plain, path.name, release, figures)


def _comma_separated(
    plain: Path, name: str, release: str, figures: PublishedFigures
) -> tuple[str, list[Finding]]:
    headings = headings_of(plain, name)
    layout = next((layout for layout in LAYOUTS if layout.has(headings)), None)
    if layout is None:
        raise BadInput(_unknown(headings, name))
    raw = read_raw(plain, name, headings, figures, is_figure=layout.is_figure)
    raw.findings.extend(_drifted(raw, layout))
    layout.bring_in(raw, release=release)
    return layout.title, raw.findings


def _unknown(headings: tuple[str, ...], name: str) -> Problem:
    shown = ", ".join(heading[:40] for heading in headings[:6] if heading) or "none"
    known = "; ".join((*(layout.title for layout in LAYOUTS), WORKBOOK))
    what = f"The layout is not one we know (headings: {shown})."
    return Problem(name, what, f"Give one of: {known}.")


def _drifted(raw: Raw, layout: Layout) -> list[Finding]:
    printed = {plain_heading(heading): heading for heading in raw.headings}
    odd = [printed[plain_heading(need)] for need in layout.needs if need not in raw.headings]
    if not odd:
        return []
    what = f"Headings are written otherwise: {', '.join(odd)}."
    return [Finding(FindingKind.DRIFT, f"{raw.name}, row 1", what, "Taken as the usual ones.")]
