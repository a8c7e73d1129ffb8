"""Addresses of what is recorded beside measures. Charts stand on the pages that know the figures."""

from django.urls import path

from ithrive.web.improvement.views import cycles, notes

app_name = "improvement"
AREA = "areas/<slug:country>/<slug:kind>/<str:code>"
MEASURE = f"{AREA}/<slug:measure>"
CYCLES = f"{AREA}/tests-of-change"

urlpatterns = [
    path(f"{CYCLES}/", cycles.cycles, name="cycles"),
    path(f"{CYCLES}/begin/", cycles.begin, name="cycle-begin"),
    path(f"{CYCLES}/<int:number>/follow/", cycles.follow, name="cycle-follow"),
    path(f"{CYCLES}/<int:number>/finish/", cycles.finish, name="cycle-finish"),
    path(f"{CYCLES}/<int:number>/remove/", cycles.remove, name="cycle-remove"),
    path(f"{MEASURE}/notes/", notes.notes, name="notes"),
    path(f"{MEASURE}/notes/add/", notes.add_note, name="note-add"),
    path(f"{MEASURE}/notes/<int:number>/remove/", notes.remove_note, name="note-remove"),
    path(f"{MEASURE}/rebases/add/", notes.add_rebase, name="rebase-add"),
    path(f"{MEASURE}/rebases/<int:number>/remove/", notes.remove_rebase, name="rebase-remove"),
]
