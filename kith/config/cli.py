"""The console script: one command, a view in the terminal. Says whether it writes; never a traceback for bad input."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kith.config import commands
from kith.kit.refusal import Refused

DONE, FAULTS, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does and whether it writes, its arguments, and the function that does it."""

    words: str
    does: str
    writes: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one plain sentence, or one JSON object when that was asked for."""

    def error(self, message: str) -> None:  # type: ignore[override]  # argparse says NoReturn; exit raises
        complain(f"{message[0].upper()}{message[1:]}. Type: {self.prog} --help", "json" in sys.argv)
        sys.exit(WRONG_USAGE)


def complain(sentence: str, as_json: bool) -> None:  # noqa: FBT001 - a flag of the terminal
    """Write one fault to standard error, as a sentence or as one JSON object."""
    print(json.dumps({"error": sentence}) if as_json else sentence, file=sys.stderr)


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments of its own."""


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="stop after loading")
    parser.add_argument("--port", type=int, default=8000)


def _port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)


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
    Command("serve", "Serve the pages.", "Writes what people do.", _port, commands.serve),
    Command("work", "Do the work that waits: the timetable and queued jobs.", "Writes.", _nothing, commands.work),
    Command("check", "Check every invariant of the record.", "Writes nothing.", _nothing, commands.check),
    Command("due", "Say the day something is due.", "Writes nothing.", _due, commands.due),
    Command("plain", "Say how plain a text is.", "Writes nothing.", _plain, commands.plain),
    Command("audit verify", "Walk both ledgers, say any break.", "Writes nothing.", _nothing, commands.audit_verify),
    Command("backup", "Put the whole store in one file.", "Writes that file.", _file, commands.backup),
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
        one.set_defaults(run=command.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0 when done, 1 when refused or faults were found, 2 for wrong usage."""
    try:
        args = parser().parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    if args.data:
        os.environ["KITH_DATA"] = args.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    try:
        return int(args.run(args))
    except commands.Misused as fault:
        complain(str(fault), args.format == "json")
        return WRONG_USAGE
    except Refused as refused:
        complain(refused.refusal.reason, args.format == "json")
        return FAULTS
    except commands.Stopped as fault:
        complain(str(fault), args.format == "json")
        return FAULTS
    except KeyboardInterrupt:
        return DONE


if __name__ == "__main__":
    sys.exit(main())
