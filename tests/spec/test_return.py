"""How a quarterly return is read and checked

Alderbrook sends how many spells began meaningful help, and how many within 28 days. Each row is one figure:
what of it, of whom, what was typed this quarter, and what was sent last quarter.

    figure  | of whom      | typed | last
    started | together     | 120   | 118
    started | thriving     | 10    | 12
    started | advice       | 20    | 18
    started | help         | 60    | 61
    started | more-help    | 20    | 17
    started | risk-support | 5     | 6
    started | not-known    | 5     | 4
    helped  | together     | 48    | 50
"""

from ithrive.measures import Cell, FigureKey, measures
from ithrive.periods import Quarter
from ithrive.returns import Finding, Identity, check, return_form
from ithrive.returns.life import State, why_not_sign_off, why_not_submit
from ithrive.returns.reading import read_form_posts

RETURN = str(__doc__).split("\n\n")[-1]


def test_a_return_that_adds_up_and_moved_no_further_than_chance_is_left_alone() -> None:
    assert found(RETURN) == []


def test_groupings_and_those_not_known_add_up_to_all_together() -> None:
    assert found(RETURN.replace("| 120", "| 125")) == [
        "must fix: The groupings add up to 120, and all together are 125."
    ]


def test_a_part_is_no_more_than_its_whole() -> None:
    assert found(RETURN.replace("| 48 ", "| 148")) == [
        "must fix: 148 is more than the 120 of “Spells that reached meaningful help in the quarter”.",
        "query: It was 50 last quarter and is 148 now.",
    ]


def test_what_is_no_number_is_never_guessed() -> None:
    assert found(RETURN.replace("| 48 ", "| <50"))[0] == "must fix: “<50” hides the number."
    assert found(RETURN.replace("| 48 ", "| n/a"))[0] == (
        "must fix: “n/a” can mean nought, missing, or does not apply."
    )


def test_small_numbers_may_double_and_large_ones_may_not() -> None:
    assert chance("5 then 10") == "left alone"
    assert chance("0 then 6") == "left alone"
    assert chance("100 then 130") == "left alone"
    assert chance("100 then 200") == "asked about"
    assert chance("0 then 30") == "asked about"


def test_a_query_is_answered_by_a_reason_and_a_mistake_is_not() -> None:
    asked = RETURN.replace("| 48 ", "| 5  ")
    assert why_not_submit(State.DRAFT, findings(asked)) == "1 query needs a reason first."
    assert why_not_submit(State.DRAFT, findings(asked, reason="Two teams stopped counting.")) is None
    wrong = RETURN.replace("| 48 ", "| 148")
    assert why_not_submit(State.DRAFT, findings(wrong, reason="We are sure.")) == (
        "1 finding must be mended first."
    )


def test_somebody_else_signs_it_off() -> None:
    assert why_not_sign_off(State.SUBMITTED, [], submitted_by="Ada", by="Ada") == (
        "Someone other than the person who submitted it must sign it off."
    )
    assert why_not_sign_off(State.SUBMITTED, [], submitted_by="Ada", by="Ben") is None


# How the tables above are read.

SHORT = {
    "together": "",
    "advice": "getting-advice",
    "help": "getting-help",
    "more-help": "getting-more-help",
    "risk-support": "getting-risk-support",
}
ONE = measures()["H3"]
ASKED = ONE.model_copy(update={"returned": ONE.returned[:2], "shown": ONE.shown[:1]})
FORM = return_form([ASKED])
ALDERBROOK = Identity("T01", "Alderbrook", "Thornmere", Quarter.parse("2026/27 Q2"), "1")


def rows(text: str) -> list[tuple[FigureKey, str, str]]:
    _, *lines = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    codes = {"started": "started", "helped": "within-28-days"}
    return [
        (FigureKey("H3", codes[what], SHORT.get(whom, whom)), now, last) for what, whom, now, last in lines
    ]


def findings(text: str, reason: str = "") -> list[Finding]:
    typed = {f"figure:{key.text}": now for key, now, _ in rows(text)}
    reasons = {f"note:{key.text}": reason for key, _, _ in rows(text)}
    reading = read_form_posts({**typed, **reasons}, form=FORM, expected=ALDERBROOK)
    last = {key: Cell.of(int(before)) for key, _, before in rows(text)}
    return [*reading.findings, *check(FORM, reading.figures, last)]


def found(text: str) -> list[str]:
    return [f"{each.severity}: {each.what}" for each in findings(text)]


def chance(text: str) -> str:
    before, now = text.split(" then ")
    rules = [each.rule for each in findings(f"head\nstarted | together | {now} | {before}")]
    return "asked about" if "movement" in rules else "left alone"
