from django.urls import path

from ithrive.web.components import views

app_name = "components"
urlpatterns = [path("", views.gallery, name="gallery")]
