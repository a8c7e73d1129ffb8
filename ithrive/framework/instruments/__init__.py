"""Assessment instruments as files: read with distrust, handed out in three formats, compared in sentences."""

from ithrive.framework.instruments.differences import Difference, differences
from ithrive.framework.instruments.reading import demonstration_instrument, read_instrument
from ithrive.framework.instruments.redcap import to_redcap_csv
from ithrive.framework.instruments.toml import to_toml
from ithrive.framework.instruments.versions import why_not_import
from ithrive.framework.instruments.workbook import to_xlsx

__all__ = [
    "Difference",
    "demonstration_instrument",
    "differences",
    "read_instrument",
    "to_redcap_csv",
    "to_toml",
    "to_xlsx",
    "why_not_import",
]
