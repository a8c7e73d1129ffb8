"""Letters on rounds go out once, to those who may know of the round."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ithrive.assessments.life import State
from ithrive.web.assessments import reminders
from ithrive.web.assessments.models import Purpose, ReminderSent, Round
from ithrive.web.assessments.reminders import Sent, remind
from ithrive.web.history.record import Command
from tests.cast import Cast
from tests.web.assessments import scenes
from tests.web.assessments.scenes import again

pytestmark = pytest.mark.django_db


def run(days: int = 0) -> Sent:
    return remind(
        today=timezone.localdate() + timedelta(days=days),
        link_to=lambda round: f"https://thornmere.example/assessments/rounds/{round.pk}/",
        by=Command("assessments remind"),
    )


def to() -> set[str]:
    return {each.to[0].split("@")[0] for each in mail.outbox}


def test_each_letter_goes_once_to_raters_and_leads(cast: Cast) -> None:
    round = scenes.scheduled(cast.alderbrook, cast.ben, cast.col)
    assert run() == Sent(letters=3, opened=1, missed=0, failed=0)
    assert to() == {"ada", "ben", "col"}
    assert again(round).state == State.OPEN
    assert run() == Sent(0, 0, 0, 0)
    assert f"/assessments/rounds/{round.pk}/" in mail.outbox[0].body
    assert run(days=15).letters == 3
    assert "closes on" in mail.outbox[-1].subject


def test_who_has_submitted_is_left_alone_and_overdue_is_said(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, cast.col)
    scenes.rates(round, cast.ben, 3, 3, 3)
    assert run(days=29).letters == 2
    assert to() == {"ada", "col"}
    assert "Held now, it counts as late" in mail.outbox[0].body


def test_twelve_weeks_after_its_window_a_round_is_recorded_as_missed(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, due=timezone.localdate() - timedelta(weeks=17))
    assert run() == Sent(letters=0, opened=0, missed=1, failed=0)
    assert again(round).state == State.MISSED


def test_a_round_without_raters_is_not_opened_but_its_lead_is_told(cast: Cast) -> None:
    scenes.scheduled(cast.alderbrook)
    assert run() == Sent(letters=1, opened=0, missed=0, failed=0)
    assert to() == {"ada"}


def test_letters_on_a_reflection_stay_in_the_area(cast: Cast) -> None:
    round = scenes.opened(cast.alderbrook, cast.ben, purpose=Purpose.REFLECTION)
    cast.ben.roles.update(role="coach")
    assert run().letters == 1
    assert to() == {"ada"}
    assert ReminderSent.objects.get().round == round


def test_a_letter_that_the_post_refuses_is_tried_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.opened(cast.alderbrook, cast.ben)

    def refuse(*letter: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", refuse)
        assert run() == Sent(letters=0, opened=0, missed=0, failed=2)
    assert not ReminderSent.objects.exists()
    assert run().letters == 2


def test_a_round_that_was_held_gets_no_letters_while_some_rate_again(cast: Cast) -> None:
    round = scenes.moderating(cast.alderbrook, cast.ben, cast.col)
    Round.objects.filter(pk=round.pk).update(state=State.OPEN)
    assert run(days=29) == Sent(0, 0, 0, 0)
