"""Pages about worries: a family's, one whole, writing and changing one, its goal, its scale, everyone's numbers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from kith.access.edge import actor_of, asks, bare, form_key, posted, reads, saw, signed_in, writes
from kith.casework.mapping import actions, policies, queries
from kith.casework.mapping.forms import SettleForm, StatementForm, begin_statement
from kith.casework.mapping.goal_forms import GoalForm, ScaleForm, ScoresForm, begin_goal
from kith.casework.mapping.numbers import Series
from kith.casework.mapping.queries import Shown
from kith.casework.mapping.words import how_it_reads
from kith.framework.statements import FEWEST_WORDS, MOST_WORDS, READING_AGE
from kith.kit.forms import LONGEST_ANSWER, Form
from kith.kit.refusal import Refused, require
from kith.people.drafts.unfinished import Unfinished, begin
from kith.people.entries.forms import version_read
from kith.people.entries.models import Entry
from kith.people.entries.policies import REPLACED_ALREADY
from kith.people.involvement.frame import Opened, frame, open_or_none
from kith.people.persons.models import File

ADVICE = {"fewest": FEWEST_WORDS, "most": MOST_WORDS, "age": READING_AGE}


@signed_in
@reads
def statements(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A family's worries: each with what good looks like and where every person put us."""
    opened = _open(request, ref)
    actor = actor_of(request)
    worries = queries.worries_in(actor, opened.files)
    overall = queries.overall(actor, opened.files)
    saw(request, "worries", files=opened.refs)
    page = {
        **_frame(opened),
        "worries": worries,
        "overall": overall,
        "children": opened.children,
        "refusal": policies.write(actor=actor, files=opened.written_by(actor)),
        "may_write": lambda files: policies.write(actor=actor, files=files) is None,
    }
    return render(request, "mapping/list.html", page)


