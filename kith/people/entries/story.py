"""A family's story: its entries newest first, judged by their files before a word of them is read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    F,
    FilteredRelation,
    Func,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from kith.access.actor import Actor
from kith.people.entries.models import Entry, EntryFile, Part, Status
from kith.people.entries.reading import Judged, Reading, judged_files, unread, with_words
from kith.people.persons.models import File

REFILLS = 5
Edge = tuple[datetime, int]
Several = dict[int, dict[int, Any]]


@dataclass
class Story:
    """The entries of some files, newest first, a window at a time: judged by their files, words read for few.

    `also` are entries wanted besides the newest, however old (worries that stand, the plan lived by), and `beside`
    the rows of other shelves to read with each; `many` names those of which an entry has several (a plan its rules),
    found afterwards in `several`. All of it comes in the first window's own query. Where `want` is 0, only `also`.
    """

    actor: Actor
    files: Sequence[File]
    want: int
    kinds: Sequence[str] = ()
    begin: Edge | None = None
    also: Q | None = None
    beside: Sequence[str] = ()
    many: Mapping[str, str] = field(default_factory=dict)
    several: dict[str, dict[int, dict[int, Any]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    replaced: set[int] = field(default_factory=set)
    _judged: dict[int, Judged] = field(default_factory=dict)
    _read: dict[int, Reading] = field(default_factory=dict)
    _worded: set[int] = field(default_factory=set)
    _own: set[int] = field(default_factory=set)

    @cached_property
    def _first(self) -> list[Edge]:
        return self._window(self.begin, self.want + 10 if self.want else 0, self.also)

    @property
    def seen(self) -> list[Reading]:
        """Everything read so far that this reader may see, newest first; words may be unread."""
        read = self._read if self._first or self._read else {}
        return [read[pk] for pk in sorted(read, key=self._place, reverse=True)]

    @property
    def standing(self) -> list[Reading]:
        """What of it nothing has replaced."""
        return [r for r in self.seen if r.entry.pk not in self.replaced]

    def whole(self) -> list[Reading]:
        """Give everything read so far with its words, newest first."""
        self._add_words(self.seen, [])
        return self.seen

    def newest(self, *, with_: Sequence[Reading] = ()) -> list[Reading]:
        """Give the newest that tell this reader anything, refilled: a short page would betray what is hidden.

        Each refill reads four times as far: at most five, deeper than any family's story. `with_` are others whose
        words are read in the same question.
        """
        out: list[Reading] = []
        rows, look = self._first, self.want + 10
        self._add_words(with_, self._with_open_part(self._not_replaced([pk for _, pk in rows])))
        for _ in range(REFILLS):
            out += self._told([pk for _, pk in rows], self.want - len(out))
            if len(out) >= self.want or len(rows) < look:
                break
            edge, look = rows[-1], look * 4
            rows = self._window(edge, look)
        return out[: self.want]

    def _place(self, pk: int) -> Edge:
        return self._read[pk].entry.happened_at, pk

    def _window(self, edge: Edge | None, look: int, also: Q | None = None) -> list[Edge]:
        """Read a run of entries with their files and judge them. One query, and one for files not judged yet."""
        ids = [f.pk for f in self.files]
        rows = self._once(self._rows(_newest_of(ids, edge, look, self.kinds), also)) if ids else []
        named = {pk for row in rows for pk in row.file_ids}
        self._judged |= judged_files(self.actor, named - self._judged.keys())
        files = self._objects({pk for pk in named if self._judged[pk].open})
        for row in rows:
            self.replaced |= {row.pk} if row.replaced else set()
            self._own |= {row.pk} if any(self._judged[pk].open for pk in row.own_ids or ()) else set()
            mine = any(pk in row.file_ids and self._judged[pk].open for pk in ids)
            if mine and (found := unread(row, row.file_ids, files, self._judged)):
                self._read[row.pk] = found
        return sorted(((row.happened_at, row.pk) for row in rows), reverse=True)[:look]

    def _rows(self, newest: QuerySet[EntryFile, Any], also: Q | None) -> QuerySet[Any]:
        """Give each entry once, with the files it is in and those with a part of their own."""
        wanted = Entry.objects.filter(pk__in=newest).values("pk")
        if also is not None:
            wanted = wanted.union(Entry.objects.filter(also, files__file__in=self.files).values("pk"))
        rows = Entry.objects.filter(_AmongFirst(F("pk"), Subquery(wanted)))
        rows = rows.annotate(**{n: FilteredRelation(r) for n, r in self.many.items()})
        rows = rows.select_related("author", *self.beside)
        own = Part.objects.filter(file__isnull=False)
        return rows.annotate(
            file_ids=_files_in(EntryFile.objects.all()), own_ids=_files_in(own), replaced=F("superseded_by__id")
        )

    def _once(self, rows: Iterable[Any]) -> list[Any]:
        """Give each entry not read yet once, and keep what there are several of beside it."""
        found: dict[int, Any] = {}
        for row in rows:
            for name in self.many:
                if (one := getattr(row, name, None)) is not None:
                    self.several[name][row.pk][one.pk] = one
            found.setdefault(row.pk, row)
        return [row for pk, row in found.items() if pk not in self._read]

    def _objects(self, ids: set[int]) -> dict[int, File]:
        """Give these files: those of the page are here already; one query when an entry is shared with others."""
        known = {f.pk: f for f in self.files}
        others = ids - known.keys()
        rows = File.objects.filter(pk__in=others).select_related("person") if others else ()
        return known | {f.pk: f for f in rows}

    def _told(self, wanted: Sequence[int], want: int) -> list[Reading]:
        """Read words for only as many of these as are wanted."""
        some = self._with_open_part(self._not_replaced(wanted))
        out: list[Reading] = []
        for start in range(0, len(some), want + 10):
            run = some[start : start + want + 10]
            self._add_words([], run)
            out += [self._read[pk] for pk in run if self._read[pk].tells]
            if len(out) >= want:
                break
        return out

    def _not_replaced(self, wanted: Sequence[int]) -> list[int]:
        return [pk for pk in wanted if pk in self._read and self._read[pk].entry.status != Status.SUPERSEDED]

    def _with_open_part(self, wanted: list[int]) -> list[int]:
        """Drop entries whose shared words are shut, unless a child whose file is open has words of their own there."""
        return [pk for pk in wanted if self._read[pk].shared_open or pk in self._own]

    def _add_words(self, readings: Sequence[Reading], entries: Sequence[int]) -> None:
        some = {r.entry.pk: r for r in readings} | {pk: self._read[pk] for pk in entries if pk in self._read}
        fresh = [r for pk, r in some.items() if pk not in self._worded]
        self._worded |= some.keys()
        if fresh:
            with_words(fresh, self._judged)


class _Ids(Aggregate):
    """The ids of a group as one list, on either store."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG")


