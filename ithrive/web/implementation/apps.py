from django.apps import AppConfig


class ImplementationConfig(AppConfig):
    name = "ithrive.web.implementation"
    label = "implementation"
    default_auto_field = "django.db.models.BigAutoField"
