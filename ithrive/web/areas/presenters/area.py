"""The page of one area: what it was and became, what it overlaps, who lives there, what it does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ithrive.areas import spread
from ithrive.areas.ages import CHILDREN, CHILDREN_AND_YOUNG_PEOPLE, AgeBand
from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.kin import Relative, kin_of
from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.places import LocalArea
from ithrive.areas.populations import PopulationEstimate, populations
from ithrive.areas.support import SupportTotal
from ithrive.areas.timeline import plain_day
from ithrive.problems import BadInput
from ithrive.web.areas.presenters import words
from ithrive.web.areas.presenters.paths import area_path, country_path, map_path
from ithrive.web.components import parts
from ithrive.web.components.parts import Params


@dataclass(frozen=True)
class PopulationBox:
    sentence: str
    working: Params | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class AreaPage:
    title: str
    kind: str
    code: str
    path: str
    country: str
    country_path: str
    fictional: bool
    map_path: str
    standing: str  # the latest geography that has it
    facts: Params
    roles: Params | None
    role_now: str
    confidential: bool
    before: Params | None
    after: Params | None
    overlaps: tuple[Params, ...]
    people: tuple[PopulationBox, ...]
    attributes: Params | None
    support: Params | None
    reality: str
    attribution: str
    ended: str


def area_page(
    gazetteer: Gazetteer,
    area: LocalArea,
    memberships: Sequence[Membership],
    *,
    today: date,
    support: Sequence[SupportTotal] | None = None,
) -> AreaPage:
    """One area. `memberships` are what the reader may know of it; `support` None if they may not."""
    standing = _last_standing(gazetteer, area)
    kin = kin_of(gazetteer, area.kind, area.code)
    return AreaPage(
        title=area.names[-1].name,
        kind=words.kind_title(gazetteer, area.kind),
        code=area.code,
        path=area_path(gazetteer.country.slug, area.kind, area.code),
        country=gazetteer.country.name,
        country_path=country_path(gazetteer.country.slug),
        fictional=gazetteer.country.fictional,
        map_path=map_path(gazetteer.country.slug, **({"boundaries": standing} if standing else {})),
        standing=standing,
        facts=_facts(area),
        roles=_roles(memberships),
        role_now=_role_now(memberships, today),
        confidential=any(each.role is MemberRole.COMPARISON for each in memberships),
        before=_relatives(gazetteer, "What it was before", kin.before) if kin.before else None,
        after=_relatives(gazetteer, "What it became", kin.after) if kin.after else None,
        overlaps=tuple(
            _relatives(gazetteer, words.kind_title(gazetteer, kind), near)
            for kind, near in kin.beside.items()
        ),
        people=_people(gazetteer, standing, area.code),
        attributes=_attributes(gazetteer, area),
        support=_support(support),
        reality=words.reality(gazetteer),
        attribution=words.attribution(gazetteer.sources),
        ended=_ended(area, today),
    )


def _last_standing(gazetteer: Gazetteer, area: LocalArea) -> str:
    """The latest geography that has the area; blank for one that no load names any longer."""
    return spread.seat_of(gazetteer, area.kind, area.code, near="") or ""


def _ended(area: LocalArea, today: date) -> str:
    if area.ends and area.ends <= today:
        return f"This area no longer exists. It ended on {plain_day(area.ends)}."
    if area.starts > today:
        return f"This area does not exist yet. It begins on {plain_day(area.starts)}."
    return ""


def _facts(area: LocalArea) -> Params:
    rows: list[tuple[str, object]] = [("Code", area.code)]
    if area.names[-1].ods_code:
        rows.append(("ODS code", area.names[-1].ods_code))
    rows.append(("Existed", words.lived(area.starts, area.ends)))
    if len(area.names) > 1:
        rows += [(f"Called {name.name}", words.lived(name.starts, name.ends)) for name in area.names]
    return parts.summary_list(rows)


def _roles(memberships: Sequence[Membership]) -> Params | None:
    if not memberships:
        return None
    rows = [
        (_role_words(each.role), words.lived(each.starts, each.ends), each.note or "–")
        for each in memberships
    ]
    return parts.table(
        "Roles in the Community of Practice", ("Role", "Held", "Where this is known from"), rows, name="roles"
    )


def _role_words(role: MemberRole) -> str:
    return spread.COMPARISON_WORDS if role is MemberRole.COMPARISON else spread.ROLE_WORDS[role]


def _role_now(memberships: Iterable[Membership], today: date) -> str:
    shares = {each.role: 1.0 for each in memberships if each.holds_on(today)}
    return spread.role_shown(shares).words


def _relatives(gazetteer: Gazetteer, caption: str, relatives: Sequence[Relative]) -> Params:
    rows = [_relative_row(gazetteer, each) for each in relatives]
    headings = ("Area", "Code", "Its share of this area", "This area’s share of it")
    title = relatives[0].geography.title
    full = title if title.startswith(caption) else f"{caption}: {title}"
    return parts.table(full, headings, rows, numeric=(2, 3), caption_size="s")


def _relative_row(gazetteer: Gazetteer, relative: Relative) -> tuple[object, ...]:
    geography = relative.geography
    place = gazetteer.places_by_geography[geography.key][relative.code]
    path = area_path(gazetteer.country.slug, geography.kind, relative.code)
    shares = words.per_cent(relative.share_of_this), words.per_cent(relative.share_of_that)
    return ((place.name, path), relative.code, *shares)


def _people(gazetteer: Gazetteer, geography: str, code: str) -> tuple[PopulationBox, ...]:
    if not geography:
        return ()
    boxes = (_people_box(gazetteer, geography, code, ages) for ages in (CHILDREN, CHILDREN_AND_YOUNG_PEOPLE))
    return tuple(box for box in boxes if box)


def _people_box(gazetteer: Gazetteer, geography: str, code: str, ages: AgeBand) -> PopulationBox | None:
    try:
        estimate = populations(gazetteer, geography, ages)
    except BadInput:
        return None
    sentence = f"{words.people(estimate.people[code])} people aged {ages.label} at mid-{estimate.mid_year}."
    return PopulationBox(sentence, _working(gazetteer, estimate, code), estimate.notes)


def _working(gazetteer: Gazetteer, estimate: PopulationEstimate, code: str) -> Params | None:
    """The parts a figure was added up from; None where it is the area's own."""
    if len(estimate.path) == 1:
        return None
    rows = [
        (
            gazetteer.places_by_geography[part.from_geography][part.from_code].name,
            words.people(part.people_of_from),
            f"{100 * part.share_of_from:.2f}%",
            words.people(part.people),
        )
        for part in estimate.working[code]
    ]
    headings = ("Part", "People there", "Share of them here", "People counted here")
    return parts.table("Working", headings, rows, numeric=(1, 2, 3), caption_size="s")


def _attributes(gazetteer: Gazetteer, area: LocalArea) -> Params | None:
    own = {each.key for each in gazetteer.geographies if each.kind == area.kind}
    titles = {each.key: each for each in gazetteer.attributes}
    rows = [
        (
            titles[value.attribute].title,
            spread.UNKNOWN_WORDS if value.value is None else spread.amount_words(value.value),
            titles[value.attribute].unit,
            titles[value.attribute].vintage,
            gazetteer.geography_by_key[value.geography].title,
        )
        for value in gazetteer.values
        if value.code == area.code and value.geography in own
    ]
    if not rows:
        return None
    headings = ("What", "Value", "Unit", "Vintage", "As drawn in")
    return parts.table("Attributes", headings, rows, numeric=(1,), name="attributes")


def _support(totals: Sequence[SupportTotal] | None) -> Params | None:
    if totals is None:
        return None
    rows = [(str(each.kind).capitalize(), each.times, spread.days_words(float(each.days))) for each in totals]
    return parts.table(
        "Direct support given", ("Kind", "Times", "Days"), rows, numeric=(1, 2), name="support"
    )
