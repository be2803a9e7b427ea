"""Pages about who works with a child: who does, who will, who no longer does, and who must not."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, refuse_if_sent, saw, signed_in
from kith.framework.kinds import Tie
from kith.kit.forms import Form
from kith.kit.refusal import Refusal
from kith.people.involvement import actions, policies, queries
from kith.people.involvement.forms import TIE_WORDS, AllocateForm, EndTieForm, WorkerForm
from kith.people.persons.models import File
from kith.people.persons.pages import face


@signed_in
@reads
def workers(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who works with this child now, who did before, and who is kept from the file."""
    file, actor, at = _open(request, ref), actor_of(request), timezone.now()
    saw(request, "workers", files=[file.ref])
    now = queries.ties_on(file, at=at)
    page = {
        "file": file,
        "face": face(file.person),
        "now": [(t, TIE_WORDS[Tie(t.kind)]) for t in now if t.kind != Tie.BARRED],
        "barred": [t for t in now if t.kind == Tie.BARRED],
        "ended": [(t, TIE_WORDS[Tie(t.kind)]) for t in queries.ties_ended(file, at=at)],
        "allocate": policies.allocate(actor=actor, file=file),
        "bar": policies.bar(actor=actor, file=file),
    }
    return render(request, "involvement/workers.html", page)


@signed_in
@asks
def worker_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say who will work with this child. A file that nobody holds yet is open to whoever may allocate."""
    file, actor, at = _known(request, ref), actor_of(request), timezone.now()
    form = AllocateForm(posted(request), workers=queries.workers_to_choose())
    if form.is_valid():
        actions.allocate(file=file, by=actor, at=at, **form.cleaned_data)
        return redirect("workers", ref=ref)
    lead = "They see the file from the moment you save this."
    refusal = policies.allocate(actor=actor, file=file)
    return _ask(request, file, form, "Who will work with them?", "Give them this work", lead=lead, refusal=refusal)


@signed_in
@asks
def worker_end(request: HttpRequest, ref: UUID) -> HttpResponse:
    """End somebody's work with this child, or a bar. The row stays."""
    file, actor, at = _open(request, ref), actor_of(request), timezone.now()
    form = EndTieForm(posted(request), ties=queries.ties_on(file, at=at))
    if form.is_valid():
        actions.end_tie(by=actor, at=at, **form.cleaned_data)
        return redirect("workers", ref=ref)
    refusal = policies.end_tie(actor=actor, file=file)
    return _ask(request, file, form, "Whose work ends?", "End it", refusal=refusal)


@signed_in
@asks
def worker_bar(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Keep somebody from this file: kin, conflict or allegation. It beats everything, breaking the glass too."""
    file, actor, at = _known(request, ref), actor_of(request), timezone.now()
    form = WorkerForm(posted(request), workers=queries.workers_to_choose())
    if form.is_valid():
        actions.bar(file=file, by=actor, at=at, **form.cleaned_data)
        return redirect("person", ref=file.person.ref)
    lead = "Whatever else ties them to this file, they will not see it. For kin, a conflict, or an allegation."
    refusal = policies.bar(actor=actor, file=file)
    return _ask(request, file, form, "Keep somebody from this file", "Keep them from it", lead=lead, refusal=refusal)


def _ask(
    request: HttpRequest, file: File, form: Form, title: str, button: str, *, lead: str = "", refusal: Refusal | None
) -> HttpResponse:
    refuse_if_sent(request, refusal)
    saw(request, "worker form", files=[file.ref])
    page = {
        "file": file,
        "face": face(file.person),
        "form": form,
        "title": title,
        "button": button,
        "lead": lead,
        "refusal": refusal,
        "once": form_key(),
    }
    return render(request, "involvement/ask.html", page)


def _open(request: HttpRequest, ref: UUID) -> File:
    file = queries.open_file(actor_of(request), ref)
    if file is None:
        raise Http404
    return file


def _known(request: HttpRequest, ref: UUID) -> File:
    actor = actor_of(request)
    file = queries.open_file(actor, ref) or queries.known_file(actor, ref)
    if file is None:
        raise Http404
    return file