@signed_in
@asks
def statement_new(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write a worry together."""
    opened = _open(request, ref)
    files = opened.written_by(actor_of(request))
    require(policies.write(actor=actor_of(request), files=files))
    draft = _draft(request, "worry", opened, "A worry")
    form = draft.fill(_statement_form(request, opened, files))
    if "check" not in request.POST and form.is_valid():
        write, by = actions.compose_statement, actor_of(request)
        made = draft.finish(write, family=opened.family, by=by, at=opened.at, **form.arguments())
        return redirect("statement", ref=made.entry.ref)
    saw(request, "worry form", files=opened.refs)
    return _compose_page(request, opened, form, draft=draft)


@signed_in
@asks
def statement_change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Change a worry, saying why. When somebody saved first, both texts stand side by side."""
    shown, opened = _worry_to_write(request, ref)
    newest = shown.reading.entry
    draft = _draft(request, f"worry-{ref.hex}", opened, "A worry that is changing")
    form = draft.fill(_statement_form(request, opened, opened.files, shown))
    theirs = None
    if "check" not in request.POST and form.is_valid():
        changed = {**form.arguments(), "why": form.cleaned_data["why"], "read": version_read(request.POST, newest)}
        write, by = actions.revise_statement, actor_of(request)
        try:
            draft.finish(write, statement=shown.statement, by=by, at=opened.at, **changed)
            return redirect("statement", ref=ref)
        except Refused as no:
            theirs = _newer(no, shown.reading.text("full-text"))
    saw(request, "worry form", files=opened.refs, entry=str(newest.ref))
    read = _read(request, draft, newest)
    return _compose_page(request, opened, form, draft=draft, shown=shown, theirs=theirs, read=read)


@signed_in
@reads
def statement(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One worry to read and to change: its words and their parts, what good looks like, and what 0 and 10 mean.

    Everyone's numbers, and what followed from it, are on its thread.
    """
    shown, opened = _worry(request, ref)
    actor = actor_of(request)
    files = shown.reading.files
    saw(request, "worry", files=[f.ref for f in files], entry=str(shown.reading.entry.ref))
    at = opened.at
    page = {
        **_frame(opened),
        "shown": shown,
        "earlier": queries.earlier_versions(actor, shown.reading.entry),
        "refusal": policies.write(actor=actor, files=files),
        "not_yet": policies.agree_statement(actor=actor, statement=shown.statement, files=files, at=at),
        "once": form_key(),
    }
    return render(request, "mapping/one.html", page)


@signed_in
@writes
def statement_to_family(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take a draft to the family."""
    shown, opened = _worry(request, ref)
    actions.take_to_family(statement=shown.statement, by=actor_of(request), at=opened.at)
    return redirect("statement", ref=ref)


@signed_in
@writes
def statement_agree(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that the family has heard it and it is agreed."""
    shown, opened = _worry(request, ref)
    actions.agree_statement(statement=shown.statement, by=actor_of(request), at=opened.at)
    return redirect("statement", ref=ref)


@signed_in
@asks
def statement_settle(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Say that a worry has eased, its goal is met, or another took its place."""
    shown, opened = _worry_to_write(request, ref)
    draft = _draft(request, f"settle-{ref.hex}", opened, "What became of a worry")
    form = draft.fill(SettleForm(posted(request), at=opened.at))
    if form.is_valid():
        write, by = actions.settle_statement, actor_of(request)
        draft.finish(write, statement=shown.statement, by=by, at=opened.at, **form.arguments())
        return redirect("statement", ref=ref)
    saw(request, "worry form", files=opened.refs, entry=str(ref))
    return _form_page(request, "mapping/settle.html", opened, form, draft, shown=shown)


@signed_in
@asks
def goal(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write what good looks like for a worry, or change it."""
    shown, opened = _worry_to_write(request, ref)
    draft = _draft(request, f"goal-{ref.hex}", opened, "What good looks like")
    form = draft.fill(GoalForm(posted(request), at=opened.at, shown=shown, initial=begin_goal(shown)))
    theirs = None
    if "check" in request.POST:
        form.look_only()
    elif form.is_valid():
        try:
            _keep_goal(request, draft, shown, form)
            return redirect("statement", ref=ref)
        except Refused as no:
            theirs = _newer(no, shown.goal_reading.text("full-text") if shown.goal_reading else "")
    saw(request, "goal form", files=opened.refs, entry=str(ref))
    read = _read(request, draft, shown.goal.entry) if shown.goal else ""
    more = {"shown": shown, "theirs": theirs, "reads": form.reads(), "advice": ADVICE, "read": read}
    return _form_page(request, "mapping/goal.html", opened, form, draft, **more)


def _keep_goal(request: HttpRequest, draft: Unfinished, shown: Shown, form: GoalForm) -> None:
    by, at = actor_of(request), form.at
    if shown.goal is None:
        draft.finish(actions.write_goal, statement=shown.statement, by=by, at=at, **form.arguments())
        return
    read = version_read(request.POST, shown.goal.entry)
    why = form.cleaned_data["why"]
    draft.finish(actions.revise_goal, goal=shown.goal, read=read, why=why, by=by, at=at, **form.arguments())


@signed_in
@asks
def scale(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Set the scale of a worry; changing its words begins a new series (SC-1)."""
    shown, opened = _worry_to_write(request, ref)
    draft = _draft(request, f"scale-{ref.hex}", opened, "What 0 and 10 mean")
    form = draft.fill(ScaleForm(posted(request), at=opened.at, initial=_ends(shown.series)))
    if form.is_valid():
        made = draft.finish(
            actions.set_scale,
            family=opened.family,
            files=shown.reading.files,
            statement=shown.statement,
            by=actor_of(request),
            at=opened.at,
            **form.arguments(),
        )
        return redirect("scores", ref=made.entry.ref)
    saw(request, "scale form", files=opened.refs, entry=str(ref))
    return _form_page(request, "mapping/scale.html", opened, form, draft, shown=shown, series=shown.series)


@signed_in
@asks
def scale_overall(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Set the scale of how things are over all."""
    opened = _open(request, ref)
    files = opened.written_by(actor_of(request))
    require(policies.write(actor=actor_of(request), files=files))
    series = queries.overall(actor_of(request), opened.files)
    draft = _draft(request, "scale", opened, "What 0 and 10 mean")
    form = draft.fill(ScaleForm(posted(request), at=opened.at, initial=_ends(series)))
    if form.is_valid():
        ours = {"family": opened.family, "files": files, **form.arguments()}
        made = draft.finish(actions.set_scale, by=actor_of(request), at=opened.at, **ours)
        return redirect("scores", ref=made.entry.ref)
    saw(request, "scale form", files=opened.refs)
    return _form_page(request, "mapping/scale.html", opened, form, draft, shown=None, series=series)


@signed_in
@asks
def scores(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take everyone's number: a row for each person of the family, each other professional, and me."""
    actor = actor_of(request)
    series = queries.open_scale(actor, ref)
    if series is None:
        raise Http404
    opened = _open(request, series.scale.entry.family.ref)
    require(policies.write(actor=actor, files=series.files))
    round_ = queries.to_be_asked(actor, opened.members, series.files, at=opened.at)
    draft = _draft(request, f"scores-{ref.hex}", opened, "Where each person puts us")
    form = draft.fill(ScoresForm(posted(request), at=opened.at, round_=round_, files=series.files))
    if form.is_valid():
        draft.finish(actions.take_scores, scale=series.scale, by=actor, at=opened.at, **form.arguments())
        return _after_scores(series)
    saw(request, "scores form", files=opened.refs, entry=str(ref))
    return _form_page(request, "mapping/scores.html", opened, form, draft, series=series, round=round_)


def _after_scores(series: Series) -> HttpResponse:
    if series.scale.statement:
        return redirect("thread", ref=series.scale.statement.entry.ref)
    return redirect("statements", ref=series.scale.entry.family.ref)


@signed_in
@writes
@bare
def words_check(request: HttpRequest) -> HttpResponse:
    """Say how some words read. It keeps nothing and shows nobody: only what the writer has just typed."""
    typed = request.POST
    text = (typed.get("text") or "")[:LONGEST_ANSWER]
    child = (typed.get("child_version") or "")[:LONGEST_ANSWER]
    read = how_it_reads(text, children=typed.getlist("name")[:20], child_version=child)
    return render(request, "mapping/reads.html", {"reads": read, "advice": ADVICE})


def _statement_form(
    request: HttpRequest, opened: Opened, files: list[File], shown: Shown | None = None
) -> StatementForm:
    round_ = queries.round_the_family(opened.people, opened.files, at=opened.at)
    named: dict[str, Any] = {
        "people": opened.people,
        "files": files,
        "round_": round_,
        "at": opened.at,
        "shown": shown,
        "initial": begin_statement(shown) if shown else {"kind": _likely(files, opened.at)},
    }
    form = StatementForm(posted(request), **named)
    if "check" in request.POST:
        form.full_clean()
        form = StatementForm(_put_together(request.POST, form), **named)
        form.look_only()
    return form


def _put_together(sent: QueryDict, form: StatementForm) -> QueryDict:
    """Give what was sent with the whole worry in its box, and whether Kith put it together or people changed it."""
    filled = sent.copy()
    filled["full_text"] = form.composed()
    filled["put_together"] = "" if form.words().full_text else form.composed()
    return filled


def _likely(files: list[File], at: datetime) -> str:
    """Suggest danger only where VAR-1 lets it stand."""
    return "danger" if queries.high_for_all(files, at=at) else "worry"


def _compose_page(
    request: HttpRequest, opened: Opened, form: StatementForm, *, draft: Unfinished, **but: object
) -> HttpResponse:
    reads = form.reads()
    if "check" in request.POST:
        form.look_only()
    more = {"shown": None, "theirs": None, "read": "", "reads": reads, "advice": ADVICE} | but
    return _form_page(request, "mapping/compose.html", opened, form, draft, **more)


def _form_page(
    request: HttpRequest, template: str, opened: Opened, form: Form, draft: Unfinished, **more: object
) -> HttpResponse:
    page = {**_frame(opened), "form": form, "draft": draft, "once": form_key(), **more}
    return render(request, template, page)


def _draft(request: HttpRequest, form: str, opened: Opened, called: str) -> Unfinished:
    """Begin a form's draft. One about a single record is named by the address it is at, where its author left it."""
    return begin(request, form, opened.family.ref, called=f"{called}: the {opened.family.name} family")


def _frame(opened: Opened) -> dict[str, object]:
    return {"family": frame(opened, "statements"), "ref": opened.family.ref}


def _newer(no: Refused, theirs: str) -> str:
    """Give the words somebody else saved meanwhile; any other refusal goes on its way."""
    if no.refusal is not REPLACED_ALREADY:
        raise no
    return theirs or "You may not see the newer words."


def _read(request: HttpRequest, draft: Unfinished, newest: Entry) -> str:
    """Give the version the writer has before them: the newest, or the one their unfinished words were begun on."""
    begun = draft.data.get("read") if request.method != "POST" else None
    return str(begun or newest.ref)


def _ends(series: Series | None) -> dict[str, str]:
    if series is None:
        return {}
    return {name: getattr(series.scale, name) for name in ("question", "anchor_0", "anchor_10")}


def _worry(request: HttpRequest, ref: UUID) -> tuple[Shown, Opened]:
    shown = queries.open_worry(actor_of(request), ref)
    if shown is None:
        raise Http404
    return shown, _open(request, shown.reading.entry.family.ref)


def _worry_to_write(request: HttpRequest, ref: UUID) -> tuple[Shown, Opened]:
    """Say at the door, before anything is typed, that this is not theirs to write."""
    shown, opened = _worry(request, ref)
    require(policies.write(actor=actor_of(request), files=shown.reading.files))
    return shown, opened


def _open(request: HttpRequest, ref: UUID) -> Opened:
    opened = open_or_none(actor_of(request), ref, at=timezone.now())
    if opened is None:
        raise Http404
    return opened
