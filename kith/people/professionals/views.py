"""Small pages about people of other agencies. They hang on the page of the child they work with."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kith.access.edge import actor_of, asks, posted, signed_in, writes
from kith.people.persons.models import File
from kith.people.persons.pages import Opened, ask, open_or_404
from kith.people.professionals import actions, policies, queries
from kith.people.professionals.forms import ProfessionalForm


@signed_in
@asks
def professional_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say who of another agency works with this child."""
    opened, actor = open_or_404(request, ref), actor_of(request)
    file = _own(opened)
    form = ProfessionalForm(posted(request), agencies=queries.agencies())
    if form.is_valid():
        actions.add_professional(file=file, by=actor, at=opened.at, **form.cleaned_data)
        return redirect("person", ref=opened.person.ref)
    refusal = policies.add_professional(actor=actor, file=file)
    title = f"Who else works with {opened.person.known_as}?"
    return ask(request, opened, form, title=title, button="Add them", refusal=refusal)


@signed_in
@writes
def professional_end(request: HttpRequest, ref: UUID, professional: UUID) -> HttpResponse:
    """Say that they do not work with this child any more."""
    opened = open_or_404(request, ref)
    tie = queries.works_with(_own(opened), professional, at=opened.at)
    if tie is None:
        raise Http404
    actions.end_professional(tie=tie, by=actor_of(request), at=opened.at)
    return redirect("person", ref=opened.person.ref)


def _own(opened: Opened) -> File:
    """The person's own file, when it is what opens them. Professionals work with a child, so there is one."""
    own = [f for f in opened.files if f.person_id == opened.person.pk]
    if not own:
        raise Http404
    return own[0]
