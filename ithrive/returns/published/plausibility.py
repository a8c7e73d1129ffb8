"""Figures that contradict each other within one file: parts above their whole, noughts that cannot be."""

from collections.abc import Iterator

from ithrive.measures import CellState
from ithrive.returns.published.figures import PublishedFigures
from ithrive.returns.published.findings import Finding, FindingKind
from ithrive.returns.published.units import AREAS_IN_WORDS, MONEY, NUMBER, PEOPLE, PERCENT, SHARE

# (a part, the whole that it cannot exceed), by official id.
PARTS = (
    *((f"ED86{letter}", "ED86") for letter in "abcd"),
    *((f"ED87{letter}", "ED87") for letter in "abcd"),
    ("EIP23b", "EIP23a"),
    ("MHS79", "MHS78"),
    ("MHS101", "MHS100"),
    ("MHS103", "MHS102"),
    ("MHS105", "MHS104"),
    ("MRS08a", "MRS08"),
    *((f"MRS09{letter}", "MRS09") for letter in "ace"),
    ("MRS09a", "MRS09c"),
    ("MRS09c", "MRS09e"),
    ("MRS14a", "MRS14c"),
    ("MRS14c", "MRS14e"),
    ("CYP(i.b)", "CYP(i.a)"),
    ("CYP(iv.b)", "CYP(iv.a)"),
    *((f"wait_{band}", "total") for band in ("0_4w", "4_6w", "6_8w", "8_10w", "10_12w", "over_12w")),
    ("closed_before_treatment", "total"),
    ("still_waiting_no_contact", "total"),
    ("still_waiting_one_contact", "total"),
    ("ReferralsAccepted", "ReferralsReceived"),
    ("DidNotAttends", "TotalAppointments"),
    ("FirstContactAppointments", "TotalAppointments"),
    ("NumberOfPatientsSeen0To18Weeks", "TotalPatientsSeen"),
    ("NumberOfPatientsWaiting0To18Weeks", "TotalPatientsWaiting"),
)
# Below England, English counts are rounded to 5: a sum of n of them may be 2.5 n out. Scottish ones are
# exact.
ROUNDED_TO = {"scotland-camhs": 0.0}
USUAL_ROUNDING = 5.0
# Who moves is counted in both areas, and once in the country; some live nowhere known.
COUNTED_TWICE, NOWHERE = 0.05, 0.15
# A nought is no figure where every other of the same area is at least this.
NEVER_SMALL = 100


