"""allauth's forms, in the site's words: plain labels, and for each field the sentence that mends it."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from ithrive.web.components.forms import NHSFormMixin

LABELS = {
    "login": "Email address",
    "email": "Email address",
    "password": "Password",
    "oldpassword": "Current password",
    "password1": "New password",
    "password2": "New password, once more",
    "code": "Code",
    "passwordless": "Let this key sign me in without a password (a passkey)",
    "name": "Name of the key",
}
REQUIRED = {
    "login": "Enter your email address",
    "email": "Enter an email address",
    "password": "Enter your password",
    "oldpassword": "Enter your current password",
    "password1": "Enter a new password",
    "password2": "Enter the new password once more",
    "code": "Enter the code",
    "credential": "Your browser sent no key. Try again, with JavaScript switched on",
    "name": "Enter a name for the key",
}
ADDRESS = "Enter an email address in the correct format, like name@example.com"


class Reworded(forms.BaseForm):
    """Gives allauth's fields our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            reword(name, field)


class Worded(NHSFormMixin, Reworded):
    """What every form of allauth's becomes here: reworded first, then checked for sentences of its own."""


def reword(name: str, field: forms.Field) -> None:
    field.label = LABELS.get(name, field.label)
    if name in REQUIRED:
        field.error_messages["required"] = REQUIRED[name]
    if isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = ADDRESS
    field.widget.attrs.pop("placeholder", None)  # a placeholder is neither label nor hint
    if name == "password":
        field.help_text = ""  # allauth's link to the reset; our page has its own


class Login(Worded, account.LoginForm):
    pass


class ResetPassword(Worded, account.ResetPasswordForm):
    pass


class ResetPasswordByLink(Worded, account.ResetPasswordKeyForm):
    pass


class ChangePassword(Worded, account.ChangePasswordForm):
    pass


class SetPassword(Worded, account.SetPasswordForm):
    pass


class AddEmail(Worded, account.AddEmailForm):
    pass


class Reauthenticate(Worded, account.ReauthenticateForm):
    pass


class Authenticate(Worded, second_factor.AuthenticateForm):
    pass


class ReauthenticateByCode(Worded, second_factor.ReauthenticateForm):
    pass


class SetUpApp(Worded, totp.ActivateTOTPForm):
    pass


class AddKey(Worded, webauthn.AddWebAuthnForm):
    pass


class RenameKey(Worded, webauthn.EditWebAuthnForm):
    pass
