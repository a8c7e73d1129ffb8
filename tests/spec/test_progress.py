"""How progress and stalls are worked out

Alderbrook is invented. It started on 6 January 2020, and the days are counted in weeks from there. The phase
*Plan* has the steps Listen and Choose, *Carry out* has Try and Share. This is all that anybody has dated:

    week | step   | shows    | what
    0    | Listen | begun    | First steering group
    6    | Try    | begun    | A school could not wait
    10   | Listen | reached  | 40 young people and 6 services heard
    12   | Choose | skipped  | The council had chosen already
    20   | Try    | reached  | Two schools work in the new way
    26   | Listen | returned | Young people had not been asked about waiting

"""

from datetime import date, timedelta
from pathlib import Path

from ithrive.implementation import (
    Evidence,
    Progress,
    Shows,
    Situation,
    TimesTaken,
    Usual,
    attention,
    progress,
    times_taken,
)
from tests.implementation.small import SMALL

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "explanation" / "progress-and-stalls.md"
START = date(2020, 1, 6)
STORY = next(part for part in str(__doc__).split("\n\n") if "|" in part)


def test_progress_is_what_the_evidence_shows_in_whatever_order() -> None:
    assert seen(STORY, week=12) == table("""
        phase     | reached | skipped | of | weeks | finished
        Plan      | 1       | 1       | 2  | 12    | yes
        Carry out | 0       | 0       | 2  | 6     |
    """)


def test_a_step_that_is_returned_to_is_open_again_and_its_phase_with_it() -> None:
    assert seen(STORY, week=30) == table("""
        phase     | reached | skipped | of | weeks | finished
        Plan      | 0       | 1       | 2  | 16    |
        Carry out | 1       | 0       | 2  | 24    |
    """)


def test_what_somebody_dates_later_does_not_change_what_was_seen_before() -> None:
    assert seen(STORY, week=20) == seen(STORY + "\n    21 | Share | reached | Shown to the region\n", week=20)


def test_time_in_a_phase_is_compared_with_areas_like_it() -> None:
    alike = [area(weeks) for weeks in (9, 14, 15, 22, 40)]
    assert times_taken(alike, "plan") == TimesTaken(
        finished=5, still_in_it=0, median=15, shortest=9, longest=40
    )
    assert str(times_taken(alike[:3], "plan")) == (
        "Not enough areas to compare: 3 like it have finished the phase, and 5 are needed."
    )


def test_a_silence_is_said_with_its_reason_and_the_usual_next_step() -> None:
    assert said(week=36) == ("moving", [])
    assert said(week=40) == (
        "quiet",
        [
            (
                "Alderbrook: nothing dated since 6 July 2020, which is 14 weeks (few of the 40 areas like it"
                " are silent for more than 13). The last contact was on 3 February 2020."
                " The usual next step is to finish “Listen”."
            )
        ],
    )


def test_a_second_sign_makes_a_quiet_area_a_stalled_one() -> None:
    alert, sentences = said(week=40, no_lead_since=START + timedelta(weeks=30))
    assert alert == "stalled"
    assert sentences[1] == (
        "Alderbrook: no implementation lead since 3 August 2020. The usual next step is to finish “Listen”."
    )


def test_the_handbook_shows_this_example() -> None:
    page = HANDBOOK.read_text(encoding="utf-8")
    for row in table(STORY) + seen(STORY, week=12) + seen(STORY, week=30):
        assert f"| {' | '.join(row.values())} |" in page
    assert said(week=40)[1][0] in page


# How the tables above are read and written.

Rows = list[dict[str, str]]


def table(text: str) -> Rows:
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def alderbrook(story: str, week: int) -> Progress:
    evidence = [
        Evidence(
            "Alderbrook",
            row["step"].lower(),
            Shows(row["shows"]),
            START + timedelta(weeks=int(row["week"])),
            row["what"],
        )
        for row in table(story)
    ]
    return progress("Alderbrook", evidence, SMALL, START + timedelta(weeks=week))


def seen(story: str, *, week: int) -> Rows:
    return [
        {
            "phase": phase.name,
            "reached": str(phase.reached),
            "skipped": str(phase.skipped),
            "of": str(len(phase.steps)),
            "weeks": f"{phase.weeks:g}",
            "finished": "yes" if phase.finished else "",
        }
        for phase in alderbrook(story, week).phases
    ]


def area(weeks: int) -> Progress:
    ends = [
        Evidence(f"Took {weeks}", "listen", Shows.REACHED, START, "Done"),
        Evidence(f"Took {weeks}", "choose", Shows.REACHED, START + timedelta(weeks=weeks), "Done"),
    ]
    return progress(f"Took {weeks}", ends, SMALL, START + timedelta(weeks=60))


def said(*, week: int, no_lead_since: date | None = None) -> tuple[str, list[str]]:
    situation = Situation(
        "Alderbrook",
        alderbrook(STORY, week),
        no_lead_since=no_lead_since,
        last_contact=START + timedelta(weeks=4),
    )
    found = attention(situation, SMALL, Usual(areas=40, quiet=13, stalled=30))
    return str(found.alert), [warning.sentence for warning in found.warnings]
