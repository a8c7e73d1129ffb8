"""What only shows once all files are read together."""

from collections import Counter
from collections.abc import Hashable, Iterable

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.reading.faults import Faults


def check_whole(gazetteer: Gazetteer, name: str) -> None:
    """Refuses what two files both say: links, populations, values, outlines. Raises BadInput."""
    faults = Faults(name)
    _refuse_twice(
        ((link.from_geography, link.to_geography, link.from_code, link.to_code) for link in gazetteer.links),
        "links between {0} and {1}",
        faults,
    )
    _refuse_twice(
        ((each.geography, each.mid_year, each.code) for each in gazetteer.populations),
        "populations of {0} for mid-{1}",
        faults,
    )
    _refuse_twice(
        ((value.attribute, value.geography, value.code) for value in gazetteer.values),
        "values of {0} for {1}",
        faults,
    )
    _refuse_twice(
        ((boundary.geography, boundary.code) for boundary in gazetteer.boundaries),
        "boundaries of {0}",
        faults,
    )
    faults.raise_if_any()


def _refuse_twice(facts: Iterable[tuple[Hashable, ...]], words: str, faults: Faults) -> None:
    repeated = dict.fromkeys(words.format(*fact) for fact, count in Counter(facts).items() if count > 1)
    for what in repeated:
        faults.add(f"Two files give the {what}.", "Keep one of them.")
