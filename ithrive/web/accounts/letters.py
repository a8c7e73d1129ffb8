"""The letters we write ourselves; allauth writes the others."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from ithrive.web.accounts.models import Invitation


def send_invitation(invitation: Invitation, link: str) -> None:
    words = {"invitation": invitation, "link": link, "site": settings.SITE_NAME}
    send_mail(
        f"You are invited to the {settings.SITE_NAME}",
        render_to_string("accounts/letters/invitation.txt", words),
        None,
        [invitation.email],
    )
