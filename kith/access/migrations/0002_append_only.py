"""Guard both ledgers with triggers, on whichever store each is kept."""

from django.db import migrations

from kith.access.audit.guards import ACTS, LOOKS, lower_guards, raise_guards


def _both_ways(tables):
    return (
        lambda _apps, editor: raise_guards(editor.connection, tables),
        lambda _apps, editor: lower_guards(editor.connection, tables),
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunPython(*_both_ways(ACTS), hints={"ledger": "acts"}),
        migrations.RunPython(*_both_ways(LOOKS), hints={"ledger": "looks"}),
    ]
