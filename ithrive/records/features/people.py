"""One row a person: birth, home and what matters for fairness, as last sent."""

import ibis

from ithrive.records.features.reckoning import Table, beside, newest
from ithrive.records.features.rules import Rules
from ithrive.records.reading import Extract

WHITE = ("A", "B", "C")
UNKNOWN_ETHNICITY = ("Z", "99")
# Condition status 1 to 4 says that there is, or may be, autism or a learning disability; 5 that there is not.
WITH_CONDITION = ("1", "2", "3", "4")


def people(extract: Extract, rules: Rules) -> Table:
    """Columns: Person_ID, born, neighbourhood, lives_in_england, and four flags that are NULL where unknown:
    most_deprived, of_other_ethnicity, looked_after, autism_or_ld.
    """
    index = newest(extract.table("MHS001"), "Person_ID")
    index = index.filter(index.Person_ID.notnull())
    home = index.LSOA2021.fill_null(index.LSOA2011)
    index = index.select(
        "Person_ID",
        born=index.PersonBirthDate,
        neighbourhood=home,
        lives_in_england=home.isnull() | home.startswith("E"),
        most_deprived=_is_most_deprived(home, rules),
        of_other_ethnicity=index.EthnicCategory.isin(UNKNOWN_ETHNICITY).ifelse(
            None, index.EthnicCategory.notin(WHITE)
        ),
    )
    return beside(index, _circumstances(extract), "Person_ID")


def _is_most_deprived(home: ibis.Value, rules: Rules) -> ibis.Value:
    if not rules.most_deprived:
        return ibis.null("boolean")
    return home.isin(sorted(rules.most_deprived))


def _circumstances(extract: Extract) -> Table:
    rows = newest(extract.table("MHS005"), "Person_ID")
    rows = rows.filter(rows.Person_ID.notnull())
    either = rows.LDStatus.isin(WITH_CONDITION).fill_null(False)
    either |= rows.AutismStatus.isin(WITH_CONDITION).fill_null(False)
    neither = (rows.LDStatus == "5").fill_null(False) | (rows.AutismStatus == "5").fill_null(False)
    return rows.select(
        "Person_ID",
        looked_after=rows.LACStatus.cases(("Y", True), ("N", False)),
        autism_or_ld=ibis.cases((either, True), (neither, False)),
    )
