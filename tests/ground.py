"""Ground for every test run, laid before settings are read: a data folder of its own, gone from the project."""

import os
import tempfile
from pathlib import Path

os.environ["KITH_DATA"] = tempfile.mkdtemp(prefix="kith-test-")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
(Path(os.environ["KITH_DATA"]) / "static").mkdir()
