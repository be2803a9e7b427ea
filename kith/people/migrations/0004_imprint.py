"""Give each paragraph the imprint of its words, from the words that stand there now."""

import json
from hashlib import sha256

from django.db import migrations, models


def _imprint(p):
    told = [p.slot, p.row, str(p.content), p.text, p.given_by_words, bool(p.own_words), bool(p.in_confidence)]
    return sha256(json.dumps(told).encode()).hexdigest()


def _take(apps, _editor):
    paragraphs = apps.get_model("people", "Paragraph").objects
    batch = []
    for paragraph in paragraphs.order_by("pk").iterator(chunk_size=1000):
        paragraph.imprint = _imprint(paragraph)
        batch.append(paragraph)
        if len(batch) == 1000:
            paragraphs.bulk_update(batch, ["imprint"])
            batch = []
    paragraphs.bulk_update(batch, ["imprint"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_two_people_unseal")]
    operations = [
        migrations.AddField(
            "paragraph", "imprint", models.CharField(max_length=64, default=""), preserve_default=False
        ),
        migrations.RunPython(_take, migrations.RunPython.noop),
    ]
