import subprocess
import sys

import pytest

import ithrive.areas

SLOW = ("shapely", "numpy", "openpyxl", "pyproj", "pydantic")


def test_every_public_name_is_there() -> None:
    for name in ithrive.areas.__all__:
        assert getattr(ithrive.areas, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'coverige'"):
        _ = ithrive.areas.coverige  # type: ignore[attr-defined] # that is the point


def test_to_import_areas_imports_nothing_slow() -> None:
    program = f"import sys, ithrive.areas; print([name for name in {SLOW} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
