"""Addresses of what the programme records of areas: roles, support, lists, and the history of one area.

They come before an area's own address, which would take `memberships/import/` for a kind and a code.
"""

from django.urls import path

from ithrive.web.areas.sent_lists import MEMBERSHIPS, SUPPORT
from ithrive.web.areas.views import area_history, exports, imports, membership, support

AREA = "<slug:country>/<slug:kind>/<str:code>"

lists = [
    path("<slug:country>/memberships/export.csv", exports.memberships, name="memberships-export"),
    path("<slug:country>/support/export.csv", exports.support, name="support-export"),
    *(
        each
        for kind in (MEMBERSHIPS, SUPPORT)
        for each in (
            path(f"<slug:country>/{kind.key}/import/", imports.send, {"kind": kind}, f"{kind.key}-import"),
            path(
                f"<slug:country>/{kind.key}/import/template.csv",
                imports.template,
                {"kind": kind},
                f"{kind.key}-template",
            ),
            path(
                f"<slug:country>/{kind.key}/import/<str:token>/",
                imports.preview,
                {"kind": kind},
                f"{kind.key}-preview",
            ),
        )
    ),
]

own_pages = [
    path(f"{AREA}/membership/", membership.membership, name="membership"),
    path(f"{AREA}/membership/record/", membership.begin, name="role-begin"),
    path(f"{AREA}/membership/<int:number>/", membership.correct, name="role-correct"),
    path(f"{AREA}/membership/<int:number>/end/", membership.end, name="role-end"),
    path(f"{AREA}/membership/<int:number>/in-error/", membership.in_error, name="role-in-error"),
    path(f"{AREA}/support/", support.support, name="support"),
    path(f"{AREA}/support/record/", support.add, name="support-add"),
    path(f"{AREA}/support/<int:number>/", support.correct, name="support-correct"),
    path(f"{AREA}/support/<int:number>/in-error/", support.in_error, name="support-in-error"),
    path(f"{AREA}/history/", area_history.history, name="area-history"),
]

urlpatterns = [*lists, *own_pages]
