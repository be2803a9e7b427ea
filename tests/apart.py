"""Keeps tests apart from any store of yours: what they write goes to a folder that goes when they do.

Named in pyproject.toml as a plugin, because it must speak before the settings are read.
"""

import atexit
import os
import shutil
import tempfile

if "KITH_DATA" not in os.environ:
    os.environ["KITH_DATA"] = tempfile.mkdtemp(prefix="kith-test-")
    atexit.register(shutil.rmtree, os.environ["KITH_DATA"], ignore_errors=True)
