"""Saying which returns areas owe, and by when."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from ithrive.periods import Quarter
from ithrive.problems import NotAllowed
from ithrive.returns.schedule import CLOSES_AFTER, DUE_AFTER, expected_returns
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.areas.models import LocalArea
from ithrive.web.history.reading import EVALUATORS
from ithrive.web.history.record import Author, record
from ithrive.web.returns.actions._held import held, tell
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.queries import of_comparison_sites
from ithrive.web.returns.versions import FORM_IN_USE

ALL_KNOWN = "Every one of these returns is expected already."


@transaction.atomic
def expect_returns(
    *,
    areas: Sequence[LocalArea],
    quarters: Sequence[Quarter],
    due_after: timedelta = DUE_AFTER,
    closes_after: timedelta = CLOSES_AFTER,
    study: str = "",
    by: Author,
) -> list[QuarterlyReturn]:
    """A return of each area for each quarter, but for those that are expected already.

    Both deadlines are counted from the end of the quarter.
    """
    refuse(None if areas and quarters else "Choose at least one area and one quarter.")
    refuse(None if timedelta() <= due_after <= closes_after else "Returns close on the due day or later.")
    by_number = {str(each.pk): each for each in LocalArea.objects.select_for_update().filter(
        pk__in=[each.pk for each in areas]).order_by("pk")}  # fmt: skip
    known = set(
        QuarterlyReturn.objects.filter(area__in=by_number.values()).values_list("area_id", "quarter_starts")
    )
    wanted = expected_returns(by_number, quarters, due_after=due_after, closes_after=closes_after)
    made = QuarterlyReturn.objects.bulk_create(
        QuarterlyReturn(
            area=by_number[each.area], quarter_starts=each.quarter.starts, form_version=FORM_IN_USE,
            due_on=each.due_on, closes_on=each.closes_on, study=study,
        )
        for each in wanted
        if (int(each.area), each.quarter.starts) not in known
    )  # fmt: skip
    refuse(None if made else ALL_KNOWN)
    _tell(made, by)
    return made


def _tell(made: Sequence[QuarterlyReturn], by: Author) -> None:
    hidden = of_comparison_sites(made)
    by_area: dict[LocalArea, list[QuarterlyReturn]] = {}
    for each in made:
        by_area.setdefault(each.area, []).append(each)
    for area, rows in by_area.items():
        quarters = [each.quarter.label for each in rows]
        record(
            by=by, action="expect returns", subject=f"returns of {area.code}", area=area.pk,
            summary=f"{area.name}: returns expected for {', '.join(quarters)}",
            after={each.quarter.label: [each.due_on, each.closes_on] for each in rows},
            confidential_to=EVALUATORS if any(each.pk in hidden for each in rows) else "",
        )  # fmt: skip


@transaction.atomic
def change_deadlines(*, found: QuarterlyReturn, due_on: date, closes_on: date, by: Author) -> None:
    """Another soft deadline, another close: also how a quarter that closed is opened again."""
    row = held(found)
    if not row.quarter.ends <= due_on <= closes_on:
        raise NotAllowed(
            f"A return is due after its quarter, from {row.quarter.ends:%-d %B %Y} on, and closes on the day "
            "it is due or later."
        )
    before = {"due": row.due_on, "closes": row.closes_on}
    row.due_on, row.closes_on = due_on, closes_on
    row.save(update_fields=["due_on", "closes_on"])
    tell(
        row, by=by, action="change a return's deadlines",
        happened=f"due on {due_on:%-d %B %Y}, closes on {closes_on:%-d %B %Y}",
        before=before, after={"due": due_on, "closes": closes_on},
    )  # fmt: skip
