"""B 29: a thousand random tamperings by somebody who can write to the store are all found."""

import random
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from kith.access.audit.chain import ACTS, LEDGERS, LOOKS, START, seal
from kith.access.audit.publish import publish
from kith.access.audit.tests.scene import NOW, a_trail, lower, undone
from kith.access.audit.verify import verify

pytestmark = pytest.mark.django_db(databases=["default", "looks"])
COLUMNS = ("chain", "seq", "at", "account", "what", "body", "prev", "hash")


def rows(ledger):
    return ledger.rows.objects.using(ledger.using)


def heads(ledger):
    return ledger.heads.objects.using(ledger.using)


def places(ledger):
    return ledger.places.objects.using(ledger.using)


def any_chain(ledger, dice):
    return list(rows(ledger).filter(chain=dice.choice(list(heads(ledger))).pk).order_by("seq"))


def remove(queryset):
    queryset._raw_delete(queryset.db)


def remove_rows(ledger, gone):
    pks = [row.pk for row in gone]
    remove(places(ledger).filter(**{f"{ledger.key}__in": pks}))
    remove(rows(ledger).filter(pk__in=pks))


def without_key(ledger, *parts):
    return sha256("\x1f".join(map(str, (ledger.name, *parts))).encode()).hexdigest()


def rehash(ledger, link, by=seal):
    """Chain these rows anew, one after another, and mend the head."""
    prev = START
    for seq, row in enumerate(link, 1):
        digest = by(ledger, prev, row.chain, seq, row.at, row.account, row.what, row.body)
        rows(ledger).filter(pk=row.pk).update(seq=seq + 10_000, prev=prev, hash=digest)
        prev = digest
    for seq, row in enumerate(link, 1):
        rows(ledger).filter(pk=row.pk).update(seq=seq)
    heads(ledger).filter(pk=link[0].chain).update(seq=len(link), hash=prev)


def edit(ledger, dice):
    row, column = dice.choice(any_chain(ledger, dice)), dice.choice(COLUMNS)
    new = {
        "chain": row.chain + dice.randint(1, 40),
        "seq": row.seq + dice.randint(1, 500) + 1_000,
        "at": row.at + timedelta(microseconds=dice.randint(1, 10**9)),
        "account": uuid4(),
        "what": dice.choice(["family", "entry.revised", "", row.what + " "]).removesuffix(row.what) + "x",
        "body": row.body.replace('"files"', '"files" ') if dice.random() < 0.5 else "{}" + row.body,
        "prev": without_key(ledger, dice.random()),
        "hash": without_key(ledger, dice.random()),
    }
    rows(ledger).filter(pk=row.pk).update(**{column: new[column]})


def delete(ledger, dice):
    remove_rows(ledger, [dice.choice(any_chain(ledger, dice))])


def insert(ledger, dice):
    """A row more at the end, before the beginning or in a chain of its own, the head mended."""
    last = any_chain(ledger, dice)[-1]
    chain, seq = dice.choice([(last.chain, last.seq + 1), (last.chain, 0), (last.chain + 77, 1)])
    digest = without_key(ledger, last.hash, seq)
    ledger.rows.objects.using(ledger.using).create(
        chain=chain,
        seq=seq,
        at=NOW,
        account=uuid4(),
        what="family",
        body='{"files":[]}',
        prev=last.hash,
        hash=digest,
    )
    if seq:
        heads(ledger).filter(pk=chain).update(seq=seq, hash=digest)


def swap(ledger, dice):
    one, other = dice.sample(any_chain(ledger, dice), 2)
    rows(ledger).filter(pk=one.pk).update(seq=99_999)
    rows(ledger).filter(pk=other.pk).update(seq=one.seq)
    rows(ledger).filter(pk=one.pk).update(seq=other.seq)


def renumber(ledger, dice):
    """Take one row out and close the gap: numbers, hashes and head mended."""
    link = any_chain(ledger, dice)
    gone = link.pop(dice.randrange(len(link)))
    remove_rows(ledger, [gone])
    rehash(ledger, link, by=dice.choice([without_key, seal]))


