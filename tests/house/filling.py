"""Somebody who fills in any form of ours: opens the page, sends it as it is, and answers what it says is missing."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

from django.test import Client

TRIES = 5
WORDS = "Craig rang at four and Ellis told him about the drum."
WRONG = re.compile(r'<a href="#([^"]+)"')
Answers = dict[str, Any]


@dataclass
class Control:
    """One control of a form: what it is, what it holds, and what may be chosen."""

    kind: str
    name: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the controls of every form of a page, by the id of each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, Control]]] = []
        self.open: Control | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.forms.append((has.get("method", "get"), {}))
        elif tag == "option" and self.open:
            self.open.options.append(has.get("value", ""))
            if "selected" in has:
                self.open.value = has.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and self.forms and has.get("name"):
            kind = has.get("type", "text") if tag == "input" else tag
            self.open = Control(kind, has["name"], has.get("value", ""), "checked" in has)
            self.forms[-1][1][has.get("id") or f"{has['name']}={has.get('value')}"] = self.open

    def handle_data(self, data: str) -> None:
        if self.open and self.open.kind == "textarea":
            self.open.value += data.lstrip("\n") if not self.open.value else data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self.open = None


def controls_of(page: str) -> dict[str, Control]:
    """Give the controls of the longest form that is posted: the one the page is for."""
    posted = [controls for method, controls in Forms(page).forms if method == "post"]
    return max(posted, key=len, default={})


def as_it_is(controls: dict[str, Control]) -> dict[str, list[str]]:
    """What a browser sends when nobody has touched the form. Tokens and keys are left out: they are not answers."""
    sent: dict[str, list[str]] = {}
    for control in controls.values():
        chosen = control.checked or control.kind not in ("radio", "checkbox", "submit", "button", "file")
        if chosen and control.name not in ("csrfmiddlewaretoken", "once"):
            sent.setdefault(control.name, []).append(control.value)
    return sent


def answer(sent: dict[str, list[str]], controls: dict[str, Control], wrong: str, given: Answers) -> None:
    """Answer the question this id leads to, with what is given for it or with the first thing that would do."""
    near = [i for i in controls if i == wrong or i.startswith((f"{wrong}_", f"{wrong}-"))]
    control = controls[near[0]] if near else None
    if control is None or control.name in given:
        return
    if control.name.endswith(("-day", "-month", "-year", "-time")):
        name = control.name.rpartition("-")[0]
        _date(sent, name, moment=any(c.name == f"{name}-time" for c in controls.values()))
    elif control.kind == "select":
        sent[control.name] = [next(o for o in control.options if o)]
    elif control.kind in ("radio", "checkbox"):
        sent.setdefault(control.name, []).append(control.value)
    else:
        sent[control.name] = [WORDS[:40]] if control.kind == "text" else [WORDS]


def _date(sent: dict[str, list[str]], name: str, *, moment: bool) -> None:
    """Answer with today; with yesterday at ten past four where a time is asked for, which is over by now."""
    on = date.today() - timedelta(days=moment)  # noqa: DTZ011 - what somebody at the page would write
    parts = {"day": on.day, "month": on.month, "year": on.year, **({"time": "4.10 pm"} if moment else {})}
    sent.update({f"{name}-{part}": [str(value)] for part, value in parts.items()})


def spread(given: Answers, controls: dict[str, Control]) -> dict[str, list[str]]:
    """Lay out what is given by hand: a name that ends with a star stands for every control that begins so."""
    names = {re.sub(r"-(day|month|year|time)$", "", c.name) for c in controls.values()}
    found: dict[str, list[str]] = {}
    for name, value in given.items():
        which = [n for n in names if n.startswith(name[:-1])] if name.endswith("*") else [name]
        found.update({one: value if isinstance(value, list) else [value] for one in which})
    return found


def fill(browser: Client, address: str, given: Answers, *, send: Any) -> tuple[Answers, str]:
    """Find the answers with which this form does something, trying as a person would. Gives them and what was said.

    `send(answers)` posts them and says whether anything was done; what is said is the last page's list of faults.
    """
    page = browser.get(address).content.decode()
    controls = controls_of(page)
    by_hand = spread(given, controls)
    sent = as_it_is(controls) | by_hand
    said = ""
    for _ in range(TRIES):
        done, page = send(dict(sent))
        if done:
            return dict(sent), ""
        controls |= controls_of(page)
        wrong = list(dict.fromkeys(WRONG.findall(_summary(page))))
        said = f"{wrong} {_words(page)}"
        for one in wrong:
            answer(sent, controls, one, by_hand)
    return dict(sent), said


def _summary(page: str) -> str:
    return page[page.find('id="errors"') :] if 'id="errors"' in page else ""


def _words(page: str) -> str:
    main = page[page.find("<main") : page.find("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))[:600]
