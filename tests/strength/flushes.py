"""Reading what a server asked of the machine, as `strace` wrote it down: was each answer sent after its words were flushed?

Two readers. `embedded` follows each thread of a web worker over a SQLite store; `served` each process of PostgreSQL.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

CALLS = "write,pwrite64,ftruncate,unlink,fsync,fdatasync,recvfrom,sendto"
LINE = re.compile(r"^(?P<who>\d+) +(?:(?P<call>\w+)\(|<\.\.\. (?P<again>\w+) resumed>)(?P<rest>.*)$")
PLACE = re.compile(r"^\d+<([^>]*)>")
NAMED = re.compile(r'^"([^"]*)"')
FLUSHES = frozenset({"fsync", "fdatasync"})
WRITES = frozenset({"write", "pwrite64", "ftruncate"})
SHOWS_A_NOTE = re.compile(r'"GET /notes/[0-9a-f-]{36}/ ')
TAGS = re.compile(r"INSERT 0 [1-9]|UPDATE [1-9]|DELETE [1-9]")


def strace(out: Path, *words: str) -> tuple[str, ...]:
    """What a program is run under to have its calls written down. A sentence where the tool is not there."""
    found = shutil.which("strace")
    assert found, "Tracing flushes needs strace. Type: sudo apt-get install strace"
    return (found, "-f", "-y", "--seccomp-bpf", "-s", "300", "-e", f"trace={CALLS}", "-o", str(out), *words)


@dataclass
class Reading:
    """How many answers there were, and how many of them left before what they spoke of was on the disk."""

    notes: int = 0
    notes_unflushed: int = 0
    notes_unwritten: int = 0
    looks: int = 0
    looks_unflushed: int = 0


@dataclass(frozen=True)
class Call:
    """One call: by which thread or process, what, over which file, with which words. `done` is false when it only began."""

    who: int
    name: str
    place: str
    words: str
    done: bool


def calls(trace: Path) -> Iterator[Call]:
    """Give each call when it begins and when it is done, in the order the machine saw them."""
    begun: dict[int, tuple[str, str]] = {}
    with trace.open(errors="replace") as lines:
        for line in lines:
            if not (found := LINE.match(line)):
                continue
            who, rest = int(found["who"]), found["rest"]
            if found["again"]:
                name, words = begun.pop(who, (found["again"], ""))
                yield Call(who, name, _place(words), words + rest, done=True)
                continue
            yield Call(who, found["call"], _place(rest), rest, done=False)
            if rest.rstrip().endswith("<unfinished ...>"):
                begun[who] = (found["call"], rest)
            else:
                yield Call(who, found["call"], _place(rest), rest, done=True)


def _place(words: str) -> str:
    found = PLACE.match(words) or NAMED.match(words)
    return found[1].removesuffix(" (deleted)") if found else ""


@dataclass
class _Thread:
    """One thread between a request and its answer."""

    asked: str = ""
    wrote: bool = False
    dirty: set[str] = field(default_factory=set)
    looks_flushed: bool = False


def embedded(trace: Path, data: Path) -> Reading:
    """Hold each answer to the files its own thread wrote, the folder a journal was removed from among them."""
    reading, threads = Reading(), defaultdict(_Thread)
    for call in calls(trace):
        thread = threads[call.who]
        if call.name == "recvfrom" and call.done:
            _asked(thread, call.words)
        elif call.name == "sendto" and not call.done:
            _answered(reading, thread, call.words)
        elif str(data) in call.place:
            _touched(threads, thread, call)
    return reading


def _asked(thread: _Thread, words: str) -> None:
    if '"POST /families/' in words and "/notes/new/" in words:
        thread.asked, thread.wrote, thread.looks_flushed = "note", False, False
    elif SHOWS_A_NOTE.search(words):
        thread.asked, thread.looks_flushed = "look", False


def _touched(threads: dict[int, _Thread], thread: _Thread, call: Call) -> None:
    name = PurePath(call.place).name
    if call.name in WRITES and not call.done and ".sqlite3" in name and not name.endswith("-shm"):
        thread.dirty.add(call.place)
        thread.wrote = thread.wrote or name.startswith("kith.")
    elif call.name == "unlink" and call.done and name.endswith("-journal"):
        thread.dirty.discard(call.place)
        thread.dirty.add(str(PurePath(call.place).parent))
    elif call.name in FLUSHES and call.done:
        thread.dirty.discard(call.place)
        if name.startswith("looks."):
            for one in threads.values():  # one thread may write and flush the looks of all
                one.looks_flushed = True


def _answered(reading: Reading, thread: _Thread, words: str) -> None:
    if thread.asked == "note" and '"HTTP/1.1 302' in words:
        reading.notes += 1
        reading.notes_unflushed += bool(thread.dirty)
        reading.notes_unwritten += not thread.wrote
    elif thread.asked == "look" and '"HTTP/1.1 200' in words:
        reading.looks += 1
        reading.looks_unflushed += bool(thread.dirty) or not thread.looks_flushed
    elif '"HTTP/1.1' not in words:
        return
    thread.asked, thread.dirty = "", set()


@dataclass
class _Backend:
    """One PostgreSQL process within a transaction."""

    wrote: bool = False
    asked_at: int = 0


def served(trace: Path) -> Reading:
    """Hold each commit that wrote something to a flush of the log done after it was asked for."""
    reading, backends, flushed = Reading(), defaultdict(_Backend), 0
    for moment, call in enumerate(calls(trace), 1):
        backend = backends[call.who]
        if call.name in FLUSHES and call.done and "/pg_wal/" in call.place:
            flushed = moment
        elif call.name == "recvfrom" and call.done and "COMMIT" in call.words:
            backend.asked_at = moment
        elif call.name == "sendto" and not call.done:
            if TAGS.search(call.words):
                backend.wrote = True
            if "COMMIT" in call.words:
                if backend.wrote:
                    reading.notes += 1
                    reading.notes_unflushed += flushed < backend.asked_at
                backend.wrote = False
    return reading
