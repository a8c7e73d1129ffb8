"""Notes and rebases of an area: who records them, what the history keeps, and what charts are given."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.improvement import NATIONAL_EVENTS, Annotation, AnnotationKind
from ithrive.improvement import Rebase as RebaseValue
from ithrive.problems import NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.improvement import actions, queries
from ithrive.web.improvement.models import ChartNote, Rebase
from tests.cast import Cast, signed_in

BESIDE = "/improvement/areas/thornmere/local-area/T001/H1/"
DAY = date(2025, 4, 1)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast.ben)


def sends(client: Client, path: str, form: dict[str, str]) -> str:
    return client.post(f"{BESIDE}{path}", form, follow=True).content.decode()


def note(cast: Cast, words: str = "Reminders by text") -> ChartNote:
    return actions.add_note(
        area=cast.alderbrook,
        measure="H1",
        day=DAY,
        kind=AnnotationKind.TEST_OF_CHANGE,
        words=words,
        by=cast.ben,
    )


def rebase(cast: Cast, on: date = DAY, reason: str = "A clinic") -> Rebase:
    return actions.add_rebase(
        area=cast.alderbrook, measure="H1", on=on, reason=reason, decided_by="Steering group", by=cast.ben
    )


def test_a_note_is_added_read_and_taken_back(ben: Client) -> None:
    said = ben.get(f"{BESIDE}notes/").content.decode()
    assert "Nothing is noted yet." in said
    said = sends(ben, "notes/add/", {"kind": "test of change", "words": "Reminders"} | day("day", DAY))
    assert "1 April 2025: Reminders (test of change)" in said
    number = ChartNote.objects.get().pk
    said = sends(ben, f"notes/{number}/remove/", {"reason": "It was later"})
    assert "Nothing is noted yet." in said
    lines = Change.objects.order_by("sequence").values_list("action", flat=True)
    assert list(lines) == ["note on a chart", "take back a note"]
    assert "It was later" in Change.objects.order_by("sequence")[1].summary


def test_lines_begin_anew_with_a_reason_and_a_name(ben: Client) -> None:
    form = {"reason": "A second clinic", "decided_by": "Steering group"} | day("on", DAY)
    assert "Enter what changed" in sends(ben, "rebases/add/", form | {"reason": " "})
    assert "Enter who decided to rebase" in sends(ben, "rebases/add/", form | {"decided_by": ""})
    assert Rebase.objects.count() == 0
    assert "1 April 2025: A second clinic (Steering group)" in sends(ben, "rebases/add/", form)
    assert "Lines begin anew on this day already." in sends(ben, "rebases/add/", form)
    said = sends(ben, f"rebases/{Rebase.objects.get().pk}/remove/", {"reason": "It never opened"})
    assert "The lines run through from the first figure." in said


def test_one_who_only_reads_is_offered_no_change(cast: Cast) -> None:
    note(cast)
    said = signed_in(cast.mia).get(f"{BESIDE}notes/").content.decode()
    assert "Reminders by text" in said
    assert "Take back" not in said
    assert "Add a note" not in said


def test_a_stranger_learns_nothing(cast: Cast) -> None:
    assert signed_in(cast.cam).get(f"{BESIDE}notes/").status_code == 404


def test_a_note_of_another_area_or_measure_cannot_be_reached(cast: Cast, ben: Client) -> None:
    other = ChartNote.objects.create(area=cast.brackenford, measure="H1", day=DAY, kind="merger", words="x")
    elsewhere = ChartNote.objects.create(
        area=cast.alderbrook, measure="H2", day=DAY, kind="merger", words="x"
    )
    for row in (other, elsewhere):
        assert ben.post(f"{BESIDE}notes/{row.pk}/remove/", {"reason": "x"}).status_code == 404
    assert ChartNote.objects.count() == 2


def test_a_measure_nobody_defined_has_no_page(ben: Client) -> None:
    assert ben.get(f"{BESIDE.replace('H1', 'H99')}notes/").status_code == 404


def test_rules_refuse_what_would_mislead(cast: Cast) -> None:
    note(cast)
    with pytest.raises(NotAllowed, match="noted already"):
        note(cast)
    with pytest.raises(NotAllowed, match="still to come"):
        rebase(cast, on=timezone.localdate() + timedelta(1))
    with pytest.raises(NotAllowed, match="no measure"):
        actions.add_note(
            area=cast.alderbrook,
            measure="H99",
            day=DAY,
            kind=AnnotationKind.MERGER,
            words="x",
            by=cast.ben,
        )
    assert Change.objects.count() == 1


def test_what_was_removed_meanwhile_is_not_removed_again(cast: Cast) -> None:
    told, begun = note(cast), rebase(cast)
    actions.remove_note(row=told, reason="x", by=cast.ada)
    actions.remove_rebase(row=begun, reason="x", by=cast.ada)
    told.pk, begun.pk = 1_000, 1_000
    with pytest.raises(NotAllowed, match="in the meantime"):
        actions.remove_note(row=told, reason="x", by=cast.ada)
    with pytest.raises(NotAllowed, match="in the meantime"):
        actions.remove_rebase(row=begun, reason="x", by=cast.ada)


def test_charts_are_given_notes_rebases_and_what_happened_to_all(cast: Cast) -> None:
    note(cast)
    rebase(cast)
    noted = Annotation(DAY, AnnotationKind.TEST_OF_CHANGE, "Reminders by text")
    begun = RebaseValue(DAY, "A clinic", "Steering group")
    assert queries.annotations_of(cast.alderbrook, "H1") == (noted,)
    assert queries.recorded_rebases(cast.alderbrook, "H1") == (begun,)
    assert queries.recorded_beside(cast.alderbrook, ["H1", "H2"]) == {
        "H1": ((noted,), (begun,)),
        "H2": ((), ()),
    }
    cast.country.fictional = False
    cast.country.save()
    cast.alderbrook.refresh_from_db()
    assert queries.annotations_of(cast.alderbrook, "H2") == NATIONAL_EVENTS
