"""How a round becomes a profile

Alderbrook is invented, and so is its instrument of six statements on two levels. Ada and Ben rated them
without seeing each other's scores. `x` means that a rater could not rate a statement.

    statement      | level | Ada | Ben | Ada in spring | Ben in spring
    one_plan       | macro |   1 |   2 |             2 |             3
    joint_buying   | macro |   2 |   2 |             2 |             2
    quality_first  | macro |   3 |   3 |             3 |             3
    shared_choice  | micro |   3 |   4 |             4 |             4
    goals          | micro |   2 |   2 |             3 |             3
    good_endings   | micro |   x |   x |             2 |             2
"""

from pathlib import Path

from ithrive.assessments import (
    AgreedScore,
    Estimate,
    NotComputable,
    Profile,
    Rating,
    agreed_score,
    agreed_without_talk,
    agreement,
    compared,
    movement,
    profile,
    to_talk_about,
)
from ithrive.framework.ideas import Level
from ithrive.framework.instrument import Instrument, Statement

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "explanation"

RATINGS = str(__doc__).split("\n\n")[-1]


def test_raters_who_differ_talk_and_give_a_reason() -> None:
    assert differing("autumn") == table("""
        statement     | steps apart
        one_plan      |           1
        shared_choice |           1
    """)


def test_agreement_is_told_with_its_interval_or_with_the_reason_for_none() -> None:
    assert agreed_on("autumn", level=None) == table("""
        statistic       | figure | 95% interval
        percent         |   60.0 | 23.1 to 88.2
        kappa_linear    |   0.55 | -0.05 to 0.86
        kappa_quadratic |   0.71 | 0.49 to 0.84
        alpha           |   0.83 | -0.29 to 1.00
        icc_single      |   0.75 | 0.01 to 0.97
        icc_mean        |   0.86 | 0.03 to 0.98
    """)
    assert agreed_on("autumn", level="macro")[0] == {
        "statistic": "percent",
        "figure": "Only 3 statements were scored by two raters, and at least 5 are needed.",
        "95% interval": "",
    }


def test_a_site_is_thrive_like_on_a_principle_only_at_three_or_above() -> None:
    assert principles("autumn") == table("""
        principle     | agreed | raters | THRIVE-like    | certain
        one_plan      |      1 | 1 to 2 | no             | yes
        joint_buying  |      2 | 2 to 2 | no             | yes
        quality_first |      3 | 3 to 3 | yes            | yes
        shared_choice |      3 | 3 to 4 | yes            | yes
        goals         |      2 | 2 to 2 | no             | yes
        good_endings  |        |        | cannot be said | yes
    """)


def test_what_cannot_be_rated_leaves_the_possible_total() -> None:
    assert totals("autumn") == table("""
        part    | own scale | of      | raters   | 0 to 100 | left out
        macro   |         6 | 3 to 12 |   6 to 7 |       33 |
        micro   |         5 |  2 to 8 |   5 to 6 |       50 | good_endings
        overall |        11 | 5 to 20 | 11 to 13 |       40 | good_endings
    """)


def test_movement_compares_only_what_was_scored_both_times() -> None:
    assert moved("autumn", "spring") == table("""
        statement     | from | to | why
        one_plan      |    1 |  2 | The schools have not signed yet.
        joint_buying  |    2 |  2 |
        quality_first |    3 |  3 |
        shared_choice |    3 |  4 |
        goals         |    2 |  3 |
        overall       |   11 | 14 | 40 to 60 of 100; not compared: good_endings
    """)


def test_the_handbook_shows_this_example() -> None:
    raters = (HANDBOOK / "agreement-between-raters.md").read_text(encoding="utf-8")
    for row in table(RATINGS) + agreed_on("autumn", level=None):
        assert f"| {' | '.join(row.values())} |" in raters
    page = (HANDBOOK / "profile-and-movement.md").read_text(encoding="utf-8")
    for row in principles("autumn") + totals("autumn") + moved("autumn", "spring"):
        assert f"| {' | '.join(row.values())} |" in page


# How the tables above are read and written.

