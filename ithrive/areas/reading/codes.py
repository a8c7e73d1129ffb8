"""Reading which areas there are: code, name, ODS code, and the larger areas that hold them."""

from dataclasses import dataclass, field

from ithrive.areas.manifest import CodesFile, ParentTable
from ithrive.areas.places import Place
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.files import Files, geography_columns, geography_of
from ithrive.tables import Row

# geography -> code -> place
Places = dict[str, dict[str, Place]]
# (geography, larger geography) -> code -> larger code
Parents = dict[tuple[str, str], dict[str, str]]


@dataclass
class Named:
    """The areas that a file names."""

    places: Places = field(default_factory=dict)
    parents: Parents = field(default_factory=dict)
    rows: int = 0


def read_codes(file: CodesFile, files: Files) -> Named:
    """The places and parents in a file of codes. Raises BadInput."""
    faults, named = Faults(file.path), Named()
    columns = [*filter(None, file.columns.model_dump().values()), *(parent.column for parent in file.parent)]
    for row in files.rows(file, [*columns, *geography_columns(file.geography)], faults):
        key = geography_of(row, file.geography, faults)
        place = _place(row, key, file, faults) if key else None
        if place:
            named.rows += 1
            _keep(place, row, named.places, file, faults)
            _keep_parents(place, row, named.parents, file.parent, faults)
    _refuse_unused(file, named, faults)
    faults.raise_if_any()
    return named


# What the website's database keeps.
LONGEST = {"code": 20, "name": 150, "ODS code": 10}


def why_unusable(place: Place) -> str | None:
    """What is wrong with an area's code or name, or None."""
    for what, text in (("code", place.code), ("name", place.name), ("ODS code", place.ods_code or "")):
        if len(text) > LONGEST[what]:
            return f"The {what} has more than {LONGEST[what]} letters."
        if not text.isprintable():
            return f"The {what} holds a letter that cannot be printed."
    return None


def _place(row: Row, key: str, file: CodesFile, faults: Faults) -> Place | None:
    columns = file.columns
    # Spreadsheets put hard spaces and line breaks into names.
    given, name = row.cells[columns.code], " ".join(row.cells[columns.name].split())
    ods_code = row.cells[columns.ods_code] if columns.ods_code else ""
    if not given:
        faults.add("The code is empty.", "Give every area its code.", row=row.number, column=columns.code)
    if not name:
        faults.add("The name is empty.", "Give every area its name.", row=row.number, column=columns.name)
    place = Place(key, file.recode.get(given, given), name, ods_code or None)
    if unusable := why_unusable(place):
        faults.add(unusable, "Shorten or correct it.", row=row.number)
    return place if given and name else None


def _keep(place: Place, row: Row, places: Places, file: CodesFile, faults: Faults) -> None:
    known = places.setdefault(place.geography, {}).setdefault(place.code, place)
    if known is place or (file.repeated and known == place):
        return
    what = f"The code {place.code} is there twice in {place.geography}."
    mend = "Keep one row for each area."
    if file.repeated:
        what = f"The code {place.code} is also called {known.name}."
        mend = "Give an area one name in one geography."
    faults.add(what, mend, row=row.number, column=file.columns.code)


def _keep_parents(place: Place, row: Row, found: Parents, parents: list[ParentTable], faults: Faults) -> None:
    for parent in parents:
        larger = parent.of.get(place.geography)
        value = parent.corrected.get(place.code, row.cells[parent.column])
        if larger and not value:
            what = f"{place.code} lies in no area of {larger}."
            faults.add(what, "Fill in the code.", row=row.number, column=parent.column)
        elif larger:
            code = parent.recode.get(value, value)
            found.setdefault((place.geography, larger), {})[place.code] = code


def _refuse_unused(file: CodesFile, named: Named, faults: Faults) -> None:
    """A correction of an area that is not there is a slip of the pen."""
    for parent in file.parent:
        known = {code for key in parent.of for code in named.places.get(key, {})}
        for code in parent.corrected.keys() - known:
            faults.add(f"“corrected” names {code}, which is not an area here.", "Correct the manifest.")
