"""Errors nobody foresaw: the person gets a sentence, and whoever mends it gets the details in a file."""

import os
import tempfile
import traceback
from pathlib import Path


def keep_details(error: Exception) -> str:
    """Write an error's details to a file and give the sentence that says where they are."""
    details = "".join(traceback.format_exception(error))
    for folder in (Path(os.environ.get("ITHRIVE_DATA_DIR", "var")), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "last-error.txt").write_text(details, encoding="utf-8")
        except OSError:
            continue
        where = (
            f"The details are in {folder / 'last-error.txt'}; send them to whoever looks after the platform."
        )
        return f"ithrive met something it did not expect ({type(error).__name__}). {where}"
    return f"ithrive met something it did not expect, and could not write down the details: {error!r}"
