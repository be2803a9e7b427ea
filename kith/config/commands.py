"""What each command does. Each is thin: it readies Django where it needs it and calls the room that knows."""

import argparse
import json
import os
import sys
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from kith.framework import calendar
from kith.framework import plain as plain_words

SERVED = ("postgres://", "postgresql://")
HERE = Path(__file__).resolve().parent.parent.parent / ".data"


class Misused(Exception):
    """The command was called with something it cannot take. The words are for the person who typed it."""


class Stopped(Exception):
    """The command could not do it, or found faults. The words say what to do."""


UNREADABLE = "The store cannot be read. Bring it up to date with `kith migrate`, then try again."


def ready() -> None:
    """Set Django up, once the environment says which store. A setting that cannot be read stops here, in a sentence."""
    import django  # noqa: PLC0415 - only commands that need the store pay for it

    url = os.environ.get("DATABASE_URL", "")
    if url and not url.startswith(SERVED):
        raise Stopped("DATABASE_URL is not an address of PostgreSQL: it begins with postgres://. Unset it to embed.")
    try:
        django.setup()
    except ValueError as fault:
        raise Stopped(f"A setting in the environment cannot be read: {fault}.") from None


def find_store() -> None:
    """Stop unless there is a store to read: an embedded one that is not there is not made by being asked about."""
    if os.environ.get("DATABASE_URL"):
        return
    folder = Path(os.environ.get("KITH_DATA", HERE))
    if not (folder / "kith.sqlite3").is_file():
        raise Stopped(f"There is no store in {folder}. Make one with `kith migrate`, or give its folder with --data.")


def say(words: str) -> None:
    """Write one line to the terminal."""
    print(words, flush=True)  # noqa: T201 - this is the terminal


def warn(words: str) -> None:
    """Write one line to whoever runs Kith, beside what was asked for."""
    print(f"Worth knowing: {words}", file=sys.stderr, flush=True)  # noqa: T201 - this is the terminal


def tell(args: argparse.Namespace, answer: dict[str, Any], words: str) -> None:
    """Answer in words, or as one JSON object when asked."""
    say(json.dumps(answer, ensure_ascii=False) if args.format == "json" else words)


def due(args: argparse.Namespace) -> int:
    """Print the day something is due (domain 6.2)."""
    try:
        length, unit = calendar.parse_length(args.length), calendar.parse_unit(args.unit)
        start = calendar.parse_day(args.start)
        day = calendar.due(length, unit, start)
    except (calendar.NotUnderstood, calendar.OutsideCalendar) as fault:
        raise Misused(str(fault)) from None
    answer = {"length": length, "unit": str(unit), "start": start.isoformat(), "due": day.isoformat()}
    answer["aim_by"] = calendar.aim_by(day).isoformat()
    tell(args, answer, day.isoformat())
    return 0


def plain(args: argparse.Namespace) -> int:
    """Print how plain a text is, as JSON (interfaces 2)."""
    try:
        raw = Path(args.file).read_bytes() if args.file else sys.stdin.buffer.read()
        text = raw.decode("utf-8")
    except OSError as fault:
        raise Stopped(f"{args.file} could not be read: {fault.strerror}.") from None
    except (UnicodeDecodeError, ValueError):
        raise Stopped("That is not plain text in UTF-8.") from None
    say(json.dumps(plain_words.check(text).to_json(), ensure_ascii=False))
    return 0


def migrate(args: argparse.Namespace) -> int:
    """Bring both stores to this version's shape, as the tables' owner where there is one (ADR 10)."""
    ready()
    prepare()
    tell(args, {"migrated": True}, "The store is up to date.")
    return 0


def prepare() -> None:
    """Apply migrations to the main store, and to the looks' own file where they have one; then grant anew."""
    from django.core.management import call_command  # noqa: PLC0415 - after Django is ready
    from django.db import connection  # noqa: PLC0415

    from kith.config import grants, stores  # noqa: PLC0415

    serves_as = connection.settings_dict["USER"]
    with stores.owning() as apart:
        call_command("migrate", database="default", verbosity=0, interactive=False)
        if stores.looks_apart():
            call_command("migrate", stores.LOOKS_ROOM, database="looks", verbosity=0, interactive=False)
        if apart:
            try:
                grants.grant(serves_as)
            except grants.SameRole:
                raise Stopped(
                    f"DATABASE_OWNER_URL and DATABASE_URL both come in as {serves_as}, or as a member of it. Give Kith"
                    " a role of its own to serve as."
                ) from None


