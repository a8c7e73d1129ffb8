"""The site's settings: what differs between hosts comes from the environment, and only from there."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from ithrive.web.database import database_from
from ithrive.web.sign_in import *  # noqa: F403 # how people sign in has a file of its own
from ithrive.web.sign_in import mail, organisation_origin

STATE = Path(os.environ.get("ITHRIVE_DATA_DIR", "var"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Copy .env.example to .env, or run `make run`.")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ITHRIVE_HOSTS", "127.0.0.1,localhost").split(",")
SITE_NAME = "i-THRIVE platform"
# Where this site's source can be read; the foot of every page links to it.
SOURCE_ADDRESS = os.environ.get("ITHRIVE_SOURCE", "")
# Under which licence released figures may be used; stated with every file of them.
DATA_LICENCE = os.environ.get("ITHRIVE_DATA_LICENCE", "Open Government Licence v3.0")
# https in front of the site: cookies and redirects follow. Off for a laptop on the loopback address.
SECURE = os.environ.get("ITHRIVE_HTTPS", "no") == "yes"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # With a template renderer of our own, allauth's pages need Django's form templates as an app.
    "django.forms",
    # Before allauth, so that its pages are ours.
    "ithrive.web.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "ithrive.web.components",
    "ithrive.web.history",
    "ithrive.web.areas",
    "ithrive.web.framework",
    "ithrive.web.assessments",
    "ithrive.web.implementation",
    "ithrive.web.returns",
    "ithrive.web.improvement",
    "ithrive.web.publications",
    "ithrive.web.evaluation",
    "ithrive.web.overview",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ithrive.web.components.middleware.permissions_policy",
    "ithrive.web.components.middleware.refuse_nul",
    "ithrive.web.components.middleware.keep_no_copy",
    "ithrive.web.overview.kept_pages.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "ithrive.web.accounts.middleware.ReachMiddleware",
]

ROOT_URLCONF = "ithrive.web.urls"
WSGI_APPLICATION = "ithrive.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ithrive.web.components.context.frame",
                "ithrive.web.areas.context.demonstration",
                "ithrive.web.overview.context.own_places",
            ],
        },
    },
]

FORM_RENDERER = "ithrive.web.components.renderers.NHSRenderer"

DATABASES = {
    "default": database_from(os.environ.get("DATABASE_URL", f"sqlite:///{STATE / 'ithrive.sqlite3'}"))
}
# Rate limits and locks must be shared by every worker, so the cache lives in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would throw out rate limits, and lists that wait to be confirmed, on a busy day.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Room for finished public pages in each process; about 1,000 of them.
KEPT_PAGES_BYTES = 32_000_000

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
globals().update(mail(os.environ, STATE))

# A folder with the programme's own (licensed) text of the framework; its files take the place of ours.
ITHRIVE_FRAMEWORK_DIR = Path(folder) if (folder := os.environ.get("ITHRIVE_FRAMEWORK_DIR")) else None

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
# Originals of transcripts. Never below STATIC_ROOT: no address leads here, a view reads them and asks first.
ITHRIVE_PRIVATE = STATE / "private"
# Charts as drawn, by their content. They may show what is not published, so no address leads here either.
ITHRIVE_DRAWINGS = STATE / "drawings"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
# Rate limits count by the visitor's address, which the proxy puts last; else all would share the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *organisation_origin(os.environ)],
        "frame-ancestors": ["'none'"],
    }
}
