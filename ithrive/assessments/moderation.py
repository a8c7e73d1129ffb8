"""From blind ratings to scores that stand: who sees what and when, and what each step asks for."""

from collections.abc import Collection
from dataclasses import dataclass

from ithrive.assessments.life import Purpose, State
from ithrive.assessments.moderated import Compared
from ithrive.assessments.ratings import Rating, why_not_score

LONGEST_EVIDENCE = 10_000
LONGEST_REASON = 300
LONGEST_AGREED_REASON = 500
NEEDED = {Purpose.EVALUATED: 2, Purpose.REFLECTION: 1}


@dataclass(frozen=True, slots=True)
class Raters:
    """How many people rate a round, and how many of them have submitted."""

    named: int
    submitted: int

    @property
    def all_submitted(self) -> bool:
        return 0 < self.named == self.submitted


def why_not_see_ratings(state: State, raters: Raters) -> str | None:
    """The reason nobody sees another's ratings yet, in a sentence that gives no rating away.

    That all have submitted is not enough: while a round is open, another rater may still be asked.
    """
    if raters.all_submitted and state in {State.MODERATING, State.LOCKED, State.SIGNED_OFF}:
        return None
    return "Ratings are blind: they are shown once everyone asked to rate this round has submitted."


def why_not_rate(state: State, *, submitted: bool) -> str | None:
    """The reason a rater cannot write ratings now."""
    if submitted:
        return "You have submitted your ratings. They can change only if they are returned to you."
    if state is State.SCHEDULED:
        return "This round is not open yet."
    if state is not State.OPEN:
        return f"This round is {state}, so ratings can no longer change."
    return None


def why_not_keep(rating: Rating) -> str | None:
    """The reason one rating cannot be kept, even as a draft."""
    if why_not_score(rating.score):
        return (
            f"{rating.score} is not on the scale. Choose a score from 1 to 4, or say why you cannot rate it."
        )
    if rating.score is not None and rating.cannot_rate:
        return "Give a score or a reason why you cannot rate it, not both."
    if len(rating.cannot_rate) > LONGEST_REASON:
        return f"The reason must be {LONGEST_REASON} characters or fewer."
    if len(rating.evidence) > LONGEST_EVIDENCE:
        return f"The evidence must be {LONGEST_EVIDENCE:,} characters or fewer."
    return None


def why_not_submit(state: State, *, submitted: bool, missing: int) -> str | None:
    """The reason a rater cannot submit. `missing`: statements with neither a score nor a reason for none."""
    if reason := why_not_rate(state, submitted=submitted):
        return reason
    if missing:
        those = "1 statement has" if missing == 1 else f"{missing} statements have"
        return f"{those} neither a score nor a reason why it cannot be rated. Give one or the other first."
    return None


def why_not_moderate(state: State) -> str | None:
    """The reason scores cannot be agreed now."""
    if state in {State.SCHEDULED, State.OPEN, State.MISSED}:
        return "Scores can be agreed once everyone asked to rate has submitted."
    if state is not State.MODERATING:
        return f"This round is {state}. Reopen it first, with a reason."
    return None


def why_not_begin_moderation(purpose: Purpose, raters: Raters, exception: str) -> str | None:
    """The reason a round stays open although somebody submitted."""
    if not raters.all_submitted:
        return "Not everyone asked to rate this round has submitted."
    if raters.submitted < NEEDED[purpose] and not exception:
        return "An evaluated round needs two raters. Name another, or record why one has to be enough."
    return None


def why_not_except(purpose: Purpose, state: State, reason: str) -> str | None:
    """The reason an exception to the rule of two raters cannot be recorded."""
    if purpose is not Purpose.EVALUATED:
        return "A reflection may be rated by one person, so it needs no exception."
    if state not in {State.SCHEDULED, State.OPEN, State.MISSED}:
        return f"This round is {state}: enough people rated it."
    return None if reason.strip() else "Say why one rater has to be enough."


def why_not_agree(compared: Compared, score: int | None, reason: str, *, alone: bool) -> str | None:
    """The reason a score cannot stand for a statement.

    `alone`: one rater is enough on this round, because it is a reflection or an exception is recorded.
    Otherwise a score that only one rater could give needs its own reason, which is the recorded exception.
    """
    if why_not_score(score):
        return f"{score} is not on the scale. Choose a score from 1 to 4, or “cannot be rated”."
    if score is not None and not compared.scores:
        return "Nobody could rate this statement, so it has no score."
    if len(reason) > LONGEST_AGREED_REASON:
        return f"The reason must be {LONGEST_AGREED_REASON} characters or fewer."
    if reason.strip():
        return None
    if score is not None and len(compared.scores) < 2 and not alone:
        return "Only one rater could score this statement: say why that has to be enough."
    if compared.differs:
        return "The raters differ: say why this is the score."
    if compared.needs_reason(score):
        return "This is not what the raters said: say why this is the score."
    return None


def why_not_lock(state: State, *, without_score: int) -> str | None:
    """The reason the scores cannot be locked. `without_score`: statements on which nothing is agreed."""
    if reason := why_not_moderate(state):
        return reason
    if without_score:
        those = "1 statement has" if without_score == 1 else f"{without_score} statements have"
        return f"{those} no agreed score yet."
    return None


def why_not_return(state: State, reason: str) -> str | None:
    """The reason ratings cannot go back to a rater."""
    return why_not_moderate(state) or (None if reason.strip() else "Say why the ratings go back.")


def why_not_sign_off(
    state: State, purpose: Purpose, *, locked_by: str, signatory: str, raters: Collection[str]
) -> str | None:
    """The reason somebody cannot sign off. People are told apart by their references.

    An evaluated round is sealed by two people, who are not both its raters: nobody judges alone what
    they scored themselves. A reflection is the area's own, and whoever locked it may sign it off.
    """
    if state is not State.LOCKED:
        return f"Only a locked round can be signed off. This one is {state}."
    if purpose is Purpose.REFLECTION:
        return None
    if signatory == locked_by:
        return "Someone other than the person who locked the scores must sign off."
    if signatory in raters and locked_by in raters:
        return (
            "You and the person who locked the scores both rated this round. Ask someone who did not rate it."
        )
    return None


def why_not_reopen(state: State, reason: str) -> str | None:
    """The reason a locked or signed-off round cannot be reopened for moderation."""
    if state not in {State.LOCKED, State.SIGNED_OFF}:
        return f"Only a locked or signed-off round can be reopened. This one is {state}."
    return None if reason.strip() else "Say why the round is reopened."


def why_not_share(state: State, purpose: Purpose, *, shared: bool, statement: str) -> str | None:
    """The reason a reflection cannot be shared beyond the area."""
    if purpose is not Purpose.REFLECTION:
        return "Only a private reflection needs sharing."
    if shared:
        return "This reflection is shared already."
    if state is not State.SIGNED_OFF:
        return "A reflection can be shared once it is signed off."
    return None if statement.strip() else "Say with whom and what for you share it."
