"""The NHS Mental Health Dashboard's indicators of children and young people, in long form."""

from collections.abc import Iterator

from ithrive.measures import CellState
from ithrive.returns.published.figures import PublishedFigure
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.marks import Read, read_mark
from ithrive.returns.published.raw import Raw
from ithrive.returns.published.spans import quarter_or_year
from ithrive.returns.published.units import MONEY, NUMBER, PEOPLE, SHARE

SOURCE = "mh-dashboard"
NEEDS = (
    "indicator",
    "unit",
    "org_type",
    "org_code",
    "org_name",
    "period",
    "fy",
    "quarter",
    "plan_or_actual",
    "value",
    "flag",
)
TITLES = {
    "CYP(i.a)": "Under-18s with at least one contact, rolling 12 months",
    "CYP(i.b)": "Under-18s with at least two contacts",
    "CYP(i.c)": "Under-18s with at least two contacts, as a share of estimated need",
    "CYP(ii.a)": "Eating disorders: urgent cases seen in 1 week",
    "CYP(ii.b)": "Eating disorders: routine cases seen in 4 weeks",
    "CYP(iii.a)": "Bed days in specialised in-patient units (tier 4)",
    "CYP(iii.b)": "Admissions to specialised in-patient units (tier 4)",
    "CYP(iv.a)": "Bed days of under-18s on adult wards",
    "CYP(iv.b)": "Under-18s on adult wards",
    "CYP(v)": "Spend on children and young people's mental health",
    "CYP(vi)": "Spend on children and young people's eating disorders",
    "CYP(vii)": "Areas with crisis services at all hours",
}
PEOPLE_COUNTED = ("CYP(i.a)", "CYP(i.b)", "CYP(iv.b)")
UNITS = {"number": NUMBER, "proportion": SHARE, "gbp": MONEY}
KINDS = {"ccg": "ccg", "stp": "stp", "region": "region", "national": "country"}
FLAGS = {"suppressed": CellState.SUPPRESSED, "error": CellState.WITHHELD}


def import_dashboard(raw: Raw, *, release: str) -> None:
    """Adds the rows of the table `raw` to the figures, and what is odd about them to the findings."""
    raw.figures.add(list(_figures(raw, release)))


def _figures(raw: Raw, release: str) -> Iterator[PublishedFigure]:
    columns = (
        "indicator, unit, orgtype, orgcode, orgname, period, fy, quarter, planoractual, value, flag, rowid"
    )
    for row in raw.figures.rows(f"SELECT {columns} FROM raw ORDER BY rowid"):  # noqa: S608 # columns of ours
        indicator, unit, kind, code, name, period, year, quarter, plan, value, flag, at = row
        found = quarter_or_year(year.strip(), quarter.strip())
        if not found or not indicator.strip() or kind.strip().casefold() not in KINDS:
            raw.findings.append(_no_figure(raw, row, at))
            continue
        read = _read(raw, value, flag.strip().casefold(), raw.row(at))
        yield PublishedFigure(
            source=SOURCE,
            release=release,
            status="",
            measure=indicator.strip(),
            title=TITLES.get(indicator.strip(), indicator.strip()),
            unit=_unit(indicator.strip(), unit),
            breakdown="",
            subgroup="planned" if plan.strip() == "plan" or "planned" in period else "",
            area_kind=KINDS[kind.strip().casefold()],
            geography="",
            area="England" if kind.strip().casefold() == "national" else code.strip(),
            area_name=name.strip(),
            period_start=found.starts,
            period_end=found.ends,
            state=read.cell.state.value,
            number=None if read.cell.number is None else float(read.cell.number),
            note="an error cell in the published workbook" if flag.strip().casefold() == "error" else "",
        )


def _unit(indicator: str, printed: str) -> str:
    unit = UNITS.get(printed.strip().casefold(), printed.strip())
    return PEOPLE if unit == NUMBER and indicator in PEOPLE_COUNTED else unit


def _no_figure(raw: Raw, row: tuple[object, ...], at: int) -> Finding:
    words = " ".join(str(cell) for cell in row[:-1] if cell)[:80]
    return Finding(
        FindingKind.FOOTER, raw.row(at), f"“{words}” is no figure of an area and a period.", "Left out."
    )


def _read(raw: Raw, value: str, flag: str, where: str) -> Read:
    """The flag says why a cell is empty; a cell cannot hold a figure and be flagged away."""
    read = read_mark(value)
    if not flag:
        if read.doubt:
            raw.findings.append(Finding(FindingKind.UNREADABLE, where, read.doubt, "Only that cell."))
        return read
    state = FLAGS.get(flag, CellState.WITHHELD)
    if read.cell.is_figure or flag not in FLAGS:
        what = f"The cell holds “{value}” and is flagged “{flag}”."
        raw.findings.append(Finding(FindingKind.IMPOSSIBLE, where, what, f"Taken as {state}."))
    elif flag == "error":
        what = "The published workbook held an error of the spreadsheet here."
        raw.findings.append(Finding(FindingKind.UNREADABLE, where, what, "Withheld for quality."))
    return Read(type(read.cell).without(state))
