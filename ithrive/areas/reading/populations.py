"""Reading how many people live in each area, by single year of age."""

from collections.abc import Iterator
from datetime import date

from ithrive.areas.gazetteer import Population
from ithrive.areas.manifest import PopulationFile
from ithrive.areas.reading.codes import Places
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.files import Files, geography_columns, geography_of
from ithrive.tables import Row, whole_number

# More than this in one year of age is a slip of the pen anywhere on earth.
MOST_PERSONS = 100_000_000

# (geography, middle of year) -> code -> people by age, None where not yet read
Counts = dict[tuple[str, int], dict[str, list[int | None]]]


def read_populations(file: PopulationFile, files: Files, places: Places, *, today: date) -> list[Population]:
    """The populations in a file with one row for each area, year and age. Raises BadInput.

    Ages above the manifest's `oldest` are passed over. A year that is there for one area of a
    geography must be there for all, with every age.
    """
    faults, counts = Faults(file.path), Counts()
    columns = [*file.columns.model_dump().values(), *geography_columns(file.geography)]
    for row in files.rows(file, columns, faults):
        key = geography_of(row, file.geography, faults)
        if key:
            _count(row, key, file, places, counts, faults, today)
    if not counts:
        faults.add("No age up to the manifest's “oldest” is there.", "Check both.")
    faults.raise_if_any()
    found = list(_complete(counts, places, faults))
    faults.raise_if_any()
    return found


def _count(
    row: Row, key: str, file: PopulationFile, places: Places, counts: Counts, faults: Faults, today: date
) -> None:
    cells, columns = row.cells, file.columns
    code = cells[columns.code]
    mid_year, age, persons = (
        whole_number(cells[each]) for each in (columns.mid_year, columns.age, columns.persons)
    )
    if code not in places[key]:
        what = f"The code “{code}” is not an area of {key}."
        faults.add(what, "Correct it, or add the area to the codes.", row=row.number, column=columns.code)
    elif mid_year is None or not 1800 <= mid_year <= today.year:
        what = f"“{cells[columns.mid_year]}” is not a year that has come."
        faults.add(what, "Correct it.", row=row.number, column=columns.mid_year)
    elif age is None or age < 0:
        what = f"“{cells[columns.age]}” is not a single year of age."
        faults.add(what, "Write a whole number.", row=row.number, column=columns.age)
    elif persons is None or not 0 <= persons <= MOST_PERSONS:
        what = f"“{cells[columns.persons]}” is not a number of people."
        faults.add(what, "Write a whole number, 0 or more.", row=row.number, column=columns.persons)
    elif age <= file.oldest:
        ages = counts.setdefault((key, mid_year), {}).setdefault(code, [None] * (file.oldest + 1))
        if ages[age] is not None:
            what = f"{code} has age {age} twice for mid-{mid_year}."
            faults.add(what, "Keep one row for it.", row=row.number, column=columns.age)
        ages[age] = persons


def _complete(counts: Counts, places: Places, faults: Faults) -> Iterator[Population]:
    for (key, mid_year), by_code in counts.items():
        for code in places[key].keys() - by_code.keys():
            what = f"There is no population for mid-{mid_year}."
            faults.add(what, "Add its rows.", at=f"{key} {code}")
        for code, ages in by_code.items():
            absent = [age for age, persons in enumerate(ages) if persons is None]
            if absent:
                what = f"Ages are missing for mid-{mid_year}: {', '.join(map(str, absent))}."
                faults.add(what, "Add their rows.", at=f"{key} {code}")
            yield Population(key, code, mid_year, tuple(persons or 0 for persons in ages))
