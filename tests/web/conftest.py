"""What the website's tests share: Django made ready, and the cast."""

from pathlib import Path

import django
import pytest
from pytest_django.fixtures import Settings

# Pure tests share the configuration and run without Django, so it is made ready here and not there.
django.setup()

from ithrive.web.areas import gazetteers  # noqa: E402 # the same
from tests.cast import Cast, assemble  # noqa: E402 # models exist only once Django is ready


@pytest.fixture
def cast(db: None) -> Cast:
    """Ada, Ben, Cam and the others, in the database: see tests/cast.py."""
    return assemble()


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> None:
    """Originals of transcripts, and drawings, go with the test that made them."""
    settings.ITHRIVE_PRIVATE = tmp_path / "private"
    settings.ITHRIVE_DRAWINGS = tmp_path / "drawings"


@pytest.fixture(autouse=True)
def nothing_kept_of_other_tests() -> None:
    """A process keeps gazetteers by revision; the cast writes areas without making a new one."""
    gazetteers.forget()
