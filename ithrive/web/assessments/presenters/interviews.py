"""What the pages on interviews say: who was asked, what is kept of them, and a text with its passages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ithrive.areas.timeline import plain_day
from ithrive.assessments.interviewing import COVERS, Covers
from ithrive.assessments.passages import Marked, Part, Stretch, digest_of, parts, stretches, words_of
from ithrive.assessments.sectors import SECTORS, VIEWS, YOUNG_PEOPLE
from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.evidence import said_by
from ithrive.web.assessments.models import Informant, Interview, Passage, Round
from ithrive.web.components import parts as looks
from ithrive.web.components.parts import Params

SENTENCES_ON_A_PAGE = 150


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """`href` is empty where the reader may know of the interview but not read it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class InformantCard:
    """One informant: what they are told apart by, what they agreed to, what is kept."""

    label: str
    place: str
    consent: str
    interviews: tuple[InterviewLine, ...]
    number: int
    may_add_notes: bool
    may_add_transcript: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class InterviewsPage:
    title: str
    cards: tuple[InformantCard, ...]
    spread: Params
    sentence: str
    why_closed: str


@dataclass(frozen=True, slots=True)
class Piece:
    words: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to choose. `pieces` are its words, cut where a passage begins or ends."""

    number: int
    begins: int
    pieces: tuple[Piece, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageLine:
    number: int
    words: str
    statement: str
    remark: str
    stands: bool


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text with its passages. `shown` is the digest of the text on the page."""

    title: str
    kept: str
    paragraphs: tuple[tuple[Sentence, ...], ...]
    passages: tuple[PassageLine, ...]
    shown: str
    is_transcript: bool
    page: int
    pages: int


def title_of(round: Round) -> str:
    return f"{round.area.name}, round due {plain_day(round.due_on)}"


def address(name: str, round: Round, *rest: int | str) -> str:
    return reverse(f"assessments:{name}", args=[round.pk, *rest])


def interviews_page(
    round: Round,
    informants: Sequence[Informant],
    instrument: Instrument,
    marked: Mapping[int, int],
    closed: str | None,
    may_read: Callable[[Interview], bool],
) -> InterviewsPage:
    held = sum(1 for each in informants if each.interviews.all())
    return InterviewsPage(
        title=f"Interviews: {title_of(round)}",
        cards=tuple(_card(round, each, marked, may_read) for each in informants),
        spread=spread_table(informants, instrument),
        sentence=f"{held} of {len(informants)} informants have been interviewed."
        if informants
        else "Nobody has been asked yet.",
        why_closed=closed or "",
    )


def _card(
    round: Round, informant: Informant, marked: Mapping[int, int], may_read: Callable[[Interview], bool]
) -> InformantCard:
    return InformantCard(
        label=str(informant),
        place=", ".join(
            filter(None, [VIEWS[informant.view], SECTORS.get(informant.sector, ""), informant.level])
        ),
        consent=consent_in_words(informant),
        interviews=tuple(
            _line(round, each, marked, readable=may_read(each)) for each in informant.interviews.all()
        ),
        number=informant.number,
        may_add_notes=Covers.NOTES in informant.covered,
        may_add_transcript=Covers.TRANSCRIPT in informant.covered,
        withdrawn=informant.withdrawn_on is not None,
    )


def _line(round: Round, interview: Interview, marked: Mapping[int, int], *, readable: bool) -> InterviewLine:
    what = "Transcript" if interview.original else "Notes"
    number = marked.get(interview.pk, 0)
    told = f"{number} passage{'' if number == 1 else 's'} marked"
    words = f"{what} of {plain_day(interview.held_on)}, {told}"
    if not readable:
        return InterviewLine(f"{words}. Read by whoever recorded it and by evaluators.", "")
    return InterviewLine(words, address("interview", round, interview.pk))


def consent_in_words(informant: Informant) -> str:
    if informant.withdrawn_on:
        return f"Consent withdrawn on {plain_day(informant.withdrawn_on)}. What they said was removed."
    if informant.consented_on is None:
        return "No consent recorded yet, so nothing can be kept."
    agreed = [words for each, words in COVERS.items() if each in informant.covered]
    return f"Agreed on {plain_day(informant.consented_on)}. {'. '.join(agreed)}."


def spread_table(informants: Sequence[Informant], instrument: Instrument) -> Params:
    """How many were interviewed of each sector and level, so that gaps can be seen."""
    interviewed = [each for each in informants if each.interviews.all()]
    places = {**SECTORS, "": VIEWS[YOUNG_PEOPLE]}
    rows = [
        [
            name,
            *(
                sum(1 for each in interviewed if (each.sector, each.level) == (code, level.code))
                for level in instrument.level
            ),
        ]
        for code, name in places.items()
    ]
    return looks.table(
        "Interviewed, by sector and level", ["Sector", *(each.name for each in instrument.level)], rows,
        numeric=range(1, len(instrument.level) + 1),
    )  # fmt: skip


def text_page(
    interview: Interview, passages: Sequence[Passage], instrument: Instrument, page: int
) -> TextPage:
    """One page of a text. A page number beyond the text is its last page."""
    text, informant = interview.text, interview.informant
    sentences = parts(text)
    pages = max(1, -(-len(sentences) // SENTENCES_ON_A_PAGE))
    page = min(max(page, 1), pages)
    cuts = stretches(text, [as_marked(each) for each in passages])
    told = {each.pk: _principle(each, instrument) for each in passages}
    on_page = sentences[(page - 1) * SENTENCES_ON_A_PAGE : page * SENTENCES_ON_A_PAGE]
    what = "Transcript" if interview.original else "Notes"
    return TextPage(
        title=f"{what} of {plain_day(interview.held_on)}",
        kept=f"{said_by(informant)}.",
        paragraphs=_paragraphs(on_page, cuts, told),
        passages=tuple(_passage_line(each, text, told[each.pk]) for each in passages),
        shown=digest_of(text),
        is_transcript=bool(interview.original),
        page=page,
        pages=pages,
    )


def as_marked(passage: Passage) -> Marked:
    return Marked(passage.pk, passage.statement, passage.begins, passage.ends, passage.text_digest)


def _paragraphs(
    sentences: Sequence[Part], cuts: Sequence[Stretch], told: Mapping[int, str]
) -> tuple[tuple[Sentence, ...], ...]:
    together: dict[int, list[Sentence]] = {}
    for each in sentences:
        together.setdefault(each.paragraph, []).append(_sentence(each, cuts, told))
    return tuple(map(tuple, together.values()))


def _sentence(part: Part, cuts: Sequence[Stretch], told: Mapping[int, str]) -> Sentence:
    inside = [each for each in cuts if each.begins < part.ends and part.begins < each.ends]
    pieces = tuple(
        Piece(each.words[max(part.begins - each.begins, 0) : part.ends - each.begins], bool(each.passages))
        for each in inside
    )
    named = dict.fromkeys(told[key] for each in inside for key in each.passages)
    return Sentence(part.number, part.begins, pieces, tuple(named))


def _passage_line(passage: Passage, text: str, statement: str) -> PassageLine:
    words = words_of(text, passage.begins, passage.ends, passage.text_digest)
    return PassageLine(passage.pk, words or "", statement, passage.remark, stands=words is not None)


def _principle(passage: Passage, instrument: Instrument) -> str:
    found = instrument.statement_named(passage.statement)
    return found.text if found else passage.statement
