"""A made-up country of three areas in two files, small enough to work out by head.

Of every age from 0 to 24 there live 10 people in Ash, 30 in Birch and 60 in Cedar: 1,800 aged 0 to 17.
"""

from pathlib import Path

MANIFEST = """
[country]
slug = "arden"
name = "Arden"
grid = "EPSG:27700"
extent = [-6.5, 49.8, 1.9, 55.9]

[defaults]
publisher = "Nobody"
licence = "MIT"

[[geography]]
key = "W15"
kind = "wood"
title = "Woods, 2015"
starts = 2015-04-01

[[file]]
kind = "codes"
path = "codes.csv"
title = "Codes of woods"
vintage = "2015"
geography = "W15"
columns = { code = "code", name = "name" }

[[file]]
kind = "population"
path = "people.csv"
title = "People of woods"
vintage = "mid-2015"
geography = "W15"
columns = { code = "code", mid_year = "mid_year", age = "age", persons = "persons" }
"""
CODES = "code,name\nA1,Ash\nB1,Birch\nC1,Cedar\n"
PEOPLE = "code,mid_year,age,persons\n" + "".join(
    f"{code},2015,{age},{persons}\n"
    for code, persons in (("A1", 10), ("B1", 30), ("C1", 60))
    for age in range(25)
)
MEMBERS = "code,role,starts,ends\nA1,member,2015-06-01,\nB1,member,2016-06-01,\n"


def small_country(folder: Path, **files: str) -> Path:
    """Writes the files (or others in their place, by name without ending) and gives the manifest's path."""
    written = {"codes": CODES, "people": PEOPLE, "members": MEMBERS} | files
    for name, text in written.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    manifest = folder / "arden.toml"
    manifest.write_text(MANIFEST, encoding="utf-8")
    return manifest
