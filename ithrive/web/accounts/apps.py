from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ithrive.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ithrive.web.accounts.signals import listen

        listen()
