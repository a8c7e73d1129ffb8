"""What people fill in about a release."""

from collections.abc import Sequence

from django import forms

from ithrive.disclosure import rules
from ithrive.periods import Quarter
from ithrive.web.areas.models import Country
from ithrive.web.components.forms import NHSForm
from ithrive.web.overview.releases import releasable_measures

# Only these may go to anybody: the others are for partners, researchers, or to compare with.
FOR_ANYBODY = ("programme", "programme-strict")


class PrepareForm(NHSForm):
    """Which figures, of when, under which rule."""

    title = forms.CharField(
        label="Title",
        max_length=150,
        help_text="For example, Figures for April to June 2026",
        error_messages={"required": "Enter a title"},
    )
    quarters = forms.MultipleChoiceField(
        label="Quarters",
        widget=forms.CheckboxSelectMultiple,
        help_text="Quarters of which something is signed off.",
        error_messages={"required": "Choose at least one quarter"},
    )
    measures = forms.MultipleChoiceField(
        label="Measures",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one measure"},
    )
    rule = forms.ChoiceField(
        label="Rule",
        widget=forms.RadioSelect,
        help_text="Rare and sensitive measures always have the stricter rule.",
        error_messages={"required": "Choose a rule"},
    )

    def __init__(self, *args: object, quarters: Sequence[Quarter], **named: object) -> None:
        super().__init__(*args, **named)
        known = {each.code: each for each in rules().rule}
        choices = {
            "quarters": [(each.label, each.label) for each in quarters],
            "measures": [(each.id, f"{each.id} {each.title}") for each in releasable_measures()],
            "rule": [(code, f"{known[code].title}. {known[code].says}") for code in FOR_ANYBODY],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered


class SureForm(NHSForm):
    sure = forms.BooleanField(
        label="I have read the tables and the attacker’s report, and these figures may be public",
        error_messages={"required": "Say that you have read the tables and the report"},
    )


class StopForm(NHSForm):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        help_text="The history keeps it.",
        error_messages={"required": "Enter why"},
    )


class CountryForm(NHSForm):
    """Whose figures; asked only where several countries were loaded."""

    country = forms.ModelChoiceField(
        label="Country",
        queryset=Country.objects.order_by("fictional", "name"),
        to_field_name="slug",
        empty_label=None,
        error_messages={"required": "Choose a country"},
    )
