"""Which letters our font has: what it lacks would stop a whole PDF, so a box stands for it."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "improvement" / "drawing" / "fonts"
REGULAR = FONTS / "inter-400.ttf"
LACKING = "□"


def with_our_letters(text: str) -> str:
    """The text with the bare letter for one whose accent cannot be shown, else a box; controls fall away."""
    known = letters()
    if known.issuperset(map(ord, text)):
        return text
    return "".join(_shown(each, known) for each in text)


def _shown(letter: str, known: frozenset[int]) -> str:
    if ord(letter) in known or letter in "\n\t":
        return letter
    bare = unicodedata.normalize("NFKD", letter)[0]
    if ord(bare) in known:
        return bare
    return LACKING if letter.isprintable() else ""


@cache
def letters(font: Path = REGULAR) -> frozenset[int]:
    """The code points of a TrueType font, from its `cmap` table (OpenType 1.9, formats 4 and 12)."""
    content = font.read_bytes()
    tables = {
        content[at : at + 4]: struct.unpack_from(">I", content, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", content, 4)[0], 16)
    }
    start = tables[b"cmap"]
    count = struct.unpack_from(">H", content, start + 2)[0]
    offsets = {struct.unpack_from(">I", content, start + 8 + 8 * at)[0] for at in range(count)}
    found: set[int] = set()
    for offset in offsets:
        found |= _of_subtable(content, start + offset)
    return frozenset(found - {0xFFFF})


def _of_subtable(content: bytes, at: int) -> set[int]:
    form = struct.unpack_from(">H", content, at)[0]
    if form == 12:
        groups = struct.unpack_from(">I", content, at + 12)[0]
        spans = [struct.unpack_from(">II", content, at + 16 + 12 * group) for group in range(groups)]
    elif form == 4:
        size = struct.unpack_from(">H", content, at + 6)[0]  # twice the number of spans
        ends = struct.unpack_from(f">{size // 2}H", content, at + 14)
        starts = struct.unpack_from(f">{size // 2}H", content, at + 16 + size)
        spans = list(zip(starts, ends, strict=True))
    else:
        return set()
    return {code for first, last in spans for code in range(first, last + 1)}
