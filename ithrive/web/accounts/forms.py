"""What people fill in about people."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ithrive.web.accounts.models import Person
from ithrive.web.components.dates import DayField
from ithrive.web.components.forms import NHSForm
from ithrive.web.rights import AREA_ROLES, Role

EVERYWHERE = [role for role in Role if role not in AREA_ROLES]
NAME = {"required": "Enter your full name"}


class RoleField(forms.ChoiceField):
    """One of the roles that may be given here."""

    def __init__(self) -> None:
        super().__init__(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})

    def offer(self, roles: Iterable[Role]) -> None:
        self.choices = [(role.value, role.label) for role in roles]

    def clean(self, value: Any) -> Role:
        return Role(super().clean(value))


class InviteForm(NHSForm):
    email = forms.EmailField(
        label="Email address",
        help_text="The invitation goes to this address. Only its reader can accept it.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        },
    )
    role = RoleField()

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["role"]
        assert isinstance(offered, RoleField)  # declared above
        offered.offer(roles)


class AcceptForm(NHSForm):
    name = forms.CharField(label="Full name", max_length=100, error_messages=NAME)
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=200,
        help_text="At least 12 characters. Three random words make a good password.",
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Person(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class NameForm(NHSForm):
    name = forms.CharField(label="Full name", max_length=100, error_messages=NAME)


class GiveRoleForm(NHSForm):
    role = RoleField()
    starts = DayField(label="First day", called="the first day", help_text="For example, 31 3 2026")
    ends = DayField(
        label="Ends on",
        called="the day it ends",
        required=False,
        help_text="The first day on which the person no longer holds the role. Leave empty for no end.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["role"]
        assert isinstance(offered, RoleField)  # declared above
        offered.offer(EVERYWHERE)


class EndRoleForm(NHSForm):
    on = DayField(
        label="Ends on",
        called="the day the role ends",
        help_text="The first day on which the person no longer holds the role: today or later.",
    )


class ConfirmForm(NHSForm):
    """Nothing to fill in: the button says it all."""


def refused(form: forms.BaseForm, reason: Exception) -> None:
    """Say on the form why the action refused."""
    form.add_error(None, ValidationError(str(reason)))
