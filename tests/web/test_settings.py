"""What differs between hosts comes from the environment; what is wrong there is said in one sentence."""

from pathlib import Path

import pytest

from tests.commands import Run, refused


def test_without_a_key_the_site_says_where_to_get_one(ithrive: Run):
    said = "settings: SECRET_KEY is not set. Copy .env.example to .env, or run `make run`."
    assert refused(ithrive("site", "manage", "check")) == said


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (
            {"DATABASE_URL": "mysql://here/x"},
            (
                "settings: DATABASE_URL begins with 'mysql'. Use sqlite:///file or "
                "postgresql://user:password@host/name. Mend it in .env."
            ),
        ),
        (
            {"OIDC_SERVER": "https://sign-in.example"},
            "settings: OIDC_CLIENT_ID is not set, and another setting needs it. Add it to .env.",
        ),
    ],
)
def test_a_wrong_setting_is_one_sentence(ithrive: Run, environment: dict[str, str], said: str):
    assert refused(ithrive("site", "manage", "check", SECRET_KEY="x", **environment)) == said


def test_the_env_file_is_read(ithrive: Run, tmp_path: Path):
    (tmp_path / ".env").write_text("SECRET_KEY=a-key-of-its-own\n", encoding="utf-8")
    ran = ithrive("site", "manage", "diffsettings", "--output=unified")
    assert "a-key-of-its-own" in ran.stdout


@pytest.mark.parametrize(("https", "proxies"), [("yes", 1), ("no", 0)])
def test_a_visitors_address_is_believed_of_the_proxy_that_brings_https_and_of_nobody_else(
    ithrive: Run, https: str, proxies: int
):
    ran = ithrive("site", "manage", "diffsettings", SECRET_KEY="x", ITHRIVE_HTTPS=https)
    assert f"ALLAUTH_TRUSTED_PROXY_COUNT = {proxies}" in ran.stdout
