"""The database itself refuses to change or remove a line of history.

Whoever may change the schema can take these triggers away; the chain of digests then shows what they did.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "The history is append-only."

REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
SQLITE = {
    "history_not_updated": f"BEFORE UPDATE ON history_change {REFUSE}",
    "history_not_deleted": f"BEFORE DELETE ON history_change {REFUSE}",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "history_not_replaced": (
        "BEFORE INSERT ON history_change WHEN EXISTS "  # noqa: S608 # nothing but our own words
        "(SELECT 1 FROM history_change WHERE id = NEW.id OR sequence = NEW.sequence) " + REFUSE
    ),
}

POSTGRESQL = {
    "history_not_changed": "BEFORE UPDATE OR DELETE ON history_change FOR EACH ROW",
    "history_not_emptied": "BEFORE TRUNCATE ON history_change FOR EACH STATEMENT",
}


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, rule in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {rule}")
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        for name, rule in POSTGRESQL.items():
            cursor.execute(f"CREATE TRIGGER {name} {rule} EXECUTE FUNCTION history_is_append_only()")


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: to undo the migration, and to empty the database between tests."""
    with connection.cursor() as cursor:
        for name in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            on = "" if connection.vendor == "sqlite" else "ON history_change"
            cursor.execute(f"DROP TRIGGER {name} {on}")
