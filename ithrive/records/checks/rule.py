"""One check: a code, how grave it is, a sentence, and the expression that is true where a row fails."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from ibis.expr import types as ir

Severity = Literal["group_rejected", "record_rejected", "severity_1_warning", "warning"]


@dataclass(frozen=True)
class CheckRule:
    """`when` takes the table that `tables` makes for such rules, and is true, false or NULL; only true rows
    fail.
    """

    code: str  # "MHS201.CareContDate.format"
    severity: Severity  # in the four national grades
    sentence: str
    table: str  # "MHS201"
    fields: tuple[str, ...]
    when: Callable[[ir.Table], ir.BooleanValue]
    national: str = ""  # the message of national validation, "MHS20168", where they have the same rule
    needs: tuple[str, ...] = ()  # other tables that must be there: without them the rule says nothing
    of_copies: bool = False  # about rows whose key stands there more than once
    of_writing: bool = False  # about how a value was written: no value that could be read at once fails it

    @property
    def of_value(self) -> bool:
        """Whether a value and its month say all: rows with the same fail it, or pass it, together."""
        return len(self.fields) == 1 and not self.needs and not self.of_copies


@cache
def national_messages() -> dict[tuple[str, str, str], tuple[str, Severity]]:
    """National message and severity by table, field ("" for the whole row) and kind of rule."""
    path = Path(__file__).parent / "national_messages.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["table"][:6], row["field"], row["kind"]): (row["message"], row["severity"])  # type: ignore[misc] # the file holds these four words only, and a test says so
        for row in rows
    }


def rule(
    kind: str,
    sentence: str,
    table: str,
    when: Callable[[ir.Table], ir.BooleanValue],
    *,
    field: str = "",
    others: tuple[str, ...] = (),
    otherwise: Severity = "warning",
    needs: tuple[str, ...] = (),
    of_copies: bool = False,
    of_writing: bool = False,
) -> CheckRule:
    """A check with the national message and severity if there is one, else with ours."""
    national, severity = national_messages().get((table, field, kind), ("", otherwise))
    code = ".".join(filter(None, (table, field, kind.replace(":", "_"))))
    fields = (field, *others) if field else others
    return CheckRule(code, severity, sentence, table, fields, when, national, needs, of_copies, of_writing)
