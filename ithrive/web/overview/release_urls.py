"""Addresses of releases. Those of released ones never change."""

from django.urls import path

from ithrive.web.overview import release_views, release_work_views

app_name = "releases"
ONE = "<slug:reference>"

urlpatterns = [
    path("", release_views.releases, name="releases"),
    path("prepare/", release_work_views.prepare, name="prepare"),
    path("ledger/", release_work_views.ledger, name="ledger"),
    path("code-lists.csv", release_views.code_lists, name="code-lists"),
    path(f"{ONE}/", release_views.release, name="release"),
    path(f"{ONE}/figures.<slug:ending>", release_views.download, name="download"),
    path(f"{ONE}/metadata.json", release_views.about, name="about"),
    path(f"{ONE}/go-on/", release_work_views.go_on, name="go-on"),
    path(f"{ONE}/release/", release_work_views.let_go, name="let-go"),
    path(f"{ONE}/withdraw/", release_work_views.withdraw, name="withdraw"),
    path(f"{ONE}/attack/", release_work_views.report, name="report"),
    path(f"{ONE}/<slug:measure>/", release_views.table, name="table"),
]
