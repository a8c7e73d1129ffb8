"""No name or code of the fictional country belongs to anybody."""

import csv
import gzip
import json
import re
from pathlib import Path

import pytest

from ithrive.areas.fictional import thornmere

# Words that any country uses; everything else in a name must be ours alone.
PLAIN = {
    *("and", "of", "the", "vale", "great", "coast", "downs", "isles", "sound", "council"),
    *("east", "west", "five", "lanterns", "water"),
}


@pytest.fixture(scope="session")
def real(shared_data: Path) -> set[str]:
    """Every cell of the look-ups and every property of the boundaries, in lower case, and their words."""
    cells = {
        cell for path in (shared_data / "lookups").glob("*.csv") for row in _rows(path.open()) for cell in row
    }
    with gzip.open(shared_data / "lookups" / "lsoa11_master.csv.gz", "rt", encoding="utf-8") as lines:
        cells |= {cell for row in csv.reader(lines) for cell in row}
    for path in (shared_data / "boundaries").glob("*.geojson"):
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        cells |= {str(value) for each in features for value in each["properties"].values()}
    return {cell.casefold() for cell in cells} | {word for cell in cells for word in _words(cell)}


def _rows(lines):
    with lines:
        return list(csv.reader(lines))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


def test_no_word_of_a_name_is_in_a_real_name(real):
    ours = {word for place in thornmere().places for word in _words(place.name)} - PLAIN
    assert len(ours) > 130
    assert not ours & real


def test_no_code_is_a_real_code(real):
    for place in thornmere().places:
        assert place.code.casefold() not in real
        assert (place.ods_code or "no code").casefold() not in real


def test_codes_cannot_become_real_ones():
    real_ons, real_ods = re.compile(r"[EWSNKJ]\d{8}"), re.compile(r"[A-Z0-9]+")
    for place in thornmere().places:
        assert not real_ons.fullmatch(place.code)
        assert not place.ods_code or not real_ods.fullmatch(place.ods_code)
