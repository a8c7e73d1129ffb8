"""What each provider sends of itself every month: header, teams, wards, sessions and drop-ins."""

import numpy as np

from ithrive.records.synthesis.arrays import Ints
from ithrive.records.synthesis.country import TEAMS
from ithrive.records.synthesis.sent import columns as to
from ithrive.records.synthesis.sent.numbers import teams
from ithrive.records.synthesis.sent.sheet import MARKED, Sent, Sheet, send
from ithrive.records.synthesis.services import DROP_IN_SERVICES, SESSION_TEAMS, Services
from ithrive.records.synthesis.stays import ADULT_WARD, WARDS


def service_sheets(services: Services) -> list[Sheet]:
    country = services.country
    provider, month = np.nonzero(services.sent)
    return [
        _header(send(country, provider, month, provider)),
        _sessions(services),
        _drop_ins(services),
        _team_details(_each(services, len(TEAMS), provider, month)),
        _ward_details(_each(services, len(WARDS), provider, month)),
    ]


def _each(services: Services, count: int, provider: Ints, month: Ints) -> Sent:
    """A row for each of so many things of every provider and month."""
    row = np.tile(np.arange(count), len(provider))
    return send(services.country, row, np.repeat(month, count), np.repeat(provider, count))


def _header(sent: Sent) -> Sheet:
    starts = sent.country.calendar.starts
    columns = {
        "DatSetVer": to.same("6.0", len(sent)),
        "OrgIDProvider": to.codes(sent.code, sent.country.codes),
        "PrimSystemInUse": to.same(MARKED[:20], len(sent)),
        "ReportingPeriodStartDate": to.days(starts[sent.month]),
        "ReportingPeriodEndDate": to.days(starts[sent.month + 1] - 1),
        "DateTimeDatSetCreate": to.moments(
            starts[sent.month + 1] + 20 - sent.older, np.full(len(sent), 32_400)
        ),
    }
    return Sheet("MHS000Header", sent, columns)


def _sessions(services: Services) -> Sheet:
    sessions, country = services.sessions, services.country
    month = country.calendar.month_of(sessions.day)
    sent = send(country, np.arange(len(month)), month, sessions.provider)
    columns = {
        "GroupSessID": to.identifiers("G", sent.row),
        "GroupSessDate": to.days(sessions.day[sent.row]),
        "OrgIDComm": to.codes(sent.provider // 2, country.commissioners),
        "GroupSessType": to.same("01", len(sent)),
        "NumberOfGroupSessParticip": to.whole_numbers(sessions.participants[sent.row]),
        "ServTeamTypeRefToMH": to.codes(sessions.team[sent.row], SESSION_TEAMS),
    }
    return Sheet("MHS301GroupSession", sent, columns)


def _drop_ins(services: Services) -> Sheet:
    drop_ins, country = services.drop_ins, services.country
    month = country.calendar.month_of(drop_ins.day)
    sent = send(country, np.arange(len(month)), month, drop_ins.provider)
    columns = {
        "MHDropInContactID": to.identifiers("D", sent.row),
        "CareContactDateMHDropInContact": to.days(drop_ins.day[sent.row]),
        "OrgIDComm": to.codes(sent.provider // 2, country.commissioners),
        "MHDropInContactServiceType": to.codes(drop_ins.service[sent.row], DROP_IN_SERVICES),
        "PersonBirthDate": to.days(drop_ins.born[sent.row]),
        "ConsMechanismMH": to.same("01", len(sent)),
        "MHDropInContactOutcome": to.same("01", len(sent)),
    }
    return Sheet("MHS302MHDropInContact", sent, columns)


def _team_details(sent: Sent) -> Sheet:
    columns = {
        "CareProfTeamLocalID": teams(sent.row, TEAMS),
        "OrgIDCareProfTeamLocalID": to.codes(sent.code, sent.country.codes),
        "ServTeamTypeMH": to.codes(sent.row, TEAMS),
        "ServTeamIntAgeGroup": to.same("02", len(sent)),
    }
    return Sheet("MHS902ServiceTeamDetails", sent, columns)


def _ward_details(sent: Sent) -> Sheet:
    columns = {
        "WardCode": to.codes(sent.row, [f"WARD-{code}" for code in WARDS]),
        "SiteIDOfWard": to.codes(sent.code, sent.country.codes),
        "WardAge": to.codes((sent.row == ADULT_WARD).astype(np.int64), ("10", "13")),
        "WardType": to.codes(sent.row * 0, ("01",)),
        "AvailBedDays": to.whole_numbers(sent.row * 0 + 300),
        "ClosedBedDays": to.whole_numbers(sent.row * 0),
    }
    return Sheet("MHS903WardDetails", sent, columns)
