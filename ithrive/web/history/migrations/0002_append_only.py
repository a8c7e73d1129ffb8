"""Lines of history cannot be changed or removed: see `history/append_only.py`."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ithrive.web.history.append_only import guard, unguard


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guard(schema_editor.connection)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    unguard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
