"""The site's settings as tests want them: fast hashing, plain static files, SQLite in memory by default."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from ithrive.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests with real transactions empty the database, history and all.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.emptying"]  # noqa: F405
# Tests collect no static files: the server finds them where they lie.
WHITENOISE_AUTOREFRESH = True
# Tests write rows without history, which is what kept pages go by. Those that are about them make room.
KEPT_PAGES_BYTES = 0
