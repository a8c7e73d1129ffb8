"""Addresses of studies. Those of released results never change."""

from django.urls import path

from ithrive.web.overview.studies import views, work_views

app_name = "studies"
ONE, WORK = "<slug:slug>", "<slug:slug>/work"
RUN = f"{WORK}/runs/<int:number>"
SITE = f"{ONE}/areas/<slug:country>/<slug:kind>/<str:code>"

urlpatterns = [
    path("", views.studies, name="studies"),
    path("add/", work_views.add, name="add"),
    path(f"{ONE}/", views.study, name="study"),
    path(f"{ONE}/report.<slug:ending>", views.study_file, name="study-file"),
    path(f"{SITE}/", views.own, name="own"),
    path(f"{SITE}/report.<slug:ending>", views.own_file, name="own-file"),
    path(f"{WORK}/", work_views.work, name="work"),
    path(f"{WORK}/protocol/", work_views.protocol, name="protocol"),
    path(f"{WORK}/protocol/freeze/", work_views.freeze, name="freeze"),
    path(f"{WORK}/protocol/amend/", work_views.amend, name="amend"),
    path(f"{WORK}/protocol.<slug:ending>", work_views.protocol_file, name="protocol-file"),
    path(f"{WORK}/looks/<int:wave>/", work_views.look, name="look"),
    path(f"{WORK}/run/", work_views.ask, name="ask"),
    path(f"{RUN}/", work_views.run, name="run"),
    path(f"{RUN}/results.<slug:ending>", work_views.run_file, name="run-file"),
    path(f"{RUN}/stop/", work_views.stop, name="stop"),
    path(f"{RUN}/release/", work_views.release, name="release"),
]
