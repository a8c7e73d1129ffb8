"""Addresses of areas. An area's own address comes last: `<kind>/<code>/` fits almost anything."""

from django.urls import path

from ithrive.web.areas import programme_urls
from ithrive.web.areas.views import areas, coverage
from ithrive.web.areas.views import map as spread_map

app_name = "areas"

countries = [
    path("", areas.countries, name="countries"),
    path("<slug:country>/", areas.area_list, name="area-list"),
    path("<slug:country>/map/", spread_map.page, name="map"),
    path("<slug:country>/map/map.<slug:ending>", spread_map.download, name="map-download"),
    path("<slug:country>/coverage/", coverage.page, name="coverage"),
    path("<slug:country>/coverage/working.csv", coverage.working_csv, name="coverage-working-csv"),
    path("<slug:country>/coverage/working.json", coverage.working_json, name="coverage-working-json"),
]

area = [
    path("<slug:country>/<slug:kind>/<str:code>/", areas.area, name="area"),
]

# Country-wide work, such as importing memberships, goes between the two.
urlpatterns = [*countries, *programme_urls.urlpatterns, *area]
