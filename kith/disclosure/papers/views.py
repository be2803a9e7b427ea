"""Pages about papers: making one for one person, the papers a family has had, and one of them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, saw, signed_in
from kith.disclosure.papers import actions, policies, press, queries
from kith.disclosure.papers.forms import PaperForm
from kith.kit.paper import PaperUnavailable
from kith.kit.refusal import Refusal, Refused, require
from kith.people.entries.queries import Reading, files_of
from kith.people.involvement.frame import Opened, frame, open_or_none


@signed_in
@reads
def papers(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Every paper this family has been given, newest first."""
    opened = _open(request, ref)
    found = queries.papers_in(opened)
    saw(request, "papers", files=opened.refs)
    return render(request, "papers/list.html", {"family": frame(opened, "papers"), "papers": found, "ref": ref})


@signed_in
@asks
def paper_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Make a paper: choose who will hold it, read their copy, then let it go."""
    reading, opened = _giving(request, ref)
    actor, at = actor_of(request), timezone.now()
    form = PaperForm(posted(request), people=opened.people)
    person = form.recipient()
    chosen = queries.choose(reading, person) if person else None
    members = queries.members_of_entry(reading.entry, at=at)
    stopped = chosen and policies.give_paper(actor=actor, files=reading.files, members=members, chosen=chosen)
    if chosen and not stopped and "make" in request.POST and form.is_valid():
        number, title = actions.new_number(), press.title_of(chosen)
        pdf = _pressed(press.laid_out(chosen, number=number, by=actor.name, at=at), title)
        made = actions.give_paper(
            chosen=chosen, files=reading.files, members=members, title=title, number=number, pdf=pdf, by=actor, at=at
        )
        return redirect("paper", ref=made.ref)
    saw(request, "paper form", files=opened.refs, entry=str(ref))
    page = {
        "family": frame(opened, "papers"),
        "form": form,
        "chosen": chosen,
        "refusal": stopped,
        "to_look_at": queries.to_look_at(chosen) if chosen else [],
        "once": form_key(),
        "asked": "make" in request.POST,
        "title": press.TITLES.get(reading.entry.kind, "From the record"),
        "back": ref,
    }
    return render(request, "papers/new.html", page)


def _pressed(html: str, title: str) -> bytes:
    try:
        return press.pressed(html, title=title)
    except PaperUnavailable as fault:
        raise Refused(Refusal("paper-unavailable", str(fault))) from None


@signed_in
@reads
def paper(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One paper that was given: to whom, when, by whom, how much was left out, and the copy itself."""
    found = queries.paper(actor_of(request), ref)
    if found is None:
        raise Http404
    opened = _open(request, found.entry.family.ref)
    saw(request, "paper", files=opened.refs, paper=found.number)
    page = {"family": frame(opened, "papers"), "paper": found, "refusal": policies.open_copy(paper=found)}
    return render(request, "papers/one.html", page)


@signed_in
@reads
def paper_file(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The kept copy itself. It has no address but this one, and every opening is a look."""
    found = queries.paper(actor_of(request), ref)
    if found is None:
        raise Http404
    require(policies.open_copy(paper=found))
    saw(request, "paper copy", files=[file.ref for file in files_of(found.entry)])
    answer = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="kith-{found.number}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _giving(request: HttpRequest, ref: UUID) -> tuple[Reading, Opened]:
    reading = queries.open_to_give(actor_of(request), ref)
    if reading is None:
        raise Http404
    return reading, _open(request, reading.entry.family.ref)


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened
