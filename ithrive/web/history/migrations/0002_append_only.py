"""Lines of history cannot be changed or removed: see `history/append_only.py`."""

from django.db import migrations

from ithrive.web.history.append_only import guard, unguard


def forwards(apps, schema_editor):
    guard(schema_editor.connection)


def backwards(apps, schema_editor):
    unguard(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
