"""Whatever anybody does in whatever order, a round stays in its table and keeps its promises."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ithrive.assessments.life import NEXT, State
from ithrive.assessments.moderated import compared
from ithrive.framework.instrument import Instrument
from ithrive.problems import NotAllowed
from ithrive.web.assessments import actions, queries
from ithrive.web.assessments.actions import Decision, Draft
from ithrive.web.assessments.models import Round
from ithrive.web.history.record import verify
from tests.cast import Cast, assemble
from tests.web.assessments import scenes

RATERS = ("ada", "ben", "col", "eve")
# Hypothesis begins most often with the first: what matters most happens once scores are agreed.
BEGINNINGS = (State.LOCKED, State.MODERATING, State.OPEN, State.SCHEDULED)
marks = st.sampled_from([1, 3, 4, "Nobody knew", None])
people = st.sampled_from(RATERS)
words = st.sampled_from(["", "We looked again"])
STATEMENTS = (
    3  # in `scenes.moderating` they agree on the first, differ on the second, and one alone rates the third
)


class RoundLife(RuleBasedStateMachine):
    """Anybody tries anything; the rules may refuse, and then nothing may have changed."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.codes = [each.code for each in scenes.small(STATEMENTS).statement]
        self.submitted_at = self.missed_at = None
        self.refused = False

    @initialize(begin=st.sampled_from(BEGINNINGS))
    def begin(self, begin: State) -> None:
        """At the start or halfway, so that later states are met often; open with one rater alone."""
        due = timezone.localdate() - timedelta(weeks=5)  # its window has opened, and closed: it may be missed
        cast, given = self.cast, {"due": due, "instrument": scenes.small(STATEMENTS)}
        if begin is State.SCHEDULED:
            self.round = scenes.scheduled(cast.alderbrook, **given)  # type: ignore[arg-type] # as named there
        elif begin is State.OPEN:
            self.round = scenes.opened(cast.alderbrook, cast.ben, **given)
        elif begin is State.MODERATING:
            self.round = scenes.moderating(cast.alderbrook, cast.ben, cast.col, **given)
        else:
            self.round = scenes.locked(cast.alderbrook, cast.ben, cast.eve, cast.eve, **given)

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def now(self) -> Round:
        return scenes.again(self.round)

    def try_to(self, act: object, **words: object) -> None:
        before = State(self.now().state)
        try:
            act(**words)  # type: ignore[operator] # one of the actions
        except NotAllowed:
            assert self.now().state == before
            self.refused = True
        after = State(self.now().state)
        # Recording an exception or taking a rater off may begin moderation; each is one step of the table.
        assert after == before or after in NEXT[before], f"{before} became {after}"

    @rule(who=people)
    def name(self, who: str) -> None:
        self.try_to(actions.name_rater, round=self.round, person=getattr(self.cast, who), by=self.cast.eve)

    @rule(who=people)
    def withdraw(self, who: str) -> None:
        if rater := queries.rater_of(self.round, getattr(self.cast, who)):
            self.try_to(actions.withdraw_rater, rater=rater, by=self.cast.eve)

    @rule()
    def open(self) -> None:
        self.try_to(actions.open_round, round=self.round, by=self.cast.eve)

    @rule()
    def miss(self) -> None:
        self.try_to(actions.mark_missed, round=self.round, by=self.cast.eve)

    @rule()
    def remove(self) -> None:
        self.try_to(actions.remove_round, round=self.round, by=self.cast.eve)

    @rule(reason=words)
    def allow_one(self, reason: str) -> None:
        self.try_to(actions.allow_one_rater, round=self.round, reason=reason, by=self.cast.eve)

    @rule(who=people, said=st.tuples(*[marks] * STATEMENTS))
    def rate_and_submit(self, who: str, said: tuple[int | str | None, ...]) -> None:
        rater = queries.rater_of(self.round, getattr(self.cast, who))
        if rater is None:
            return
        known = queries.ratings_of(rater)
        drafts = [
            Draft(code, mark if isinstance(mark, int) else None, mark if isinstance(mark, str) else "", "",
                  known[code].saves if code in known else 0)
            for code, mark in zip(self.codes, said, strict=True)
        ]  # fmt: skip
        self.try_to(actions.save_ratings, rater=rater, drafts=drafts, by=rater.person)
        self.try_to(actions.submit_ratings, rater=rater, by=rater.person)

    @rule(scores=st.tuples(*[marks] * STATEMENTS), reason=words)
    def agree(self, scores: tuple[object, ...], reason: str) -> None:
        self.decide(*((score if isinstance(score, int) else None, reason) for score in scores))

    @rule()
    def agree_as_rated(self) -> None:
        """The first score that was given, with a reason only where raters gave different ones."""
        sides = compared(queries.ratings_of_all(self.now(), queries.raters_of(self.round)), self.instrument())
        given = [sides[code] for code in self.codes]
        why = ["We looked again" if each.steps_apart else "" for each in given]
        self.decide(
            *(
                (next(iter(each.scores.values()), None), reason)
                for each, reason in zip(given, why, strict=True)
            )
        )

    def decide(self, *decided: tuple[int | None, str]) -> None:
        now = queries.agreed_now(self.round)
        decisions = {
            code: Decision(score, reason, now[code].pk if code in now else 0)
            for code, (score, reason) in zip(self.codes, decided, strict=True)
        }
        self.try_to(actions.agree_scores, round=self.round, decisions=decisions, by=self.cast.eve)

    def instrument(self) -> Instrument:
        return queries.instrument_of(self.now())

    @rule(reason=words, who=people)
    def give_back(self, reason: str, who: str) -> None:
        raters = [each for each in queries.raters_of(self.round) if each.person == getattr(self.cast, who)]
        self.try_to(actions.return_ratings, round=self.round, raters=raters, reason=reason, by=self.cast.eve)

    @rule(who=people)
    def lock(self, who: str) -> None:
        self.try_to(actions.lock_round, round=self.round, by=getattr(self.cast, who))

    @rule(who=people)
    def sign(self, who: str) -> None:
        self.try_to(actions.sign_off_round, round=self.round, by=getattr(self.cast, who))

    @rule(reason=words)
    def reopen(self, reason: str) -> None:
        self.try_to(actions.reopen_round, round=self.round, reason=reason, by=self.cast.eve)

    @rule()
    def share(self) -> None:
        self.try_to(actions.share_reflection, round=self.round, statement="With all", by=self.cast.eve)

    def keeps_its_promises(self) -> None:
        self.what_happened_stays_a_fact()
        self.ratings_are_seen_only_once_all_have_submitted()
        self.no_score_stands_without_two_ratings_or_a_recorded_exception()
        self.two_people_sealed_what_is_signed_off()

    @invariant()
    def what_happened_stays_a_fact(self) -> None:
        round = self.now()
        for fact in ("submitted_at", "missed_at"):
            first = getattr(self, fact)
            assert first is None or getattr(round, fact) == first
            setattr(self, fact, getattr(round, fact))

    @invariant()
    def ratings_are_seen_only_once_all_have_submitted(self) -> None:
        raters = queries.raters_of(self.round)
        if not raters or any(each.submitted_at is None for each in raters):
            assert queries.ratings_of_all(self.now(), raters) == []

    @invariant()
    def no_score_stands_without_two_ratings_or_a_recorded_exception(self) -> None:
        round = self.now()
        if round.state not in {State.MODERATING, State.LOCKED, State.SIGNED_OFF}:
            return
        raters = queries.raters_of(round)
        assert len(raters) >= 2 or round.single_rater_exception
        if round.state == State.MODERATING:  # what is agreed is checked once more when it is locked
            return
        sides = compared(queries.ratings_of_all(round, raters), queries.instrument_of(round))
        agreed = queries.agreed_now(round)
        assert set(agreed) == set(self.codes)
        for code, row in agreed.items():
            given = set(sides[code].scores.values()) or {None}
            assert row.reason or given == {row.score}
            if row.score is not None:
                assert sides[code].scores
                assert len(sides[code].scores) >= 2 or row.reason or round.single_rater_exception

    @invariant()
    def two_people_sealed_what_is_signed_off(self) -> None:
        round = self.now()
        if round.state == State.SIGNED_OFF:
            rated = {each.person_id for each in queries.raters_of(round)}
            assert round.locked_by_id != round.signed_off_by_id
            assert not {round.locked_by_id, round.signed_off_by_id} <= rated


