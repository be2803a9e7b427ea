"""A control for PostgreSQL: commits answer before the log is flushed. It must be seen to lose notes."""

from kith.config.settings import *  # noqa: F403
from kith.config.settings import DATABASES

for one in DATABASES.values():
    one["OPTIONS"] = {"options": "-c synchronous_commit=off -c lock_timeout=20s"}
