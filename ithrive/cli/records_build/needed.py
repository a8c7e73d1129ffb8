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
# Measures of what happened since a discharge a year ago look further back than their period says.
LOOKS_BACK = {"W1": 5}
# Sessions and drop-ins are about nobody: no person, no referral.
ABOUT_NOBODY = frozenset({"MHS301", "MHS302"})


def fields_of(measure: Measure) -> tuple[Place, ...]:
    """The fields whose quality decides whether figures of the measure may be shown."""
    everywhere = () if set(measure.sources) <= ABOUT_NOBODY else EVERYWHERE
    own = (place for table in measure.sources for place in OF_TABLE.get(table, ()))
    return (*everywhere, *own, *OF_MEASURE.get(measure.id, ()))


def tables_of(measure: Measure) -> tuple[str, ...]:
    """The tables without which no figure of the measure can be right."""
    return tuple(table for table in measure.sources if table in TABLES)


def quarters_back(measure: Measure) -> int:
    """How many quarters, with its own, figures of the measure look at."""
    return LOOKS_BACK.get(measure.id, 4 if measure.period == "rolling 12 months" else 1)
