"""A control for SQLite: a rollback journal with synchronous FULL. The removal of the journal, the commit, is not flushed."""

from kith.config.settings import *  # noqa: F403
from kith.config.settings import DATABASES

for one in DATABASES.values():
    one["OPTIONS"]["init_command"] = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
