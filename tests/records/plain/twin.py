"""The slow twin of the indicators: lists, loops and dates, written from MEASURES.md section 9 and 2.

Nothing here is shared with the expressions but the code lists. One function an indicator; each yields
figure and number for one site (a provider) at the end of one quarter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ithrive.framework import framework
from ithrive.periods import Quarter
from ithrive.records.model import concepts, members, month_number, month_start, scales, team_groupings
from tests.records.plain.worlds import CODES

Row = dict[str, Any]
DAY = timedelta(days=1)


def age(born: date | None, day: date | None) -> int | None:
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def child(born: date | None, day: date | None) -> bool:
    years = age(born, day)
    return years is not None and 0 <= years <= 17


@dataclass
class Contact:
    day: date
    second: int | None
    status: str | None
    mechanism: str | None
    kind: str | None  # of the team that saw the person
    month: int
    provider: str
    treatments: list[str] = field(default_factory=list)

    @property
    def attended(self) -> bool:
        return self.status in {"5", "6"}


@dataclass
class Referral:
    name: str
    person: str
    provider: str
    received: date
    second: int | None
    kind: str | None
    priority: str | None
    reason: str | None
    closed: date | None
    closure: str | None
    rejected: date | None
    rejection: str | None
    ends: date | None
    who: Row
    contacts: list[Contact] = field(default_factory=list)
    indirect: list[tuple[date, str | None, str | None, int]] = field(
        default_factory=list
    )  # day, team, act, month
    scores: set[tuple[date, str, float | None]] = field(default_factory=set)
    stays: list[Row] = field(default_factory=list)
    onward: list[date] = field(default_factory=list)
    digital: list[date] = field(default_factory=list)
    recorded: list[tuple[date, str]] = field(default_factory=list)  # groupings, by the site itself

    @property
    def counted(self) -> bool:
        return child(self.who["born"], self.received)

    @property
    def attended(self) -> list[Contact]:
        return sorted((c for c in self.contacts if c.attended), key=lambda c: c.day)

    @property
    def crisis(self) -> bool:
        return self.kind in {"A02", "A18", "A19"} and self.priority in {"1", "2", "4"}


@dataclass
class Spell:
    referrals: list[Referral]
    agreed: list[tuple[date, bool]]  # day, with the young person or family
    codes: list[tuple[date, str]]  # of MHS803, which belong to the person

    @property
    def first(self) -> Referral:
        return self.referrals[0]

    @property
    def starts(self) -> date:
        return min(r.received for r in self.referrals)

    @property
    def last(self) -> Referral:
        return max(
            self.referrals,
            key=lambda r: (r.ends or date.max, r.closed or date.min, [-ord(c) for c in r.name]),
        )

    @property
    def ends(self) -> date | None:
        return (
            None
            if any(r.ends is None for r in self.referrals)
            else max(r.ends for r in self.referrals if r.ends)
        )

    @property
    def closed(self) -> date | None:
        return self.last.closed if self.ends else None

    @property
    def closure(self) -> str | None:
        return self.last.closure if self.closed else None

    @property
    def attended(self) -> list[Contact]:
        return sorted((c for r in self.referrals for c in r.attended), key=lambda c: c.day)

    @property
    def accepted(self) -> bool:
        return any(r.rejected is None for r in self.referrals)

    @property
    def hospital(self) -> bool:
        return any(r.stays for r in self.referrals)

    @property
    def scores(self) -> list[tuple[date, str, float | None]]:
        return [score for r in self.referrals for score in r.scores]

    def open_at(self, q: Quarter) -> bool:
        return self.starts < q.ends and (self.ends is None or self.ends >= q.ends)

    def closed_in(self, q: Quarter) -> bool:
        return self.starts < q.ends and self.closed is not None and q.starts <= self.closed < q.ends

    def seen_by(self, day: date, times: int = 1) -> bool:
        return len(self.attended) >= times and self.attended[times - 1].day < day


@dataclass
class Provider:
    code: str
    spells: list[Spell]
    people: dict[str, Row]
    plans: list[Row]
    act: list[Row]
    sessions: list[Row]
    drop_ins: list[Row]

    @property
    def referrals(self) -> list[Referral]:
        return [r for s in self.spells for r in s.referrals]


def read(
    tables: dict[str, list[Row]], most_deprived: frozenset[str], recorded: list[Row]
) -> dict[str, Provider]:
    """The providers of an extract whose identifiers are whole (`whole_rows`)."""
    by: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for table, rows in (tables | {"recorded": recorded}).items():
        for row in rows:
            by[row["OrgIDProv"]][table].append(row)
    return {code: _provider(code, rows, most_deprived) for code, rows in by.items()}


def _provider(code: str, rows: dict[str, list[Row]], most_deprived: frozenset[str]) -> Provider:
    kinds = {row["UniqCareProfTeamID"]: row["ServTeamTypeMH"] for row in rows["MHS902"]}
    people = _people(rows, most_deprived)
    referrals = _referrals(code, rows, kinds, people)
    contacts = {}
    for row in rows["MHS201"]:
        referral = referrals[row["UniqServReqID"]]
        other = row["UniqOtherCareProfTeamLocalID"]
        contact = Contact(
            row["CareContDate"],
            row["CareContTime"],
            row["AttendStatus"],
            row["ConsMechanismMH"],
            kinds[other] if other else referral.kind,
            row["UniqMonthID"],
            code,
        )
        contacts[row["UniqCareContID"]] = (referral, contact)
        referral.contacts.append(contact)
    acts = {}
    for row in rows["MHS202"]:
        acts[row["UniqCareActID"]] = contacts[row["UniqCareContID"]]
        if row["Procedure"]:
            contacts[row["UniqCareContID"]][1].treatments.append(row["Procedure"].split(":")[0])
    for row in rows["MHS204"]:
        referral, other = referrals[row["UniqServReqID"]], row["UniqOtherCareProfTeamLocalID"]
        act = (row["IndActProcedure"] or "").split(":")[0]
        referral.indirect.append(
            (row["IndirectActDate"], kinds[other] if other else referral.kind, act, row["UniqMonthID"])
        )
    for row in rows["MHS606"]:
        day = row["AssToolCompTimestamp"].date()
        referrals[row["UniqServReqID"]].scores.add((day, row["CodedAssToolType"], _number(row["PersScore"])))
    for row in rows["MHS607"]:
        referral, contact = acts[row["UniqCareActID"]]
        referral.scores.add((contact.day, row["CodedAssToolType"], _number(row["PersScore"])))
    wards = defaultdict(list)
    for row in rows["MHS502"]:
        wards[row["UniqHospProvSpellID"]].append(row)
    for row in rows["MHS501"]:
        referrals[row["UniqServReqID"]].stays.append({**row, "wards": wards[row["UniqHospProvSpellID"]]})
    for row in rows["MHS105"]:
        referrals[row["UniqServReqID"]].onward.append(row["OnwardReferDate"])
    for row in rows["MHS205"]:
        referrals[row["UniqServReqID"]].digital.append(row["StartDatePSDDI"])
    for row in rows["recorded"]:
        referrals[row["UniqServReqID"]].recorded.append((row["day"], row["grouping"]))
    return Provider(
        code,
        _spells(list(referrals.values()), _agreed(rows), _codes(rows)),
        people,
        rows["MHS008"],
        rows["MHS401"],
        rows["MHS301"],
        rows["MHS302"],
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if number in {888, 999} else number


def _people(rows: dict[str, list[Row]], most_deprived: frozenset[str]) -> dict[str, Row]:
    people = {}
    circumstances = {row["Person_ID"]: row for row in rows["MHS005"]}
    for row in rows["MHS001"]:
        own, home = circumstances.get(row["Person_ID"], {}), row["LSOA2021"]
        conditions = {own.get("LDStatus"), own.get("AutismStatus")}
        ethnic = row["EthnicCategory"]
        people[row["Person_ID"]] = {
            "born": row["PersonBirthDate"],
            "england": home is None or home.startswith("E"),
            "deprivation": None if home is None else home in most_deprived,
            "ethnicity": None if ethnic in {None, "Z"} else ethnic not in {"A", "B", "C"},
            "looked-after": {"Y": True, "N": False}.get(own.get("LACStatus")),
            "autism-or-ld": True
            if conditions & {"1", "2", "3", "4"}
            else False
            if "5" in conditions
            else None,
        }
    return people


def _referrals(
    code: str, rows: dict[str, list[Row]], kinds: Row, people: dict[str, Row]
) -> dict[str, Referral]:
    newest: dict[str, Row] = {}
    for row in sorted(rows["MHS101"], key=lambda row: row["UniqMonthID"]):
        newest[row["UniqServReqID"]] = row
    last_sent = max(row["UniqMonthID"] for row in rows["MHS101"])
    found = {}
    for name, row in newest.items():
        received = row["ReferralRequestReceivedDate"]
        closed, rejected = (
            day if day and day >= received else None  # nothing ends before it begins
            for day in (row["ServDischDate"], row["ReferRejectionDate"])
        )
        ends = min(filter(None, (closed, rejected)), default=None)
        if ends is None and row["UniqMonthID"] < last_sent:
            ends = month_start(row["UniqMonthID"] + 1)
        found[name] = Referral(
            name,
            row["Person_ID"],
            code,
            received,
            row["ReferralRequestReceivedTime"],
            kinds.get(row["UniqCareProfTeamID"]),
            row["ClinRespPriorityType"],
            row["PrimReasonReferralMH"],
            closed,
            row["ReferClosReason"],
            rejected,
            row["ReferRejectReason"],
            ends,
            people[row["Person_ID"]],
        )
    return found


def _agreed(rows: dict[str, list[Row]]) -> dict[str, list[tuple[date, bool]]]:
    person_of = {row["UniqCarePlanID"]: row["Person_ID"] for row in rows["MHS008"]}
    agreed = defaultdict(list)
    for row in rows["MHS009"]:
        if row["CarePlanContentAgreedDate"]:
            shared = row["CarePlanContentAgreedBy"] == "10" or row["FamilyCarePlanIndicator"] == "Y"
            agreed[person_of[row["UniqCarePlanID"]]].append((row["CarePlanContentAgreedDate"], shared))
    return agreed


def _codes(rows: dict[str, list[Row]]) -> dict[str, list[tuple[date, str]]]:
    codes = defaultdict(list)
    for row in rows["MHS803"]:
        codes[row["Person_ID"]].append((row["StartDateCareClust"], row["CAMHNeedsBasedGroupingCode"]))
    return codes


def _spells(
    referrals: list[Referral],
    agreed: dict[str, list[tuple[date, bool]]],
    codes: dict[str, list[tuple[date, str]]],
) -> list[Spell]:
    spells: list[Spell] = []
    for person in sorted({r.person for r in referrals}):
        open_until: date | None = None
        for r in sorted((r for r in referrals if r.person == person), key=lambda r: (r.received, r.name)):
            if open_until is None or r.received > open_until + 5 * DAY if open_until != date.max else False:
                spells.append(Spell([r], agreed.get(person, []), codes.get(person, [])))
                open_until = r.ends or date.max
            else:
                spells[-1].referrals.append(r)
                open_until = max(open_until or date.min, r.ends or date.max)
    return spells


# Grouping: as the site recorded it, else by code, else by Current View and our rules, else the proxy.

FIVE = {each.code for each in framework().groupings.grouping}
STANDS_FOR = dict(CODES)

ITEMS = {m.concept: int(m.label.split()[0]) for m in members() if m.set == "current_view_problem"}
BY_TEAM = {each.team_type: each.grouping for each in team_groupings()}


def grouping(spell: Spell, q: Quarter) -> tuple[str | None, str | None]:
    """The grouping at the end of a quarter, and the method."""
    recorded = [(day, said) for r in spell.referrals for day, said in r.recorded if said in FIVE]
    if said := _newest(recorded, q):
        return said, "by-site"
    coded = [
        (day, STANDS_FOR[code])
        for r in spell.referrals
        for day, code in spell.codes
        if code in STANDS_FOR and r.received <= day <= (r.ends or date.max)
    ]
    if said := _newest(coded, q):
        return said, "by-code"
    days: dict[tuple[date, str], dict[int, float]] = defaultdict(dict)
    for r in spell.referrals:
        for day, concept, score in r.scores:
            if concept in ITEMS and score is not None and 0 <= score <= 3 and day < q.ends:
                item = ITEMS[concept]
                days[day, r.name][item] = max(score, days[day, r.name].get(item, 0))
    if days:
        newest = max(day for day, _ in days)
        said = sorted(_from_ratings(ratings) for (day, _), ratings in days.items() if day == newest)
        return said[0], "by-rules"
    proxy = _proxy(spell, q)
    return proxy, "by-proxy" if proxy else None


def _newest(said: list[tuple[date, str]], q: Quarter) -> str | None:
    """The newest word before the quarter's end; of two on one day the first by name."""
    before = [(day, grouping) for day, grouping in said if day < q.ends]
    newest = max((day for day, _ in before), default=None)
    return min((grouping for day, grouping in before if day == newest), default=None)