@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_the_life_of_a_round() -> None:
    class Life(RoundLife):
        cast = assemble()

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert verify() is None


Step = Callable[[RoundLife], None]
AGREED = "We looked again"
SEALING: tuple[Step, ...] = (
    lambda life: life.agree_as_rated(),
    lambda life: life.decide((3, ""), (None, ""), (None, "")),  # without the reasons that the others need
    lambda life: life.decide((1, ""), (3, AGREED), (3, AGREED)),  # not what they said of the first
    lambda life: life.decide((3, ""), (3, AGREED), (3, "")),  # one alone rated the third
    lambda life: life.decide((None, AGREED), (None, AGREED), (3, AGREED)),
    *(partial(lambda life, who: life.lock(who), who=who) for who in RATERS),
    *(partial(lambda life, who: life.sign(who), who=who) for who in RATERS),
    lambda life: life.reopen(AGREED),
    lambda life: life.give_back(AGREED, "ben"),
)


def every_way_on(life: RoundLife, steps: int) -> int:
    """Takes every step there is from here, and every way on from those that were not refused."""
    taken = 0
    for step in SEALING:
        point = transaction.savepoint()
        life.refused = False
        step(life)
        life.keeps_its_promises()
        if not life.refused:
            taken += 1 + (every_way_on(life, steps - 1) if steps > 1 else 0)
        transaction.savepoint_rollback(point)
    return taken


@pytest.mark.django_db
@pytest.mark.parametrize("begin", [State.MODERATING, State.LOCKED])
def test_every_way_to_seal_a_rated_round_keeps_its_promises(begin: State) -> None:
    """Few steps matter once all have rated, so all their orders are tried and none is left to chance."""

    class Life(RoundLife):
        cast = assemble()

    life = Life()
    life.begin(begin)
    assert every_way_on(life, steps=3) > 20
