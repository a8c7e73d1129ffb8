"""Forms on something that stands already. They bring back the mark of what their reader saw."""

from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from ithrive.web.components.forms import NHSForm
from ithrive.web.implementation.actions import people, planned, stakeholders
from ithrive.web.implementation.actions._seen import mark
from ithrive.web.implementation.forms import ActionForm, PostForm, StakeholderForm
from ithrive.web.implementation.models import Action, Post, Stakeholder


class SeenForm(NHSForm):
    """What every such form has; `initial` gives the mark of what stands now."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def look_again(self) -> Self:
        """A refusal told the reader how it stands: what they save next is about that.

        Mistakes in the fields tell nothing of it, so that these leave the mark as it was.
        """
        if set(self.errors) == {NON_FIELD_ERRORS}:
            self.data = {**dict(self.data.items()), "seen": self.initial["seen"]}
        return self


class ChangePostForm(SeenForm, PostForm):
    @staticmethod
    def filled_with(row: Post) -> dict[str, Any]:
        return {**PostForm.filled_with(row), "seen": mark(row, people.FIELDS)}


class ChangeStakeholderForm(SeenForm, StakeholderForm):
    @staticmethod
    def filled_with(row: Stakeholder) -> dict[str, Any]:
        return {**StakeholderForm.filled_with(row), "seen": mark(row, stakeholders.FIELDS)}


class ChangeActionForm(SeenForm, ActionForm):
    @staticmethod
    def filled_with(row: Action) -> dict[str, Any]:
        return {**ActionForm.filled_with(row), "seen": mark(row, planned.FIELDS)}
