"""Addresses of returns: lists, then one return with its files and steps, then keys."""

from django.urls import path

from ithrive.web.returns.steps import STEPS
from ithrive.web.returns.views import filling, keys, lists, pages, reasons, sending, steps

app_name = "returns"
AREA = "areas/<slug:country>/<slug:kind>/<str:code>/"
ONE = "<int:number>/"

list_urls = [
    path("", lists.home, name="home"),
    path("board/", lists.board, name="board"),
    path("board/returns.csv", lists.board_file, name="board-csv"),
    path("expect/<slug:country>/", lists.expect, name="expect"),
    path(AREA, lists.area, name="area"),
]

return_urls = [
    path(ONE, pages.return_, name="return"),
    path(f"{ONE}return.<slug:ending>", pages.download, name="download"),
    path(f"{ONE}marked-up.xlsx", pages.marked_up, name="marked-up"),
    path(f"{ONE}versions/<int:version>/", pages.differences, name="differences"),
    path(f"{ONE}files/<int:file>/", pages.original, name="original"),
    path(f"{ONE}history/", pages.history, name="history"),
    path(f"{ONE}fill/<slug:section>/", filling.fill, name="fill"),
    path(f"{ONE}fill/<slug:section>/save/", filling.save, name="save"),
    path(f"{ONE}reasons/", reasons.reasons, name="reasons"),
    path(f"{ONE}send/", sending.send, name="send"),
    path(f"{ONE}send/<str:token>/", sending.refused, name="refused"),
    path(f"{ONE}send/<str:token>/marked-up.xlsx", sending.refused_copy, name="refused-copy"),
    path(f"{ONE}queries/<int:query>/", steps.answer, name="answer"),
    *(path(f"{ONE}{name}/", steps.step, {"name": name}, name=name) for name in STEPS),
]

key_urls = [
    path("keys/", keys.keys, name="keys"),
    path("keys/make/", keys.make, name="key-make"),
    path("keys/<int:number>/revoke/", keys.revoke, name="key-revoke"),
]

urlpatterns = [*list_urls, *return_urls, *key_urls]
