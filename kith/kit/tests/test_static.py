"""What the browser is sent: our own files only, nothing that breaks the strict policy, nothing kept behind."""

import re

from kith.kit.paper import STATIC


def test_sheets_reach_only_our_own_files():
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r"url\(\"?([^\")]+)", sheet.read_text()):
            assert (STATIC / address).is_file(), f"{sheet.name}: {address}"


def test_the_typeface_comes_with_its_licence():
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text().upper()


def test_no_script_keeps_anything_in_the_browser_or_calls_anybody_but_us():
    for file in STATIC.glob("*.js"):
        script = file.read_text()
        kept = r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\b|innerHTML|\.style\b|https?:"
        assert not re.search(kept, script), file.name


def test_no_mark_of_government_is_used():
    for file in STATIC.glob("*.css"):
        assert not re.search(r"crest|crown|GDS Transport", file.read_text(), re.IGNORECASE)
