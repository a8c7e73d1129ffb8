"""The home of an area, its steps and proposals: what is said, and the wall around private reflections."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.areas.timeline import plain_day
from ithrive.implementation import Part, Shows
from ithrive.implementation import Post as PostValue
from ithrive.web.areas.actions import set_membership
from ithrive.web.history.models import Change
from ithrive.web.implementation import actions
from ithrive.web.implementation.models import Priority
from ithrive.web.overview.whereabouts import whereabouts
from ithrive.web.rights import Role
from tests.cast import SINCE, Cast, person, signed_in
from tests.web.assessments.scenes import locked, moderating, reflected, scheduled, signed
from tests.web.returns import scenes as returned

HOME = "/home/thornmere/local-area/T001/"
WORK = "/implementation/areas/thornmere/local-area/T001/"
TODAY = timezone.localdate()
SECRETS = ("private self-reflection", "Private self-reflection", "Scored 1", "Scored 2")


def weeks_ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


def page(client: Client, path: str = HOME) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def at_work(cast: Cast) -> Cast:
    """Alderbrook: a member for 40 weeks, one step reached, the next begun 30 weeks ago, a plan with one
    overdue action."""
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=weeks_ago(40), by=cast.pat)
    for step, shows, weeks in (
        ("engagement", Shows.BEGUN, 38),
        ("engagement", Shows.REACHED, 32),
        ("understanding-your-system", Shows.BEGUN, 30),
    ):
        actions.record_evidence(
            area=cast.alderbrook,
            step=step,
            shows=shows,
            on=weeks_ago(weeks),
            what=f"a paper of week {weeks}",
            by=cast.ada,
        )
    priority = Priority.objects.create(
        area=cast.alderbrook, title="One door", chosen_because="Asked", chosen_on=weeks_ago(30)
    )
    actions.plan_action(
        priority=priority, title="Agree the door", owner="Jo Reed", due_on=weeks_ago(1), by=cast.ada
    )
    return cast


def test_the_home_says_where_what_is_due_what_is_next_and_warns(at_work: Cast) -> None:
    said = page(signed_in(at_work.ada))
    assert "In the phase Understanding, assessing and planning for 38 weeks" in said
    assert "1 of 16 steps reached" in said
    assert "1 overdue." in said
    assert "In the last 30 days, nothing. The last before that:" in said
    assert "Agree the door" in said
    assert "Jo Reed" in said
    assert "What may be holding this area up" in said
    assert "no implementation lead since" in said
    assert "No support is recorded yet." in said


def test_nothing_of_the_approach_is_asked_of_an_area_that_never_took_part(cast: Cast) -> None:
    said = page(signed_in(cast.ada))
    assert "This area does not take part in the programme." in said
    assert "Nothing of the Approach to Implementation is asked" in said
    assert "Record what happened" not in said
    assert "phase-track" not in said
    actions.record_evidence(
        area=cast.alderbrook,
        step="engagement",
        shows=Shows.BEGUN,
        on=weeks_ago(2),
        what="A first meeting",
        by=cast.ada,
    )
    assert "Record what happened" in page(signed_in(cast.ada))


def test_nothing_recorded_is_said_and_is_no_mistake(cast: Cast) -> None:
    set_membership(area=cast.alderbrook, role=MemberRole.MEMBER, starts=TODAY, by=cast.pat)
    said = page(signed_in(cast.ada))
    assert "No step is recorded yet." in said
    assert "Nothing is due in the next eight weeks." in said
    assert "It is the first step of the Approach." in said
    assert "In the last 30 days, nothing" in said


def test_what_changed_is_told_since_the_reader_last_looked(at_work: Cast) -> None:
    client = signed_in(at_work.ada)
    page(client)
    session = client.session
    session["looked-at-home"] = {str(at_work.alderbrook.pk): (None, weeks_ago(31).isoformat())}
    session.save()
    said = page(client)
    assert "Since you last looked" in said
    assert "a paper of week 30" in said
    assert "a paper of week 32" not in said
    assert "Since you last looked" in page(client)  # still, later that day
    assert "In the last 30 days" in page(client, f"{HOME}?month=1")


def test_a_round_is_due_until_a_second_person_has_signed_it_off(cast: Cast) -> None:
    agreeing = moderating(cast.alderbrook, cast.ben, cast.col, due=TODAY)
    waiting = locked(cast.alderbrook, cast.ben, cast.eve, cast.eve, due=weeks_ago(1))
    said = page(signed_in(cast.mia))
    assert "2 due in the next eight weeks." in said
    assert f'<a href="/assessments/rounds/{agreeing.pk}/">' in said
    assert "its scores are to be agreed and locked" in said
    assert f'<a href="/assessments/rounds/{waiting.pk}/">' in said
    assert "a second person is to sign it off" in said
    assert "rated by everybody" in said


def test_each_thing_due_leads_to_where_it_is_seen_to(at_work: Cast) -> None:
    owed = returned.owed(at_work.alderbrook)
    said = page(signed_in(at_work.ada))
    priority = at_work.alderbrook.priorities.get()
    assert f'<a href="{WORK}plan/#priority-{priority.pk}">Agree the door</a>' in said
    assert f'id="priority-{priority.pk}"' in page(signed_in(at_work.ada), f"{WORK}plan/")
    assert f'<a href="/returns/{owed.pk}/">Figures for' in said


def test_choices_and_what_was_done_for_a_priority_closed_since_are_told(at_work: Cast) -> None:
    priority = at_work.alderbrook.priorities.get()
    done = priority.actions.get()
    actions.finish_action(row=done, on=TODAY, evidence="The door opened", by=at_work.ada)
    actions.close_priority(row=priority, reason="One door stands", by=at_work.ada)
    actions.choose_priority(area=at_work.alderbrook, title="Two doors", because="Asked", by=at_work.ada)
    said = page(signed_in(at_work.ada))
    assert "Done: Agree the door (The door opened)" in said
    assert "Closed: One door (One door stands)" in said
    assert "Chosen: Two doors (Asked)" in said
    assert "Nothing is due in the next eight weeks." in said


def test_figures_sent_and_signed_off_are_told_to_whoever_may_know_of_them(cast: Cast) -> None:
    found = returned.owed(cast.alderbrook)
    returned.signed_off(found, by=cast.ben, signed_by=cast.ada)
    for who in (cast.ada, cast.col):
        said = page(signed_in(who))
        assert f"Figures for {found.quarter.label} sent" in said
        assert f"Figures for {found.quarter.label} signed off" in said
    set_membership(area=cast.alderbrook, role=MemberRole.COMPARISON, starts=weeks_ago(40), by=cast.eve)
    assert f"Figures for {found.quarter.label}" in page(signed_in(cast.mia))
    assert f"Figures for {found.quarter.label}" not in page(signed_in(cast.col))


def test_a_reader_of_one_area_is_led_home_and_of_two_asked_which(cast: Cast) -> None:
    assert signed_in(cast.ada).get("/home/").headers["Location"] == HOME
    both = person("Ned", role=Role.COACH, area=cast.alderbrook)
    both.roles.create(role=Role.COACH, area=cast.brackenford, starts=SINCE)
    listed = page(signed_in(both), "/home/")
    assert "Alderbrook" in listed
    assert "Brackenford" in listed
    assert "You hold no role in a single area." in page(signed_in(cast.pat), "/home/")
    assert 'href="/home/thornmere/local-area/T001/"' in page(signed_in(cast.ada), "/")
    assert "Your area" not in page(Client(), "/")


def test_the_header_offers_each_reader_their_own_places(cast: Cast) -> None:
    def offered(who: str) -> list[str]:
        header = page(signed_in(getattr(cast, who)), "/about/").partition("</header>")[0]
        places = ("/home/", "/assessments/", "/returns/", "/coach/", "/board/")
        return [href for href in places if f'href="{href}"' in header]

    assert offered("ada") == ["/home/", "/assessments/", "/returns/"]
    assert offered("col") == ["/home/", "/assessments/", "/returns/", "/coach/", "/board/"]
    assert offered("pat") == ["/assessments/", "/returns/", "/coach/", "/board/"]
    assert offered("eve") == ["/assessments/", "/returns/", "/board/"]
    assert offered("dan") == []
    assert "/home/" not in page(Client(), "/about/")


def test_a_newcomer_finds_what_is_counted_and_what_is_released(cast: Cast) -> None:
    home = page(Client(), "/")
    for href in ("/measures/", "/releases/"):
        assert home.count(f'href="{href}"') == 2  # in the header, and as a card
    assert 'href="/measures/"' in page(Client(), "/framework/")
    grouping = page(Client(), "/framework/groupings/getting-help/")
    assert 'href="/measures/#getting-help"' in grouping
    assert 'id="getting-help"' in page(Client(), "/measures/")


# --- Steps


def test_steps_are_recorded_and_taken_back_on_the_page(cast: Cast) -> None:
    client = signed_in(cast.ben)
    form = {"shows": "reached", "on_0": "1", "on_1": "3", "on_2": "2024", "what": "The group met"}
    said = client.post(f"{WORK}steps/engagement/record/", form, follow=True).content.decode()
    assert "1 of 16 steps reached" in said
    assert "Return to it" in said
    row = cast.alderbrook.step_evidence.get()
    said = client.post(f"{WORK}evidence/{row.pk}/in-error/", {"reason": "No"}, follow=True).content.decode()
    assert "No step is recorded yet." in said
    assert client.get(f"{WORK}steps/no-such-step/record/").status_code == 404
    assert 'value="skipped" checked' in page(client, f"{WORK}steps/engagement/record/?shows=skipped")
    assert "Record" not in page(signed_in(cast.mia), WORK).split("<main")[1]


def test_areas_like_it_are_counted_and_never_named(at_work: Cast) -> None:
    said = page(signed_in(at_work.ada), WORK)
    assert "Too few member areas that began within a year of this one to compare with (0)." in said
    assert "Brackenford" not in said


def test_a_signed_off_round_is_evidence_for_everybody_and_a_private_one_for_nobody(cast: Cast) -> None:
    signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.pat, due=TODAY)
    reflected(cast.brackenford, cast.cam)
    own, other = whereabouts([cast.alderbrook, cast.brackenford], TODAY)
    assert [each.step for each in own.progress.evidence] == ["thrive-assessment"] * 2
    assert other.progress.evidence == ()
    assert other.last_round is None


def test_a_round_whose_window_closed_is_a_warning_until_one_is_held(at_work: Cast) -> None:
    lead = PostValue(Part.LEAD, "Jo", "education", weeks_ago(40))
    actions.record_post(area=at_work.alderbrook, post=lead, by=at_work.ada)
    scheduled(at_work.alderbrook, due=weeks_ago(20))
    signs = [each.sign.value for each in whereabouts([at_work.alderbrook], TODAY)[0].attention.warnings]
    assert signs == ["nothing dated", "round overdue"]
    signed(at_work.alderbrook, at_work.ben, at_work.eve, at_work.eve, at_work.pat, due=TODAY)
    assert whereabouts([at_work.alderbrook], TODAY)[0].attention.warnings == ()


def test_an_area_that_is_no_member_is_not_warned_about(cast: Cast) -> None:
    assert whereabouts([cast.alderbrook], TODAY)[0].attention.warnings == ()


# --- The wall


def test_nobody_but_the_area_hears_of_a_private_reflection(at_work: Cast) -> None:
    reflected(at_work.alderbrook, at_work.ada)
    scheduled(at_work.alderbrook, purpose="reflection", due=TODAY + timedelta(days=183))  # type: ignore[arg-type]
    own = page(signed_in(at_work.mia))
    assert "Private self-reflection due on" in own
    for who in ("col", "eve", "pat", "dan"):
        client = signed_in(getattr(at_work, who))
        for path in (HOME, WORK, f"{WORK}proposals/", f"{WORK}plan/", f"{WORK}plan.csv"):
            said = page(client, path)
            assert not [secret for secret in SECRETS if secret in said], (who, path)
    for who in ("col", "pat"):
        said = page(signed_in(getattr(at_work, who)), "/coach/")
        assert not [secret for secret in SECRETS if secret in said], who


def test_a_priority_from_a_private_reflection_tells_nothing_of_it(at_work: Cast) -> None:
    round = reflected(at_work.alderbrook, at_work.ada)
    client = signed_in(at_work.ada)
    proposals = page(client, f"{WORK}proposals/")
    assert "From the private self-reflection due on" in proposals
    assert "Scored 1 of 4" in proposals
    statement = round.agreed.get(score=1).statement
    assert "Neither the round nor its score" in page(client, f"{WORK}proposals/{statement}/")
    client.post(f"{WORK}proposals/{statement}/", {"because": "We want it"})
    row = Priority.objects.get(statement=statement)
    assert (row.round, row.proposed_because) == (None, "")
    line = Change.objects.filter(action="choose a priority").first()
    assert line is not None
    assert not [secret for secret in SECRETS if secret in f"{line.summary} {line.after}"]
    assert "In the plan" in page(client, f"{WORK}proposals/")
    assert row.title in page(signed_in(at_work.col), f"{WORK}plan/")


def test_a_priority_from_an_evaluated_round_keeps_its_reason(at_work: Cast) -> None:
    round = signed(at_work.alderbrook, at_work.ben, at_work.eve, at_work.eve, at_work.pat)
    statement = round.agreed.filter(superseded_at=None).order_by("statement")[0].statement
    client = signed_in(at_work.col)
    client.post(f"{WORK}proposals/{statement}/", {"because": "The group chose it"})
    row = Priority.objects.get(statement=statement)
    assert row.round == round.pk
    assert row.proposed_because.startswith(
        f"From the round due on {plain_day(round.due_on)}. Scored 3 of 4, THRIVE-like, and can still grow"
    )
    assert client.get(f"{WORK}proposals/no_such/").status_code == 404
    again = client.post(f"{WORK}proposals/{statement}/", {"because": "Again"})
    assert "This is a priority already" in again.content.decode()


def test_without_a_round_nothing_is_proposed_and_people_may_still_choose(cast: Cast) -> None:
    said = page(signed_in(cast.ada), f"{WORK}proposals/")
    assert "No round is signed off yet that you may read" in said
    assert "Choose a priority of your own" in said
