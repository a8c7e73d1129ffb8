from django.urls import URLPattern, URLResolver, path

from ithrive.web.overview import (
    area_home_views,
    board_views,
    coach_views,
    plan_views,
    proposal_views,
    statements,
    wish_views,
)
from ithrive.web.overview.api_page import api_page
from ithrive.web.overview.charts import views as charts
from ithrive.web.overview.home import home
from ithrive.web.overview.measure_pages import views as measure_pages

app_name = "overview"
AREA = "<slug:country>/<slug:kind>/<str:code>"

# What joins an area's progress with its rounds and support.
work = [
    path("home/", area_home_views.my_home, name="my-home"),
    path(f"home/{AREA}/", area_home_views.area_home, name="area-home"),
    path(f"implementation/areas/{AREA}/", area_home_views.area_steps, name="area-steps"),
    path(f"implementation/areas/{AREA}/plan/", plan_views.plan, name="plan"),
    path(f"implementation/areas/{AREA}/proposals/", proposal_views.proposals, name="proposals"),
    path(f"implementation/areas/{AREA}/proposals/<slug:statement>/", proposal_views.choose, name="choose"),
    path(f"implementation/areas/{AREA}/wishes/", wish_views.wishes, name="wishes"),
    path("board/", board_views.board, name="board"),
    path("board/board.csv", board_views.export, {"ending": "csv"}, name="board-csv"),
    path("board/board.xlsx", board_views.export, {"ending": "xlsx"}, name="board-xlsx"),
    path("coach/", coach_views.coach, name="coach"),
]

# An area's own charts, for its people.
charted = [
    path(f"charts/{AREA}/", charts.area_charts, name="area-charts"),
    path(f"charts/{AREA}/<slug:measure>/", charts.area_chart, name="area-chart"),
    path(
        f"charts/{AREA}/<slug:measure>/<slug:drawing>.<slug:ending>",
        charts.download,
        name="area-chart-download",
    ),
]

# What we count: public, and without any area's figures but released ones.
measured = [
    path("measures/", measure_pages.measure_list, name="measures"),
    path("measures/<slug:measure>/", measure_pages.measure, name="measure"),
    path(
        "measures/<slug:measure>/definition.<slug:ending>",
        measure_pages.definition,
        name="measure-definition",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("api/", api_page, name="api"),
    path("about/", statements.about, name="about"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    *work,
    *charted,
    *measured,
]
