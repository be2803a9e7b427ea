"""Laying a copy out as a letter or a plan, on screen and on paper from the same words."""

from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import timezone

from kith.casework.plans.models import Rule
from kith.council.settings.queries import setting
from kith.disclosure.papers.queries import Chosen
from kith.kit.paper import to_pdf
from kith.kit.wording import day

TITLES = {
    "decision": "What was decided",
    "plan": "Our plan",
    "note": "A note of what happened",
    "statement": "What we are worried about",
}
LAYOUTS = {"decision": "papers/decision.html", "plan": "papers/plan.html"}


def title_of(chosen: Chosen) -> str:
    """Give the title of this copy."""
    return TITLES.get(chosen.entry.kind, "From your record")


def laid_out(chosen: Chosen, *, number: str, by: str, at: datetime) -> str:
    """Lay this copy out as a page for paper, stamped with whose it is on every sheet."""
    stamp = {
        "recipient": chosen.recipient.known_as,
        "number": number,
        "family": f"{chosen.entry.family.name} family",
        "on": day(timezone.localdate(at)),
        "whose": "",
    }
    page = {"chosen": chosen, "stamp": stamp, "title": title_of(chosen), "by": by, "at": timezone.localdate(at)}
    page |= {"doers": doers(chosen), "sender": sender(on=timezone.localdate(at))}
    return render_to_string(LAYOUTS.get(chosen.entry.kind, "papers/record.html"), page)


def sender(*, on: date) -> dict[str, str]:
    """Say who sends a paper, and how they are reached by day and at night, as the council has set it; or nothing."""
    name, duty, nights = (
        str(setting(key, on=on) or "") for key in ("council-name", "duty-phone", "out-of-hours-phone")
    )
    ways = [f"The duty desk: {duty}"] * bool(duty) + [f"Nights and weekends: {nights}"] * bool(nights)
    return {"name": name, "reach": ". ".join(ways) + "." if ways else ""}


def doers(chosen: Chosen) -> dict[int, Rule]:
    """Give who does each rule of a plan and who makes sure, by row. Nothing for any other record."""
    if chosen.entry.kind != "plan":
        return {}
    rules = Rule.objects.filter(plan__entry=chosen.entry).select_related("who_does", "makes_sure", "makes_sure_staff")
    return {rule.row: rule for rule in rules}


def pressed(html: str, *, title: str) -> bytes:
    """Make the tagged PDF. Raises `PaperUnavailable` with a sentence when this machine cannot."""
    return to_pdf(html, title=title)
