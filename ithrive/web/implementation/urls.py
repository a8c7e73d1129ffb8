"""Addresses of the work in one area. Steps, and the plan's page, are the overview's: it joins rounds in."""

from django.urls import URLPattern, URLResolver, path

from ithrive.web.implementation.views import evidence, people, plan, planned, stakeholders

app_name = "implementation"
AREA = "areas/<slug:country>/<slug:kind>/<str:code>"

steps = [
    path(f"{AREA}/steps/<slug:step>/record/", evidence.record, name="evidence-record"),
    path(f"{AREA}/evidence/<int:number>/in-error/", evidence.in_error, name="evidence-in-error"),
]

posts = [
    path(f"{AREA}/people/", people.people, name="people"),
    path(f"{AREA}/people/record/", people.record, name="post-record"),
    path(f"{AREA}/people/<int:number>/", people.correct, name="post-correct"),
    path(f"{AREA}/people/<int:number>/end/", people.end, name="post-end"),
    path(f"{AREA}/people/<int:number>/in-error/", people.in_error, name="post-in-error"),
]

stakeholder_map = [
    path(f"{AREA}/stakeholders/", stakeholders.stakeholders, name="stakeholders"),
    path(f"{AREA}/stakeholders/add/", stakeholders.add, name="stakeholder-add"),
    path(f"{AREA}/stakeholders/<int:number>/", stakeholders.change, name="stakeholder-change"),
    path(f"{AREA}/stakeholders/<int:number>/remove/", stakeholders.remove, name="stakeholder-remove"),
]

planning = [
    path(f"{AREA}/plan.csv", plan.export, {"ending": "csv"}, name="plan-csv"),
    path(f"{AREA}/plan.xlsx", plan.export, {"ending": "xlsx"}, name="plan-xlsx"),
    path(f"{AREA}/priorities/choose/", plan.choose, name="priority-choose"),
    path(f"{AREA}/priorities/<int:number>/close/", plan.close, name="priority-close"),
    path(f"{AREA}/priorities/<int:number>/add-action/", planned.add, name="priority-add-action"),
    path(f"{AREA}/actions/<int:number>/", planned.change, name="action-change"),
    path(f"{AREA}/actions/<int:number>/done/", planned.done, name="action-done"),
    path(f"{AREA}/actions/<int:number>/drop/", planned.drop, name="action-drop"),
    path(f"{AREA}/actions/<int:number>/reopen/", planned.reopen, name="action-reopen"),
]

urlpatterns: list[URLPattern | URLResolver] = [*steps, *posts, *stakeholder_map, *planning]
