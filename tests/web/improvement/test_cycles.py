"""Tests of change on pages: recorded, finished, followed by the next cycle, and drawn on charts."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ithrive.improvement import Decision
from ithrive.problems import NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.history.record import Command
from ithrive.web.improvement import cycle_actions, queries
from ithrive.web.improvement.models import Cycle
from ithrive.web.overview.demonstration.tests_of_change import load_cycles
from tests.cast import Cast, signed_in
from tests.web.improvement.test_notes import day

TESTS = "/improvement/areas/thornmere/local-area/T001/tests-of-change/"
ASKED = {
    "change": "Texts the day before",
    "aim": "Fewer missed appointments",
    "prediction": "Half as many are missed",
    "plan": "Jo sends them for six weeks",
    "measure": "H5",
}
BEGAN, ENDED = date(2025, 4, 1), date(2025, 5, 13)


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast.ben)


def sends(client: Client, path: str, form: dict[str, str]) -> str:
    return client.post(f"{TESTS}{path}", form, follow=True).content.decode()


def begun(cast: Cast, **changes: object) -> Cycle:
    asked = ASKED | {"area": cast.alderbrook, "started": BEGAN, "by": cast.ben} | changes
    return cycle_actions.begin_cycle(**asked)  # type: ignore[arg-type] # named above


def test_a_test_is_begun_finished_and_followed_by_the_next_cycle(cast: Cast, ben: Client) -> None:
    assert "No test of change is recorded yet." in ben.get(TESTS).content.decode()
    said = sends(ben, "begin/", ASKED | day("started", BEGAN))
    assert "Half as many are missed" in said
    assert "Under way" in said
    row = Cycle.objects.get()
    assert "You expected: Half as many are missed" in ben.get(f"{TESTS}{row.pk}/finish/").content.decode()
    said = sends(
        ben, f"{row.pk}/finish/", {"found": "A third fewer", "decision": "adapt"} | day("ended", ENDED)
    )
    assert "A third fewer" in said
    assert "To be adapted" in said
    asking = ben.get(f"{TESTS}{row.pk}/follow/").content.decode()
    assert "Fewer missed appointments" in asking
    assert "of which you found: A third fewer" in asking
    said = sends(ben, f"{row.pk}/follow/", ASKED | {"change": "Texts at noon"} | day("started", ENDED))
    assert "Next cycle of" in said
    lines = Change.objects.order_by("sequence").values_list("action", flat=True)
    assert list(lines) == ["begin a test of change", "finish a test of change", "begin a test of change"]


def test_charts_of_the_measure_show_it_and_no_others(cast: Cast) -> None:
    row = begun(cast)
    cycle_actions.finish_cycle(row=row, ended=ENDED, found="Fewer", decision=Decision.ADOPT, by=cast.ben)
    words = [(each.day, each.words) for each in queries.annotations_of(cast.alderbrook, "H5")]
    assert words == [(BEGAN, "begun: Texts the day before"), (ENDED, "adopted: Texts the day before")]
    assert queries.annotations_of(cast.alderbrook, "H1") == ()
    assert queries.annotations_of(cast.brackenford, "H5") == ()


def test_a_test_may_stand_on_no_chart(cast: Cast, ben: Client) -> None:
    sends(ben, "begin/", ASKED | {"measure": ""} | day("started", BEGAN))
    assert Cycle.objects.get().measure == ""
    assert "Its chart" not in ben.get(TESTS).content.decode()


def test_what_the_rules_refuse_is_said_on_the_form(cast: Cast, ben: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "still to come" in sends(ben, "begin/", ASKED | day("started", tomorrow))
    assert "Enter what you expect to happen" in sends(
        ben, "begin/", ASKED | {"prediction": " "} | day("started", BEGAN)
    )
    row = begun(cast)
    early = {"found": "x", "decision": "adopt"} | day("ended", BEGAN - timedelta(days=1))
    assert "It ended before it began." in sends(ben, f"{row.pk}/finish/", early)
    assert "still under way" in sends(ben, f"{row.pk}/follow/", ASKED | day("started", ENDED))
    assert Cycle.objects.count() == 1


def test_a_test_is_taken_back_with_a_reason_unless_another_follows(cast: Cast, ben: Client) -> None:
    first = begun(cast)
    cycle_actions.finish_cycle(row=first, ended=ENDED, found="Fewer", decision=Decision.ADAPT, by=cast.ben)
    second = begun(cast, started=ENDED, after=first)
    assert "Take that one back first" in sends(ben, f"{first.pk}/remove/", {"reason": "Twice"})
    for row in (second, first):
        sends(ben, f"{row.pk}/remove/", {"reason": "Recorded twice"})
    assert not Cycle.objects.exists()
    last = Change.objects.order_by("-sequence")[0]
    assert (last.action, "Recorded twice" in last.summary) == ("take back a test of change", True)
    with pytest.raises(NotAllowed, match="in the meantime"):
        cycle_actions.remove_cycle(row=second, reason="x", by=cast.ben)


def test_strangers_learn_nothing_and_readers_are_offered_no_change(cast: Cast) -> None:
    begun(cast)
    assert signed_in(cast.cam).get(TESTS).status_code == 404
    said = signed_in(cast.mia).get(TESTS).content.decode()
    assert "Texts the day before" in said
    assert "Take back" not in said
    assert "Record a test" not in said


def test_a_test_of_another_area_cannot_be_reached_or_followed(cast: Cast, ben: Client) -> None:
    other = begun(cast, area=cast.brackenford, by=Command("tests"))
    assert ben.get(f"{TESTS}{other.pk}/finish/").status_code == 404
    with pytest.raises(NotAllowed, match="another area"):
        begun(cast, after=other)
    with pytest.raises(NotAllowed, match="no measure"):
        begun(cast, measure="H99")


def test_the_database_knows_that_an_end_says_what_was_found(cast: Cast) -> None:
    row = begun(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cycle.objects.filter(pk=row.pk).update(ended=ENDED)


def test_the_demonstration_has_a_test_and_its_next_cycle(cast: Cast) -> None:
    load_cycles(cast.alderbrook, Command("demonstration"))
    second, first = queries.cycles_of(cast.alderbrook)
    assert second.after == first
    assert (first.decision, second.decision) == ("adapt", "")