class _AmongFirst(Func):
    """Ask whether this is one of those a question gives, and have PostgreSQL ask that question first, by itself.

    Weighed with the twenty tables read beside each entry it can come last: every entry there is, with all that stands
    beside it, before thirty are kept. That was six seconds at 100,000 people, for what takes a few thousandths of one.
    """

    arg_joiner, template, output_field = " IN ", "%(expressions)s", BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **named: Any) -> Any:
        return self.as_sql(compiler, connection, arg_joiner=" = ANY(ARRAY", template="%(expressions)s)", **named)


def _files_in(rows: QuerySet[Any]) -> Subquery:
    """Give the ids of the files of these rows of one entry, in order."""
    beside = rows.filter(entry=OuterRef("pk")).order_by().values("entry")
    return Subquery(beside.annotate(ids=_Ids("file_id")).values("ids"))


def _newest_of(files: Sequence[int], edge: Edge | None, look: int, kinds: Sequence[str]) -> QuerySet[EntryFile, Any]:
    rows = EntryFile.objects.filter(file__in=files)
    if kinds:
        rows = rows.filter(entry__kind__in=kinds)
    if edge:
        when, pk = edge
        rows = rows.filter(Q(happened_at__lt=when) | Q(happened_at=when, entry__lt=pk))
    newest = rows.values("entry").annotate(when=Max("happened_at")).order_by("-when", "-entry")
    return newest.values("entry")[:look]


def timeline(
    actor: Actor, files: Sequence[File], *, want: int = 50, kinds: Iterable[str] = (), before: Entry | None = None
) -> list[Reading]:
    """Give the newest entries of these files that tell this reader anything, older than `before` when it is given."""
    begin = (before.happened_at, before.pk) if before else None
    return Story(actor, files, want, kinds=list(kinds), begin=begin).newest()
