"""Let PostgreSQL append to both ledgers by itself, in one round trip. SQLite has nothing to do."""

from django.db import migrations

from kith.access.audit.served import drop_functions, make_functions


class Migration(migrations.Migration):
    dependencies = [("access", "0002_append_only")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: make_functions(editor.connection),
            lambda _apps, editor: drop_functions(editor.connection),
            hints={"ledger": "acts"},
        ),
    ]