def trust_the_store(*, made: bool = True) -> None:
    """Refuse a store that does not keep what it promises; say what weakens it. `made`: it must have its tables.

    Leaves no connection open: what is opened before a server forks would be shared by its workers.
    """
    from django.db import connections  # noqa: PLC0415 - after Django is ready

    promises = import_module("kith.config.promises")
    faults = promises.not_kept() or (promises.not_in_shape() if made else [])
    worth_saying = [] if faults or not made else promises.worth_saying()
    connections.close_all()
    if faults:
        raise Stopped(f"Kith has not started. {faults[0]}")
    for words in worth_saying:
        warn(words)


def demo(args: argparse.Namespace) -> int:
    """Make the demo store, load the worked families, print one sign-in for each role, and serve."""
    os.environ["KITH_DEMO"] = "1"
    os.environ.setdefault("KITH_DATA", ".data/demo")
    ready()
    loader = import_module("kith.exchange.demo.load")
    words = say if args.format == "text" else (lambda _words: None)
    words("Making the demo store…")
    trust_the_store(made=False)
    if not loader.may_fill():
        raise Stopped("This store is not a demo store. Give another folder with --data, or DATA= to make.")
    prepare()
    sign_ins = loader.load(words)
    address = f"http://127.0.0.1:{args.port}/"
    tell(args, {"address": address, "sign_ins": sign_ins}, _sign_ins(address, sign_ins))
    return 0 if args.no_serve else serve(args)


def _sign_ins(address: str, sign_ins: list[dict[str, str]]) -> str:
    lines = [f"  {s['role']:<30} {s['name']:<20} {s['username']:<10} {s['password']}" for s in sign_ins]
    return "\n".join([f"\nKith is at {address}", "Everyone in it is invented. Sign in as any of these:\n", *lines, ""])


def serve(args: argparse.Namespace) -> int:
    """Serve the pages with a production server until stopped.

    A store is served as a demo only when it is marked as one: a demo needs no second step at sign-in.
    """
    ready()
    trust_the_store()
    if os.environ.get("KITH_DEMO") == "1" and not import_module("kith.exchange.demo.load").is_demo():
        raise Stopped("This store is not a demo store, so it is not served as one. Unset KITH_DEMO.")
    import_module("django.db").connections.close_all()  # nothing is open when the server forks
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - only this command needs it

    class Server(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"127.0.0.1:{args.port}")
            self.cfg.set("workers", int(os.environ.get("KITH_WORKERS", "2")))
            self.cfg.set("threads", 4)
            self.cfg.set("preload_app", True)
            self.cfg.set("accesslog", None)
            self.cfg.set("control_socket_disable", True)  # a door to the server that nobody here needs

        def load(self) -> Any:
            return import_module("kith.config.wsgi").application

    Server("%(prog)s [OPTIONS]", prog="kith serve").run()
    return 0


def work(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    """Do the timetable and the queue until stopped."""
    ready()
    trust_the_store()
    return int(import_module("kith.config.schedule").run())


def check(args: argparse.Namespace) -> int:
    """Print each breach of the record's invariants with the record's address; 1 if there is any."""
    ready()
    breaches = list(import_module("kith.exchange.check").breaches())
    tell(args, {"breaches": breaches}, "\n".join(breaches) or "Every invariant holds.")
    for words in import_module("kith.config.promises").worth_saying():
        warn(words)
    return 1 if breaches else 0


def audit_verify(args: argparse.Namespace) -> int:
    """Walk both ledgers; print rows checked and the first break; 1 on a break."""
    ready()
    return int(import_module("kith.access.audit.commands").verify(sys.stdout, args.format))


def backup(args: argparse.Namespace) -> int:
    """Put the whole store, attachments included, in one file."""
    return _file_work(args, "backup", "written")


def restore(args: argparse.Namespace) -> int:
    """Fill an empty store from a backup; refuses a store that holds anything."""
    return _file_work(args, "restore", "restored")


def _file_work(args: argparse.Namespace, verb: str, done: str) -> int:
    ready()
    module, stores = import_module("kith.exchange.backup"), import_module("kith.config.stores")
    if verb == "restore":
        prepare()
    try:
        with stores.owning() if verb == "restore" else nullcontext():
            getattr(module, verb)(Path(args.file), say if sys.stdout.isatty() else (lambda _words: None))
    except module.NotDone as fault:
        raise Stopped(str(fault)) from None
    tell(args, {done: args.file}, f"{done.capitalize()}: {args.file}")
    return 0


def docs(args: argparse.Namespace) -> int:
    """Write the reference pages from the code, or say which are out of date."""
    ready()
    stale = import_module("kith.config.reference").write(check=args.check)
    tell(args, {"stale": stale}, "\n".join(stale) or "The reference pages are up to date.")
    return 1 if stale and args.check else 0
