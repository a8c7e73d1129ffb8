"""Addresses of what is recorded beside measures. Charts stand on the pages that know the figures."""

from django.urls import path

from ithrive.web.improvement.views import notes

app_name = "improvement"
MEASURE = "areas/<slug:country>/<slug:kind>/<str:code>/<slug:measure>"

urlpatterns = [
    path(f"{MEASURE}/notes/", notes.notes, name="notes"),
    path(f"{MEASURE}/notes/add/", notes.add_note, name="note-add"),
    path(f"{MEASURE}/notes/<int:number>/remove/", notes.remove_note, name="note-remove"),
    path(f"{MEASURE}/rebases/add/", notes.add_rebase, name="rebase-add"),
    path(f"{MEASURE}/rebases/<int:number>/remove/", notes.remove_rebase, name="rebase-remove"),
]
