"""A joint display: for each site its scores, its figures and its people's words, side by side.

For evaluators, who know the comparison sites; what the disclosure rule holds back says so in its place.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ithrive.disclosure import Rule
from ithrive.evaluation.protocol import Protocol, Site
from ithrive.evaluation.study.data import StudyData
from ithrive.evaluation.study.figures import AT
from ithrive.evaluation.study.implementation_results import JointFigure, JointRow, LevelScore
from ithrive.evaluation.study.prepared import NONE, Prepared
from ithrive.evaluation.study.quotations import shown_quotation
from ithrive.evaluation.study.received import shown_figure
from ithrive.periods import Quarter

TOO_FEW = "It rests on too few, or nobody knows on how many."


def joint_rows(
    protocol: Protocol, data: StudyData, ready: Mapping[str, Prepared], rule: Rule
) -> tuple[JointRow, ...]:
    """One row for each site with a score or a quotation."""
    names = [word for each in protocol.sites for word in (each.id, each.area)]
    spoken = {each.site for each in data.quotations} | {at[0] for at in data.assessed.overall}
    return tuple(
        _row(protocol, site, data, ready, rule, names)
        for site in sorted(protocol.sites, key=lambda each: each.id)
        if site.id in spoken
    )


def _row(
    protocol: Protocol,
    site: Site,
    data: StudyData,
    ready: Mapping[str, Prepared],
    rule: Rule,
    names: Sequence[str],
) -> JointRow:
    scores = sorted((at[1], score) for at, score in data.assessed.overall.items() if at[0] == site.id)
    return JointRow(
        site=site.id,
        arm=site.arm,
        first_score=scores[0][1] if scores else None,
        last_score=scores[-1][1] if scores else None,
        figures=tuple(_figure(protocol, site, ready[name], rule) for name in sorted(ready)),
        quotations=tuple(
            shown_quotation(each, rule, names=names) for each in data.quotations if each.site == site.id
        ),
        levels=tuple(_levels(site.id, data)),
    )


def _levels(site: str, data: StudyData) -> Iterator[LevelScore]:
    """Each level's first and last score, in the order of their names."""
    by_level: dict[str, list[tuple[Quarter, float]]] = {}
    for (of, quarter, level), score in data.assessed.by_level.items():
        if of == site:
            by_level.setdefault(level, []).append((quarter, score))
    for level, scores in sorted(by_level.items()):
        yield LevelScore(level, min(scores)[1], max(scores)[1])


def _figure(protocol: Protocol, site: Site, found: Prepared, rule: Rule) -> JointFigure:
    """Shown only where both sides rest on enough people or events, all quarters of a side together."""
    start = site.starts or min(each.starts for each in protocol.arm("accelerator") if each.starts)
    sides = [_side(site, found, before=True, start=start), _side(site, found, before=False, start=start)]
    shown = [[value for at in side if (value := shown_figure(found, at)) is not None] for side in sides]
    if not all(shown):
        return JointFigure(
            found.outcome.id, None, None, "There is no figure before the start, or none after."
        )
    if any(_behind(found, side) < _least(rule) for side in sides):
        return JointFigure(found.outcome.id, None, None, TOO_FEW)
    before, after = (float(np.mean(each)) for each in shown)
    return JointFigure(found.outcome.id, before, after, "")


def _side(site: Site, found: Prepared, *, before: bool, start: Quarter) -> list[AT]:
    return [
        at
        for at in sorted(found.figures)
        if at[0] == site.id and (at[1] < start) == before and at not in found.why_not
    ]


def _behind(found: Prepared, side: Sequence[AT]) -> float:
    """How many a side rests on; nought where one quarter does not say."""
    known = [found.figures.get(at, NONE).rests_on for at in side if shown_figure(found, at) is not None]
    if any(each is None or each.number is None for each in known):
        return 0.0
    return float(sum(each.number or 0 for each in known if each is not None))


def _least(rule: Rule) -> int:
    return max(rule.smallest_denominator, rule.median_needs, rule.largest_hidden + 1)
