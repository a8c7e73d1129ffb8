"""Reading small areas and what they lie in, to link geographies that do not nest."""

from collections import Counter
from collections.abc import Mapping

from ithrive.areas.gazetteer import Link
from ithrive.areas.manifest import SmallAreasFile
from ithrive.areas.reading.codes import Parents, Places
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.files import Files
from ithrive.areas.reading.lineage import check_shares
from ithrive.tables import Row, whole_number

# How many people live in each combination of areas, one for each geography of the file.
Together = Counter[tuple[str, ...]]


def read_small_areas(
    file: SmallAreasFile, files: Files, places: Places, parents: Parents
) -> tuple[list[Link], int]:
    """Links between the pairs of geographies that the manifest asks for, and the rows read. Raises BadInput.

    The share is that of the people counted in the file. Small areas where none live link nothing.
    """
    faults = Faults(file.path)
    rows = files.rows(file, [file.code, file.people, *file.columns.values()], faults)
    together = _together(rows, file, places, faults)
    faults.raise_if_any()
    columns = {
        key: [combination[index] for combination in together] for index, key in enumerate(file.columns)
    }
    for larger, smaller in file.through.items():
        columns[larger] = _lifted(columns, larger, smaller, parents, faults)
    faults.raise_if_any()
    people = list(together.values())
    links = [link for pair in file.pairs for link in _links(pair, columns, people, file.basis)]
    check_shares(links, places, faults)
    faults.raise_if_any()
    return links, len(rows)


def _together(rows: list[Row], file: SmallAreasFile, places: Places, faults: Faults) -> Together:
    together, seen = Together(), set[str]()
    columns = [(column, places[key], key) for key, column in file.columns.items()]
    for row in rows:
        code, people = row.cells[file.code], whole_number(row.cells[file.people])
        if not code or code in seen:
            what = f"The small area “{code}” is there twice." if code else "The code is empty."
            faults.add(what, "Keep one row for each.", row=row.number, column=file.code)
        seen.add(code)
        if people is None or people < 0:
            what = f"“{row.cells[file.people]}” is not a number of people."
            faults.add(what, "Write a whole number, 0 or more.", row=row.number, column=file.people)
            continue
        for column, known, key in columns:
            if row.cells[column] not in known:
                what = f"The code “{row.cells[column]}” is not an area of {key}."
                faults.add(what, "Correct it, or add the area to the codes.", row=row.number, column=column)
        together[tuple(row.cells[column] for column, _, _ in columns)] += people
    return together


def _lifted(
    columns: Mapping[str, list[str]], larger: str, smaller: str, parents: Parents, faults: Faults
) -> list[str]:
    """The larger area of every combination, by way of the parents of its smaller one."""
    known = parents.get((smaller, larger), {})
    for code in sorted(set(columns.get(smaller, [""])) - known.keys()):
        faults.add(f"No area of {larger} is known for {smaller} {code}.", "Add it as a parent in the codes.")
    return [known.get(code, "") for code in columns.get(smaller, ())]


def _links(
    pair: tuple[str, str], columns: Mapping[str, list[str]], people: list[int], basis: str
) -> list[Link]:
    before, after = pair
    shared, of_from, of_to = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for from_code, to_code, count in zip(columns[before], columns[after], people, strict=True):
        shared[from_code, to_code] += count
        of_from[from_code] += count
        of_to[to_code] += count
    return [
        Link(before, from_code, after, to_code, count / of_from[from_code], count / of_to[to_code], basis)
        for (from_code, to_code), count in sorted(shared.items())
        if count
    ]
