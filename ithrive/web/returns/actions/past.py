"""Returns that were signed off elsewhere: brought in whole, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction

from ithrive.measures import FigureKey
from ithrive.periods import Quarter
from ithrive.problems import NotAllowed
from ithrive.returns import ReturnedFigure
from ithrive.returns.life import State
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.reading import EVALUATORS
from ithrive.web.history.record import Author, record
from ithrive.web.returns.actions._figures import write_figures
from ithrive.web.returns.models import Figure, QuarterlyReturn, Version
from ithrive.web.returns.queries import of_comparison_sites
from ithrive.web.returns.versions import FORM_IN_USE


@dataclass(frozen=True)
class PastVersion:
    """One version as it was signed off. A second one of a return says why it was sent again."""

    figures: Mapping[FigureKey, ReturnedFigure]
    submitted_at: datetime
    signed_off_at: datetime
    submitted_by: Person | None = None
    signed_off_by: Person | None = None
    methods: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    resubmitted_because: str = ""
    came_by: str = "workbook"


@dataclass(frozen=True)
class PastReturn:
    """What one area sent for one quarter, the first version first."""

    area: LocalArea
    quarter: Quarter
    due_on: date
    closes_on: date
    versions: Sequence[PastVersion]
    study: str = ""


@transaction.atomic
def bring_in_returns(*, returns: Sequence[PastReturn], by: Author) -> list[QuarterlyReturn]:
    """Every return with its versions and figures, or none: a handful of inserts for any number of them.

    The newest version of each is in force, those before it are kept as replaced. One line of history for each
    area. Raises NotAllowed where an area has a return for such a quarter already.
    """
    _refuse_known(returns)
    made = QuarterlyReturn.objects.bulk_create(
        QuarterlyReturn(
            area=each.area, quarter_starts=each.quarter.starts, form_version=FORM_IN_USE,
            due_on=each.due_on, closes_on=each.closes_on, study=each.study,
        )
        for each in returns
    )  # fmt: skip
    pairs = [
        (_version(row, past, number, last=number == len(each.versions)), past.figures)
        for row, each in zip(made, returns, strict=True)
        for number, past in enumerate(each.versions, 1)
    ]
    Version.objects.bulk_create([version for version, _ in pairs])
    write_figures(pairs)
    _count_anew()
    _tell(made, by)
    return made


def _count_anew() -> None:
    # So many rows at once make a database plan for tables that it still takes to be empty.
    with connection.cursor() as cursor:
        for model in (QuarterlyReturn, Version, Figure):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _refuse_known(returns: Sequence[PastReturn]) -> None:
    wanted = {(each.area.pk, each.quarter.starts) for each in returns}
    rows = QuarterlyReturn.objects.filter(area__in={area for area, _ in wanted})
    for row in rows.select_related("area"):
        if (row.area_id, row.quarter_starts) in wanted:
            raise NotAllowed(f"{row.area.name} has a return for {row.quarter.label} already.")


def _version(row: QuarterlyReturn, past: PastVersion, number: int, *, last: bool) -> Version:
    return Version(
        of=row, number=number, state=State.SIGNED_OFF if last else State.REPLACED, came_by=past.came_by,
        saves=1, started_by=past.submitted_by, first_submitted_at=past.submitted_at,
        submitted_by=past.submitted_by, submitted_at=past.submitted_at, signed_off_by=past.signed_off_by,
        signed_off_at=past.signed_off_at, resubmitted_because=past.resubmitted_because,
        methods=dict(past.methods), notes=past.notes,
    )  # fmt: skip


def _tell(made: Sequence[QuarterlyReturn], by: Author) -> None:
    by_area: dict[int, list[QuarterlyReturn]] = {}
    for each in made:
        by_area.setdefault(each.area_id, []).append(each)
    hidden = of_comparison_sites(made)
    for area, rows in by_area.items():
        kept_for = EVALUATORS if any(each.pk in hidden for each in rows) else ""
        quarters = [each.quarter.label for each in rows]
        record(
            by=by, action="bring in returns", subject=f"returns of {rows[0].area.code}", area=area,
            summary=f"{rows[0].area.name}: {len(rows)} past returns brought in",
            after={"quarters": quarters}, confidential_to=kept_for,
        )  # fmt: skip
