"""The verbs of other agencies' people: say that one works with a child, and that they do not any more."""

from datetime import datetime

from kith.access.actor import Actor
from kith.access.audit.acts import action, note
from kith.council.teams.models import Agency
from kith.kit.refusal import require
from kith.people.persons.models import File
from kith.people.persons.queries import lock_files
from kith.people.professionals import policies
from kith.people.professionals.models import Professional, WorksWith


@action
def add_professional(
    *,
    file: File,
    name: str,
    job: str,
    agency: Agency,
    as_what: str,
    phone: str = "",
    email: str = "",
    by: Actor,
    at: datetime,
) -> WorksWith:
    """Say that somebody of another agency works with this child, and as what: "health visitor", "head of year".

    Somebody of the same name and job at the same agency is the same person: their number is not written twice.
    """
    [file] = lock_files([file])
    require(policies.add_professional(actor=by, file=file))
    known = Professional.objects.filter(name__iexact=name, job__iexact=job, agency=agency).order_by("pk").first()
    person = known or Professional.objects.create(
        name=name, job=job, agency=agency, phone=phone, email=email, recorded_at=at
    )
    tie = WorksWith.objects.filter(professional=person, file=file, since__lte=at, until__gt=at).first()
    tie = tie or WorksWith.objects.create(professional=person, file=file, as_what=as_what, since=at)
    note("professional.added", about=person, files=[file.ref])
    return tie


@action
def end_professional(*, tie: WorksWith, by: Actor, at: datetime) -> WorksWith:
    """Say that somebody of another agency does not work with this child any more."""
    [file] = lock_files([tie.file])
    require(policies.end_professional(actor=by, file=file))
    WorksWith.objects.filter(pk=tie.pk).update(until=at)
    tie.refresh_from_db()
    note("professional.ended", about=tie.professional, files=[file.ref])
    return tie
