from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "ithrive.web.improvement"
    label = "improvement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ithrive.web.components.gallery import FROM_APPS
        from ithrive.web.improvement.gallery import chart_exhibit

        if chart_exhibit not in FROM_APPS:
            FROM_APPS.append(chart_exhibit)
