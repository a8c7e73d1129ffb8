"""The command itself: its groups, and what its errors look like.

Whatever goes wrong, the person gets plain sentences on standard error and exit code 2, never a traceback.
Anything heavy is imported inside the commands, so that `--help` answers at once.
"""

import sys
from collections.abc import Callable, Sequence

import typer
from typer.exceptions import Abort, TyperException

from ithrive.cli import (
    areas,
    assessments,
    demo,
    effect,
    history,
    records,
    releases,
    returns,
    site_commands,
    study,
)
from ithrive.cli.surprises import keep_details
from ithrive.problems import BadInput, NotAllowed

WRONG = 2
STOPPED = 130  # what shells expect of a command that Ctrl-C ended
STOPPED_WORDS = ("Stopped. Nothing was changed.",)
AT_MOST = 25  # problems shown; the rest are counted

app = typer.Typer(
    name="ithrive",
    help="Run and evaluate a whole-system change in children and young people's mental health.",
    add_completion=False,
    # Plain text: it reads well aloud, in logs and on narrow screens, and costs no import.
    rich_markup_mode=None,
)
app.add_typer(areas.app, name="areas")
app.add_typer(assessments.app, name="assessments")
app.command("effect")(effect.effect)
app.add_typer(history.app, name="history")
app.add_typer(demo.app, name="demo")
app.add_typer(records.app, name="records")
app.add_typer(releases.app, name="releases")
app.add_typer(returns.app, name="returns")
app.add_typer(site_commands.app, name="site")
app.add_typer(study.app, name="study")


def main() -> None:
    """Run the command with the words given to it, and leave with its exit code."""
    sys.exit(answer(lambda: app(standalone_mode=False)))


def answer(run: Callable[[], object]) -> int:
    """The exit code of a run, after saying what went wrong if something did."""
    try:
        code = run()
    except (KeyboardInterrupt, Abort):
        return said(STOPPED, STOPPED_WORDS)
    except Exception as error:
        return said(WRONG, sentences(error))
    if code == STOPPED:  # Typer makes this of Ctrl-C, without a word
        return said(STOPPED, STOPPED_WORDS)
    return code if isinstance(code, int) else 0


def sentences(error: Exception) -> list[str]:
    """What to tell the person about an error: one sentence for each problem in their input."""
    if isinstance(error, BadInput):
        shown = [str(problem).strip() for problem in error.problems[:AT_MOST]]
        more = len(error.problems) - len(shown)
        return [*shown, f"And {more:,} more problems like these."] if more else shown
    if isinstance(error, TyperException):
        return [f"{error.format_message().rstrip('.')}. Add --help to see what can be given."]
    if isinstance(error, NotAllowed):
        return [str(error)]
    if isinstance(error, OSError) and error.filename:
        return [f"{error.filename}: {error.strerror}. Check the path and who may read and write it."]
    return [keep_details(error)]


def said(code: int, lines: Sequence[str]) -> int:
    for line in lines:
        typer.echo(line, err=True)
    return code
