"""What the site says about itself: short pages that change only when the site does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ithrive.web.components.parts import table

COOKIES = table(
    "Cookies on this site",
    ["Name", "What it is for", "When it goes"],
    [
        ("sessionid", "Keeps you signed in", "When you close the browser, or sign out"),
        ("csrftoken", "Proves that a form was sent from this site", "After one year"),
        ("messages", "Shows you once that something was saved", "When you have seen it"),
    ],
)


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/about.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "overview/privacy.html", {"cookies": COOKIES})
