"""A small country in official files, to be spoilt one place at a time.

OLD (2015): Ashby A · Birch B · Cole C      three squares from west to east, one degree each
NEW (2020): Ashby A · Dunmore D             D is B and C together
COUNCILS:   West W · East E                 W is A and two fifths of B
DISTRICTS:  A-west P · A-east Q · the rest R
"""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ithrive.areas.gazetteer import Gazetteer
from ithrive.areas.loading import load
from ithrive.problems import BadInput

TODAY = date(2026, 1, 1)

MANIFEST = """
folder = "files"

[country]
slug = "hollow"
name = "Hollow"
fictional = true

[defaults]
publisher = "Hollow Statistics"
licence = "Open"
vintage = "2015"

[[geography]]
key = "OLD"
kind = "ccg"
title = "Old areas"
starts = 2015-04-01
ends = 2020-04-01

[[geography]]
key = "NEW"
kind = "ccg"
title = "New areas"
starts = 2020-04-01

[[geography]]
key = "COUNCILS"
kind = "council-upper"
title = "Councils"
starts = 2015-04-01

[[geography]]
key = "DISTRICTS"
kind = "council-lower"
title = "Districts"
starts = 2015-04-01

[[file]]
kind = "codes"
path = "codes.csv"
title = "Codes"
geography = { column = "year", values = { 2015 = "OLD", 2020 = "NEW" } }
columns = { code = "code", name = "name", ods_code = "ods" }
where = { year = ["2015", "2020"] }

[[file]]
kind = "boundaries"
path = "old.geojson"
title = "Old outlines"
geography = "OLD"
columns = { code = "CODE" }

[[file]]
kind = "boundaries"
path = "new.topojson"
title = "New outlines"
geography = "NEW"
columns = { code = "CODE" }

[[file]]
kind = "boundaries"
path = "councils.geojson"
title = "Councils"
geography = "COUNCILS"
columns = { code = "CODE", name = "NAME" }

[[file]]
kind = "boundaries"
path = "districts.geojson"
title = "Districts"
geography = "DISTRICTS"
columns = { code = "CODE", name = "NAME", ods_code = "ODS" }

[[file]]
kind = "lineage"
path = "lineage.csv"
title = "Lineage"
from_geography = "OLD"
to_geography = "NEW"
columns = { from_code = "from", to_code = "to", share_of_from = "of_from", share_of_to = "of_to" }
basis = "children"

[[file]]
kind = "small-areas"
path = "small.csv.gz"
title = "Small areas"
code = "small"
people = "people"
columns = { OLD = "old", DISTRICTS = "district" }
through = { COUNCILS = "DISTRICTS" }
pairs = [["OLD", "COUNCILS"], ["DISTRICTS", "COUNCILS"]]
basis = "people"

[[file]]
kind = "population"
path = "people.csv"
title = "People"
geography = "OLD"
columns = { code = "code", mid_year = "year", age = "age", persons = "persons" }
oldest = 1

[[file]]
kind = "attribute"
path = "spend.csv"
title = "Spend"
geography = "OLD"
columns = { code = "code" }

[[file.attribute]]
key = "spend"
title = "Spend"
unit = "pounds"
vintage = "2015"
column = "spend"
missing = ["", "n/a"]
higher_means = "more spent"

[[nesting]]
small = "DISTRICTS"
large = "COUNCILS"
title = "Districts in councils"
basis = "outlines"
"""


def square(west: float, east: float, south: float = 52.0, north: float = 53.0) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str, *rings: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"CODE": code, **properties}, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


OLD = collection(feature("A", square(-3, -2)), feature("B", square(-2, -1)), feature("C", square(-1, 0)))
COUNCILS = collection(feature("W", square(-3, -1.6), NAME="West"), feature("E", square(-1.6, 0), NAME="East"))
DISTRICTS = collection(
    feature("P", square(-3, -2.5), NAME="A-west", ODS="P1"),
    feature("Q", square(-2.5, -1.6), NAME="A-east", ODS=None),
    feature("R", square(-1.6, 0), NAME="The rest", ODS=None),
)
# Quantised to tenths of a degree from -3, 52: D's and A's outlines share the arc between them.
NEW = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [-3, 52]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [20, 0], [0, 10], [-20, 0]],
    ],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"CODE": "A"}},
                {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "properties": {"CODE": "D"}},
            ],
        }
    },
}

TABLES = {
    "codes.csv": "year,code,name,ods\n2015,A,Ashby,X1\n2015,B,Birch,X2\n2015,C,Cole,\n"
    "2016,A,Left out,\n2020,A,Ashby,X1\n2020,D,Dunmore,X4\n",
    "lineage.csv": "from,to,of_from,of_to\nA,A,1,1\nB,D,1.0,0.4\nC,D,1,0.6\n",
    "people.csv": "code,year,age,persons\nA,2017,0,10\nA,2017,1,11\nA,2017,2,12\nB,2017,0,20\nB,2017,1,0\n"
    "C,2017,0,30\nC,2017,1,31\n",
    "spend.csv": "code,spend\nA,12.5\nB,0\nC,n/a\n",
    "small.csv.gz": "small,old,district,people\ns1,A,P,30\ns2,A,Q,70\n"
    "s3,B,Q,40\ns4,B,R,60\ns5,C,R,50\ns6,C,R,0\n",
}


@dataclass
class OfficialFiles:
    """The files of the small country in a folder of their own."""

    folder: Path
    manifest: str = MANIFEST
    tables: dict[str, str] = field(default_factory=lambda: dict(TABLES))
    outlines: dict[str, Any] = field(
        default_factory=lambda: json.loads(
            json.dumps(
                {
                    "old.geojson": OLD,
                    "new.topojson": NEW,
                    "councils.geojson": COUNCILS,
                    "districts.geojson": DISTRICTS,
                }
            )
        )
    )
    raw: dict[str, bytes] = field(default_factory=dict)

    def load(self, **options: Any) -> Gazetteer:
        return load(self.written(), **{"today": TODAY, **options})

    def written(self) -> Path:
        files = self.folder / "files"
        files.mkdir(exist_ok=True)
        contents: Mapping[str, bytes] = {
            **{name: text.encode() for name, text in self.tables.items()},
            **{name: json.dumps(document).encode() for name, document in self.outlines.items()},
            **self.raw,
        }
        for name, content in contents.items():
            packed = name.endswith(".gz") and name not in self.raw
            (files / name).write_bytes(gzip.compress(content, mtime=0) if packed else content)
        manifest = self.folder / "manifest.toml"
        manifest.write_text(self.manifest, encoding="utf-8")
        return manifest

    def faults(self) -> list[str]:
        """What loading says is wrong, one line each."""
        with pytest.raises(BadInput) as caught:
            self.load()
        return [str(problem) for problem in caught.value.problems]

    def spoil(self, name: str, old: str, new: str) -> "OfficialFiles":
        """Replaces text in a table (or in "manifest"), which must be there."""
        before = self.manifest if name == "manifest" else self.tables[name]
        assert old in before
        if name == "manifest":
            self.manifest = before.replace(old, new, 1)
        else:
            self.tables[name] = before.replace(old, new, 1)
        return self

    def redraw(self, name: str, change: Callable[[Any], object]) -> "OfficialFiles":
        change(self.outlines[name])
        return self
