"""How implementation went, from dated evidence; words and figures only where nobody can be told from them."""

from datetime import UTC, date, datetime

import pytest

from ithrive.evaluation.protocol import Standing
from ithrive.evaluation.study import ImplementationResult, Quotation, read_study, run_study
from ithrive.evaluation.study.implementation import rule_of
from ithrive.evaluation.study.quotations import why_not_quote
from ithrive.periods import Quarter
from tests.evaluation.study import small

EVIDENCE = """site,date,kind,people
a1,2026-07-10,training,12
a1,2026-08-10,event,3
a1,2026-09-01,plan-agreed,
a1,2027-08-01,step-reached,
a1,2027-11-01,cycle-done,
a2,2026-08-10,event,3
a2,2027-08-01,step-reached,
c1,2027-08-01,step-reached,
a1,2026-09-01,bake-sale,
"""
QUOTES = """site,wave,statement,sector,people,consent,text
a1,2,S1,health,8,yes,We stopped asking for a diagnosis first.
a1,2,S1,school,2,yes,We know whom to ring now.
a2,2,S1,health,8,no,It takes too long.
"""


def found(**others: str) -> ImplementationResult:
    plan = small.protocol()
    data = read_study(small.files(**others), plan)
    return run_study(
        plan, Standing(True, "A test."), data, at=datetime(2028, 1, 1, tzinfo=UTC)
    ).implementation


def test_dated_evidence_is_counted_by_dimension():
    result = found(evidence=EVIDENCE)
    counted = {
        (each.site, each.dimension): (each.evidence, each.first, each.quarters, each.people)
        for each in result.dimensions
        if each.evidence
    }
    assert counted[("a1", "reach")] == (2, "2026-07-10", 1, 15)
    assert counted[("a1", "adoption")] == (1, "2026-09-01", 1, None)
    assert counted[("a1", "implementation")] == (2, "2027-08-01", 2, None)
    assert counted[("a1", "maintenance")] == (2, "2027-08-01", 2, None)
    assert counted[("a2", "maintenance")][2] == 1
    assert ("c1", "maintenance") not in counted
    assert result.maintained == ("a1",)
    assert result.unknown == (("bake-sale", 1),)


def test_few_people_reached_are_not_shown():
    few = next(
        each for each in found(evidence=EVIDENCE).dimensions if (each.site, each.dimension) == ("a2", "reach")
    )
    assert (few.people, few.hidden) == (None, True)


def test_scores_figures_and_words_stand_side_by_side_where_they_may():
    scores = "site,wave,score\na1,0,2\na1,4,3\n"
    result = found(assessments=scores, quotations=QUOTES)
    row = next(each for each in result.joint if each.site == "a1")
    assert (row.first_score, row.last_score) == (2, 3)
    assert row.figures[0].why_not == "It rests on too few, or nobody knows on how many."
    assert {(each.text, each.why_not[:11]) for each in row.quotations} == {
        ("We stopped asking for a diagnosis first.", ""),
        ("", "Fewer than "),
    }


def test_a_figure_that_rests_on_enough_is_shown():
    plan = small.protocol()
    rows = "\n".join(f"{site},{wave},{name},{value},30" for site, wave, name, value in small.figures())
    given = {
        "figures.csv": f"site,wave,figure,value,rests_on\n{rows}".encode(),
        "assessments.csv": b"site,wave,score\na1,0,2\n",
    }
    result = run_study(plan, Standing(True, ""), read_study(given, plan), at=datetime(2028, 1, 1, tzinfo=UTC))
    shown = result.implementation.joint[0].figures[0]
    waits = [float(str(small.wait("a1", wave))) for wave in small.WAVES]
    assert shown.before == pytest.approx(sum(waits[:3]) / 3)
    assert shown.after == pytest.approx(sum(waits[3:]) / 4)


@pytest.mark.parametrize(
    ("text", "people", "consent", "reason"),
    [
        ("It helped.", 8, True, None),
        ("It helped.", 8, False, "The person did not consent to being quoted."),
        ("It helped.", 4, True, "Fewer than 5 people of this sector were interviewed there"),
        ("Write to me at ada@example.org", 8, True, "It holds an address."),
        ("Ring 0161 496 0000", 8, True, "It holds a long number."),
        ("Since 3/4/2026 it is better", 8, True, "It holds a date."),
        ("Dr Lovelace was kind", 8, True, "It holds somebody’s name."),
        ("In Alderbrook we know", 8, True, "It names a site or an area."),
    ],
)
def test_a_quotation_is_shown_only_if_nobody_can_tell_who_spoke(
    text: str, people: int, consent: bool, reason: str | None
):
    quotation = Quotation("a1", Quarter(2026, 2), "S1", "health", people, consent, text)
    rule = rule_of(small.protocol(), date(2028, 1, 1))
    said = why_not_quote(quotation, rule, names=["alderbrook", "Xa1"])
    assert (said or "").startswith(reason) if reason else said is None


def test_a_study_older_than_its_rule_follows_the_first_form_of_it():
    assert rule_of(small.protocol(), date(2017, 1, 1)).code == "programme"
