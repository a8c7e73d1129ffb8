"""Letters on returns: each once to each person, and none for what has come."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ithrive.web.accounts.models import RoleHeld
from ithrive.web.returns.reminders import Sent, remind
from tests.cast import Cast
from tests.web.returns.scenes import owed, submitted

TODAY = timezone.localdate()


def run(days: int = 0) -> Sent:
    return remind(today=TODAY + timedelta(days=days), link_to=lambda found: f"https://x/{found.pk}/")


def test_those_who_fill_in_are_told_once_of_each_stage(cast: Cast) -> None:
    owed(cast.alderbrook)
    assert [run().letters, run().letters] == [2, 0]
    assert {each.to[0].partition("@")[0] for each in mail.outbox} == {"ada", "ben"}
    assert [run(20).letters, run(31).letters, run(61).letters] == [2, 2, 0]
    assert [each.subject.rpartition(" is ")[2].partition(" on ")[0] for each in mail.outbox[::2]] == [
        "open",
        "due",
        "late",
    ]


def test_a_letter_is_a_letter(cast: Cast) -> None:
    found = owed(cast.alderbrook)
    run()
    greeting, first, *_ = mail.outbox[0].body.split("\n\n")
    assert greeting == "Hello Ada,"
    assert first.startswith(f"The return of Alderbrook for {found.quarter.label} is open. It is due on ")


def test_returns_that_nobody_could_be_written_to_about_are_counted(cast: Cast) -> None:
    owed(cast.alderbrook)
    assert run().unreached == 0
    RoleHeld.objects.filter(area=cast.alderbrook).delete()
    assert (run().letters, run().unreached) == (0, 1)


def test_nobody_is_reminded_of_what_has_come(cast: Cast) -> None:
    submitted(owed(cast.alderbrook), by=cast.ben)
    assert run().letters == 0


def test_a_letter_that_the_post_refused_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    owed(cast.alderbrook)

    def refuse(*args: object, **named: object) -> None:
        raise OSError("no post today")

    with monkeypatch.context() as broken:
        broken.setattr("ithrive.web.returns.reminders.send_mail", refuse)
        assert (run().letters, run().failed) == (0, 2)
    assert run().letters == 2
