"""Whether a figure has moved further since last quarter than chance and a service's usual swings take it.

Counts are tested by `chance_of_change`, which is exact for small ones. Of figures that have not truly moved,
at most FALSE_QUERIES are queried. A median or mean is queried where it has doubled or halved and rests on at
least ENOUGH both times; for waits as uneven as those of a Poisson process (exponential ones) that keeps the
same promise, and below it no rule that does not know each wait could.
"""

from collections.abc import Iterator

from ithrive.measures import FigureKey
from ithrive.returns.chance import chance_of_change
from ithrive.returns.checks.subject import Subject, as_text, whole
from ithrive.returns.findings import Finding
from ithrive.returns.form import Line

FALSE_QUERIES = 0.001
ENOUGH = 100
FAR = 2.0
_MEND = "Check it. If it is right, say in the note what happened."


def far_moves(seen: Subject) -> Iterator[Finding]:
    """Figures to explain. Where all together has moved, its groupings and breakdowns are not asked for."""
    explained: set[FigureKey] = set()
    for line in seen.form.lines:
        everybody = FigureKey(line.key.measure, line.key.figure)
        if everybody in explained or not _has_moved(seen, line):
            continue
        explained.add(line.key)
        now, before = seen.number(line.key), seen.last[line.key].number
        what = f"It was {as_text(before or 0)} last quarter and is {as_text(now or 0)} now."
        yield seen.query("movement", line.key, what, _MEND)


def _has_moved(seen: Subject, line: Line) -> bool:
    if line.counts:
        now, before = seen.count(line.key), _count_before(seen, line.key)
        return now is not None and before is not None and chance_of_change(before, now) < FALSE_QUERIES
    return _middle_has_moved(seen, line)


def _middle_has_moved(seen: Subject, line: Line) -> bool:
    then = seen.last.get(line.key)
    now, before = seen.number(line.key), then.number if then else None
    if line.rests_on is None or now is None or before is None:
        return False
    counts = seen.count(line.rests_on), _count_before(seen, line.rests_on)
    if any(count is None or count < ENOUGH for count in counts):
        return False
    return now >= FAR * before or before >= FAR * now if now != before else False


def _count_before(seen: Subject, key: FigureKey) -> int | None:
    then = seen.last.get(key)
    return whole(then) if then else None
