"""Print how early the stall warning comes and how often it is wrong, as a page of the handbook.

`python -m scripts.print_stalls` tries the method on simulated areas (half a minute); a test fails when
the page and the method differ.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from ithrive.framework.approach import approach
from ithrive.implementation.rhythm import RULES, Rules
from ithrive.implementation.simulation import ASSUMPTIONS, Assumptions
from ithrive.implementation.stall import Alert, Sign
from ithrive.implementation.trial import (
    LOOK_EVERY,
    Score,
    Warns,
    Watch,
    after_weeks,
    at_least,
    score,
    watched,
)

PAGE = Path(__file__).parent.parent / "docs/handbook/reference/stall-warning.md"
SEEDS = (2015, 2016, 2017)
# Fewer areas are enough to see in which direction another assumption pushes.
SEEDS_OTHERWISE = (2015, 2016)

HEAD = """# How good the stall warning is

<!-- Printed by `python -m scripts.print_stalls`; a test compares this page with the method. -->

No real area's stall has ever been recorded with its first day, so the warning is tried on **invented areas
whose true stalls are known**. They are drawn from assumptions of ours, all listed below. The figures say how
rules compare with each other. They do not say how often the warning is right about real areas: nobody knows
that until the programme has looked back on real warnings. How the warning works is told in
[Progress and stalls](../explanation/progress-and-stalls.md).

Every area is looked at every {look} weeks, as a programme that reads its board once a month would, and with
what had been entered by then.

- **Weeks until warned**: from the true beginning of a stall to the first look at which the warning stood. Of
  the warnings that came, a quarter had come by the first figure, half by the second, three quarters by the
  third, nine in ten by the last.
- **Missed**: stalls, watched for at least half a year, that were never warned about.
- **False alarms**: warnings that began while the area was not stalled, for every 100 months of areas at work.

{areas} areas were watched for {years} years in {programmes} programmes.
"""
COLUMNS = (
    "| {0} | Stalls | Weeks until warned (¼ · ½ · ¾ · 9 in 10) | Missed"
    " | False alarms per 100 area-months |\n|---|---:|---:|---:|---:|"
)
WHY = """## Why these are the defaults

- **Quiet beyond 95% of silences, or at any other sign.** A call costs little, so it may be wrong now and
  then: a coach of ten areas calls one that is well every few months. At 90% it would be wrong twice as often
  and come hardly sooner. At 98% it would be wrong half as often, but stalled, which builds on quiet, would
  come weeks later.
- **Stalled beyond 99%, or quiet with a second sign.** A visit costs more, so it has to be right. The second
  sign (no lead, an overdue round, long in one phase) brings back the early weeks which the higher share gives
  away: it comes sooner than the plain rule of 17 weeks with far fewer false alarms, and long before that
  of 26.
- **By weeks, not by step.** Silences measured against the usual length of the step in hand were tried and
  dropped: they came later and were wrong as often. The step's length only stands in while there are fewer
  than five areas, or too few silences, to compare with; the table after this one shows what that costs.
- **A second sign has to be one.** Where a stall leaves the lead in post and the rounds in time, none comes,
  and stalled is as late as the plain rule of 26 weeks, or later. Quiet is not.
