"""Pages of the map: the whole of it, putting a thing on it, one thing, changing it, and what became of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kith.access.edge import actor_of, asks, form_key, posted, reads, require_first, saw, signed_in
from kith.casework.mapping.models import Where
from kith.casework.mapping.queries import round_the_family, worries_in
from kith.casework.maps import actions, policies, queries
from kith.casework.maps.bottom_line_forms import AgreeForm, BottomLineForm, TellForm
from kith.casework.maps.checks import asked
from kith.casework.maps.forms import (
    EndForm,
    FactorForm,
    HopeForm,
    ItemForm,
    SafetyForm,
    StepForm,
    StrengthForm,
    UnknownForm,
)
from kith.casework.maps.harm_form import HarmForm, for_another
from kith.casework.maps.models import Kind, Role
from kith.casework.maps.queries import Laid
from kith.casework.maps.then import changes, days_of, map_on
from kith.casework.maps.thinking_forms import NeedForm, WonderingForm
from kith.casework.maps.words import HEADINGS, QUESTIONS, SEVERITIES, TESTS
from kith.kit.refusal import Refused
from kith.kit.wording import day as in_words
from kith.people.drafts.unfinished import Unfinished, begin
from kith.people.entries.forms import version_read
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.involvement.frame import Opened, frame, open_or_none
from kith.people.persons.models import File

FORMS: dict[str, type[ItemForm]] = {
    form.kind: form
    for form in (
        *(HarmForm, FactorForm, NeedForm),
        *(SafetyForm, StrengthForm),
        *(HopeForm, BottomLineForm, StepForm, UnknownForm, WonderingForm),
    )
}
ADDRESSES = {
    Kind.HARM: "harm-new",
    Kind.FACTOR: "factor-new",
    Kind.SAFETY: "safety-new",
    Kind.STRENGTH: "strength-new",
    Kind.HOPE: "hope-new",
    Kind.STEP: "step-new",
    Kind.UNKNOWN: "unknown-new",
    Kind.WONDERING: "wondering-new",
    Kind.NEED: "need-new",
    Kind.BOTTOM: "bottom-line-new",
}
LINE_STEPS = {
    "agree": (AgreeForm, actions.agree_bottom_line, "Agree this bottom line", policies.may_agree),
    "tell": (TellForm, actions.tell_bottom_line, "Tell the family of this bottom line", policies.may_tell),
}
"""The two steps of a bottom line: what is asked, the verb, the page's heading, and who may."""
INSTEAD = {Kind.HARM: Kind.FACTOR, Kind.SAFETY: Kind.STRENGTH}
"""Where a thing goes that does not pass its own test (domain 1.2): with what was typed, so nobody types it twice."""
ONE_SITTING = timedelta(hours=4)
"""How long a worker is taken to be writing down one conversation."""


