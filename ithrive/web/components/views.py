"""The gallery."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ithrive.web.components.gallery import EveryField, exhibits


def gallery(request: HttpRequest) -> HttpResponse:
    """Every part, then every field as it is first met and as it is after mistakes."""
    context = {
        "exhibits": exhibits(),
        "fresh": EveryField(prefix="fresh"),
        "mistaken": EveryField({"mistaken-first_met_0": "31", "mistaken-days": "two"}, {}, prefix="mistaken"),
    }
    return render(request, "components/gallery.html", context)
