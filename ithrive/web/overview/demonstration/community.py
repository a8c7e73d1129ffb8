"""Who joined the demonstration's Community of Practice, and when: pure, from the country alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from random import Random

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import LocalArea
from ithrive.web.overview.demonstration.seed import dice

KIND = "local-area"
LEADING, JOINING = "Alderbrook", "Brackenford"  # where Ada and Cam lead: an accelerator, a member
ACCELERATORS, JOINERS, COMPARISONS = 10, 65, 10
FIRST_DAY, LAST_DAY = date(2015, 9, 1), date(2025, 9, 1)
ACCELERATORS_BY = date(2016, 4, 1)
PAUSING, RETURNING, LEAVING = 7, 3, 5


def community(gazetteer: Gazetteer) -> tuple[Membership, ...]:
    """Every role of every area; roles of one area follow one another without overlap."""
    roll = dice("community")
    standing = [area for (kind, _), area in sorted(gazetteer.local_areas.items()) if _stands(kind, area)]
    accelerators, joiners, comparisons = _chosen(standing, roll)
    told = [
        *_begun(accelerators, MemberRole.ACCELERATOR, ACCELERATORS_BY, gazetteer, roll),
        *_begun(joiners, MemberRole.MEMBER, LAST_DAY, gazetteer, roll),
        *(_from(area.code, MemberRole.COMPARISON, FIRST_DAY) for area in comparisons),
    ]
    told += _pauses([each for each in told if each.role is MemberRole.MEMBER and each.ends is None], roll)
    return tuple(_one_after_another(sorted(told, key=lambda each: (each.code, each.starts or date.min))))


def _stands(kind: str, area: LocalArea) -> bool:
    return kind == KIND and area.ends is None


def _chosen(
    standing: list[LocalArea], roll: Random
) -> tuple[list[LocalArea], list[LocalArea], list[LocalArea]]:
    """Accelerators, later joiners and comparison sites. A study compares whole lives: no mergers."""
    named = {area.names[-1].name: area for area in standing}
    leading, joining = named[LEADING], named[JOINING]
    unnamed = [area for area in standing if area not in (leading, joining)]
    whole = [area for area in unnamed if area.starts <= FIRST_DAY]
    studied = roll.sample(whole, ACCELERATORS - 1 + COMPARISONS)
    rest = [area for area in unnamed if area not in studied]
    accelerators = [leading, *studied[: ACCELERATORS - 1]]
    return accelerators, [joining, *roll.sample(rest, JOINERS - 1)], studied[ACCELERATORS - 1 :]


def _begun(
    areas: Iterable[LocalArea], role: MemberRole, last: date, gazetteer: Gazetteer, roll: Random
) -> Iterator[Membership]:
    for area in areas:
        day = _day_between(FIRST_DAY, last, roll)
        if day < area.starts:
            # It joined as the areas that later became it, and their roles end with them.
            for code in _predecessors(area, gazetteer):
                yield _from(code, role, day, ends=area.starts)
            day = area.starts
        yield _from(area.code, role, day)


def _predecessors(area: LocalArea, gazetteer: Gazetteer) -> list[str]:
    """The areas that went into this one whole; a part of a split area is not the area."""
    return [
        link.from_code
        for link in gazetteer.links
        if link.to_code == area.code
        and link.share_of_from > 0.999
        and gazetteer.geography_by_key[link.from_geography].ends == area.starts
    ]


def _pauses(members: list[Membership], roll: Random) -> Iterator[Membership]:
    """Some members pause, some of these come back, some leave for good."""
    early = [each for each in members if each.starts and each.starts < date(2021, 1, 1)]
    chosen = roll.sample(early, PAUSING + LEAVING)
    for number, member in enumerate(chosen):
        day = _day_between(date(2021, 4, 1), date(2024, 4, 1), roll)
        role = MemberRole.PAUSED if number < PAUSING else MemberRole.LEFT
        yield _from(member.code, role, day)
        if number < RETURNING:
            yield _from(member.code, MemberRole.MEMBER, day + timedelta(days=364))


def _one_after_another(told: list[Membership]) -> Iterator[Membership]:
    """Each role ends when the area's next one begins."""
    for role, following in zip_longest(told, told[1:]):
        yield replace(role, ends=following.starts) if following and following.code == role.code else role


def _from(code: str, role: MemberRole, day: date, ends: date | None = None) -> Membership:
    return Membership(code, role, KIND, day, ends, "Demonstration programme")


def _day_between(first: date, last: date, roll: Random) -> date:
    """The first of a month: programmes begin things on such days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    later = first.month - 1 + roll.randint(0, months)
    return date(first.year + later // 12, later % 12 + 1, 1)
