"""People, the roles they hold for a time, and invitations."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from ithrive.web.accounts.rules import InvitationState, invitation_state
from ithrive.web.areas.models import LocalArea
from ithrive.web.rights import AREA_ROLES, Role


def new_reference() -> str:
    return secrets.token_hex(8)


class People(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who signs in. `reference` stands for them in the history, which outlives the account."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """What a line of history about this person is about."""
        return f"person {self.reference}"


class RoleHeld(models.Model):
    """A role, in one area or everywhere, from one day until another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, null=True, related_name="roles")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        ordering = ["role", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="role_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(area=None) ^ Q(role__in=[role.value for role in sorted(AREA_ROLES)]),
                name="area_roles_have_an_area_and_only_they",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.in_words()}"

    def in_words(self) -> str:
        return in_words(self.role, self.area)


class Invitation(models.Model):
    """An offer of one role, by email, until it expires. Only the token's digest is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, null=True, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    # Empty: from the command line, as the first administrator is.
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email}: {self.in_words()}"

    @property
    def subject(self) -> str:
        """What a line of history about this invitation is about."""
        return f"invitation {self.pk}"

    def state(self, now: datetime) -> InvitationState:
        return invitation_state(
            accepted=self.accepted_at, withdrawn=self.withdrawn_at, expires=self.expires_at, now=now
        )

    def in_words(self) -> str:
        return in_words(self.role, self.area)


def in_words(role: str, area: LocalArea | None) -> str:
    """A role and its place: “Area lead” in Alderbrook; “Evaluator”."""
    return f"“{Role(role).label}” in {area.name}" if area else f"“{Role(role).label}”"
