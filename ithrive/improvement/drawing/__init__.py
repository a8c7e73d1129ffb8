"""Charts and funnels drawn as SVG, with the tables and lists that belong to them. Nothing is drawn on import:
Altair and vl-convert (the `reports` or `web` extra) are loaded with the first drawing.
"""

from ithrive.improvement.drawing.events import Event, chart_events
from ithrive.improvement.drawing.funnel_sketch import funnel_list, funnel_table
from ithrive.improvement.drawing.icons import LETTERS, icon_svg
from ithrive.improvement.drawing.multiples import small_multiples_svg
from ithrive.improvement.drawing.pictures import chart_sheet, chart_svg, funnel_sheet, funnel_svg
from ithrive.improvement.drawing.sheets import drawing_key, png, svg
from ithrive.improvement.drawing.sketch import NARROW, WIDE, Sheet, Size
from ithrive.improvement.drawing.tables import IconTableRow, chart_csv, chart_table, icon_table_rows

__all__ = [
    "LETTERS",
    "NARROW",
    "WIDE",
    "Event",
    "IconTableRow",
    "Sheet",
    "Size",
    "chart_csv",
    "chart_events",
    "chart_sheet",
    "chart_svg",
    "chart_table",
    "drawing_key",
    "funnel_list",
    "funnel_sheet",
    "funnel_svg",
    "funnel_table",
    "icon_svg",
    "icon_table_rows",
    "png",
    "small_multiples_svg",
    "svg",
]