def _from_ratings(ratings: dict[int, float]) -> str:
    if ratings.get(10, 0) == 3 or ratings.get(16, 0) == 3:
        return "getting-risk-support"
    if ratings.get(12, 0) >= 2 or ratings.get(20, 0) >= 2 or sum(r == 3 for r in ratings.values()) >= 3:
        return "getting-more-help"
    return "getting-help" if max(ratings.values()) >= 2 else "getting-advice"


def _proxy(spell: Spell, q: Quarter) -> str | None:
    if spell.hospital:
        return "getting-more-help"
    if spell.closed and spell.closed < q.ends and len(spell.attended) == 1:
        return "getting-advice"
    if spell.first.provider in {"DFC", "S9X2N"}:
        return "getting-advice"
    if spell.first.kind == "F01":
        return "getting-help" if spell.seen_by(q.ends, 2) else "getting-advice"
    return BY_TEAM.get(spell.first.kind or "")


# One function an indicator over spells: whether this spell counts under each figure, at this quarter's end.


def a3(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.closed_in(q) and s.attended:
        onward = any(day < q.ends for r in s.referrals for day in r.onward)
        yield "closed", 1
        yield "signposted", int(s.closure == "08" or onward)


def a5(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.closed_in(q) and s.attended:
        yield "closed", 1
        yield "one-contact", int(len(s.attended) == 1 and s.closure in {"02", "08"})
        yield "dropped-out", int(s.closure in {"05", "09"})


LEFT_OUT_TEAMS = {
    "A02",
    "A03",
    "A04",
    "A11",
    "A19",
    "A20",
    "A21",
    "A22",
    "A23",
    "A24",
    "A25",
    "C05",
    "E02",
    "E03",
    "E04",
}


def left_out(r: Referral) -> bool:
    return bool(
        r.stays
        or r.provider in {"DFC", "S9X2N"}
        or (r.kind == "A18" and r.priority in {"1", "2", "4"})
        or (r.reason == "12" and r.kind not in {"A18", "F01"})
        or (r.reason == "01" and r.kind == "A14")
        or r.kind in LEFT_OUT_TEAMS
        or r.received < date(2016, 1, 1)
    )


CURRENT_VIEW = set().union(
    *(concepts(name) for name in ("current_view_problem", "current_view_context", "current_view_education"))
)


def listed(sets: set[str], concept: str, month: int) -> bool:
    return any(
        m.set in sets
        and m.concept == concept
        and month_number(m.valid_from) <= month
        and (m.valid_to is None or month <= month_number(m.valid_to))
        for m in members()
    )


INTERVENTIONS = {
    "refset_1853461000000105",
    "refset_1853481000000101",
    "refset_1853451000000107",
    "diagnostic_assessment",
}


def h3(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if any(left_out(r) for r in s.referrals):
        return
    contacts = [c.day for c in s.attended] + [act[0] for r in s.referrals for act in r.indirect]
    outcomes = [
        day
        for day, concept, score in s.scores
        if concept not in CURRENT_VIEW and (parity or score is not None)
    ]
    plans = [day for day, _ in s.agreed if s.starts <= day <= (s.ends or date.max)]
    plans += [c.day for c in s.attended if any(listed(INTERVENTIONS, t, c.month) for t in c.treatments)]
    plans += [
        act[0] for r in s.referrals for act in r.indirect if act[2] and listed(INTERVENTIONS, act[2], act[3])
    ]
    firsts = {
        "contact-made": min(contacts, default=None),
        "outcome-recorded": min(outcomes, default=None),
        "plan-recorded": min(plans, default=None),
    }
    for figure, day in firsts.items():
        yield figure, int(day is not None and q.starts <= day < q.ends and s.starts < q.ends)
    days = [day for day in firsts.values() if day]
    if (
        len(days) == 3
        and q.starts <= max(days) < q.ends
        and s.starts < q.ends
        and (parity or max(days) >= s.starts)
    ):
        yield "started", 1
        yield "within-28-days", int((max(days) - s.starts).days <= 28)


def h4(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.open_at(q) and not s.seen_by(q.ends):
        last_day = q.ends - DAY
        weeks = (last_day - s.starts).days / 7
        acts = [c.day for r in s.referrals for c in r.contacts] + [
            a[0] for r in s.referrals for a in r.indirect
        ]
        latest = max([s.starts, *(day for day in acts if day < q.ends)])
        for tail, counts in (("", True), ("-active", (last_day - latest).days < 365)):
            yield f"waiting{tail}", int(counts)
            yield f"over-18-weeks{tail}", int(counts and weeks > 18)
            yield f"over-52-weeks{tail}", int(counts and weeks > 52)


def h5(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.starts < q.ends:
        for c in (c for r in s.referrals for c in r.contacts if q.starts <= c.day < q.ends):
            yield "booked", int(c.status in {"3", "5", "6", "7"})
            yield "missed", int(c.status in {"3", "7"})
            yield "cancelled", int(c.status in {"2", "4"})


def m2(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.open_at(q) and s.accepted and s.seen_by(q.ends):
        yield "open", 1
        for days in (28, 84):
            recent = any(q.ends - days * DAY <= c.day < q.ends for c in s.attended)
            yield f"none-in-{days}-days", int(not recent)


def m3(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, Any]]:
    if s.closed_in(q) and len(s.attended) >= 2:
        assert s.closed
        yield "closed", 1
        yield "median-contacts", [len(s.attended)]
        yield "median-days", [(s.closed - s.starts).days]


def d1(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.open_at(q) and s.seen_by(q.ends, 2):
        yield "open", 1
        yield "agreed", int(any(shared and s.starts <= day < q.ends for day, shared in s.agreed))


def d2(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if len(s.attended) >= 3 and q.starts <= s.attended[2].day < q.ends and s.starts < q.ends:
        goals = concepts("goal_scores")
        scored = any(
            c in goals and v is not None and 0 <= v <= 10 and day <= s.attended[2].day
            for day, c, v in s.scores
        )
        yield "reached", 1
        yield "goals", int(scored)


def w3(s: Spell, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if s.open_at(q) and s.accepted and s.seen_by(q.ends):
        known, method = grouping(s, q)
        yield "open", 1
        yield "grouped", int(known is not None)
        for each in ("by-site", "by-code", "by-rules", "by-proxy"):
            yield each, int(method == each)
        rated = any(
            c in CURRENT_VIEW and v is not None and 0 <= v <= 3 and d < q.ends for d, c, v in s.scores
        )
        yield "current-view", int(rated)


# Over referrals.


def a2(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, Any]]:
    days = [c.day for c in r.attended if c.kind == "A18"] + [a[0] for a in r.indirect if a[1] == "A18"]
    first = min([*days, *filter(None, [r.rejected])], default=None)
    if first and q.starts <= first < q.ends and first >= r.received:
        yield "responded", 1
        yield "median-days", [(first - r.received).days]
        yield "p90-days", [(first - r.received).days]


def a4(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    before = q + -1
    if before.starts <= r.received < before.ends and r.rejection != "01":
        turned_down = r.rejected is not None and (r.rejected - r.received).days <= 90
        yield "received", 1
        yield "not-accepted", int(turned_down)
        yield "inappropriate", int(turned_down and r.rejection == "02")
        yield "incomplete", int(turned_down and r.rejection == "03")


def first_seen(r: Referral, q: Quarter, parity: bool) -> int | None:
    """The wait in days of a referral first seen in the quarter, or None."""
    if not r.attended or not q.starts <= r.attended[0].day < q.ends or r.received >= q.ends:
        return None
    wait = (r.attended[0].day - r.received).days
    if parity:
        return wait if r.received >= date(2019, 4, 1) else None
    return wait if wait >= 0 else None


def h2(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, Any]]:
    wait = first_seen(r, q, parity)
    if wait is not None:
        yield "seen", 1
        yield "median-days", [wait]
        yield "p90-days", [wait]


def w2_waits(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, Any]]:
    wait = first_seen(r, q, parity)
    for group in ("deprivation", "ethnicity", "looked-after", "autism-or-ld"):
        if wait is not None and r.who[group] is not None:
            side = "in" if r.who[group] else "out"
            yield f"{group}-{side}-seen", 1
            yield f"{group}-{side}-median-days", [wait]


def closed_twice_seen(r: Referral, q: Quarter) -> bool:
    return bool(
        r.closed
        and q.starts <= r.closed < q.ends
        and r.received < q.ends
        and len(r.attended) >= 2
        and not r.rejected
        and not r.stays
        and r.kind not in {"B02", "E01", "E02", "E03", "E04", "A14"}
    )


def pairs(r: Referral, parity: bool) -> list[tuple[str, float | None, float]]:
    """Each pair: the rater, the change for the better (None where it decides nothing), the threshold."""
    series: dict[Any, list[tuple[date, float, Any]]] = defaultdict(list)
    known = {scale.concept: scale for scale in scales()}
    for day, concept, score in r.scores:
        scale = known.get(concept)
        if not scale or score is None or (not parity and not scale.lowest <= score <= scale.highest):
            continue
        if day >= r.attended[0].day:
            series[scale.scale if parity else concept].append((day, score, scale))
    found = []
    for scores in series.values():
        first_day = min(day for day, _, _ in scores)
        later = [day for day, _, _ in scores if day > first_day and day >= r.attended[1].day]
        if not later:
            continue
        scale = scores[0][2]
        first = min(score for day, score, _ in scores if day == first_day)
        last = max(score for day, score, _ in scores if day == max(later))
        upwards = scale.higher_is_better
        if not parity and ("prosocial" in scale.scale or "SCORE Index" in scale.scale):
            upwards = not upwards
        rater = "parent" if parity and "HoNOSCA-SR" in scale.scale else scale.rater
        change = (last - first) if upwards else (first - last)
        found.append(
            (rater, None if scale.unit == "T-score" and not parity else change, scale.reliable_change)
        )
    return found


def h6(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if closed_twice_seen(r, q):
        yield "closed", 1
        yield "paired", int(bool(pairs(r, parity)))


def h7(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if not closed_twice_seen(r, q):
        return
    for rater in ("self", "parent", "clinician"):
        changes = [
            (change, needed)
            for who, change, needed in pairs(r, parity)
            if who == rater and change is not None
        ]
        if changes:
            worse = any(change <= -needed + 1e-9 for change, needed in changes)
            better = any(change >= needed - 1e-9 for change, needed in changes) and not worse
            yield f"paired-{rater}", 1
            yield f"improved-{rater}", int(better)
            yield f"deteriorated-{rater}", int(worse)
            yield f"unchanged-{rater}", int(not better and not worse)


def m1(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if r.reason != "12" or (r.stays and not parity):
        return
    days = [
        c.day
        for c in r.attended
        if c.day >= r.received
        and (c.mechanism in {"01", "02", "11"} or (c.mechanism == "04" and c.month >= 1501))
        and any(listed({"nice_eating_disorder"}, t, c.month) for t in c.treatments)
    ]
    if days and (q + -3).starts <= min(days) < q.ends:
        kind = "routine" if r.priority == "3" else "urgent" if r.priority in {"1", "2", "4"} else None
        if kind:
            yield kind, 1
            yield f"{kind}-on-time", int((min(days) - r.received).days <= (7 if kind == "urgent" else 28))


def r1(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if r.crisis and q.starts <= r.received < q.ends:
        yield {"4": "very-urgent", "2": "urgent", "1": "emergency"}[r.priority or ""], 1


def r2(r: Referral, q: Quarter, parity: bool) -> Iterator[tuple[str, int]]:
    if not r.crisis or not q.starts <= r.received < q.ends or r.priority == "1":
        return
    name, hours = ("very-urgent", 4) if r.priority == "4" else ("urgent", 24)
    seen, on_time = False, False
    for c in r.attended:
        days = (c.day - r.received).days
        near = (c.day.year, c.day.month) == (r.received.year, r.received.month) if parity else days <= 7
        seconds = None if None in {c.second, r.second} else days * 86_400 + c.second - r.second
        if c.mechanism == "01" and days >= 0 and near and (seconds is None or seconds >= 0):
            seen = True
            on_time |= seconds is not None and seconds <= hours * 3600
    yield name, 1
    yield f"{name}-seen", int(seen)
    yield f"{name}-on-time", int(on_time)


OVER_SPELLS: dict[str, Callable[..., Iterator[tuple[str, Any]]]] = {
    "A3": a3,
    "A5": a5,
    "H3": h3,
    "H4": h4,
    "H5": h5,
    "M2": m2,
    "M3": m3,
    "D1": d1,
    "D2": d2,
    "W3": w3,
}
OVER_REFERRALS: dict[str, Callable[..., Iterator[tuple[str, Any]]]] = {
    "A2": a2,
    "A4": a4,
    "H2": h2,
    "H6": h6,
    "H7": h7,
    "M1": m1,
    "R1": r1,
    "R2": r2,
    "W2": w2_waits,
}


# Over people, and what happens on a day.


def w1(p: Provider, q: Quarter) -> Iterator[tuple[str, str, int]]:
    then = q + -4
    for s in p.spells:
        if (
            s.first.counted
            and s.closed
            and then.starts <= s.closed < then.ends
            and s.closure in {"02", "04", "07", "08"}
        ):
            again = any(
                r.person == s.first.person and not r.rejected and 5 < (r.received - s.closed).days <= 365
                for r in p.referrals
            )
            where = grouping(s, q)[0] or "not-known"
            yield "discharged", where, 1
            yield "returned", where, int(again)


def qualifies(c: Contact) -> bool:
    if c.provider in {"DFC", "S9X2N"} and c.mechanism in {"05", "09", "10", "13"}:
        return True
    if not c.attended or c.mechanism is None:
        return False
    return c.mechanism in {"01", "02", "04", "11"} if c.month >= 1459 else c.mechanism not in {"05", "06"}


def person_grouping(p: Provider, person: str, q: Quarter) -> str | None:
    year = (q + -3).starts
    mine = [
        s
        for s in p.spells
        if s.first.person == person and s.starts < q.ends and (s.ends is None or s.ends >= year)
    ]
    ordered = sorted(mine, key=lambda s: s.first.name)
    ordered.sort(key=lambda s: s.starts, reverse=True)
    return next((found for s in ordered if (found := grouping(s, q)[0])), None)


def h1(p: Provider, q: Quarter) -> Iterator[tuple[str, str, int]]:
    for person, who in p.people.items():
        if has_access(p, person, q):
            yield "people", person_grouping(p, person, q) or "not-known", 1
        for group in ("deprivation", "ethnicity", "looked-after", "autism-or-ld"):
            if who[group] is not None and has_access(p, person, q):
                yield f"W2:{group}-{'in' if who[group] else 'out'}-people", "", 1


def has_access(p: Provider, person: str, q: Quarter) -> bool:
    year, who = (q + -3).starts, p.people[person]
    days = [
        day
        for r in p.referrals
        if r.person == person and r.counted
        for day in [*(c.day for c in r.contacts if qualifies(c)), *(a[0] for a in r.indirect)]
    ]
    return who["england"] and any(year <= day < q.ends and child(who["born"], day) for day in days)


CRISIS_TEAMS = {"A02", "A19", "A20", "A21", "A22", "A23", "A25"}


def a1_r3(p: Provider, q: Quarter) -> Iterator[tuple[str, str, int]]:
    for person in p.people:
        mine = [r for r in p.referrals if r.person == person and r.counted]
        contacts = [c for r in mine for c in r.attended if q.starts <= c.day < q.ends]
        acts = [a for r in mine for a in r.indirect if q.starts <= a[0] < q.ends]
        advice = any(c.kind == "A18" for c in contacts) or any(a[1] == "A18" for a in acts)
        advice |= person_grouping(p, person, q) == "getting-advice"
        yield "A1:supported", "", int(bool(contacts or acts))
        yield "A1:advised", "", int(bool(contacts or acts) and advice)
        at_risk = any(c.kind in CRISIS_TEAMS for c in contacts) or any(
            s.first.person == person
            and s.first.counted
            and s.open_at(q)
            and grouping(s, q)[0] == "getting-risk-support"
            for s in p.spells
        )
        year = (q + -3).starts
        plan = any(
            row["Person_ID"] == person
            and row["CarePlanTypeMH"] in {"11", "12"}
            and day
            and year <= day < q.ends
            for row in p.plans
            for day in (row["CarePlanCreatDate"], row["CarePlanLastUpdateDate"])
        )
        yield "R3:people", "", int(at_risk)
        yield "R3:with-plan", "", int(at_risk and plan)


def on_days(p: Provider, q: Quarter) -> Iterator[tuple[str, str, int]]:
    """M4, R4, T2, T3 and D3."""
    year = (q + -3).starts
    for r in p.referrals:
        born = r.who["born"]
        for stay in r.stays:
            start, end = stay["StartDateHospProvSpell"], stay["DischDateHospProvSpell"]
            leaves = bool(end and q.starts <= end < q.ends and child(born, end) and start < q.ends)
            yield "M4:discharges", "", int(leaves)
            yield "M4:long-stays", "", int(leaves and (end - start).days >= 60)
            yield "M4:bed-days", "", nights(start, end, q.starts, q.ends, born)
            for ward in stay["wards"]:
                if ward["MHAdmittedPatientClass"] == "200":
                    days = nights(
                        ward["StartDateWardStay"], ward["EndDateWardStay"] or end, year, q.ends, born
                    )
                    yield "R4:adult-ward-bed-days", "", days
        if r.counted:
            yield from (("T3:digital-starts", "", 1) for day in r.digital if q.starts <= day < q.ends)
            yield from answers(r, q)
    for row in p.act:
        day = row["StartDateMHActLegalStatusClass"]
        if year <= day < q.ends and child(p.people[row["Person_ID"]]["born"], day):
            yield "R4:section-136", "", int(row["LegalStatusCode"] == "20")
            yield "R4:detentions", "", int(row["LegalStatusCode"] == "02")
    for row in p.sessions:
        if q.starts <= row["GroupSessDate"] < q.ends and row["ServTeamTypeRefToMH"] in {"F01", "D06"}:
            yield "T2:sessions", "", 1
            yield "T2:participants", "", row["NumberOfGroupSessParticip"] or 0
    for row in p.drop_ins:
        day, born = row["CareContactDateMHDropInContact"], row["PersonBirthDate"]
        if q.starts <= day < q.ends and row["MHDropInContactServiceType"] in {"F01", "A21"}:
            yield "T3:drop-ins", "", int(born is None or (age(born, day) or 0) <= 17)


def nights(start: date, end: date | None, since: date, until: date, born: date | None) -> int:
    """Days in a bed below 18, one by one."""
    day, count = max(start, since), 0
    while day < min(end or until, until):
        count += born is not None and (age(born, day) or 0) < 18
        day += DAY
    return count


def answers(r: Referral, q: Quarter) -> Iterator[tuple[str, str, int]]:
    forms = {m.concept: m.label.split(", ")[1] for m in members() if m.set == "chi_esq_involvement"}
    forms |= {m.concept: "sfq" for m in members() if m.set == "sfq" and m.label in {"item 1", "item 2"}}
    given: dict[tuple[date, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for day, concept, score in r.scores:
        if concept in forms and score is not None and 1 <= score <= (5 if forms[concept] == "sfq" else 3):
            given[day, forms[concept]][concept].append(score)
    for (day, form), items in given.items():
        if q.starts <= day < q.ends and len(items) == (2 if form == "sfq" else 4):
            best = 5 if form == "sfq" else 3
            yield "D3:responses", "", 1
            yield "D3:positive", "", int(all(score == best for scores in items.values() for score in scores))


def figures(p: Provider, q: Quarter, parity: bool) -> dict[str, Any]:
    """Figure text (“H4.waiting/getting-help”) → number; medians as the list of what they are of."""
    found: dict[str, Any] = {}

    def add(text: str, number: Any) -> None:
        found[text] = found[text] + number if text in found else number

    for s in p.spells:
        if s.first.counted:
            where = grouping(s, q)[0] or "not-known"
            for measure, indicator in OVER_SPELLS.items():
                for figure, number in indicator(s, q, parity):
                    add(f"{measure}.{figure}", number)
                    add(f"{measure}.{figure}/{where}", number)
        for r in s.referrals:
            if r.counted:
                where = grouping(s, q)[0] or "not-known"
                for measure, indicator in OVER_REFERRALS.items():
                    for figure, number in indicator(r, q, parity):
                        add(f"{measure}.{figure}", number)
                        add(f"{measure}.{figure}/{where}", number)
    for measure, whole in (("W1", w1), ("H1", h1), ("", a1_r3), ("", on_days)):
        for figure, where, number in whole(p, q):
            text = figure.replace(":", ".") if ":" in figure else f"{measure}.{figure}"
            add(text, number)
            add(f"{text}/{where}", number)
    return found
