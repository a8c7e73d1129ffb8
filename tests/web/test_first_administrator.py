"""The first administrator of a real programme is invited from the command line."""

import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from ithrive.cli import site
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.history.models import Change
from ithrive.web.history.record import Command, record


@pytest.mark.django_db(transaction=True)
def test_the_link_that_is_printed_opens_the_invitation():
    said = site.invite_administrator("someone@trust.nhs.example")
    link = re.fullmatch(r".* (http://127\.0\.0\.1:\d+/people/accept/[^ ]+/)", said)
    assert link
    assert Client().get(link[1], HTTP_HOST="127.0.0.1").status_code == 200
    assert mail.outbox[0].to == ["someone@trust.nhs.example"]
    assert Change.objects.get().by == "ithrive site administrator"


@pytest.mark.django_db(transaction=True)
def test_behind_https_the_link_names_no_port(settings: Settings):
    settings.SECURE, settings.ALLOWED_HOSTS = True, ["ithrive.example.org"]
    assert " https://ithrive.example.org/people/accept/" in site.invite_administrator(
        "someone@trust.nhs.example"
    )


@pytest.mark.django_db(transaction=True)
def test_nobody_is_invited_twice():
    site.invite_administrator("someone@trust.nhs.example")
    with pytest.raises(NotAllowed, match="was invited to the role already"):
        site.invite_administrator("someone@trust.nhs.example")


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused():
    with pytest.raises(BadInput, match="“someone” is not an email address"):
        site.invite_administrator("someone")


@pytest.mark.django_db(transaction=True)
def test_nobody_real_is_invited_into_the_demonstration():
    from django.db import transaction

    with transaction.atomic():
        record(
            by=Command("demo load"),
            action="load a part of the demonstration",
            subject="people",
            summary="Demonstration: people.",
        )
    with pytest.raises(BadInput, match="it holds the demonstration, whose passphrase is published"):
        site.invite_administrator("someone@trust.nhs.example")
