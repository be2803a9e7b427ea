"""Makes `.venv` from a lock. Run by make with any Python, so it uses only what Python brings."""

import subprocess
import sys
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
STAMPS = {"kith": ["kith"], "check": ["kith", "check"]}


def works(python: Path) -> bool:
    """Whether an environment stands: one left half made, or made by a Python since removed, does not."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def make() -> None:
    """A fresh environment in place of whatever was there."""
    print("Making an environment in .venv", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def progress(line: str, done: int) -> int:
    """Count a package seen; shown as it grows on a terminal, and not at all in a pipe."""
    if not line.startswith(("Collecting ", "Requirement already satisfied: ")):
        return done
    if sys.stdout.isatty():
        print(f"\r  {done + 1} packages looked up", end="", flush=True)
    return done + 1


def install(*arguments: str) -> None:
    """Run pip, keeping its words back unless it fails, and then showing all of them."""
    words: list[str] = []
    done = 0
    with subprocess.Popen(
        [*PIP, "install", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            words.append(line)
            done = progress(line, done)
            if line.startswith("Installing collected packages") and sys.stdout.isatty():
                print("; installing", end="", flush=True)
    if done and sys.stdout.isatty():
        print()
    if pip.returncode:
        sys.exit("".join(words) + f"The environment is not whole: pip stopped with {pip.returncode}.")


def main(lock: str) -> None:
    """Bring `.venv` to what the lock says, then leave a stamp so that the next run costs nothing."""
    began = monotonic()
    if not works(PYTHON):
        make()
    print(f"Fetching what requirements/{lock}.txt names (about half a minute the first time)", flush=True)
    install("--require-hashes", "--requirement", f"requirements/{lock}.txt")
    print("Installing Kith beside it", flush=True)
    install("--no-deps", "--no-build-isolation", "--editable", ".")
    for stamp in STAMPS[lock]:
        (VENV / f"{stamp}.stamp").touch()
    print(f"The environment is ready ({monotonic() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
