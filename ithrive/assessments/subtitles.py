"""The words of a WebVTT file, as meeting programs make them of a recording. Speakers' names are left out."""

import html
import re

from ithrive.problems import BadInput, Problem

WEBVTT = "WEBVTT"
TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}\.\d{3}\s+-->\s+(?:\d+:)?\d{1,2}:\d{2}\.\d{3}")
SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
TAG = re.compile(r"<[^>]*>")
# Blocks that carry no words of the conversation.
PASSED_OVER = ("WEBVTT", "NOTE", "STYLE", "REGION")


def text_of_subtitles(text: str, name: str) -> str:
    """What was said, a line for each turn: "Speaker 1: …". Raises BadInput where nothing was.

    Whoever is named as a speaker becomes "Speaker 1" and so on, in the order in which they first speak.
    """
    speakers: dict[str, str] = {}
    turns: list[tuple[str, str]] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        for speaker, words in _turns(block, speakers):
            if turns and speaker and turns[-1][0] == speaker:
                turns[-1] = (speaker, f"{turns[-1][1]} {words}")
            else:
                turns.append((speaker, words))
    if not turns:
        raise BadInput(
            Problem(name, "These subtitles hold no words.", "Check that you chose the right file.")
        )
    return "\n".join(f"{speaker}: {words}" if speaker else words for speaker, words in turns)


def _turns(block: str, speakers: dict[str, str]) -> list[tuple[str, str]]:
    lines = block.strip("\n").split("\n")
    times = next((place for place, line in enumerate(lines) if TIMES.match(line)), None)
    if times is None or lines[0].startswith(PASSED_OVER):
        return []
    said = " ".join(line.strip() for line in lines[times + 1 :])
    return [turn for turn in _spoken(said, speakers) if turn[1]]


def _spoken(said: str, speakers: dict[str, str]) -> list[tuple[str, str]]:
    """The turns of one cue. `split` gives what stands before the first name, then name and words in turn."""
    before, *rest = SPEAKER.split(said)
    turns = [("", _plain(before))]
    for called, words in zip(rest[::2], rest[1::2], strict=True):
        speaker = speakers.setdefault(called.strip().casefold(), f"Speaker {len(speakers) + 1}")
        turns.append((speaker, _plain(words)))
    return turns


def _plain(words: str) -> str:
    return " ".join(html.unescape(TAG.sub("", words)).split())
