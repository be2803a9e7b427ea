"""Checks the files made by others against vendor.toml, and with --fetch brings them again through npm."""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "vendor.toml"


def packages() -> dict[str, dict[str, Any]]:
    """What the manifest names: by package, its version, licence, use and files."""
    return tomllib.loads(MANIFEST.read_text())


def changed(package: dict[str, Any]) -> list[str]:
    """The files of one package that are missing, or not as they came."""
    return [name for name, file in package["files"].items() if digest(ROOT / name) != file["sha256"]]


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; empty when there is no file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def fetch(name: str, package: dict[str, Any]) -> None:
    """Bring one package's files as published. They are checked after, as ever."""
    print(f"Fetching {name} {package['version']}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "pack", "--silent", "--pack-destination", folder, f"{name}@{package['version']}"]
        subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for place, file in package["files"].items():
                member = archive.extractfile(f"package/{file['from']}")
                (ROOT / place).parent.mkdir(parents=True, exist_ok=True)
                (ROOT / place).write_bytes(member.read() if member else b"")


def main(*, bring: bool) -> int:
    """0 when every file is as the manifest says, else 1, naming those that are not."""
    if bring:
        for name, package in packages().items():
            fetch(name, package)
    faults = [name for package in packages().values() for name in changed(package)]
    for name in faults:
        print(f"{name} is not as vendor.toml says", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(bring="--fetch" in sys.argv[1:]))
