"""Coverage as its page says it: the sentence, the working behind it, and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from ithrive.areas.coverage import (
    Coverage,
    CoverageChange,
    CoverageLine,
    Move,
    change_sentence,
    sentence,
)
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.spread import ROLE_WORDS
from ithrive.areas.timeline import plain_day
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paths import area_path, coverage_path, map_path
from ithrive.web.components import parts
from ithrive.web.components.parts import Params


@dataclass(frozen=True)
class CoveragePage:
    title: str
    sentence: str
    change_sentence: str
    facts: Params
    working: Params
    moves: Params | None
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...]
    permalink: str
    map_path: str
    reality: str
    attribution: str


def coverage_page(gazetteer: Gazetteer, coverage: Coverage, change: CoverageChange | None) -> CoveragePage:
    slug, address = gazetteer.country.slug, address_of(coverage, change)
    return CoveragePage(
        title=f"Coverage of {gazetteer.country.name}",
        sentence=f"{sentence(coverage)}.",
        change_sentence=f"{change_sentence(change)}." if change else "",
        facts=parts.summary_list(_facts(coverage)),
        working=_working(gazetteer, coverage),
        moves=_moves(gazetteer, change) if change and change.moves else None,
        notes=coverage.notes,
        sources=tuple(words.source_line(each) for each in gazetteer.sources),
        downloads=tuple(_downloads(slug, address)),
        permalink=coverage_path(slug, **address),
        map_path=map_path(slug, boundaries=coverage.geography.key, on=coverage.on.isoformat()),
        reality=words.reality(gazetteer),
        attribution=words.attribution(gazetteer.sources),
    )


def address_of(coverage: Coverage, change: CoverageChange | None) -> dict[str, str]:
    """Every choice that led to the figure, so that a link to it goes on saying the same."""
    since = {"since": change.before.on.isoformat()} if change else {}
    return {
        "on": coverage.on.isoformat(),
        **since,
        "ages": f"{coverage.ages.youngest}-{coverage.ages.oldest}",
        "geography": coverage.geography.key,
        "mid_year": str(coverage.mid_year),
    }


def file_name(gazetteer: Gazetteer, coverage: Coverage, ending: str) -> str:
    ages = f"{coverage.ages.youngest}-{coverage.ages.oldest}"
    slug, key = gazetteer.country.slug, coverage.geography.key.lower()
    return f"{slug}-coverage-{key}-ages-{ages}-{coverage.on.isoformat()}.{ending}"


def _downloads(slug: str, address: dict[str, str]) -> Iterator[tuple[str, str]]:
    for text, ending in (("Working (CSV)", "csv"), ("Working (JSON)", "json")):
        yield text, f"{coverage_path(slug)}working.{ending}?{urlencode(address)}"


def _facts(coverage: Coverage) -> Iterator[tuple[str, object]]:
    yield "Day", plain_day(coverage.on)
    yield "Member areas counted", f"{coverage.areas_counted:,}"
    yield f"People aged {coverage.ages.label} in member areas", _between(coverage.covered, coverage.at_most)
    yield f"All people aged {coverage.ages.label}", words.people(coverage.population)
    share = f"{100 * coverage.share:.2f}%"
    most = f"{100 * coverage.share_at_most:.2f}%"
    yield "Share covered", share if share == most else f"at least {share}, at most {most}"
    yield "Counted by", coverage.geography.title
    yield "Population", f"mid-{coverage.mid_year}"


def _between(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"at least {least:,}, at most {most:,}"


def _working(gazetteer: Gazetteer, coverage: Coverage) -> Params:
    slug, kind = gazetteer.country.slug, coverage.geography.kind
    rows = [
        (
            (line.name, area_path(slug, kind, line.code)),
            line.code,
            words.people(line.population),
            words.per_cent(line.share),
            _between(line.covered, line.at_most),
            _through(line),
        )
        for line in sorted(coverage.lines, key=lambda each: each.name)
    ]
    headings = ("Area", "Code", "People", "Share covered", "People covered", "Through")
    title = f"Working: people aged {coverage.ages.label} by area"
    return parts.table(title, headings, rows, numeric=(2, 3, 4), name="working") | {"compact": True}


def _through(line: CoverageLine) -> str:
    """The member areas behind a line; shares where they are parts, names where not its own."""
    return (
        "; ".join(
            f"{each.member.place.name} ({ROLE_WORDS[each.member.membership.role].lower()}"
            + (f", {words.per_cent(each.share)})" if each.share < 1 else ")")
            for each in line.members
        )
        or "–"
    )


def _moves(gazetteer: Gazetteer, change: CoverageChange) -> Params:
    rows = [_move_row(gazetteer, each) for each in change.moves]
    headings = ("Area", "What happened", "Role before", "Role after", "People")
    title = f"What changed since {plain_day(change.before.on)}"
    return parts.table(title, headings, rows, numeric=(4,), name="moves")


def _move_row(gazetteer: Gazetteer, move: Move) -> tuple[object, ...]:
    before = ROLE_WORDS[move.before] if move.before else "None"
    after = ROLE_WORDS[move.after] if move.after else "None"
    link = (move.name, area_path(gazetteer.country.slug, move.kind, move.code))
    return link, str(move.reason).capitalize(), before, after, f"{move.people:+,}"
