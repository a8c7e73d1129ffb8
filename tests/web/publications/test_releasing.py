"""Two people release, after comparing with everything before; and what is released stays as it was."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ithrive.disclosure import Seen, attack
from ithrive.problems import NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.overview.release_effects import changes_between, effect_on_releases, sent_again
from ithrive.web.overview.releases import begin
from ithrive.web.publications.actions import (
    finish_preparing,
    reasons_against,
    release_figures,
    withdraw_prepared,
)
from ithrive.web.publications.life import NEXT, State
from ithrive.web.publications.models import Release, ReleaseTable
from ithrive.web.publications.queries import earlier_entries, released
from tests.cast import Cast
from tests.web.publications.scenes import (
    QUARTER,
    STARTED,
    a_quarter,
    detentions,
    help_within_weeks,
    members,
    prepared,
    signed_off,
    waits,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(cast: Cast) -> Release:
    a_quarter(cast)
    return prepared(cast, chosen=("H3",))


def test_the_life_of_a_release_forgets_no_state() -> None:
    assert set(NEXT) == set(State)
    assert NEXT[State.RELEASED] == NEXT[State.WITHDRAWN] == frozenset()


def test_who_prepared_a_release_cannot_release_it(cast: Cast, release: Release) -> None:
    with pytest.raises(NotAllowed, match="You prepared this release"):
        release_figures(release=release, by=cast.pat)
    assert not released().exists()


def test_the_database_knows_the_two_person_rule_as_well(cast: Cast, release: Release) -> None:
    with pytest.raises(IntegrityError, match="two_people_release"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(released_by=cast.pat)


def test_another_person_releases_it_once(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    assert list(released()) == [release]
    line = Change.objects.get(action="release figures")
    assert (line.by, line.after["digest"]) == (cast.eve.reference, release.digest)
    assert line.after["prepared by"] == cast.pat.reference
    with pytest.raises(NotAllowed, match="released cannot become released"):
        release_figures(release=release, by=cast.eve)
    (entry,) = earlier_entries(cast.country, ["H3"])
    assert (entry.prepared_by, entry.released_by) == (cast.pat.reference, cast.eve.reference)


def test_the_history_tells_no_hidden_figure(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    told = json.dumps(
        list(Change.objects.filter(subject=f"release {release.reference}").values("after", "before"))
    )
    assert "keeps" not in told
    assert "started" not in told


def test_figures_changed_behind_our_back_are_not_released(cast: Cast, release: Release) -> None:
    table = release.tables.get()
    table.rows[0][11] = 999
    table.save()
    with pytest.raises(NotAllowed, match="not those that were prepared"):
        release_figures(release=release, by=cast.eve)


def test_what_is_not_whole_cannot_be_finished(cast: Cast) -> None:
    a_quarter(cast)
    half = begin(
        country=cast.country, title="Half", quarters=[QUARTER], chosen=["H3"], rule="programme", by=cast.pat
    )
    with pytest.raises(NotAllowed, match="Not every measure"):
        finish_preparing(release=half, by=cast.pat)
    with pytest.raises(NotAllowed, match="being prepared cannot become released"):
        release_figures(release=half, by=cast.eve)


def test_a_withdrawn_release_is_gone_for_good(cast: Cast, release: Release) -> None:
    withdraw_prepared(release=release, reason="A wrong quarter", by=cast.pat)
    assert release.state == State.WITHDRAWN
    with pytest.raises(NotAllowed):
        release_figures(release=release, by=cast.eve)
    with pytest.raises(NotAllowed):
        withdraw_prepared(release=release, reason="Again", by=cast.pat)


def test_references_follow_the_quarter(cast: Cast, release: Release) -> None:
    assert release.reference == "2026-27-q1"
    assert prepared(cast, chosen=("H2",)).reference == "2026-27-q1-2"


@pytest.fixture
def resubmitted(cast: Cast) -> Release:
    """A first release, then Elmstow sends its one small number again, as a larger one."""
    areas = a_quarter(cast)
    first = prepared(cast, chosen=("H3",))
    release_figures(release=first, by=cast.eve)
    again = (*STARTED["T005"][:4], 30, STARTED["T005"][5])
    signed_off(areas[4], help_within_weeks(again), at=timezone.now())
    first.refresh_from_db()
    return first


def test_a_second_release_is_chosen_so_that_comparing_tells_nothing(cast: Cast, resubmitted: Release) -> None:
    second = prepared(cast, chosen=("H3",))
    assert reasons_against(second, cast.eve) == ()
    release_figures(release=second, by=cast.eve)
    seen = [each.seen for each in earlier_entries(cast.country, ["H3"])]
    assert len({each.vintage for each in seen}) == 2
    assert [each for each in attack(seen[:1]) if not each.open] == []


def test_a_release_that_gives_an_earlier_one_away_is_refused_naming_figures(cast: Cast) -> None:
    """Two are prepared before either is released: the second could not look back at the first."""
    areas = a_quarter(cast)
    first = prepared(cast, chosen=("H3",), rule="partners")
    signed_off(areas[4], help_within_weeks((*STARTED["T005"][:4], 30, STARTED["T005"][5])), at=timezone.now())
    careless = prepared(cast, chosen=("H3",), rule="partners")
    release_figures(release=first, by=cast.eve)
    reasons = reasons_against(careless, cast.eve)
    assert reasons
    for each in reasons:
        assert "is hidden, but everything published together would show that it is" in each
    with pytest.raises(NotAllowed, match=r"H3, local-area T005"):
        release_figures(release=careless, by=cast.eve)
    assert list(released()) == [first]


def test_what_a_resubmission_does_to_published_figures(cast: Cast, resubmitted: Release) -> None:
    area = cast.country.local_areas.get(code="T005")
    effects = {each.key.text: each for each in effect_on_releases(area, QUARTER)}
    small = effects["H3.started/getting-risk-support"]
    assert (small.release, small.published) == (resubmitted, "Hidden")
    assert (small.then.number, small.latest.number) == (3, 30)
    whole = effects["H3.started"]
    assert (whole.published, whole.then.number, whole.latest.number) == ("220", 220, 247)
    assert "H3.started/thriving" not in effects
    assert effect_on_releases(cast.alderbrook, QUARTER) == ()


def test_figures_not_yet_signed_off_can_be_asked_about(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    found = effect_on_releases(cast.alderbrook, QUARTER, help_within_weeks((60, 45, 80, 33, 12, 6)))
    assert {each.key.grouping for each in found} == {"", "not-known"}


def test_the_public_reads_who_sent_again_and_what_reads_otherwise_since(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    again = (90, *STARTED["T001"][1:])
    signed_off(cast.alderbrook, help_within_weeks(again), at=timezone.now())
    assert [(each.area, each.quarter) for each in sent_again(release)] == [("Alderbrook", "2026/27 Q1")]
    second = prepared(cast, chosen=("H3",))
    release_figures(release=second, by=cast.eve)
    pairs = changes_between(release, second, "H3")
    changed = {(old.area, old.figure, old.grouping): (old.value, new.value) for old, new in pairs}
    assert changed["T001", "started", "thriving"] == (60, 90)


def test_to_sign_off_the_same_again_or_other_measures_revises_nothing(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    same = help_within_weeks(STARTED["T001"])
    signed_off(cast.alderbrook, same | waits(8, 30, 90) | detentions(2), at=timezone.now())
    signed_off(cast.alderbrook, same | waits(80, 30, 90) | detentions(9), at=timezone.now())
    assert sent_again(release) == []
    page = Client().get(f"/releases/{release.reference}/").content.decode()
    assert "Revised since" not in page


def test_figures_that_come_late_are_not_called_revised_figures_of_that_area(cast: Cast) -> None:
    late = members(cast)[0]
    for area in cast.country.local_areas.exclude(pk=late.pk).filter(code__in=STARTED):
        signed_off(area, help_within_weeks(STARTED[area.code]))
    release = prepared(cast, chosen=("H3",))
    release_figures(release=release, by=cast.eve)
    signed_off(late, help_within_weeks(STARTED["T001"]), at=timezone.now())
    signed_off(late, help_within_weeks((90, *STARTED["T001"][1:])), at=timezone.now())
    assert [(each.area, each.first) for each in sent_again(release)] == [
        ("Alderbrook", True),
        ("Alderbrook", False),
    ]


def test_a_page_says_of_each_revision_whether_a_later_release_has_it(cast: Cast, release: Release) -> None:
    release_figures(release=release, by=cast.eve)
    address = f"/releases/{release.reference}/"
    release_figures(release=prepared(cast, chosen=("H3",)), by=cast.eve)
    page = Client().get(address).content.decode()
    assert "Published again since" in page
    assert "No area has revised its figures since" in page
    signed_off(cast.alderbrook, help_within_weeks((90, *STARTED["T001"][1:])), at=timezone.now())
    assert [each.published for each in sent_again(release)] == [False]
    assert "No later release has these yet" in Client().get(address).content.decode()
    release_figures(release=prepared(cast, chosen=("H3",)), by=cast.eve)
    assert [each.published for each in sent_again(release)] == [True]
    assert "No later release has these yet" not in Client().get(address).content.decode()


def test_what_is_only_shown_otherwise_is_not_called_revised(cast: Cast, release: Release) -> None:
    """Another rule rounds and hides otherwise; here the rows are given, as if by one."""
    release_figures(release=release, by=cast.eve)
    later = begin(
        country=cast.country, title="Later", quarters=[QUARTER], chosen=["H3"], rule="partners", by=cast.pat
    )
    table = release.tables.get()
    table.pk, table.release = None, later
    table.rows[0][11] += 1
    table.save()
    Release.objects.filter(pk=later.pk).update(
        state=State.RELEASED, released_by=cast.eve, released_at=timezone.now()
    )
    page = Client().get(f"/releases/{release.reference}/H3/").content.decode()
    assert "As published then, and since" in page
    assert "its rule is another" in page
    assert "Revised since" not in page
    assert sent_again(release) == []


def test_every_released_table_withstands_the_attacker(cast: Cast) -> None:
    a_quarter(cast)
    release_figures(release=prepared(cast), by=cast.eve)
    for table in ReleaseTable.objects.filter(release__state=State.RELEASED):
        for entry in earlier_entries(cast.country, [table.measure]):
            assert [each for each in attack([Seen("v", entry.publication)]) if not each.open] == []
