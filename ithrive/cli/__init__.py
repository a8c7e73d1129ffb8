"""The `ithrive` command: parsing here, work elsewhere."""

from ithrive.cli.command import main

__all__ = ["main"]
