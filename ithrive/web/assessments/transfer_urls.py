"""The addresses of exports, and of past rounds brought in, below /assessments/."""

from django.urls import path

from ithrive.web.assessments.views import transfer

transfer_urls = [
    path("rounds/<int:number>/export.<slug:ending>", transfer.round_export, name="round-export"),
    path("export/rounds.<slug:ending>", transfer.every_export, name="every-export"),
    path("export/data-dictionary.csv", transfer.dictionary, name="export-dictionary"),
    path("export/redcap/<slug:code>/<str:version>.csv", transfer.redcap_export, name="redcap-export"),
    path("past-rounds/<slug:country>/import/", transfer.send, name="past-rounds-import"),
    path(
        "past-rounds/<slug:country>/import/<int:version>/template.csv",
        transfer.template,
        name="past-rounds-template",
    ),
    path(
        "past-rounds/<slug:country>/import/<int:version>/<str:token>/",
        transfer.preview,
        name="past-rounds-preview",
    ),
]
