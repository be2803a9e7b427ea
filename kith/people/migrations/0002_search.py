"""Make what lies beneath the search on each store, from the names already there."""

import sys

from django.db import migrations

from kith.people.persons.indexes import drop_indexes, make_indexes


def _make(_apps, editor):
    said = make_indexes(editor.connection)
    if said:
        sys.stderr.write(f"{said}\n")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(_make, lambda _apps, editor: drop_indexes(editor.connection))]
