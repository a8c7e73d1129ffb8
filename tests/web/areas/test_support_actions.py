"""Recording direct support, correcting it, and taking it back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ithrive.areas.support import SupportGiven, SupportKind
from ithrive.problems import NotAllowed
from ithrive.web.areas.actions import correct_support, import_support, record_support, remove_support
from ithrive.web.areas.models import Support
from ithrive.web.history.models import Change
from tests.cast import Cast

VISIT = SupportGiven(
    "T001", date(2024, 3, 31), SupportKind.COACHING, Decimal("0.50"), "Col", "Preparing the first round"
)


def test_the_kinds_are_the_same_in_the_rules_and_in_the_database() -> None:
    assert [kind.value for kind in SupportKind] == Support.Kind.values


def test_support_is_recorded_with_its_line(cast: Cast) -> None:
    row = record_support(area=cast.alderbrook, given=VISIT, by=cast.col)
    line = Change.objects.get()
    assert row.days == Decimal("0.5")
    assert line.summary == "Alderbrook: coaching on 31 March 2024, 0.5 days by Col."
    assert (line.by, line.area, line.subject) == (cast.col.reference, cast.alderbrook.pk, f"support {row.pk}")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"on": timezone.localdate() + timedelta(days=1)}, "not in the future"),
        ({"days": Decimal(0)}, "more than 0 and at most 60"),
        ({"days": Decimal("60.01")}, "more than 0 and at most 60"),
        ({"days": Decimal("0.125")}, "at most two decimals"),
    ],
)
def test_what_cannot_have_been_given_is_refused(cast: Cast, change: dict[str, object], reason: str) -> None:
    with pytest.raises(NotAllowed, match=reason):
        record_support(area=cast.alderbrook, given=replace(VISIT, **change), by=cast.col)  # type: ignore[arg-type] # fields of many kinds
    assert not Support.objects.exists()


def test_a_correction_keeps_what_stood_before(cast: Cast) -> None:
    row = record_support(area=cast.alderbrook, given=VISIT, by=cast.col)
    correct_support(row=row, given=replace(VISIT, days=Decimal(1)), by=cast.pat)
    row.refresh_from_db()
    line = Change.objects.first()
    assert row.days == 1
    assert line is not None
    assert (line.before or {})["days"] == "0.50"
    assert (line.after or {})["days"] == "1"


def test_a_correction_that_changes_nothing_is_not_recorded(cast: Cast) -> None:
    row = record_support(area=cast.alderbrook, given=VISIT, by=cast.col)
    correct_support(row=row, given=VISIT, by=cast.col)
    assert Change.objects.count() == 1


def test_recorded_in_error(cast: Cast) -> None:
    row = record_support(area=cast.alderbrook, given=VISIT, by=cast.col)
    remove_support(row=row, reason="Wrong area", by=cast.col)
    line = Change.objects.first()
    assert not Support.objects.exists()
    assert line is not None
    assert line.summary.endswith("0.5 days by Col. Wrong area")


def test_what_somebody_removed_meanwhile_cannot_be_corrected(cast: Cast) -> None:
    row = record_support(area=cast.alderbrook, given=VISIT, by=cast.col)
    stale = Support.objects.select_related("area").get(pk=row.pk)
    remove_support(row=row, reason="Wrong area", by=cast.col)
    with pytest.raises(NotAllowed, match="Somebody removed this entry"):
        remove_support(row=stale, reason="Again", by=cast.col)


def test_a_list_is_recorded_whole_or_not_at_all(cast: Cast) -> None:
    wrong = replace(VISIT, on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        import_support(
            entries=[(cast.alderbrook, VISIT), (cast.alderbrook, wrong)], source="a.csv", by=cast.pat
        )
    assert not Support.objects.exists()
    assert not Change.objects.exists()
