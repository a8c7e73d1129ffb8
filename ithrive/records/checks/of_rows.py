"""Checks of whole rows: days in order, months, ages, duplicates, and rows whose parent is not there."""

from collections.abc import Callable, Iterator

from ibis.expr import types as ir

from ithrive.records.checks.rule import CheckRule, rule
from ithrive.records.model import model

When = Callable[[ir.Table], ir.BooleanValue]
# Which row a row belongs to: table, and the identifier both carry.
PARENTS = {
    "MHS002": ("MHS001", "Person_ID"),
    "MHS005": ("MHS001", "Person_ID"),
    "MHS008": ("MHS001", "Person_ID"),
    "MHS101": ("MHS001", "Person_ID"),
    "MHS401": ("MHS001", "Person_ID"),
    "MHS009": ("MHS008", "UniqCarePlanID"),
    "MHS102": ("MHS101", "UniqServReqID"),
    "MHS105": ("MHS101", "UniqServReqID"),
    "MHS201": ("MHS101", "UniqServReqID"),
    "MHS204": ("MHS101", "UniqServReqID"),
    "MHS205": ("MHS101", "UniqServReqID"),
    "MHS501": ("MHS101", "UniqServReqID"),
    "MHS606": ("MHS101", "UniqServReqID"),
    "MHS202": ("MHS201", "UniqCareContID"),
    "MHS607": ("MHS202", "UniqCareActID"),
    "MHS502": ("MHS501", "UniqHospProvSpellID"),
}
# Later and earlier day of the same row.
IN_ORDER = {
    "MHS002": (("EndDateGMPRegistration", "StartDateGMPRegistration"),),
    "MHS008": (
        ("CarePlanLastUpdateDate", "CarePlanCreatDate"),
        ("CarePlanImplementDate", "CarePlanCreatDate"),
    ),
    "MHS101": (
        ("ServDischDate", "ReferralRequestReceivedDate"),
        ("ReferRejectionDate", "ReferralRequestReceivedDate"),
    ),
    "MHS205": (("EndDatePSDDI", "StartDatePSDDI"),),
    "MHS401": (("EndDateMHActLegalStatusClass", "StartDateMHActLegalStatusClass"),),
    "MHS501": (("DischDateHospProvSpell", "StartDateHospProvSpell"),),
    "MHS502": (("EndDateWardStay", "StartDateWardStay"),),
}
# Events of one month only; a referral's end may not lie before its month, which is why late ends get lost.
OF_THE_MONTH = {
    "MHS105": "OnwardReferDate",
    "MHS201": "CareContDate",
    "MHS204": "IndirectActDate",
    "MHS606": "AssToolCompTimestamp",
}
# The day of an event that a negative wait is counted to.
AFTER_REFERRAL = {"MHS201": "CareContDate", "MHS204": "IndirectActDate"}
OLDEST = 120


def row_rules() -> Iterator[CheckRule]:
    for short in model():
        yield from _order_rules(short)
        yield from _month_rules(short)
        yield from _copies_rules(short)
        if short in PARENTS:
            parent = PARENTS[short][0]
            sentence = f"There is no row of {model()[parent].name} that it belongs to."
            yield rule(
                "orphan",
                sentence,
                short,
                lambda t: ~t.parent_found,
                otherwise="group_rejected",
                needs=(parent,),
            )
    yield from _age_rules()


def _order_rules(short: str) -> Iterator[CheckRule]:
    for later, earlier in IN_ORDER.get(short, ()):
        yield rule(
            f"order:{earlier}",
            f"{later} is before {earlier}.",
            short,
            _before(later, earlier),
            field=later,
            others=(earlier,),
            otherwise="record_rejected",
        )
    if short in AFTER_REFERRAL:
        day = AFTER_REFERRAL[short]
        sentence = f"{day} is before the referral was received: the wait would be negative."
        yield rule(
            "negative_wait", sentence, short, _before(day, "parent_received"), field=day, needs=("MHS101",)
        )


def _before(later: str, earlier: str) -> When:
    return lambda t: t[later] < t[earlier]


def _month_rules(short: str) -> Iterator[CheckRule]:
    day = OF_THE_MONTH.get(short)
    if day:
        yield rule(
            "before_month",
            f"{day} is before the month it was sent in.",
            short,
            lambda t: _month(t[day]) < t.UniqMonthID,
            field=day,
        )
        yield rule(
            "after_month",
            f"{day} is after the month it was sent in.",
            short,
            lambda t: _month(t[day]) > t.UniqMonthID,
            field=day,
        )
    if short == "MHS101":
        for end in ("ServDischDate", "ReferRejectionDate"):
            yield rule(
                "before_month",
                f"{end} is before the month it was sent in: the national processing rejects it.",
                short,
                _ended_before(end),
                field=end,
            )
        received = "ReferralRequestReceivedDate"
        yield rule(
            "after_month",
            f"{received} is after the month it was sent in.",
            short,
            lambda t: _month(t[received]) > t.UniqMonthID,
            field=received,
        )


def _ended_before(end: str) -> When:
    return lambda t: _month(t[end]) < t.UniqMonthID


def _month(day: ir.Value) -> ir.IntegerValue:
    return (day.year().cast("int64") - 1900) * 12 + day.month().cast("int64") - 3


def _copies_rules(short: str) -> Iterator[CheckRule]:
    key = model()[short].key
    yield rule(
        "key",
        f"Another row has the same {' and '.join(key)}, and says something else.",
        short,
        lambda t: t.different > 1,
        others=key,
        otherwise="group_rejected",
        of_copies=True,
    )
    yield rule(
        "copy",
        "The whole row stands there more than once.",
        short,
        lambda t: t.copies > t.different,
        others=key,
        of_copies=True,
    )


def _age_rules() -> Iterator[CheckRule]:
    born = "PersonBirthDate"
    yield rule(
        "born_later",
        "The person was born after the end of the month: the age would be below 0.",
        "MHS001",
        lambda t: _month(t[born]) > t.UniqMonthID,
        field=born,
    )
    yield rule(
        "too_old",
        f"The person would be more than {OLDEST} years old.",
        "MHS001",
        lambda t: (t.UniqMonthID - _month(t[born])) > OLDEST * 12 + 11,
        field=born,
    )
