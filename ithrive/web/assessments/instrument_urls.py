"""The addresses of instruments, below /assessments/."""

from django.urls import path

from ithrive.web.assessments.views import instruments

instrument_urls = [
    path("instruments/", instruments.instrument_list, name="instruments"),
    path("instruments/import/", instruments.send, name="instrument-import"),
    path("instruments/import/example.xlsx", instruments.example, name="instrument-example"),
    path("instruments/import/demonstration/", instruments.add_demonstration, name="instrument-demonstration"),
    path("instruments/import/check/<str:token>/", instruments.check, name="instrument-check"),
    path("instruments/<slug:code>/<str:version>/", instruments.instrument, name="instrument"),
    path(
        "instruments/<slug:code>/<str:version>/since/<str:other>/", instruments.since, name="instrument-since"
    ),
    path(
        "instruments/<slug:code>/<str:version>/instrument.<slug:ending>",
        instruments.download,
        name="instrument-download",
    ),
]
