"""The file in which a frozen protocol is kept, beside the protocol itself: NAME.frozen.json."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from ithrive.evaluation.protocol.canonical import as_text
from ithrive.evaluation.protocol.freezing import Frozen, Version
from ithrive.problems import BadInput, Problem
from ithrive.tables.incoming import bytes_of

LIMIT_BYTES = 20_000_000


def frozen_path(protocol: Path) -> Path:
    """Where the frozen record of a protocol file lies."""
    return protocol.with_name(f"{protocol.stem}.frozen.json")


def frozen_text(frozen: Frozen) -> str:
    """The record as JSON text, to be kept as it is."""
    versions = [
        {
            "at": version.at.isoformat(),
            "by": version.by,
            "reason": version.reason,
            "changed": list(changes),
            "protocol": json.loads(version.words),
            "seal": version.seal,
        }
        for version, changes in ((frozen.first, ()), *frozen.amendments)
    ]
    whole = {"sha256": frozen.sha256, "versions": versions}
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def read_frozen(source: Path | bytes, *, name: str | None = None) -> Frozen:
    """The frozen protocol in a file. An altered record is read too: `standing` says what that means.

    Raises BadInput where the file is not such a record at all.
    """
    called = name or (source.name if isinstance(source, Path) else "frozen protocol")
    content = bytes_of(source, name=called, limit_bytes=LIMIT_BYTES)
    try:
        versions = tuple(map(_version, json.loads(content)["versions"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = "It is not the record of a frozen protocol."
        raise BadInput(Problem(called, what, "Use the file that “ithrive study freeze” wrote.")) from error
    if not versions:
        raise BadInput(Problem(called, "It holds no version.", "Freeze the protocol again."))
    return Frozen(versions)


def _version(entry: dict[str, Any]) -> Version:
    at = datetime.fromisoformat(entry["at"])
    if at.tzinfo is None:
        raise ValueError(entry["at"])
    return Version(as_text(entry["protocol"]), str(entry["reason"]), str(entry["by"]), at, str(entry["seal"]))