Rows = list[dict[str, str]]
# What was agreed where the raters differed, and why.
TALKED = {
    ("autumn", "one_plan"): (1, "The plan is the council's alone."),
    ("autumn", "shared_choice"): (3, "Not with the youngest."),
    ("spring", "one_plan"): (2, "The schools have not signed yet."),
}


def table(text: str) -> Rows:
    headings, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(headings, line, strict=True)) for line in lines]


def instrument() -> Instrument:
    return Instrument(
        code="alderbrook",
        version="1",
        title="An invented instrument",
        licence="MIT",
        level=tuple(Level(code=code, name=code, purpose=code) for code in ("macro", "micro")),
        statement=tuple(
            Statement(
                code=row["statement"],
                level=row["level"],
                principle=row["statement"],
                text="Text.",
                anchors=("One.", "Two.", "Three.", "Four."),
                question="What happens?",
            )
            for row in table(RATINGS)
        ),
    )


def ratings(when: str) -> list[Rating]:
    suffix = " in spring" if when == "spring" else ""
    return [
        Rating(row["statement"], rater, cannot_rate="Nobody could tell us.")
        if (mark := row[rater + suffix]) == "x"
        else Rating(row["statement"], rater, int(mark))
        for row in table(RATINGS)
        for rater in ("Ada", "Ben")
    ]


def round_profile(when: str) -> Profile:
    found = compared(ratings(when), instrument())
    agreed: dict[str, AgreedScore] = agreed_without_talk(found)
    for each in to_talk_about(found):
        agreed[each.statement] = agreed_score(each, *TALKED[when, each.statement])
    return profile(agreed, instrument())


def differing(when: str) -> Rows:
    found = to_talk_about(compared(ratings(when), instrument()))
    return [{"statement": each.statement, "steps apart": str(each.steps_apart)} for each in found]


def agreed_on(when: str, level: str | None) -> Rows:
    report = agreement(ratings(when), instrument())
    part = report.levels[level] if level else report.overall
    return [row_of(statistic.code, found) for statistic, found in part.lines()]


def row_of(statistic: str, found: Estimate | NotComputable) -> dict[str, str]:
    if isinstance(found, NotComputable):
        return {"statistic": statistic, "figure": found.reason, "95% interval": ""}
    decimals = 1 if statistic == "percent" else 2
    interval = f"{found.low:.{decimals}f} to {found.high:.{decimals}f}"
    return {"statistic": statistic, "figure": f"{found.value:.{decimals}f}", "95% interval": interval}


def principles(when: str) -> Rows:
    words = {True: "yes", False: "no", None: "cannot be said"}
    return [
        {
            "principle": each.principle,
            "agreed": f"{each.score.value:.0f}" if each.score else "",
            "raters": f"{each.score.low:.0f} to {each.score.high:.0f}" if each.score else "",
            "THRIVE-like": words[each.thrive_like],
            "certain": words[each.certain],
        }
        for each in round_profile(when).principles
    ]


def totals(when: str) -> Rows:
    found = round_profile(when)
    rows = []
    for name, part in {**found.levels, "overall": found.overall}.items():
        assert not isinstance(part.total, NotComputable)
        own = part.total.own
        rows.append(
            {
                "part": name,
                "own scale": f"{own.value:.0f}",
                "of": f"{part.total.lowest:.0f} to {part.total.highest:.0f}",
                "raters": f"{own.low:.0f} to {own.high:.0f}",
                "0 to 100": f"{part.total.percent.value:.0f}",
                "left out": ", ".join(part.cannot_rate),
            }
        )
    return rows


def moved(before: str, after: str) -> Rows:
    found = movement(round_profile(before), round_profile(after))
    rows = [
        {"statement": code, "from": str(each.before), "to": str(each.after), "why": each.reason}
        for code, each in found.changes.items()
    ]
    assert not isinstance(found.overall, NotComputable)
    then, now = found.overall.before, found.overall.after
    hundred = f"{then.percent.value:.0f} to {now.percent.value:.0f} of 100"
    return [
        *rows,
        {
            "statement": "overall",
            "from": f"{then.own.value:.0f}",
            "to": f"{now.own.value:.0f}",
            "why": f"{hundred}; not compared: {', '.join(found.not_scored)}",
        },
    ]
