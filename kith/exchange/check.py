"""The nightly check: what the database cannot promise alone, asked of every record."""

from collections.abc import Callable, Iterator

from django.db.models import Count, F, Q

from kith.casework.decisions.models import Decision
from kith.people.entries.imprint import is_whole
from kith.people.entries.models import Entry, EntryFile, Paragraph, Part, Seal
from kith.people.involvement.models import Relation
from kith.people.persons.models import File, Key, LevelSet, Name, Person
from kith.people.restriction.models import Grant

LONGEST_GLASS = 3600


def entries_have_files() -> Iterator[str]:
    """Every entry is in at least one file."""
    for ref in Entry.objects.filter(files__isnull=True).values_list("ref", flat=True):
        yield f"Entry {ref} is in no child’s file."


def copies_of_when_agree() -> Iterator[str]:
    """The copied time of an entry in a file is the entry's own."""
    rows = EntryFile.objects.exclude(happened_at=F("entry__happened_at"))
    for ref in rows.values_list("entry__ref", flat=True):
        yield f"Entry {ref} has another time in one of its files."


def own_parts_are_in_the_file() -> Iterator[str]:
    """A child's own part belongs to an entry that is in that child's file."""
    rows = Part.objects.filter(file__isnull=False).exclude(entry__files__file=F("file"))
    for ref in rows.values_list("entry__ref", flat=True):
        yield f"Entry {ref} has a part for a child whose file it is not in."


def words_are_as_they_were_written() -> Iterator[str]:
    """Every paragraph matches the imprint taken when it was written: no disk has altered it (trust B 3)."""
    for paragraph in Paragraph.objects.select_related("part__entry").iterator(chunk_size=1000):
        if not is_whole(paragraph):
            yield f"Entry {paragraph.part.entry.ref} holds words that have changed since they were written."


def old_versions_are_superseded() -> Iterator[str]:
    """What a newer version replaced says so."""
    rows = Entry.objects.filter(superseded_by__isnull=False).exclude(status="superseded")
    for ref in rows.values_list("ref", flat=True):
        yield f"Entry {ref} was replaced and does not say so."


def decisions_have_their_words() -> Iterator[str]:
    """A decision says what, rests on something, and has two options (domain 6.8)."""
    for decision in Decision.objects.select_related("entry"):
        slots = list(decision.entry.parts.values_list("paragraphs__slot", flat=True))
        if "what" not in slots or "analysis" not in slots or slots.count("option") < 2:  # noqa: PLR2004 - 6.8
            yield f"Decision {decision.entry.ref} lacks its reasons or its options."


def closed_files_say_why() -> Iterator[str]:
    """A restricted or sealed file has a row that says who closed it and why."""
    for file in File.objects.filter(level__gt=0):
        newest = LevelSet.objects.filter(file=file).order_by("-set_at", "-pk").first()
        if newest is None or newest.level != file.level:
            yield f"File {file.ref} is held closely and nothing says why."


def glass_is_short() -> Iterator[str]:
    """No break-glass lasts more than sixty minutes (PV-2)."""
    for grant in Grant.objects.all().iterator():
        if (grant.until - grant.since).total_seconds() > LONGEST_GLASS:
            yield f"Grant {grant.ref} lasts longer than an hour."


def people_can_be_found() -> Iterator[str]:
    """Everyone has a name and search keys."""
    named = Name.objects.values("person")
    for ref in Person.objects.exclude(pk__in=named).values_list("ref", flat=True):
        yield f"Person {ref} has no name."
    for ref in (
        Person.objects.filter(pk__in=named).exclude(pk__in=Key.objects.values("person")).values_list("ref", flat=True)
    ):
        yield f"Person {ref} cannot be found by name: no search keys."


def one_allocated_worker() -> Iterator[str]:
    """No file has two allocated workers at once."""
    now = Q(kind="allocated", until__year=9999)
    rows = Relation.objects.filter(now).values("file__ref").annotate(n=Count("pk")).filter(n__gt=1)
    for row in rows:
        yield f"File {row['file__ref']} has {row['n']} allocated workers at once."


def seals_have_two_people() -> Iterator[str]:
    """Closed words were closed by two people."""
    for ref in Seal.objects.filter(agreed_by=F("asked_by")).values_list("ref", flat=True):
        yield f"Seal {ref} was agreed by the person who asked."


RULES: tuple[Callable[[], Iterator[str]], ...] = (
    entries_have_files,
    copies_of_when_agree,
    own_parts_are_in_the_file,
    old_versions_are_superseded,
    words_are_as_they_were_written,
    decisions_have_their_words,
    closed_files_say_why,
    glass_is_short,
    people_can_be_found,
    one_allocated_worker,
    seals_have_two_people,
)


def breaches() -> Iterator[str]:
    """Every breach of every rule, with the address of the record it is about. Never a name."""
    for rule in RULES:
        yield from rule()
