"""Forms that speak like the NHS: every refusal says what to enter, in the words of its own field."""

from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.forms.utils import pretty_name

NOT_TEXT = "{label} contains a character that cannot be stored. Type it again instead of pasting"


class NHSFormMixin(forms.BaseForm):
    """What every form of ours does; a form on a model is `class X(NHSFormMixin, forms.ModelForm)`.

    A required field must bring its own sentence, `error_messages={"required": "Enter the area's name"}`,
    or the form refuses to be made: "This field is required." twice in a summary helps nobody.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            word_messages(f"{type(self).__name__}.{name}", field, str(field.label or pretty_name(name)))

    def _clean_fields(self) -> None:
        # PostgreSQL stores no NUL. Text fields refuse it themselves; a choice made by a query would not.
        for bound in self:
            if holds_nul(bound.data):
                self.add_error(bound.name, ValidationError(NOT_TEXT.format(label=bound.label), code="nul"))
        if not self.errors:
            super()._clean_fields()  # type: ignore[misc] # Django's own step, which its stubs do not name


def holds_nul(submitted: object) -> bool:
    if isinstance(submitted, list):
        return any(holds_nul(each) for each in submitted)
    return isinstance(submitted, str) and "\x00" in submitted


def word_messages(place: str, field: forms.Field, label: str) -> None:
    """Give a field the site's wording; refuse a required one without its own sentence."""
    generic = forms.Field.default_error_messages["required"]
    if field.required and field.error_messages.get("required") == generic:
        raise ImproperlyConfigured(
            f'{place} is required, so it needs its own sentence: error_messages={{"required": "Enter ..."}}.'
        )
    field.error_messages.setdefault("max_length", f"{label} must be %(limit_value)d characters or fewer")
    field.error_messages.setdefault("min_length", f"{label} must be %(limit_value)d characters or more")
    field.error_messages.setdefault("max_value", f"{label} must be %(limit_value)s or fewer")
    field.error_messages.setdefault("min_value", f"{label} must be %(limit_value)s or more")
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = f"{label}: choose one of the answers in the list"


class NHSForm(NHSFormMixin, forms.Form):
    """A form of its own."""