def implausible(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    """Everything in the figures that cannot be right, each with what was done about it."""
    yield from _parts_above_wholes(figures, name)
    yield from _shares_out_of_range(figures, name)
    yield from _impossible_noughts(figures, name)
    yield from _totals(figures, name)


def _parts_above_wholes(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    pairs = ", ".join(f"('{part}', '{whole}')" for part, whole in PARTS)
    rows = figures.rows(
        f"""
        WITH pairs (part, whole) AS (VALUES {pairs}),
        few AS (
            SELECT * FROM figures
            WHERE number IS NOT NULL
                AND measure IN (SELECT part FROM pairs UNION SELECT whole FROM pairs)
        )
        SELECT p.measure, w.measure, p.area, p.area_name, p.period_start, p.period_end, p.number, w.number
        FROM few AS p JOIN pairs ON p.measure = pairs.part
        JOIN few AS w ON w.measure = pairs.whole AND w.area = p.area AND w.area_kind = p.area_kind
            AND w.breakdown = p.breakdown AND w.subgroup = p.subgroup AND w.status = p.status
            AND w.period_start = p.period_start AND w.period_end = p.period_end
        WHERE p.number > w.number + {_slack("p", "CASE WHEN p.area_kind = 'country' THEN 0 ELSE 1 END")}
        ORDER BY ALL
        """  # noqa: S608 # measures of ours
    )
    for part, whole, area, area_name, starts, ends, count, of in rows:
        where = f"{name}, {part}, {area} {area_name}".rstrip() + f", {starts} to {ends}"
        what = f"{count:g} is more than the {of:g} of {whole} that it is part of."
        yield Finding(FindingKind.IMPOSSIBLE, where, what, "Kept as published.")


def _slack(alias: str, parts: str) -> str:
    steps = " ".join(f"WHEN '{source}' THEN {step}" for source, step in ROUNDED_TO.items())
    return f"(CASE {alias}.source {steps} ELSE {USUAL_ROUNDING} END) * {parts}"


def _shares_out_of_range(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    rows = figures.rows(
        "SELECT measure, breakdown, area, period_start, period_end, number, unit FROM figures "
        "WHERE number < 0 "
        "OR (unit = ? AND number > 1) OR (unit = ? AND number > 100) ORDER BY ALL",
        [SHARE, PERCENT],
    )
    for measure, breakdown, area, starts, ends, number, unit in rows:
        what = f"{number:g} cannot be a {unit}." if number > 0 else f"{number:g} is less than nought."
        where = ", ".join(filter(None, (name, measure, breakdown, area, f"{starts} to {ends}")))
        yield Finding(FindingKind.IMPOSSIBLE, where, what, "Kept as published.")


def _impossible_noughts(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    series = "measure, breakdown, subgroup, area_kind, area, date_diff('month', period_start, period_end)"
    never_small = (
        f"SELECT {series} FROM figures WHERE number <> 0 GROUP BY ALL "  # noqa: S608 # columns of ours
        f"HAVING min(number) >= {NEVER_SMALL} AND count(*) >= 2"
    )
    noughts = f"number = 0 AND unit IN ('{PEOPLE}', '{NUMBER}', '{MONEY}') AND ({series}) IN ({never_small})"
    rows = figures.rows(
        "SELECT measure, subgroup, area, area_name, period_start, period_end FROM figures "  # noqa: S608 # written here
        f"WHERE {noughts} ORDER BY ALL"
    )
    for measure, subgroup, area, area_name, starts, ends in rows:
        where = ", ".join(
            filter(None, (name, measure, subgroup, f"{area} {area_name}".strip(), f"{starts} to {ends}"))
        )
        others = f"where every other figure of the area is {NEVER_SMALL} or more"
        what = f"Nought, {others}: it may mean “not available”."
        yield Finding(FindingKind.IMPOSSIBLE, where, what, "Withheld for quality.")
    if rows:
        figures.connection.execute(
            f"UPDATE figures SET state = '{CellState.WITHHELD.value}', number = NULL, "  # noqa: S608 # written here
            f"note = 'nought that may mean “not available”' WHERE {noughts}"
        )


def _totals(figures: PublishedFigures, name: str) -> Iterator[Finding]:
    """Areas of one kind that share out a country, against the country's own figure."""
    key = "source, release, status, measure, detail, subgroup, period_start, period_end"
    # How people belong to areas ("by residence") is not said of a country.
    detail = "regexp_replace(breakdown, '^by [^;]*(; )?', '') AS detail"
    rows = figures.rows(
        f"""
        WITH whole AS (
            SELECT {key.replace("detail", detail)}, any_value(number) AS total FROM figures
            WHERE area_kind = 'country' AND number IS NOT NULL AND unit IN (?, ?, ?) GROUP BY ALL
        ),
        parts AS (
            SELECT {key.replace("detail", detail)}, breakdown, area_kind,
                any_value(unit) AS unit, sum(number) AS together,
                count(number) AS figures, count(*) FILTER (state = 'suppressed') AS hidden,
                bool_or(state NOT IN ('value', 'zero', 'suppressed')) AS incomplete
            FROM figures WHERE area_kind IN ('ccg', 'sub-icb', 'stp', 'icb', 'region', 'health-board')
                AND unit IN (?, ?, ?)
            GROUP BY ALL
        )
        SELECT measure, breakdown, subgroup, area_kind, period_start, period_end, together, total,
            together - {_slack("parts", "figures / 2")}
                - CASE WHEN unit = '{MONEY}' THEN 0 ELSE {COUNTED_TWICE} * total END > total AS above
        FROM whole JOIN parts USING ({key})
        WHERE figures > 0 AND (
            above
            OR (NOT incomplete AND hidden = 0
                AND together + {_slack("parts", "figures / 2")} < total * (1 - {NOWHERE}))
        )
        ORDER BY ALL
        """,  # noqa: S608 # written here
        [PEOPLE, NUMBER, MONEY] * 2,
    )
    for measure, breakdown, subgroup, kind, starts, ends, together, total, above in rows:
        detail = "".join(f", {each}" for each in (breakdown, subgroup) if each)
        where = f"{name}, {measure}{detail}, {starts} to {ends}"
        how = "more than" if above else "well below"
        of_all = f"The figures of all {AREAS_IN_WORDS[kind]} add up to {together:,.0f}"
        what = f"{of_all}, {how} the country's {total:,.0f}."
        yield Finding(FindingKind.DOES_NOT_ADD_UP, where, what, "Kept as published.")
