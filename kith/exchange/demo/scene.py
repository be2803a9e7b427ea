"""Plays the worked families' days through the real actions, each at its own time, by whoever did it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from kith.access.accounts.models import Account
from kith.casework.decisions import actions as decisions
from kith.casework.mapping import actions as mapping
from kith.casework.mapping.models import Scale, Statement
from kith.casework.mapping.words import About, GoalWords, Put, Who, WorryWords
from kith.casework.plans import actions as plans
from kith.casework.plans.models import SafetyPlan
from kith.casework.plans.words import Answer, PlanWords, RuleWords, ShownTo, WhatIfWords
from kith.casework.visits import actions as visits
from kith.council.teams.models import Team
from kith.framework.kinds import Tie
from kith.pathway.contacts import actions as contacts
from kith.pathway.contacts.models import Contact
from kith.pathway.contacts.words import Call, Somebody
from kith.people.entries import actions as entries
from kith.people.entries.words import Here, Talk
from kith.people.involvement import actions as involvement
from kith.people.involvement.queries import current
from kith.people.locations import actions as locations
from kith.people.persons.actions import Details
from kith.people.persons.models import Family, File, Person
from kith.people.sight.finding import known_by_ref
from kith.people.sight.queries import actor_for

LONDON = ZoneInfo("Europe/London")
Event = dict[str, Any]


@dataclass
class Scene:
    """One family's story as it is played: who has come into it, and what has been written so far."""

    written: dict[str, Any]
    staff: dict[str, Account]
    people: dict[str, Person] = field(default_factory=dict)
    family: Family | None = None
    contact: Contact | None = None
    worries: dict[str, Statement] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    plans: dict[str, SafetyPlan] = field(default_factory=dict)

    def play(self) -> int:
        """Play every event in order; give how many there were."""
        for event in self.written["event"]:
            do: Callable[[Event], None] = getattr(self, "_do_" + event["do"].replace("-", "_"))
            do(event)
        return len(self.written["event"])

    def _at(self, event: Event) -> datetime:
        return datetime.strptime(event["on"], "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)

    def _by(self, event: Event) -> dict[str, Any]:
        """Whoever did it, as they were at the time: writing takes a few minutes after the talking."""
        at = self._at(event) + timedelta(minutes=8)
        return {"by": actor_for(self.staff[event["by"]], at=at), "at": at}

    @property
    def home(self) -> Family:
        """The family, once the first call has named it."""
        if self.family is None:
            raise LookupError(self.written["family"])
        return self.family

    def _files(self, event: Event) -> list[File]:
        keys = event.get("children") or [k for k, p in self.written["people"].items() if p.get("child")]
        return [File.objects.get(person=self.people[k]) for k in keys]

    def _talk(self, event: Event) -> Talk:
        there = tuple(Here(person=self.people[k]) for k in event.get("with", ()))
        return Talk(self._at(event), place=event.get("place", "home"), present=there)

    def _who(self, key: str) -> Who:
        return Who(person=self.people[key]) if key in self.people else Who(staff=self.staff[key])

    def _about(self, words: dict[str, str]) -> list[About]:
        return [About(self.people[k], text) for k, text in words.items()]

    def _details(self, key: str) -> Details:
        p = self.written["people"][key]
        return Details(
            given=p["given"],
            family=p.get("family", ""),
            known_as=p.get("known_as", ""),
            born_on=p.get("born"),
            born_precision=p.get("precision", "exact"),
            pronouns=p.get("pronouns", ""),
            languages=tuple(p.get("languages", ())),
            interpreter=p.get("interpreter", ""),
            faith=p.get("faith", ""),
            about=p.get("about", ""),
            token=p.get("token", ""),
        )

    def _somebody(self, key: str) -> Somebody:
        p = self.written["people"][key]
        return Somebody(bool(p.get("child")), p.get("role", ""), details=self._details(key))

    def _call(self, event: Event) -> Call:
        return Call(
            source=event["source"],
            caller=event["caller"],
            worry=event["worry"],
            going_well=event["going_well"],
            urgency=event.get("urgency", "today"),
            told_family=True,
            happened_at=self._at(event),
            asked_for=event.get("asked_for", ""),
        )

    def _do_contact(self, event: Event) -> None:
        first = [k for k, p in self.written["people"].items() if not p.get("later")]
        people = [self._somebody(k) for k in first]
        self.contact = contacts.take_contact(
            call=self._call(event), people=people, family_name=self.written["family"], **self._by(event)
        )
        self.family = self.contact.entry.family
        self._meet(first)

    def _meet(self, keys: Sequence[str]) -> None:
        members = {m.person.known_as: m.person for m in self.home.memberships.select_related("person")}
        for key in keys:
            p = self.written["people"][key]
            self.people[key] = members[p.get("known_as") or p["given"]]

    def _do_contact_again(self, event: Event) -> None:
        who = self._by(event)
        refs = {k: str(self.people[k].ref) for k in self.people if not self.written["people"][k].get("later")}
        known = known_by_ref(who["by"], refs.values(), at=who["at"])
        people = [
            Somebody(is_child=bool(p.get("child")), role=p.get("role", ""), known=known[ref])
            for k, ref in refs.items()
            for p in [self.written["people"][k]]
        ]
        self.contact = contacts.take_contact(call=self._call(event), people=people, **who)

    def _do_decide_contact(self, event: Event) -> None:
        contact = self.contact
        if contact is None:
            raise LookupError(event["do"])
        who = self._by(event)
        contacts.take_up_contact(contact=contact, **who)
        contacts.decide_contact(
            contact=contact,
            outcome=event["outcome"],
            reason=event["reason"],
            worker=self.staff[event["worker"]],
            reply_sent_on=self._at(event).date(),
            **who,
        )

    def _do_add(self, event: Event) -> None:
        for key in event["who"]:
            self.people[key] = contacts.add_member(
                family=self.home, files=self._files(event), somebody=self._somebody(key), **self._by(event)
            )

    def _do_level(self, event: Event) -> None:
        for file in self._files(event):
            involvement.begin_involvement(
                file=file, family=self.home, level=event["level"], why=event["why"], **self._by(event)
            )

    def _do_end_level(self, event: Event) -> None:
        for file in self._files(event):
            for open_now in current([file], at=self._at(event)):
                if open_now.level == event["level"]:
                    involvement.end_involvement(involvement=open_now, why=event["why"], **self._by(event))

    def _do_tie(self, event: Event) -> None:
        for file in self._files(event):
            if "team" in event:
                team = Team.objects.get(name=event["team"])
                involvement.hold_by_team(file=file, team=team, why=event["why"], **self._by(event))
            else:
                staff, kind = self.staff[event["staff"]], Tie(event["kind"])
                involvement.allocate(file=file, staff=staff, kind=kind, why=event["why"], **self._by(event))

    def _do_safe(self, event: Event) -> None:
        locations.say_safe_contact(person=self.people[event["who"]], words=event["words"], **self._by(event))

    def _do_note(self, event: Event) -> None:
        files = self._files(event)
        seen = set(event.get("with", ())) if event.get("place") != "phone" else set()
        key_of = {p.pk: k for k, p in self.people.items()}
        children = [self._child(f, key_of[f.person_id], event, seen) for f in files]
        words = visits.NoteWords(
            what=event["what"],
            together=event.get("together", ""),
            analysis=event.get("analysis", ""),
            strengths=event.get("strengths", ""),
            worries=event.get("worries", ""),
        )
        visits.write_note(
            family=self.home,
            files=files,
            talk=self._talk(event),
            words=words,
            children=children,
            people=list(self.people.values()),
            **self._by(event),
        )

    def _child(self, file: File, key: str, event: Event, seen: set[str]) -> visits.ChildThere:
        return visits.ChildThere(
            file,
            seen=key in seen,
            alone_minutes=event.get("alone", {}).get(key, 0) if key in seen else None,
            why_not="" if key in seen else "Not there that day.",
            words=event.get("words", {}).get(key, ""),
            written_to=file.person.known_as in event["what"][:60],
        )

    def _do_worry(self, event: Event) -> None:
        words = WorryWords(
            happened=event["happened"],
            feared=self._about(event["feared"]),
            context=event["context"],
            full_text=event.get("full_text", ""),
            child_version=event.get("child_version", ""),
            differently=self._about(event.get("differently", {})),
        )
        self.worries[event["key"]] = mapping.compose_statement(
            family=self.home,
            files=self._files(event),
            talk=self._talk(event),
            kind=event["kind"],
            worried=[self._who(k) for k in event["worried"]],
            words=words,
            **self._by(event),
        )

    def _do_goal(self, event: Event) -> None:
        statement = self.worries[event["worry"]]
        words = GoalWords(
            full_text=event["full_text"],
            adults_will=event["adults_will"],
            child_will=self._about(event["child_will"]),
            network_will=event.get("network_will", ""),
            professionals_see=event["professionals_see"],
            family_words=event["family_words"],
        )
        mapping.write_goal(
            statement=statement,
            talk=self._talk(event),
            kind=event["kind"],
            words=words,
            weeks_needed=event["weeks"],
            step_down_to=event["step_down"],
            **self._by(event),
        )

    def _do_scale(self, event: Event) -> None:
        statement = self.worries[event["worry"]]
        self.scales[event["key"]] = mapping.set_scale(
            family=self.home,
            files=self._files(event),
            talk=self._talk(event),
            question=event["question"],
            anchor_0=event["anchor_0"],
            anchor_10=event["anchor_10"],
            statement=statement,
            **self._by(event),
        )
        who = self._by({**event, "on": (self._at(event) + timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M")})
        mapping.take_to_family(statement=statement, **who)
        statement.refresh_from_db()
        mapping.agree_statement(statement=statement, **who)

    def _do_scores(self, event: Event) -> None:
        puts = [self._put(key, said, event["by"]) for key, said in event["put"].items()]
        there = [k for k, said in event["put"].items() if k in self.people and said[0] != "not-asked"]
        talk = self._talk({**event, "with": there})
        mapping.take_scores(scale=self.scales[event["scale"]], talk=talk, scores=puts, **self._by(event))

    def _put(self, key: str, said: list[Any], by: str) -> Put:
        if said[0] == "not-asked":
            return Put(self._who(key), unscored="not-asked", reason=said[1])
        reported = self.staff[by].name if "reported" in said[3:] else ""
        value = Decimal(str(said[0]))
        return Put(self._who(key), value, said[1], said[2], reported_by=reported, own_words=not reported)

    def _do_settle(self, event: Event) -> None:
        statement = self.worries[event["worry"]]
        statement.refresh_from_db()
        mapping.settle_statement(
            statement=statement, status=event["status"], why=event["why"], talk=self._talk(event), **self._by(event)
        )

    def _do_decision(self, event: Event) -> None:
        day = self._at(event).date()
        views = [
            decisions.ViewTaken(self.people[k], v[0], v[1], day, "In the room, in words they use")
            for k, v in event["views"].items()
        ]
        made = decisions.record_decision(
            family=self.home,
            files=self._files(event),
            talk=self._talk({**event, "place": "office"}),
            matter=event["matter"],
            reasons=decisions.Reasons(event["what"], event["facts"], event["analysis"], event["appeal"]),
            options=[decisions.OptionConsidered(what, why) for what, why in event["options"]],
            views=views,
            people=[self.people[k] for k in event["views"]],
            power=event["power"],
            reversible=True,
            review_on=event["review_on"],
            **self._by(event),
        )
        for key, words in event.get("differs", {}).items():
            entries.add_dissent(entry=made.entry, person=self.people[key], words=words, said_on=day, **self._by(event))

    def _do_plan(self, event: Event) -> None:
        guards = self.worries[event["guards"]]
        rules = [self._rule(r, guards) for r in event["rules"]]
        ifs = [
            WhatIfWords(w["when"], w["then"], self.people[w["who"]], w.get("backup", ""), w.get("call_999", ""))
            for w in event["what_ifs"]
        ]
        day = self._at(event).date()
        words = PlanWords(event["kind"], event["whose"], day, event["review"], rules, ifs)
        self.plans[event["key"]] = plans.make_plan(
            family=self.home, files=self._files(event), talk=self._talk(event), words=words, **self._by(event)
        )

    def _rule(self, r: Event, guards: Statement) -> RuleWords:
        hour, minute = map(int, r["at"].split(":"))
        return RuleWords(
            text=r["text"],
            who_does=self.people[r["who"]],
            makes_sure=self.people[r["sure"]],
            times=r["times"],
            at=time(hour, minute),
            given_by=self.people[r["who"]],
            child_knows=r["know"],
            instead=r.get("instead", ""),
            guards=guards,
        )

    def _do_plan_shown(self, event: Event) -> None:
        day = self._at(event).date()
        shown = [ShownTo(self.people[k], "read-aloud", day) for k in event["to"]]
        self._plan(event, partial(plans.share_with_family, shown=shown))

    def _do_plan_agreed(self, event: Event) -> None:
        day = self._at(event).date()
        said = [
            Answer(self.people[k], "agrees", words, day, "In the room", carer=k in event["carers"])
            for k, words in event["answers"].items()
        ]
        said += [Answer(self.people[k], "not-asked", why) for k, why in event.get("not_asked", {}).items()]
        self._plan(event, partial(plans.agree_plan, talk=self._talk(event), answers=said))

    def _plan(self, event: Event, do: Callable[..., SafetyPlan]) -> None:
        plan = SafetyPlan.objects.select_related("entry").get(pk=self.plans[event["plan"]].pk)
        self.plans[event["plan"]] = do(plan=plan, **self._by(event))
