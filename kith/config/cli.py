"""The console script: one command, a view in the terminal. Says whether it writes; never a traceback for bad input."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from django.db import DatabaseError

from kith.config import commands
from kith.kit.refusal import Refused

DONE, FAULTS, WRONG_USAGE = 0, 1, 2
LAST_PORT = 65_535
READS = "Writes nothing."


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does and whether it writes, its arguments, and the function that does it."""

    words: str
    does: str
    writes: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    reads: bool = False
    """Whether there must be a store already: one that only reads makes none by being asked."""


class _Wrong(Exception):
    """The command line could not be read; the message is the sentence to show."""


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one plain sentence, or one JSON object when that was asked for."""

    def error(self, message: str) -> NoReturn:
        raise _Wrong(f"{message[0].upper()}{message[1:]}. Type: {self.prog} --help")


def complain(sentence: str, as_json: bool) -> None:  # noqa: FBT001 - a flag of the terminal
    """Write one fault to standard error, as a sentence or as one JSON object."""
    print(json.dumps({"error": sentence}) if as_json else sentence, file=sys.stderr)


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def _port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:6]) <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to {LAST_PORT}")
    return int(text)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="stop after loading")
    _port(parser)


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port_number, default=8000, help="where on this machine to serve")


def _due(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("length", help="how many, such as 15")
    parser.add_argument("unit", help="working-days, days, weeks or months")
    parser.add_argument("start", help="the day counted from, such as 2025-05-20")


def _plain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", help="a text file; standard input when left out")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="one file")


def _docs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="say whether any page is out of date, and write nothing")


COMMANDS: tuple[Command, ...] = (
    Command("demo", "Fill the demo store, print sign-ins, and serve it.", "Writes a demo store.", _demo, commands.demo),
    Command("migrate", "Bring the store to this version’s shape.", "Writes.", _nothing, commands.migrate),
    Command("serve", "Serve the pages.", "Writes what people do.", _port, commands.serve, True),
    Command("work", "Do the work that waits: the timetable and queued jobs.", "Writes.", _nothing, commands.work, True),
    Command("check", "Check every invariant of the record.", READS, _nothing, commands.check, True),
    Command("due", "Say the day something is due.", READS, _due, commands.due),
    Command("plain", "Say how plain a text is.", READS, _plain, commands.plain),
    Command("audit verify", "Walk both ledgers, say any break.", READS, _nothing, commands.audit_verify, True),
    Command("backup", "Put the whole store in one file.", "Writes that file.", _file, commands.backup, True),
    Command("restore", "Fill an empty store from a backup.", "Writes to an empty store.", _file, commands.restore),
    Command("docs", "Write the generated reference pages.", "Writes docs/reference.", _docs, commands.docs),
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """Lay out every command with its help."""
    top = _Parser(prog="kith", description="Kith: the record of social work with children and families.")
    subs = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for command in COMMANDS:
        first, _, second = command.words.partition(" ")
        if second and first not in groups:
            group = subs.add_parser(first, help=f"{first}: see kith {first} --help")
            groups[first] = group.add_subparsers(dest="second", required=True, metavar="COMMAND")
        home = groups[first] if second else subs
        one = home.add_parser(second or first, help=command.does, description=f"{command.does} {command.writes}")
        one.add_argument("--data", help="folder of the embedded store")
        one.add_argument("--format", choices=["text", "json"], default="text")
        command.arguments(one)
        one.set_defaults(run=command.run, reads=command.reads)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0 when done, 1 when refused or faults were found, 2 for wrong usage."""
    given = sys.argv[1:] if words is None else list(words)
    try:
        args = parser().parse_args(given)
    except SystemExit:  # --help has said what it had to say
        return DONE
    except _Wrong as fault:
        complain(str(fault), "--format=json" in given or "json" in given)
        return WRONG_USAGE
    if args.data:
        os.environ["KITH_DATA"] = args.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    try:
        return _run(args)
    except KeyboardInterrupt:
        return DONE
    except BrokenPipeError:  # whoever was reading has stopped: `kith plain … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (commands.Misused, commands.Stopped, Refused, OSError, DatabaseError) as fault:
        complain(_sentence(fault), args.format == "json")
        return WRONG_USAGE if isinstance(fault, commands.Misused) else FAULTS


def _run(args: argparse.Namespace) -> int:
    if args.reads:
        commands.find_store()
    return int(args.run(args))


def _sentence(fault: Exception) -> str:
    """Say what went wrong, and what to do about it, without a word of the store's own."""
    if isinstance(fault, Refused):
        return fault.refusal.reason
    if isinstance(fault, OSError):
        named = f" ({fault.filename})" if fault.filename else ""
        return f"That could not be done: {fault.strerror or 'the machine answered with a fault'}{named}."
    return commands.UNREADABLE if isinstance(fault, DatabaseError) else str(fault)


if __name__ == "__main__":
    sys.exit(main())
