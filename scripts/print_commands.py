"""Prints the handbook's page on commands from the commands themselves: `python -m scripts.print_commands`."""

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs/handbook/reference/commands.md"
HEAD = """# Commands

The `ithrive` command lies in `.venv/bin/` after `make run`. Whatever goes wrong, it says so in plain
sentences on standard error and leaves with exit code 2; Ctrl-C leaves with 130. A load is done as a whole
or not at all, and every command can be run again. What it did not expect is written to `last-error.txt`
in the state folder.

Settings come from the environment and from `.env` in the folder where it is run: see [settings](settings.md).

<!-- Everything below is printed by `python -m scripts.print_commands`; a test compares the two. -->
"""


def printed() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n## {' '.join(words)}\n\n```\n{helped(words)}\n```\n" for words in commands())


def commands() -> list[tuple[str, ...]]:
    """Each command in the words that call it, in the order in which help lists them."""
    import typer

    from ithrive.cli.command import app

    groups = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group has commands
    return [
        ("ithrive", group, *name)
        for group, each in groups.items()
        for name in ([(one,) for one in each.commands] if hasattr(each, "commands") else [()])
    ]


def helped(words: tuple[str, ...]) -> str:
    """What `--help` says, as wide as it is on any terminal."""
    ran = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-m", *words, "--help"],
        env=os.environ | {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.replace("python -m ithrive", "ithrive").strip()


if __name__ == "__main__":
    PAGE.write_text(printed(), encoding="utf-8")