def truncate(ledger, dice):
    """The newest rows go, and the head says so: only what was published tells."""
    link = any_chain(ledger, dice)
    keep = dice.randrange(len(link))
    remove_rows(ledger, link[keep:])
    last = link[keep - 1] if keep else None
    heads(ledger).filter(pk=link[0].chain).update(seq=keep, hash=last.hash if last else START)


def vanish(ledger, dice):
    """A whole chain goes, with its head."""
    link = any_chain(ledger, dice)
    remove_rows(ledger, link)
    remove(heads(ledger).filter(pk=link[0].chain))


def rewrite(ledger, dice):
    """The whole chain is made anew around one changed row: without the key, or with it after publishing."""
    link = any_chain(ledger, dice)
    dice.choice(link).what = "nothing.much"
    for row in link:
        rows(ledger).filter(pk=row.pk).update(what=row.what)
    rehash(ledger, link, by=dice.choice([seal, without_key]))


def change_head(ledger, dice):
    head = heads(ledger).filter(pk=dice.choice(list(heads(ledger))).pk)
    how = dice.choice(["seq", "hash", "gone"])
    if how == "gone":
        remove(head)
    else:
        head.update(**{how: dice.randint(100, 999) if how == "seq" else without_key(ledger, dice.random())})


def change_place(ledger, dice):
    """The index by file: a place taken away, added, moved to another file or to another row."""
    place = dice.choice(list(places(ledger)))
    how = dice.choice(["gone", "more", "file", "row"])
    if how == "gone":
        remove(places(ledger).filter(pk=place.pk))
    elif how == "more":
        places(ledger).create(**{ledger.key: getattr(place, ledger.key), "file": uuid4()})
    elif how == "file":
        places(ledger).filter(pk=place.pk).update(file=uuid4())
    else:
        bare = [r.pk for r in rows(ledger).order_by("pk") if r.body.startswith('{"files":[]')]
        places(ledger).filter(pk=place.pk).update(**{ledger.key: dice.choice(bare)})


TAMPERINGS = (edit, delete, insert, swap, renumber, truncate, vanish, rewrite, change_head, change_place)


def test_every_one_of_a_thousand_random_tamperings_is_found(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    lower()
    a_trail(each=6)
    publish(at=NOW)
    assert verify().first is None
    missed = []
    for turn in range(1_000):
        dice = random.Random(turn)
        ledger, tamper = dice.choice(LEDGERS), TAMPERINGS[turn % len(TAMPERINGS)]
        with undone(ledger.using):
            tamper(ledger, dice)
            if verify().first is None:
                missed.append((turn, ledger.name, tamper.__name__))
    assert missed == []
    assert verify().first is None


def test_a_row_of_one_ledger_cannot_stand_in_the_other(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    a_trail(each=1)
    act = rows(ACTS).order_by("chain", "seq").first()
    facts = (act.prev, act.chain, act.seq, act.at, act.account, act.what, act.body)
    assert seal(ACTS, *facts) == act.hash != seal(LOOKS, *facts)


def test_the_first_break_is_named_in_words(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    lower()
    a_trail()
    link = any_chain(LOOKS, random.Random(1))
    rows(LOOKS).filter(pk=link[4].pk).update(what="nothing")
    first = verify().first
    assert (first.ledger, first.chain, first.row) == ("looks", link[0].chain, 5)
    assert "row 5 has been changed since it was written" in first.words


def test_what_was_published_is_itself_sealed(settings, tmp_path):
    settings.ANCHOR = tmp_path / "heads.jsonl"
    for hour in range(3):
        a_trail(each=1)
        publish(at=NOW + timedelta(hours=hour))
    lines = settings.ANCHOR.read_text().splitlines()
    assert verify().lines == 3
    for broken in (
        [lines[0], lines[2]],
        lines[1:],
        [lines[0].replace("acts", "looks"), *lines[1:]],
        ["{}", *lines],
    ):
        settings.ANCHOR.write_text("\n".join(broken) + "\n")
        assert verify().first.ledger == "published"
