"""What the programme types about areas: roles, support, and lists of both."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ithrive.areas.membership import MemberRole, Membership
from ithrive.areas.support import LONGEST_GIVEN_BY, LONGEST_PURPOSE, MOST_DAYS, SupportGiven, SupportKind
from ithrive.web.areas.models import LocalArea, Support
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm

LONGEST_NOTE = 300
MOST_BYTES = 2_000_000  # a list of every area with notes is a tenth of this


class RoleForm(NHSForm):
    """A role and the days between which it holds."""

    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose the role"}
    )
    starts = DayField(
        label="First day in this role",
        called="the first day in this role",
        help_text="For example, 31 3 2016. Leave it empty if nobody knows.",
        required=False,
    )
    ends = DayField(
        label="First day on which it no longer held",
        called="the day on which it ended",
        help_text="Leave it empty while the role lasts.",
        required=False,
    )
    note = forms.CharField(
        label="Where this is known from", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, roles: Iterable[MemberRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [role for role in MemberRole if role in set(roles)]
        choices = self.fields["role"]
        assert isinstance(choices, forms.ChoiceField)  # declared above
        choices.choices = [(role.value, role.capitalize()) for role in offered]
        if len(offered) == 1:
            choices.initial = offered[0].value

    def role_values(self) -> dict[str, Any]:
        """role, starts, ends and note, as actions take them."""
        return {**self.cleaned_data, "role": MemberRole(self.cleaned_data["role"])}

    @staticmethod
    def filled_with(role: Membership) -> dict[str, Any]:
        return {"role": role.role.value, "starts": role.starts, "ends": role.ends, "note": role.note}


class EndForm(NHSForm):
    ends = DayField(
        label="First day on which it no longer holds",
        called="the day on which it ends",
        help_text="For example, 1 4 2024",
    )


class ErrorForm(NHSForm):
    """Why something recorded is taken back."""

    reason = forms.CharField(
        label="Why was it recorded in error?",
        max_length=200,
        widget=forms.Textarea,
        help_text="The history keeps what was recorded, with this reason.",
        error_messages={"required": "Enter why it was recorded in error"},
    )


class SupportForm(NHSForm):
    """One piece of direct support."""

    on = DayField(label="Date", called="the date of the support", help_text="For example, 31 3 2024")
    kind = forms.ChoiceField(
        label="Kind of support",
        choices=Support.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of support"},
    )
    days = forms.DecimalField(
        label="Time given, in days",
        help_text="For example, 0.5 for half a day",
        min_value=0,
        max_value=MOST_DAYS,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-4"}),
        error_messages={
            "required": "Enter the time given, in days",
            "invalid": "Time given must be a number",
        },
    )
    given_by = forms.CharField(
        label="Given by", max_length=LONGEST_GIVEN_BY, error_messages={"required": "Enter who gave it"}
    )
    purpose = forms.CharField(
        label="Purpose",
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea,
        help_text="What it was for. Never write about a child, a young person or a family.",
        error_messages={"required": "Enter what it was for"},
    )

    def given_to(self, area: LocalArea) -> SupportGiven:
        values = self.cleaned_data
        return SupportGiven(
            area.code,
            values["on"],
            SupportKind(values["kind"]),
            values["days"],
            values["given_by"],
            values["purpose"],
        )

    @staticmethod
    def filled_with(row: Support) -> dict[str, Any]:
        return {field: getattr(row, field) for field in ("on", "kind", "days", "given_by", "purpose")}


class ListForm(NHSForm):
    """A list as a CSV file."""

    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        help_text="Save the sheet as “CSV UTF-8”. At most 2 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a CSV file", "invalid": "Choose a CSV file"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file must be smaller than 2 MB. Send the list in parts")
        return file
