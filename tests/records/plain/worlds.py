"""Small extracts made by chance: a few young people at each of many providers, with everything awkward."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ithrive.records.model import members, month_number, month_start, scales

FIRST, LAST = date(2022, 7, 1), date(2024, 9, 30)
TEAMS = ("A18", "A02", "A06", "F01", "C10", "A19", "C05", "B02", "A14", "E02", "D06", None)
SCALES = [*(scale.concept for scale in scales()[::9]), "986111000000107", "718455008", "959961000000106"]
SCALES += [scale.concept for scale in scales() if scale.rater == "goals" or scale.scale.startswith("Child ")]
OFTEN = [scale.concept for scale in scales() if scale.scale.startswith(("Child ", "HoNOSCA-CR"))][:6]
OFTEN += ["986111000000107", "718455008"]
OFTEN += [scale.concept for scale in scales() if scale.scale.startswith(("HoNOSCA-SR", "RCADS"))][::9]
RATED = [member.concept for member in members() if member.set == "current_view_problem"][8:22]
INVOLVED = [m.concept for m in members() if m.set == "chi_esq_involvement"][:4]
INVOLVED_SFQ = [m.concept for m in members() if m.set == "sfq"][:2]
PROCEDURES = ("51484002", "718023002:1=2", "304891004", "1085671000000109", "999999", None)
# What codes of MHS803 stand for here; the national list was never obtained, and X9 stands for nothing.
CODES = (("H1", "getting-help"), ("A1", "getting-advice"))
GROUPINGS = ("thriving", "getting-help", "getting-risk-support", "no such grouping")
NEIGHBOURHOODS = ("E01000001", "E01000002", "W01000001", None)
MOST_DEPRIVED = frozenset({"E01000001"})


def world(seed: int, sites: int) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; beside them, under "recorded", the groupings that sites recorded themselves."""
    chance = random.Random(seed)  # noqa: S311 # tests, not secrets
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for place in range(sites):
        _Provider(chance, f"R{place:03d}" if place else "DFC", records).fill()
    return records