@signed_in
@reads
def the_map(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The map of a family: what worries us, what is working, what needs to happen, and where each person puts us."""
    opened, actor = _open(request, ref), actor_of(request)
    days = days_of(opened.files)
    the, now = queries.map_of(actor, opened.files), timezone.localdate(opened.at)
    day = _day(request.GET.get("on", ""), days, now)
    then = map_on(actor, opened.files, day=day) if day else None
    saw(request, "map", files=opened.refs, day=day.isoformat() if day else "")
    page = {
        **_frame(opened),
        "map": then or the,
        "day": day,
        "days": [("", "now"), *((d.isoformat(), in_words(d)) for d in days if d < now)],
        "changed": changes(then, the) if then else None,
        "asks": [] if then else asked(the, opened.children, at=opened.at),
        "refusal": policies.write(actor=actor, files=opened.written_by(actor)),
        "children": opened.children,
        "kinds": Kind,
        "roles": Role,
        "severities": dict(SEVERITIES),
    }
    return render(request, "maps/map.html", page)


@signed_in
@asks
def item_new(request: HttpRequest, ref: UUID, kind: Kind) -> HttpResponse:
    """Put one thing on the map. What fails its own test may be kept as what it is instead, with what was typed."""
    opened = _open(request, ref)
    files = _written(request, opened)
    if kind is Kind.BOTTOM:
        require_first(request, policies.begin_bottom_line(actor=actor_of(request), files=files))
    draft = _begun(request, opened, kind)
    form = draft.fill(_form(request, kind, opened, files, initial=_same_talk(request, files, opened.at)))
    if "instead" in request.POST and kind in INSTEAD:
        return _instead(request, opened, form, files)
    if form.is_valid():
        return _put(request, opened, form, draft)
    saw(request, "map form", files=opened.refs)
    return _page(request, opened, form, draft)


@signed_in
@reads
def item(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One thing on the map: its words, who said so, what it said before, and what became of it."""
    laid, opened = _item(request, ref)
    actor = actor_of(request)
    saw(request, "map", files=[f.ref for f in laid.reading.files], entry=str(laid.ref))
    page = {
        **_frame(opened),
        "laid": laid,
        "before": queries.said_before(actor, laid),
        "refusal": policies.go_on_with(actor=actor, laid=laid),
        "severities": dict(SEVERITIES),
        "kinds": Kind,
        "others": [f for f in opened.written_by(actor) if f not in laid.reading.files],
    }
    return render(request, "maps/item.html", page)


@signed_in
@asks
def item_change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Put a thing in other words, saying why. When somebody saved first, both texts stand side by side."""
    laid, opened = _item(request, ref)
    files = _written(request, opened, laid)
    require_first(request, policies.ENDED_ALREADY if laid.item.outcome else None)
    newest = laid.reading.entry
    draft = begin(request, f"map-{ref.hex}", opened.family.ref, called=f"{laid.heading}, in other words")
    initial = FORMS[laid.item.kind].begin(laid)
    form = draft.fill(_form(request, laid.item.kind, opened, files, shown=laid, initial=initial))
    theirs = ""
    if form.is_valid():
        read = version_read(request.POST, newest)
        told = {**form.arguments(), "why": form.cleaned_data["why"], "read": read}
        try:
            draft.finish(actions.change_item, item=laid.item, by=actor_of(request), at=opened.at, **told)
            return redirect("map-item", ref=ref)
        except Refused as no:
            if no.refusal is not REPLACED_ALREADY:
                raise
            theirs = laid.what or "You may not see the newer words."
    saw(request, "map form", files=opened.refs, entry=str(newest.ref))
    begun = draft.data.get("read") if request.method != "POST" else None
    return _page(request, opened, form, draft, laid=laid, theirs=theirs, read=str(begun or newest.ref))


@signed_in
@asks
def item_end(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say what became of a thing on the map."""
    laid, opened = _item(request, ref)
    refusal = policies.go_on_with(actor=actor_of(request), laid=laid)
    require_first(request, refusal or (policies.ENDED_ALREADY if laid.item.outcome else None))
    draft = begin(request, f"map-end-{ref.hex}", opened.family.ref, called=f"{laid.heading}: what became of it")
    form = draft.fill(EndForm(posted(request), laid=laid, at=opened.at))
    if form.is_valid():
        draft.finish(actions.end_item, item=laid.item, by=actor_of(request), at=opened.at, **form.arguments())
        return redirect("map-item", ref=ref)
    saw(request, "map form", files=opened.refs, entry=str(ref))
    page = {**_frame(opened), "form": form, "draft": draft, "once": form_key(), "laid": laid}
    return render(request, "maps/end.html", page)


@signed_in
@asks
def bottom_line(request: HttpRequest, ref: UUID, step: str) -> HttpResponse:
    """Agree a bottom line that somebody else wrote, or write down that the family was told. Told, it holds."""
    laid, opened = _item(request, ref)
    actor, (asking, act, question, may) = actor_of(request), LINE_STEPS[step]
    refusal = policies.go_on_with(actor=actor, laid=laid)
    require_first(request, refusal or may(actor=actor, files=laid.reading.files, item=laid.item))
    draft = begin(request, f"bottom-line-{step}-{ref.hex}", opened.family.ref, called=f"A bottom line: {question}")
    form = draft.fill(asking(posted(request), at=opened.at))
    if form.is_valid():
        draft.finish(act, item=laid.item, by=actor, at=opened.at, **form.arguments())
        return redirect("map-item", ref=ref)
    saw(request, "map form", files=opened.refs, entry=str(ref))
    page = {"form": form, "draft": draft, "once": form_key(), "laid": laid, "question": question, "step": step}
    return render(request, "maps/line.html", {**_frame(opened), **page})


@signed_in
@asks
def item_grow(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a good thing as a time of safety: it asks for the danger and the day, and leaves its old place."""
    laid, opened = _item(request, ref)
    files = _written(request, opened, laid)
    stands = laid.item.kind == Kind.STRENGTH and not laid.item.outcome
    require_first(request, None if stands else policies.NOT_GROWN)
    draft = begin(request, f"map-grow-{ref.hex}", opened.family.ref, called="A good thing, shown as safety")
    begun = {"did": laid.what, "who": [w.key for w in laid.who(Role.WHO)]}
    begun["told_by"] = [w.key for w in laid.who(Role.SEEN_BY)]
    begun["children"] = [f.ref.hex for f in laid.reading.files]
    form = draft.fill(_form(request, Kind.SAFETY, opened, files, initial=begun))
    if form.is_valid():
        return _put(request, opened, form, draft, grew_from=laid.item)
    saw(request, "map form", files=opened.refs, entry=str(ref))
    return _page(request, opened, form, draft, laid=laid)


@signed_in
@asks
def harm_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write the same behaviour for another child: what is the same for both is there already."""
    laid, opened = _item(request, ref)
    if laid.item.kind != Kind.HARM:
        raise Http404
    files = [f for f in _written(request, opened) if f not in laid.reading.files]
    draft = begin(request, f"map-again-{ref.hex}", opened.family.ref, called="The same, for another child")
    form = draft.fill(_form(request, Kind.HARM, opened, files, initial=for_another(laid)))
    if form.is_valid():
        return _put(request, opened, form, draft, together=laid.item.together)
    saw(request, "map form", files=opened.refs, entry=str(ref))
    return _page(request, opened, form, draft, laid=laid)


def _begun(request: HttpRequest, opened: Opened, kind: Kind) -> Unfinished:
    called = f"{HEADINGS[kind]}: the {opened.family.name} family"
    return begin(request, f"map-{kind}", opened.family.ref, called=called)


def _put(request: HttpRequest, opened: Opened, form: ItemForm, draft: Unfinished, **known: Any) -> HttpResponse:
    """Keep what the form says, with what is `known` of it from the thing it came from, and go back to the map."""
    told = form.arguments()
    told["put"] = replace(told["put"], **known)
    draft.finish(actions.put_on_map, family=opened.family, by=actor_of(request), at=opened.at, **told)
    return redirect("map", ref=opened.family.ref)


def _day(sent: str, days: list[date], now: date) -> date | None:
    """Read the day to look back to: one of those offered. Anything else is now."""
    return next((d for d in days if d.isoformat() == sent and d < now), None)


def _instead(request: HttpRequest, opened: Opened, form: ItemForm, files: list[File]) -> HttpResponse:
    """Offer the form of the kind it is, with what was typed in its boxes."""
    typed, kind = request.POST, INSTEAD[form.kind]
    begun: dict[str, Any] = {"what": typed.get("did") or typed.get("behaviour", "")}
    if kind is Kind.STRENGTH:
        begun |= {"who": typed.getlist("who"), "seen_by": typed.getlist("told_by")}
    else:
        begun |= {"effect": typed.get("impact", "")}
    begun["children"] = typed.getlist("children") or [typed.get("child", "")]
    other = _form(request, kind, opened, files, bound=False, initial=begun)
    draft = _begun(request, opened, kind)
    saw(request, "map form", files=opened.refs)
    address = reverse(ADDRESSES[kind], kwargs={"ref": opened.family.ref})
    fresh = replace(draft, version=0, page="", kept=None, address=address)
    return _page(request, opened, other, fresh, moved=True)


def _form(
    request: HttpRequest, kind: str, opened: Opened, files: list[File], *, bound: bool = True, **named: Any
) -> ItemForm:
    round_ = round_the_family(opened.people, opened.files, at=opened.at)
    worries = worries_in(actor_of(request), opened.files) if kind in {Kind.SAFETY, Kind.STEP, Kind.BOTTOM} else []
    if kind == Kind.BOTTOM:
        was = named["shown"].item.statement_id if named.get("shown") else None
        worries = [w for w in worries if w.statement.status == Where.OPEN or w.statement.pk == was]
    sent = posted(request) if bound else None
    return FORMS[kind](sent, files=files, round_=round_, worries=worries, at=opened.at, **named)


def _page(request: HttpRequest, opened: Opened, form: ItemForm, draft: Unfinished, **more: object) -> HttpResponse:
    page = {
        **_frame(opened),
        "form": form,
        "draft": draft,
        "once": form_key(),
        "question": QUESTIONS[form.kind],
        "test": TESTS[form.kind],
        "address": ADDRESSES[form.kind],
        "laid": None,
        "theirs": "",
        "read": "",
        "moved": False,
        **more,
    }
    return render(request, "maps/form.html", page)


def _written(request: HttpRequest, opened: Opened, laid: Laid | None = None) -> list[File]:
    """The files this worker may write about, asked before anybody types."""
    actor = actor_of(request)
    files = opened.written_by(actor)
    refusal = policies.go_on_with(actor=actor, laid=laid) if laid else policies.write(actor=actor, files=files)
    require_first(request, refusal)
    return files


def _same_talk(request: HttpRequest, files: list[File], at: datetime) -> dict[str, Any]:
    then = queries.last_talk(actor_of(request).account_id, files, since=at - ONE_SITTING)
    return {"happened_at": then} if then else {}


def _frame(opened: Opened) -> dict[str, object]:
    return {"family": frame(opened, "map"), "ref": opened.family.ref}


def _item(request: HttpRequest, ref: UUID) -> tuple[Laid, Opened]:
    laid = queries.open_item(actor_of(request), ref)
    if laid is None:
        raise Http404
    return laid, _open(request, laid.reading.entry.family.ref)


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened
