"""A programme's own lists in the place of ours: looked through before anything is counted by them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ithrive.framework import framework
from ithrive.problems import BadInput, Problem
from ithrive.records.identifiers import is_snomed_concept
from ithrive.records.model.data_files import rows_of
from ithrive.records.model.references import members
from ithrive.tables import read_csv

# What counting reads of a programme's folder, and the column whose every word must be there again: a file
# takes the place of ours whole, so a set that it leaves out would count nobody.
LISTS = {"reference_sets.csv": "set", "scales.csv": "", "team_groupings.csv": ""}
_KNOWN = f"Known are {', '.join(LISTS)}."
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_NUMBERS = ("lowest", "highest", "reliable_change")
_WORDS = {
    "status": {"published", "example"},
    "rater": {"self", "parent", "clinician", "goals"},
    "unit": {"raw", "T-score"},
    "higher_is_better": {"yes", "no"},
    "confidence": {"medium", "low"},
}


def own_lists(folder: Path) -> Path:
    """The folder, if every file in it is a list that counting reads, whole and well formed.

    Raises BadInput for every fault, by file and row: a list left aside in silence would seem to count.
    """
    if not folder.is_dir():
        raise BadInput(Problem(str(folder), "There is no such folder.", "Give the folder of your lists."))
    named = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    problems = [problem for path in named for problem in _problems(path)]
    if not named:
        problems = [Problem(str(folder), "It holds no list.", _KNOWN)]
    if problems:
        raise BadInput(problems)
    return folder


def stand_ins(own: Path | None = None) -> tuple[str, ...]:
    """The reference sets that hold examples, because their real members are not public."""
    return tuple(dict.fromkeys(member.set for member in members(own) if member.example))


def needs_based_codes(path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of a code of MHS803 and our grouping, from a CSV file with the columns code and grouping.

    Raises BadInput for a grouping that is none of the five and for a code that stands there twice.
    """
    known, found = _groupings(), dict[str, str]()
    problems = []
    for row in read_csv(path, name=path.name, needs=["code", "grouping"]):
        place, code, grouping = f"{path.name}, row {row.number}", row.cells["code"], row.cells["grouping"]
        if code in found:
            problems.append(Problem(place, f"The code {code} stands there twice.", "Leave one out."))
        if grouping not in known:
            problems.append(Problem(place, f"“{grouping}” is no grouping.", f"Write one of {_said(known)}."))
        found[code] = grouping
    if problems:
        raise BadInput(problems)
    return tuple(found.items())


def _groupings() -> set[str]:
    return {each.code for each in framework().groupings.grouping}


def _said(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _problems(path: Path) -> Iterator[Problem]:
    if path.name not in LISTS:
        yield Problem(path.name, "It is no list that a programme can set here.", _KNOWN)
        return
    ours = list(rows_of(path.name))
    try:
        rows = list(rows_of(path.name, path.parent))
    except UnicodeDecodeError:
        yield Problem(path.name, "It is not UTF-8 text.", "Save it as CSV in UTF-8.")
        return
    absent = [name for name in ours[0] if not rows or name not in rows[0]]
    if absent:
        what = f"It has no column {', '.join(absent)}, or no rows."
        yield Problem(path.name, what, "Begin with a copy of our list, with commas between columns.")
        return
    for number, row in enumerate(rows, 2):
        yield from _faults(f"{path.name}, row {number}", row)
    whole = LISTS[path.name]
    for word in sorted({row[whole] for row in ours} - {row[whole] for row in rows} if whole else ()):
        yield Problem(
            path.name, f"It lacks {word}, and takes the place of our list whole.", "Keep our lines."
        )


def _faults(place: str, row: Mapping[str, str | None]) -> Iterator[Problem]:
    cells = {name: cell or "" for name, cell in row.items() if name}
    concept = cells.get("concept")
    if concept is not None and not is_snomed_concept(concept):
        what = f"“{concept}” is no SNOMED CT identifier; a spreadsheet may have changed it."
        yield Problem(place, what, "Put in the identifier as text.")
    for name in ("valid_from", "valid_to"):
        if not _MONTH.fullmatch(cells[name]) and (cells[name] or name == "valid_from"):
            yield Problem(place, f"{name} is “{cells[name]}”, which is no month.", "Write it as 2024-04.")
    for name in _NUMBERS:
        if name in cells and not re.fullmatch(r"\d+(\.\d+)?", cells[name]):
            yield Problem(place, f"{name} is “{cells[name]}”, which is no number.", "Write it as 6.6.")
    for name, known in (_WORDS | {"grouping": _groupings()}).items():
        if name in cells and cells[name] not in known:
            yield Problem(place, f"{name} is “{cells[name]}”.", f"Write one of {_said(known)}.")