class _Provider:
    def __init__(self, chance: random.Random, code: str, records: dict[str, list[dict[str, Any]]]) -> None:
        self.chance, self.code, self.records = chance, code, records
        self.day = FIRST

    def add(self, table: str, day: date, **row: Any) -> None:
        self.records[table].append({"OrgIDProv": self.code, "UniqMonthID": month_number(day), **row})

    def after(self, day: date, most: int, least: int = 0) -> date:
        return day + timedelta(days=self.chance.choice((least, most, self.chance.randint(least, most))))

    def maybe(self, value: Any, share: float = 0.5) -> Any:
        return value if self.chance.random() < share else None

    def fill(self) -> None:
        for number, kind in enumerate(TEAMS):
            self.add("MHS902", FIRST, CareProfTeamLocalID=f"t{number}", ServTeamTypeMH=kind)
        for person in range(self.chance.randint(1, 4)):
            self.person(f"p{person}")
        for number in range(self.chance.randint(0, 3)):
            day = self.some_day()
            kind = self.chance.choice(("F01", "D06", "A06"))
            self.add(
                "MHS301",
                day,
                GroupSessID=f"g{number}",
                GroupSessDate=day,
                ServTeamTypeRefToMH=kind,
                NumberOfGroupSessParticip=self.maybe(self.chance.randint(1, 30), 0.8),
            )
            self.add(
                "MHS302",
                day,
                MHDropInContactID=f"d{number}",
                CareContactDateMHDropInContact=day,
                MHDropInContactServiceType=self.chance.choice(("F01", "A21", "A17")),
                PersonBirthDate=self.chance.choice((None, date(2010, 1, 1), date(1990, 1, 1))),
            )

    def some_day(self) -> date:
        return FIRST + timedelta(days=self.chance.randint(0, (LAST - FIRST).days))

    def person(self, name: str) -> None:
        born = self.chance.choice(
            (date(2012, 2, 29), date(2006, 4, 1), date(2005, 9, 9), date(2017, 1, 5), None, date(2008, 2, 29))
        )
        self.add(
            "MHS001",
            FIRST,
            LocalPatientID=name,
            PersonBirthDate=born,
            LSOA2021=self.chance.choice(NEIGHBOURHOODS),
            EthnicCategory=self.chance.choice(("A", "C", "H", "Z", None)),
        )
        if self.chance.random() < 0.7:
            self.add(
                "MHS005",
                FIRST,
                LocalPatientID=name,
                LACStatus=self.chance.choice(("Y", "N", "X", None)),
                LDStatus=self.chance.choice(("1", "5", None)),
                AutismStatus=self.chance.choice(("2", "5", "U")),
            )
        received = self.after(FIRST, 500)
        for number in range(self.chance.randint(1, 3)):
            received = self.referral(name, f"{name}r{number}", received)
        self.plans(name)
        self.clusters(name)
        if self.chance.random() < 0.3:
            day = self.some_day()
            self.add(
                "MHS401",
                day,
                LocalPatientID=name,
                MHActLegalStatusClassPeriodID=f"{name}m",
                StartDateMHActLegalStatusClass=day,
                LegalStatusCode=self.chance.choice(("20", "02", "05")),
            )

    def clusters(self, name: str) -> None:
        for number in range(self.chance.choice((0, 0, 0, 1, 2))):
            day = self.some_day()
            code = self.chance.choice(("H1", "A1", "X9", None))
            self.add("MHS803", day, LocalPatientID=name, ClustID=f"{name}z{number}", StartDateCareClust=day,
                     CAMHNeedsBasedGroupingCode=code)  # fmt: skip

    def record(self, name: str, received: date) -> None:
        """What the site itself says of a referral's need."""
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            day, grouping = self.after(received, 300), self.chance.choice(GROUPINGS)
            said = {"UniqServReqID": f"{self.code}{name}", "day": day, "grouping": grouping}
            self.records["recorded"].append({"OrgIDProv": self.code, **said})

    def plans(self, name: str) -> None:
        for number in range(self.chance.randint(0, 2)):
            day, plan = self.some_day(), f"{name}c{number}"
            self.add(
                "MHS008",
                day,
                LocalPatientID=name,
                CarePlanID=plan,
                CarePlanCreatDate=day,
                CarePlanTypeMH=self.chance.choice(("10", "11", "12")),
                CarePlanLastUpdateDate=self.maybe(self.after(day, 200), 0.3),
            )
            if self.chance.random() < 0.8:
                self.add(
                    "MHS009",
                    day,
                    CarePlanID=plan,
                    CarePlanContentAgreedDate=self.maybe(day, 0.9),
                    CarePlanContentAgreedBy=self.chance.choice(("10", "14")),
                    FamilyCarePlanIndicator=self.chance.choice(("Y", "N", None)),
                )

    def referral(self, person: str, name: str, received: date) -> date:
        closed = self.maybe(self.after(received, 300), 0.7)
        rejected = self.maybe(self.after(received, 91), 0.15)
        end = min(filter(None, (closed, rejected, LAST)))
        last = max(self.maybe(end, 0.9) or received, received)
        if self.chance.random() < 0.03:  # a slip of the pen
            closed = received - timedelta(days=self.chance.randint(1, 400))
        second = self.maybe(self.chance.randint(0, 86_399), 0.8)
        aim = self.chance.choice(("any", "crisis", "eating", "outcomes"))
        state = {
            "LocalPatientID": person,
            "ServiceRequestID": name,
            "ReferralRequestReceivedDate": received,
            "ReferralRequestReceivedTime": second,
            "CareProfTeamLocalID": f"t{self.chance.randrange(len(TEAMS))}",
            "ClinRespPriorityType": self.chance.choice(("1", "2", "3", "4", None)),
            "PrimReasonReferralMH": self.chance.choice(("12", "05", "01", "18")),
        }
        state |= {
            "any": {},
            "crisis": {
                "CareProfTeamLocalID": "t1",
                "ClinRespPriorityType": self.chance.choice(("4", "4", "2", "1")),
            },
            "eating": {"PrimReasonReferralMH": "12", "ClinRespPriorityType": self.chance.choice(("3", "2"))},
            "outcomes": {"CareProfTeamLocalID": "t2"},
        }[aim]
        for month in range(month_number(received), month_number(last) + 1):
            self.add("MHS101", month_start(month), **state)
        ended = {
            "ServDischDate": closed if last == end else None,
            "ReferRejectionDate": rejected if last == end else None,
            "ReferRejectReason": self.chance.choice(("01", "02", "03")) if rejected else None,
            "ReferClosReason": self.chance.choice(("02", "04", "05", "07", "08", "09")) if closed else None,
        }
        self.records["MHS101"][-1].update(ended)
        self.events(name, received, end, second, aim)
        self.record(name, received)
        if self.chance.random() < 0.15:
            self.stay(name, received)
        if self.chance.random() < 0.2:
            day = self.after(received, 100)
            self.add("MHS105", day, ServiceRequestID=name, OnwardReferDate=day, OrgIDReceiving="X")
        if self.chance.random() < 0.1:
            day = self.after(received, 100)
            self.add("MHS205", day, ServiceRequestID=name, StartDatePSDDI=day)
        return self.after(end, 200, -5) + timedelta(days=self.chance.choice((0, 5, 6)))

    def stay(self, name: str, received: date) -> None:
        start = self.after(received, 60)
        end = self.maybe(self.after(start, 90), 0.7)
        self.add(
            "MHS501",
            start,
            ServiceRequestID=name,
            HospProvSpellID=f"{name}h",
            StartDateHospProvSpell=start,
            DischDateHospProvSpell=end,
        )
        self.add(
            "MHS502",
            start,
            HospProvSpellID=f"{name}h",
            WardStayID=f"{name}w",
            StartDateWardStay=start,
            EndDateWardStay=self.maybe(end),
            MHAdmittedPatientClass=self.chance.choice(("200", "301")),
        )

    def events(self, name: str, received: date, end: date, second: int | None, aim: str) -> None:
        span = max((end - received).days, 0)
        for number in range(self.chance.choice((2, 3) if aim == "outcomes" else (0, 1, 1, 2, 3, 5))):
            day = received + timedelta(
                days=self.chance.choice((-1, 0, 1, 7, 28, 29, self.chance.randint(0, span + 3)))
            )
            contact = f"{name}k{number}"
            soon = self.chance.choice((0, 3600, 14_400, 14_401))
            plain = aim != "any" and self.chance.random() < 0.7
            self.add(
                "MHS201",
                day,
                ServiceRequestID=name,
                CareContactID=contact,
                CareContDate=day,
                CareContTime=self.maybe(min((second or 0) + soon, 86_399), 0.8),
                AttendStatus="5" if plain else self.chance.choice(("5", "6", "3", "7", "2", "4", None)),
                ConsMechanismMH="01" if plain else self.chance.choice(("01", "02", "04", "05", "10", None)),
                OtherCareProfTeamLocalID=self.maybe(f"t{self.chance.randrange(len(TEAMS))}", 0.2),
            )
            self.activity(contact, day, PROCEDURES[:2] if aim == "eating" else PROCEDURES)
        if self.chance.random() < 0.4:
            day = self.after(received, span + 2)
            self.add(
                "MHS204",
                day,
                ServiceRequestID=name,
                IndirectActDate=day,
                IndActProcedure=self.chance.choice(PROCEDURES),
                OtherCareProfTeamLocalID=self.maybe(f"t{self.chance.randrange(len(TEAMS))}", 0.2),
            )
        self.scores(name, received, span, SCALES if aim == "any" else OFTEN)

    def activity(self, contact: str, day: date, procedures: Sequence[str | None]) -> None:
        if self.chance.random() < 0.5:
            act = f"{contact}a"
            self.add(
                "MHS202", day, CareContactID=contact, CareActID=act, Procedure=self.chance.choice(procedures)
            )
            if self.chance.random() < 0.3:
                self.add(
                    "MHS607",
                    day,
                    CareActID=act,
                    CodedAssToolType=self.chance.choice(SCALES),
                    PersScore=self.score(),
                )

    def score(self) -> str:
        return self.chance.choice(("0", "1", "2", "3", "5", "8", "10", "14", "20.6", "30", "999", "NULLED"))

    def scores(self, name: str, received: date, span: int, scales_used: Sequence[str]) -> None:
        for concept in self.chance.sample(
            scales_used, self.chance.randint(0, 4) if scales_used is SCALES else 4
        ):
            for _ in range(self.chance.randint(1, 4)):
                few = ("0", "1", "2", "4", "10", "20", "40")
                score = self.score() if scales_used is SCALES else self.chance.choice(few)
                self.rate(name, self.after(received, span), concept, score)
        if self.chance.random() < 0.3:
            day = self.after(received, span)
            for concept in self.chance.sample(RATED, 5):
                self.rate(name, day, concept, self.chance.choice(("0", "1", "2", "3", "999")))
        if self.chance.random() < 0.3:
            day = self.after(received, span)
            for concept in self.chance.choice((INVOLVED, INVOLVED_SFQ, INVOLVED[:3])):
                self.rate(name, day, concept, self.chance.choice(("3", "3", "3", "5", "5", "2", "999")))

    def rate(self, name: str, day: date, concept: str, score: str) -> None:
        moment = datetime(day.year, day.month, day.day, 10, 30)  # noqa: DTZ001 # a clock on the wall
        self.add(
            "MHS606",
            day,
            ServiceRequestID=name,
            CodedAssToolType=concept,
            PersScore=score,
            AssToolCompTimestamp=moment,
        )
