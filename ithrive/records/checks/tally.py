"""What is counted of an extract, by provider and month: rows that fail each rule, and how good a field is."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ithrive.records.checks.quality import Place, Quality, class_of
from ithrive.records.model import model

Count = tuple[str, str, int]  # rule, provider and UniqMonthID


@dataclass
class Tally:
    """The counts so far."""

    failed: Counter[Count] = field(default_factory=Counter)
    classes: dict[Place, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def counts(self) -> dict[Count, int]:
        return dict(self.failed)

    @property
    def quality(self) -> dict[Place, Quality]:
        return {place: Quality(**classes) for place, classes in self.classes.items()}

    def add_failures(self, rule: str, row: Mapping[str, Any], rows: int | None) -> None:
        """Rows of the provider and month that `row` is of; None and 0 leave no trace."""
        if rows:
            self.failed[rule, row["OrgIDProv"], row["UniqMonthID"]] += int(rows)

    def add_value(self, short: str, name: str, row: Mapping[str, Any]) -> None:
        """So many rows hold this value: a code of its list, or any text in a field without one."""
        code_list, value = model()[short].by_name[name].code_list, row["value"]
        said = (
            class_of(code_list, value, row["UniqMonthID"]) if code_list else "valid" if value else "missing"
        )
        self.classes[short, name, row["OrgIDProv"], row["UniqMonthID"]][said] += row["rows"]

    def add_field(self, short: str, name: str, row: Mapping[str, Any]) -> None:
        """Rows of a field without a list: read ones, placeholders among them, and unreadable ones."""
        read, invalid, default = (row.get(f"{what} {name}") or 0 for what in ("read", "invalid", "default"))
        self.classes[short, name, row["OrgIDProv"], row["UniqMonthID"]] = Counter(
            valid=read - default, default=default, invalid=invalid, missing=row["rows"] - read - invalid
        )
