"""How people sign in, and how the site writes to them: the settings of django-allauth and of email."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Email and password, by invitation only: `InvitedPeopleOnly` closes the sign-up.
ACCOUNT_ADAPTER = "ithrive.web.accounts.adapters.InvitedPeopleOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers: the page says the same either way
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "ithrive.web.accounts.adapters.shown_name"
# The sixth bad password within five minutes is refused, whichever worker hears it.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}

ACCOUNT_FORMS = {
    "login": "ithrive.web.accounts.allauth_forms.Login",
    "reset_password": "ithrive.web.accounts.allauth_forms.ResetPassword",
    "reset_password_from_key": "ithrive.web.accounts.allauth_forms.ResetPasswordByLink",
    "change_password": "ithrive.web.accounts.allauth_forms.ChangePassword",
    "set_password": "ithrive.web.accounts.allauth_forms.SetPassword",
    "add_email": "ithrive.web.accounts.allauth_forms.AddEmail",
    "reauthenticate": "ithrive.web.accounts.allauth_forms.Reauthenticate",
}

# The second factor.
MFA_ADAPTER = "ithrive.web.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off

MFA_FORMS = {
    "authenticate": "ithrive.web.accounts.allauth_forms.Authenticate",
    "reauthenticate": "ithrive.web.accounts.allauth_forms.ReauthenticateByCode",
    "activate_totp": "ithrive.web.accounts.allauth_forms.SetUpApp",
    "add_webauthn": "ithrive.web.accounts.allauth_forms.AddKey",
    "edit_webauthn": "ithrive.web.accounts.allauth_forms.RenameKey",
}

USERSESSIONS_TRACK_ACTIVITY = True

# The person's own organisation (OpenID Connect). It never makes an account: it opens an invited one.
SOCIALACCOUNT_ADAPTER = "ithrive.web.accounts.adapters.KnownPeopleOnly"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter decides, by verified address
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False


def organisation(environment: Mapping[str, str]) -> dict[str, Any]:
    """allauth's provider settings from OIDC_NAME, OIDC_SERVER, OIDC_CLIENT_ID and OIDC_SECRET; {} without."""
    if not environment.get("OIDC_SERVER"):
        return {}
    app = {
        "provider_id": "organisation",
        "name": environment.get("OIDC_NAME", "your organisation"),
        "client_id": environment["OIDC_CLIENT_ID"],
        "secret": environment["OIDC_SECRET"],
        "settings": {"server_url": environment["OIDC_SERVER"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def organisation_origin(environment: Mapping[str, str]) -> list[str]:
    """Where a form may lead besides our own site: the page's policy also governs what a form redirects to."""
    server = urlsplit(environment.get("OIDC_SERVER", ""))
    return [f"{server.scheme}://{server.netloc}"] if server.netloc else []


def mail(environment: Mapping[str, str], state: Path) -> dict[str, Any]:
    """Django's email settings: through MAIL_HOST where there is one, otherwise into files under `state`."""
    sender = environment.get("MAIL_FROM", "i-THRIVE platform <no-reply@localhost>")
    if not environment.get("MAIL_HOST"):
        return {
            "DEFAULT_FROM_EMAIL": sender,
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": state / "mail",
        }
    return {
        "DEFAULT_FROM_EMAIL": sender,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": environment["MAIL_HOST"],
        "EMAIL_PORT": int(environment.get("MAIL_PORT", "587")),
        "EMAIL_HOST_USER": environment.get("MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": environment.get("MAIL_PASSWORD", ""),
        "EMAIL_USE_TLS": environment.get("MAIL_TLS", "yes") == "yes",
        "EMAIL_TIMEOUT": 20,
    }


SOCIALACCOUNT_PROVIDERS = organisation(os.environ)
