"""A permanent address for each idea of the framework."""

from django.urls import path

from ithrive.web.framework import approach_views, views

app_name = "framework"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("young-people/", views.young_people, name="young-people"),
    path("groupings/<slug:code>/", views.grouping, name="grouping"),
    path("principles/<slug:code>/", views.principle_set, name="principle-set"),
    path("principles/<slug:set_code>/<slug:code>/", views.principle, name="principle"),
    path("approach/", approach_views.approach, name="approach"),
    path("approach/<slug:code>/", approach_views.phase, name="approach-phase"),
    path("approach/<slug:phase_code>/<slug:code>/", approach_views.step, name="approach-step"),
]
