"""Columns as Arrow holds them: codes, identifiers, days, times and numbers, made without a loop over rows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ithrive.records.synthesis.arrays import NEVER, Flags, Ints

Column = Any  # pyarrow says too little of its own kinds


def codes(places: Ints, listed: Sequence[str]) -> Column:
    """The code at each place of a list; NULL for "" and for a place below nought."""
    blank = np.array([code == "" for code in listed], dtype=bool)
    missing = (places < 0) | blank[places]
    index = pa.array(np.where(missing, 0, places).astype(np.int32), mask=missing)
    return pa.DictionaryArray.from_arrays(index, pa.array(list(listed), pa.string()))


def same(text: str | None, count: int) -> Column:
    """The same text on every row."""
    index = pa.array(np.zeros(count, dtype=np.int32), mask=np.full(count, text is None))
    return pa.DictionaryArray.from_arrays(index, pa.array([text or ""], pa.string()))


def identifiers(letter: str, numbers: Ints) -> Column:
    return pc.binary_join_element_wise(letter, pc.cast(pa.array(numbers), pa.string()), "")


def days(numbers: Ints, wanted: Flags | None = None) -> Column:
    """Days; NULL where they never came, or are not wanted."""
    missing = numbers >= NEVER
    if wanted is not None:
        missing = missing | ~wanted
    whole = np.where(missing, 0, numbers).astype(np.int32)
    return pa.array(whole, mask=missing).view(pa.date32())


def times(seconds: Ints, wanted: Flags | None = None) -> Column:
    """Times of day on the dummy day 1970-01-01, as national extracts keep them; NULL below nought."""
    missing = seconds < 0
    if wanted is not None:
        missing = missing | ~wanted
    return _moments(seconds, missing)


def moments(day: Ints, seconds: Ints) -> Column:
    return _moments(day * 86_400 + seconds, np.zeros(len(day), dtype=bool))


def _moments(seconds: Ints, missing: Flags) -> Column:
    return pa.array(np.where(missing, 0, seconds) * 1_000_000, mask=missing).view(pa.timestamp("us"))


def whole_numbers(numbers: Ints) -> Column:
    return pa.array(numbers, pa.int64())


def tenths(numbers: Ints) -> Column:
    """Numbers counted in tenths, as text: “14”, “6.6”."""
    different, place = np.unique(numbers, return_inverse=True)
    written = [str(each // 10) if each % 10 == 0 else f"{each / 10:.1f}" for each in different.tolist()]
    return codes(place.astype(np.int64), written)
