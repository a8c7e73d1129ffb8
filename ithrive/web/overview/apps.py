from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "ithrive.web.overview"
    label = "overview"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ithrive.web.overview.release_effects import effect_tables
        from ithrive.web.returns.beside import show_beside_differences

        show_beside_differences(effect_tables)