"""


@cache
def as_assumed() -> tuple[Watch, ...]:
    """The areas of the first tables, watched once."""
    return watched(approach(), SEEDS)


def printed() -> str:
    """The whole page."""
    watch = as_assumed()
    head = HEAD.format(
        look=LOOK_EVERY, areas=len(watch), years=ASSUMPTIONS.watched // 52, programmes=len(SEEDS)
    )
    parts = [
        head,
        _table("The method, and plain rules beside it", "Warn when", _methods(), watch),
        _table("Each sign alone", "Sign", _signs(), watch),
        _table("Other shares", "Warn when", _shares(), watch),
        WHY,
        _otherwise(watch),
        _assumed(),
    ]
    return "\n".join(parts)


def _methods() -> Iterator[tuple[str, Warns]]:
    yield "**Quiet** (or stalled)", _rule(Alert.QUIET)
    yield "**Stalled**", _rule(Alert.STALLED)
    for weeks in (13, 17, 26):
        yield f"nothing dated for {weeks} weeks", after_weeks(weeks)


def _signs() -> Iterator[tuple[str, Warns]]:
    for sign in Sign:
        yield str(sign).capitalize(), at_least(Alert.QUIET, approach(), RULES, frozenset({sign}))


def _shares() -> Iterator[tuple[str, Warns]]:
    for quiet in (0.9, 0.95, 0.98):
        rules = replace(RULES, quiet_share=quiet)
        yield f"quiet: longer than {quiet:.0%} of silences, or another sign", _rule(Alert.QUIET, rules)
    for quiet in (0.9, 0.95, 0.98):
        for stalled in (0.98, 0.99):
            rules = replace(RULES, quiet_share=quiet, stalled_share=stalled)
            words = f"stalled: longer than {stalled:.0%} of silences, or than {quiet:.0%} with a second sign"
            yield words, _rule(Alert.STALLED, rules)
    alone = replace(RULES, two_signs=False)
    yield "stalled: longer than 99% of silences, second signs not counted", _rule(Alert.STALLED, alone)


def _rule(alert: Alert, rules: Rules = RULES) -> Warns:
    return at_least(alert, approach(), rules)


def _otherwise(watch: tuple[Watch, ...]) -> str:
    """What becomes of the method where it has nobody to compare with, or where the assumptions fail."""
    alone = replace(RULES, enough_silences=10**9)
    rows = [
        COLUMNS.format("If"),
        *_both("all is as assumed", watch),
        *_both("there are no areas to compare with", watch, alone),
    ]
    for words, assume in _worlds():
        rows += _both(words, watched(approach(), SEEDS_OTHERWISE, assume))
    return "\n".join(["## If the world is otherwise\n", *rows, ""])


def _worlds() -> Iterator[tuple[str, Assumptions]]:
    yield (
        "leads stay and rounds are held through a stall",
        replace(ASSUMPTIONS, lead_lost_at_stall=0, round_missed_in_stall=ASSUMPTIONS.round_late),
    )
    yield "people write half as often", replace(ASSUMPTIONS, note_every=2 * ASSUMPTIONS.note_every)
    yield (
        "a stalled area writes four times as often",
        replace(ASSUMPTIONS, stray_note_every=ASSUMPTIONS.stray_note_every / 4),
    )


def _both(words: str, watch: tuple[Watch, ...], rules: Rules = RULES) -> list[str]:
    return [
        _row(f"{words}: {alert}", score(watch, _rule(alert, rules))) for alert in (Alert.QUIET, Alert.STALLED)
    ]


def _table(title: str, first: str, rules: Iterator[tuple[str, Warns]], watch: tuple[Watch, ...]) -> str:
    rows = [_row(words, score(watch, warns)) for words, warns in rules]
    return "\n".join([f"## {title}\n", COLUMNS.format(first), *rows, ""])


def _row(words: str, found: Score) -> str:
    delays = " · ".join(str(found.delay_by(share)) for share in (0.25, 0.5, 0.75, 0.9))
    return f"| {words} | {found.stalls} | {delays} | {found.share_missed:.0%} | {found.false_per_100:.1f} |"


def _assumed() -> str:
    """Every assumption with its value, as the code names it."""
    rows = [
        f"| {name.replace('_', ' ')} | {_in_words(value)} |" for name, value in asdict(ASSUMPTIONS).items()
    ]
    seeds = ", ".join(str(seed) for seed in SEEDS)
    return "\n".join(
        [
            "## Assumptions\n",
            "Times in weeks, chances and shares from 0 to 1, spreads on the log scale. What each means is",
            f"said in `ithrive/implementation/simulation.py`. Seeds: {seeds}.\n",
            "| Assumption | Value |\n|---|---:|",
            *rows,
            "",
        ]
    )


def _in_words(value: float | tuple[int, int]) -> str:
    return f"{value[0]} to {value[1]}" if isinstance(value, tuple) else f"{value:g}"


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
