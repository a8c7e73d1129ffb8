"""`ithrive records build` and `check`: where records, returns and disclosure meet."""

from ithrive.cli.records_build.asked import Asked
from ithrive.cli.records_build.run import build_returns, check_extract

__all__ = ["Asked", "build_returns", "check_extract"]
