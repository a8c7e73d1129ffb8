"""How many people chose each of some statements, as it is typed in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from ithrive.implementation.wishes import MOST, Wished
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import word_messages
from ithrive.web.implementation.actions.wishes import mark_of_wishes
from ithrive.web.implementation.change_forms import SeenForm
from ithrive.web.implementation.forms import FOR_EXAMPLE
from ithrive.web.implementation.models import Wish

ASKED = (("group", "steering group members who chose it"), ("young", "young people who chose it"))


class WishesForm(SeenForm):
    """The day, and two numbers for each statement. Both numbers empty: nobody was asked about it."""

    asked_on = DayField(
        label="On which day were they asked?",
        called="the day on which they were asked",
        help_text=FOR_EXAMPLE,
    )

    def __init__(self, *args: Any, statements: Mapping[str, str], **kwargs: Any) -> None:
        """`statements`: the code of each statement with what people call it."""
        super().__init__(*args, **kwargs)
        self.statements = tuple(statements)
        for code, name in statements.items():
            for who, words in ASKED:
                self.fields[f"{who}-{code}"] = _number(name, f"{name}: {words}")

    def wishes(self) -> dict[str, Wished | None]:
        said = self.cleaned_data
        pairs = {each: (said[f"group-{each}"], said[f"young-{each}"]) for each in self.statements}
        return {
            each: None if group is None and young is None else Wished(group or 0, young or 0)
            for each, (group, young) in pairs.items()
        }

    @staticmethod
    def filled_with(stood: Iterable[Wish]) -> dict[str, Any]:
        rows = list(stood)
        filled: dict[str, Any] = {"seen": mark_of_wishes(rows)}
        for row in rows:
            filled[f"group-{row.statement}"] = row.steering_group
            filled[f"young-{row.statement}"] = row.young_people
            filled["asked_on"] = row.asked_on
        return filled


def _number(name: str, label: str) -> forms.IntegerField:
    field = forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        error_messages={"invalid": f"{name}: enter a whole number, or leave it empty"},
    )
    word_messages(f"WishesForm.{name}", field, label)
    return field
