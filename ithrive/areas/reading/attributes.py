"""Reading what was measured of areas: deprivation, rurality, spend."""

from ithrive.areas.gazetteer import Attribute, AttributeValue
from ithrive.areas.manifest import AttributeFile, AttributeTable
from ithrive.areas.reading.codes import Places
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.files import Files, geography_columns, geography_of
from ithrive.tables import Row, decimal_number


def attributes_of(file: AttributeFile) -> list[Attribute]:
    return [
        Attribute(each.key, each.title, each.unit, each.vintage, each.higher_means) for each in file.attribute
    ]


def read_values(file: AttributeFile, files: Files, places: Places) -> list[AttributeValue]:
    """The values in a file of attributes: what is missing is None, and zero is zero. Raises BadInput."""
    faults, values = Faults(file.path), list[AttributeValue]()
    code_column = file.columns.code
    columns = [code_column, *(each.column for each in file.attribute), *geography_columns(file.geography)]
    seen: set[tuple[str, str]] = set()
    for row in files.rows(file, columns, faults):
        key, code = geography_of(row, file.geography, faults), row.cells[code_column]
        if key and _is_new_area(row, (key, code), seen, places, code_column, faults):
            values += [_value(row, each, key, code, faults) for each in file.attribute]
    faults.raise_if_any()
    return values


def _is_new_area(
    row: Row, area: tuple[str, str], seen: set[tuple[str, str]], places: Places, column: str, faults: Faults
) -> bool:
    key, code = area
    if code not in places[key]:
        what = f"The code “{code}” is not an area of {key}."
        faults.add(what, "Correct it, or add the area to the codes.", row=row.number, column=column)
        return False
    if area in seen:
        faults.add(f"{code} is there twice.", "Keep one row for it.", row=row.number, column=column)
        return False
    seen.add(area)
    return True


def _value(row: Row, attribute: AttributeTable, key: str, code: str, faults: Faults) -> AttributeValue:
    text = row.cells[attribute.column]
    number = None if text in attribute.missing else decimal_number(text)
    if number is None and text not in attribute.missing:
        mend = "Write a number, or list the text under “missing” in the manifest."
        faults.add(f"“{text}” is not a number.", mend, row=row.number, column=attribute.column)
    return AttributeValue(attribute.key, key, code, number)
