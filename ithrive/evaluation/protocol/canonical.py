"""One way to write a protocol: what it says, apart from order, spaces, comments and defaults left out."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ithrive.evaluation.protocol.tables import Protocol


def canonical(protocol: Protocol) -> str:
    """The protocol as JSON text that is the same for every file that says the same."""
    return as_text(_ordered(protocol.model_dump(mode="json", by_alias=True)))


def as_text(value: object) -> str:
    """A value as JSON with sorted names and no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: str, after: str) -> tuple[str, ...]:
    """What differs between two canonical protocols, in phrases: “analysis.alpha: 0.05, now 0.1”."""
    was, now = dict(_entries(json.loads(before))), dict(_entries(json.loads(after)))
    return tuple(
        f"{place}: {was.get(place, 'not there')}, now {now.get(place, 'not there')}"
        for place in sorted(was.keys() | now.keys())
        if was.get(place) != now.get(place)
    )


def _ordered(value: Any) -> Any:
    """No list of a protocol says anything by its order, so each is sorted."""
    if isinstance(value, Mapping):
        return {word: _ordered(each) for word, each in value.items()}
    return sorted(map(_ordered, value), key=as_text) if isinstance(value, list) else value


def _entries(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every entry with its place; in a list, a table stands under its id."""
    if isinstance(value, dict) and value:
        for word, each in value.items():
            yield from _entries(each, f"{place}.{word}" if place else word)
    elif isinstance(value, list) and all(isinstance(each, dict) and "id" in each for each in value) and value:
        for each in value:
            yield from _entries(each, f"{place}.{each['id']}")
    else:
        yield place, as_text(value)
