"""The forms of a page as a browser sees them: every box, what it holds, and what would be sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = {"text", "tel", "email", "search", "textarea", "password"}
CHOOSES = {"radio", "checkbox"}


@dataclass
class Box:
    """One box: its kind (an input's type, or textarea, select, submit) and what stands in it."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    wrong: bool = False
    offered: list = field(default_factory=list)

    def sends(self):
        if self.kind in CHOOSES:
            return [self.value] if self.chosen else []
        return [] if self.kind in {"submit", "file", "button"} else [self.value]


@dataclass
class Sheet:
    """One form: where it is sent, how, and its boxes in order."""

    action: str
    method: str
    boxes: list = field(default_factory=list)

    def sends(self):
        """What a browser would send, as it stands."""
        sent = {}
        for box in self.boxes:
            if box.name and (values := box.sends()):
                sent.setdefault(box.name, []).extend(values)
        return sent

    def typed(self):
        """Names of the boxes somebody types words in."""
        return [b.name for b in self.boxes if b.kind in WORDS]

    def wrong(self):
        return {b.name for b in self.boxes if b.wrong}

    def holds(self, name):
        """What stands in every box of this name."""
        return [b.value for b in self.boxes if b.name == name and (b.kind not in CHOOSES or b.chosen)]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.sheets, self.sentences, self.tags = [], {}, []
        self._sheet = self._pick = self._area = self._error = None

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        self.tags.append((tag, has))
        if tag == "form":
            self._sheet = Sheet(has.get("action") or "", (has.get("method") or "get").lower())
            self.sheets.append(self._sheet)
        if (has.get("id") or "").endswith("-error"):
            self._error, self._deep = has["id"].removeprefix("id_").removesuffix("-error"), 0
            self.sentences[self._error] = ""
        if self._error is not None:
            self._deep += tag == "span"
        if self._sheet is not None:
            self._box(tag, has)

    def _box(self, tag, has):
        wrong = has.get("aria-invalid") == "true"
        if tag == "input":
            kind, checked = (has.get("type") or "text").lower(), "checked" in has
            value = has.get("value", "on" if kind in CHOOSES else "") or ""
            self._sheet.boxes.append(Box(has.get("name", ""), kind, value, checked, wrong))
        elif tag == "button":
            self._sheet.boxes.append(Box(has.get("name", ""), "submit", has.get("value") or ""))
        elif tag == "textarea":
            self._area = Box(has.get("name", ""), "textarea", wrong=wrong)
            self._sheet.boxes.append(self._area)
        elif tag == "select":
            self._pick = Box(has.get("name", ""), "select", wrong=wrong)
            self._sheet.boxes.append(self._pick)
        elif tag == "option" and self._pick is not None:
            value = has.get("value") or ""
            if "selected" in has or not self._pick.offered:
                self._pick.value = value
            self._pick.offered.append(value)

    def handle_endtag(self, tag):
        if tag == "form":
            self._sheet = None
        elif tag == "select":
            self._pick = None
        elif tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        elif tag == "span" and self._error is not None:
            self._deep -= 1
            self._error = self._error if self._deep else None

    def handle_data(self, words):
        if self._area is not None:
            self._area.value += words
        if self._error is not None and words != "Error: ":
            self.sentences[self._error] += words


def read(page):
    """Read a page's forms: `sheets`, the `sentences` beside questions by name, and every tag."""
    reader = _Reader()
    reader.feed(page if isinstance(page, str) else page.decode())
    reader.close()
    return reader
