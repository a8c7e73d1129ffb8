"""The plan leads to the round that proposed a priority, for who may see that round and nobody else."""

from ithrive.areas.timeline import plain_day
from ithrive.web.implementation.models import Priority
from tests.cast import Cast, signed_in
from tests.web.assessments.scenes import reflected, signed

WORK = "/implementation/areas/thornmere/local-area/T001/"


def plan(cast: Cast, who: str) -> str:
    answer = signed_in(getattr(cast, who)).get(f"{WORK}plan/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_priority_chosen_from_a_round_leads_back_to_it(cast: Cast) -> None:
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada)
    client = signed_in(cast.ada)
    way = f'<a href="/assessments/rounds/{round.pk}/profile/">'
    proposals = client.get(f"{WORK}proposals/").content.decode()
    assert way in proposals
    statement = proposals.split(f"{WORK}proposals/")[1].split("/")[0]
    client.post(f"{WORK}proposals/{statement}/", {"because": "We want it"})
    link = f"{way}See the round due on {plain_day(round.due_on)}</a>"
    for who in ("ada", "mia", "pat", "eve"):
        assert link in plan(cast, who), who
    assert client.get(f"/assessments/rounds/{round.pk}/profile/").status_code == 200


def test_who_may_not_see_the_round_gets_no_link_to_it(cast: Cast) -> None:
    round = reflected(cast.alderbrook, cast.ada)
    Priority.objects.create(
        area=cast.alderbrook,
        title="One door",
        chosen_because="Asked",
        chosen_on=round.due_on,
        proposed_because="Low",
        round=round.pk,
    )
    assert "See the round due on" in plan(cast, "ada")
    for who in ("pat", "eve", "col"):
        assert "See the round due on" not in plan(cast, who), who
