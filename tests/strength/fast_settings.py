"""A control for SQLite: the usual advice for speed, write-ahead mode with synchronous NORMAL. Answers before the flush."""

from kith.config.settings import *  # noqa: F403
from kith.config.settings import DATABASES

for one in DATABASES.values():
    one["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON"
