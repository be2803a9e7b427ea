"""The indexed way of finding equals the plain scan, over names nobody would make up, on whichever store this is."""

import random

import pytest
from django.db import connection

from kith.people.persons.indexes import PARTS, drop_indexes, make_indexes
from kith.people.persons.keys import fold
from kith.people.persons.models import Key, Name, Person
from kith.people.sight.lookups import containing, starting
from tests.cast import NOW

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
LETTERS = "aabcdeefghiilmnoorsstuy éßłøžçüñ '’-%_\"*() سلمى Ωя🙂 ǅﬁİ ñ\u0301"


@pytest.fixture
def names(cast):
    """Three hundred people with names of every kind of letter, each folded as the record folds them."""
    chance = random.Random(20250910)
    spelt = ["".join(chance.choices(LETTERS, k=chance.randint(3, 24))) for _ in range(300)]
    told = {"recorded_by": cast.leah, "recorded_at": NOW}
    people = [Person.objects.create(known_as="Somebody", **told) for _ in spelt]
    for person, given in zip(people, spelt, strict=True):
        Name.objects.create(person=person, given=given, family="x", folded=fold(given), **told)
    return Name.objects.all()


def parts_of(names, chance):
    """Pieces of the names there are, and pieces there are not."""
    for name in names:
        if len(name.folded) >= 3:
            start = chance.randint(0, len(name.folded) - 3)
            yield name.folded[start : start + chance.randint(3, 8)]
    yield from ("zzz", "qqqq", '"""', "%%%", "___", "or or", "not", "near(", "***")


def scanned(names, part):
    return sorted(name.person_id for name in names if part in name.folded)


def test_any_part_of_a_name_finds_what_reading_every_name_finds(names):
    held = list(names)
    for part in parts_of(held, random.Random(1)):
        assert sorted(row["person"] for row in containing(part)) == scanned(held, part), part


def test_a_name_that_is_changed_or_taken_away_is_found_so(names):
    one, other = names.order_by("pk")[10:12]
    Name.objects.filter(pk=one.pk).update(folded="brenhinfawr")
    Name.objects.filter(pk=other.pk).delete()
    held = list(Name.objects.all())
    for part in ("nhinf", *(f[:5] for f in (one.folded, other.folded) if len(f) >= 5)):
        assert sorted(row["person"] for row in containing(part)) == scanned(held, part)


def test_going_back_and_forward_again_finds_the_names_there_are(names):
    connection.check_constraints()  # PostgreSQL makes no index while a promise is open
    drop_indexes(connection)
    assert make_indexes(connection) == ""
    held = list(names)
    for part in parts_of(held[:40], random.Random(2)):
        assert sorted(row["person"] for row in containing(part)) == scanned(held, part)


def test_the_start_of_a_key_finds_what_reading_every_key_finds(cast):
    keys = [fold(word) for word in ("Ellis", "Elliot", "el", "ell", "élan", "Ełk", "سلمى", "سل", "z", "zz")]
    Key.objects.bulk_create(Key(person=cast.ellis, kind="name", key=key) for key in keys)
    for start in {key[:n] for key in keys for n in (1, 2, 3)}:
        found = sorted(Key.objects.filter(starting("key", start)).values_list("key", flat=True))
        assert found == sorted(key for key in keys if key.startswith(start)), start


@pytest.mark.postgresql
def test_postgresql_answers_a_part_from_its_index(names):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT person_id FROM people_name WHERE folded LIKE '%olank%'")
        assert PARTS in " ".join(row[0] for row in cursor.fetchall())


@pytest.mark.postgresql
def test_without_the_extension_every_name_is_read_and_the_sentence_says_what_to_type(names, monkeypatch):
    from django.db import ProgrammingError

    from kith.people.persons import indexes

    connection.check_constraints()
    drop_indexes(connection)
    run = indexes._run

    def not_allowed(connection, statements):
        if "EXTENSION" in statements[0]:
            raise ProgrammingError
        run(connection, statements)

    monkeypatch.setattr(indexes, "_run", not_allowed)
    assert "CREATE EXTENSION pg_trgm" in make_indexes(connection)
    held = list(names)
    part = next(parts_of(held, random.Random(3)))
    assert sorted(row["person"] for row in containing(part)) == scanned(held, part)
