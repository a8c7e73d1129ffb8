"""Without the website's extra, the command still works out coverage, and says what it cannot do."""

import pytest

from tests.commands import Run, refused


@pytest.mark.parametrize(
    "words",
    [
        ("site", "migrate"),
        ("site", "serve"),
        ("site", "manage", "check"),
        ("demo", "load"),
        ("demo", "people"),
        ("demo", "code", "ada@thornmere.example"),
        ("history", "verify"),
    ],
)
def test_commands_of_the_website_say_which_extra_to_install(ithrive: Run, words: tuple[str, ...]):
    said = "ithrive: the website is not installed here. Run: pip install 'ithrive[web]'"
    assert refused(ithrive(*words, website=False)) == said


def test_the_package_and_its_help_do_without_django(ithrive: Run):
    ran = ithrive("--help", website=False)
    assert ran.returncode == 0
    assert "areas" in ran.stdout
