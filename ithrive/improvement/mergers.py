"""Mergers and changes of boundary as annotations: figures of another area are figures of other people."""

from collections.abc import Iterable
from datetime import date

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.kin import Relative, kin_of
from ithrive.improvement.series import Annotation, AnnotationKind


def merger_annotations(gazetteer: Gazetteer, kind: str, code: str) -> tuple[Annotation, ...]:
    """What became of an area's boundaries, at its beginning and at its end.

    Nothing where it only went on under another code, with all its people and nobody else's.
    """
    kin = kin_of(gazetteer, kind, code)
    known = [geography for geography in gazetteer.geographies if geography.kind == kind]
    standing = [each for each in known if code in gazetteer.places_by_geography[each.key]]
    if not standing:
        return ()
    starts = min(each.starts for each in standing)
    ends = max((each.ends for each in standing if each.ends), default=None)
    found = [*_one(gazetteer, "Formed of", kin.before, starts)]
    if ends and all(each.ends for each in standing):
        found += _one(gazetteer, "Became", kin.after, ends)
    return tuple(found)


def _one(gazetteer: Gazetteer, verb: str, relatives: Iterable[Relative], day: date) -> list[Annotation]:
    others = list(relatives)
    if not others or (len(others) == 1 and others[0].share_of_this == others[0].share_of_that == 1):
        return []
    names = (_named(gazetteer, each) for each in others)
    return [Annotation(day, AnnotationKind.MERGER, f"{verb} {', '.join(names)}")]


def _named(gazetteer: Gazetteer, relative: Relative) -> str:
    """An area that lies partly elsewhere is named with “part of”."""
    name = gazetteer.places_by_geography[relative.geography.key][relative.code].name
    return name if relative.share_of_that == 1 else f"part of {name}"
