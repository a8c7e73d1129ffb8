"""What the figures of a measure rest on: tables that must be there, fields that must be filled in well."""

from ithrive.measures import Measure

Place = tuple[str, str]  # "MHS201", "AttendStatus"
# The others may well be empty: further teams, indirect activity, codes that ended with version 5.
TABLES = ("MHS201", "MHS205", "MHS301", "MHS302", "MHS401", "MHS501", "MHS502", "MHS606", "MHS008", "MHS009")
EVERYWHERE: tuple[Place, ...] = (("MHS001", "PersonBirthDate"), ("MHS101", "ReferralRequestReceivedDate"))
OF_TABLE: dict[str, tuple[Place, ...]] = {
    "MHS201": (("MHS201", "CareContDate"), ("MHS201", "AttendStatus")),
    "MHS301": (("MHS301", "GroupSessDate"),),
    "MHS302": (("MHS302", "CareContactDateMHDropInContact"),),
    "MHS401": (("MHS401", "StartDateMHActLegalStatusClass"), ("MHS401", "LegalStatusCode")),
    "MHS501": (("MHS501", "StartDateHospProvSpell"),),
    "MHS502": (("MHS502", "StartDateWardStay"), ("MHS502", "MHAdmittedPatientClass")),
    "MHS606": (("MHS606", "AssToolCompTimestamp"), ("MHS606", "CodedAssToolType")),
}
OF_MEASURE: dict[str, tuple[Place, ...]] = {
    "H1": (("MHS201", "ConsMechanismMH"),),
    "M1": (("MHS101", "PrimReasonReferralMH"), ("MHS101", "ClinRespPriorityType")),
    "R2": (
        ("MHS101", "ReferralRequestReceivedTime"),
        ("MHS101", "ClinRespPriorityType"),
        ("MHS201", "CareContTime"),
        ("MHS201", "ConsMechanismMH"),
    ),
    "W2": (("MHS001", "EthnicCategory"),),
}
# What a figure would be wrong without, and not merely thinner: a file that lacks it or cannot be read takes
# the figure with it. Kinds of teams, contacts and ends decide who is counted at all.
_TEAMS = (("MHS902", "ServTeamTypeMH"),)
_CONTACTS = (("MHS201", "CareContDate"), ("MHS201", "AttendStatus"))
_OTHER_WORK = (("MHS204", "IndirectActDate"),)
_ENDS = (("MHS101", "ServDischDate"), ("MHS101", "ReferRejectionDate"))
_CLOSURES = (("MHS101", "ServDischDate"), ("MHS101", "ReferClosReason"))
_SCORES = (("MHS606", "CodedAssToolType"), ("MHS606", "PersScore"))
_STAYS = (("MHS501", "StartDateHospProvSpell"), ("MHS501", "DischDateHospProvSpell"))
RESTS_ON: dict[str, tuple[Place, ...]] = {
    "T2": (("MHS301", "ServTeamTypeRefToMH"), ("MHS301", "NumberOfGroupSessParticip")),
    "T3": (("MHS302", "MHDropInContactServiceType"), ("MHS205", "StartDatePSDDI")),
    "A1": (*_TEAMS, *_CONTACTS, *_OTHER_WORK),
    "A2": (*_TEAMS, *_CONTACTS, *_OTHER_WORK, ("MHS101", "ReferRejectionDate")),
    "A3": (*_CLOSURES, *_CONTACTS),
    "A4": (("MHS101", "ReferRejectionDate"), ("MHS101", "ReferRejectReason")),
    "A5": (*_CLOSURES, *_CONTACTS),
    "H1": (*_CONTACTS, *_OTHER_WORK, ("MHS201", "ConsMechanismMH")),
    "H2": _CONTACTS,
    "H3": (
        *_TEAMS,
        *_CONTACTS,
        *_OTHER_WORK,
        *_SCORES,
        ("MHS202", "Procedure"),
        ("MHS008", "CarePlanCreatDate"),
        ("MHS009", "CarePlanContentAgreedDate"),
    ),
    "H4": (*_ENDS, *_CONTACTS, *_OTHER_WORK),
    "H5": _CONTACTS,
    "H6": (*_TEAMS, *_CLOSURES, *_CONTACTS, *_SCORES),
    "H7": (*_TEAMS, *_CLOSURES, *_CONTACTS, *_SCORES),
    "M1": (*_CONTACTS, ("MHS202", "Procedure"), ("MHS101", "PrimReasonReferralMH")),
    "M2": (*_ENDS, *_CONTACTS),
    "M3": (*_CLOSURES, *_CONTACTS),
    "M4": _STAYS,
    "R1": (*_TEAMS, ("MHS101", "ClinRespPriorityType")),
    "R2": (*_TEAMS, *_CONTACTS, ("MHS101", "ClinRespPriorityType"), ("MHS201", "CareContTime")),
    "R3": (*_TEAMS, *_CONTACTS, ("MHS008", "CarePlanTypeMH"), ("MHS008", "CarePlanCreatDate")),
    "R4": (("MHS401", "LegalStatusCode"), *_STAYS, ("MHS502", "MHAdmittedPatientClass")),
    "D1": (*_ENDS, *_CONTACTS, ("MHS009", "CarePlanContentAgreedDate")),
    "D2": (*_CONTACTS, *_SCORES),
    "D3": _SCORES,
    "W1": _CLOSURES,
    "W2": (*_CONTACTS, *_OTHER_WORK, ("MHS201", "ConsMechanismMH")),
    "W3": (*_ENDS, *_CONTACTS, *_TEAMS),
}
# These look at what happened in their months and not before: a fault in an older file leaves them right.
OWN_MONTHS_ONLY = frozenset({"T2", "T3", "A4", "H1", "H5", "R1", "R4", "D3"})
# Measures of what happened since a discharge a year ago look further back than their period says.
LOOKS_BACK = {"W1": 5}
# Sessions and drop-ins are about nobody: no person, no referral.
ABOUT_NOBODY = frozenset({"MHS301", "MHS302"})


def fields_of(measure: Measure) -> tuple[Place, ...]:
    """The fields whose quality decides whether figures of the measure may be shown."""
    own = (place for table in measure.sources for place in OF_TABLE.get(table, ()))
    return (*_everywhere(measure), *own, *OF_MEASURE.get(measure.id, ()))


def _everywhere(measure: Measure) -> tuple[Place, ...]:
    return () if set(measure.sources) <= {*ABOUT_NOBODY, "return"} else EVERYWHERE


def rests_on(measure: Measure) -> frozenset[Place]:
    """Every table and column without which figures of the measure would be wrong."""
    return frozenset((*_everywhere(measure), *RESTS_ON.get(measure.id, ())))


def tables_of(measure: Measure) -> tuple[str, ...]:
    """The tables without which no figure of the measure can be right."""
    return tuple(table for table in measure.sources if table in TABLES)


def quarters_back(measure: Measure) -> int:
    """How many quarters, with its own, figures of the measure look at."""
    return LOOKS_BACK.get(measure.id, 4 if measure.period == "rolling 12 months" else 1)
