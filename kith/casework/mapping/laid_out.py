"""How a worry, a goal and everyone's numbers are laid out in the paragraphs of their entry. Nothing is saved here."""

from collections.abc import Mapping, Sequence

from kith.access.actor import Actor
from kith.casework.mapping.words import About, GoalWords, Put, Who, WorryWords, compose
from kith.people.entries.words import Said, Talk
from kith.people.persons.models import File


def _own_parts(files: Sequence[File]) -> tuple[dict[int, list[Said]], dict[int, list[Said]]]:
    """An empty part for each child: by file, and the same lists by child."""
    own: dict[int, list[Said]] = {f.pk: [] for f in files}
    return own, {f.person_id: own[f.pk] for f in files}


def worry_said(
    worried: Sequence[Who], words: WorryWords, files: Sequence[File]
) -> tuple[list[Said], Mapping[int, list[Said]]]:
    """Lay a worry out. What is feared for each child is read by everyone; how a child differs is in their own part."""
    own, part_of = _own_parts(files)
    shared = [
        Said("full-text", words.full_text or compose(worried, words, children=part_of.keys())),
        Said("happened", words.happened),
        *(Said("feared", f.words, row, about=f.person) for row, f in enumerate(words.feared)),
        Said("context", words.context),
        Said("credit", words.credit),
        Said("child-version", words.child_version),
        Said("reasonable-cause", words.reasonable_cause),
    ]
    for d in words.differently:
        if d.person.pk in part_of:
            said = Said("sees-differently", d.words, about=d.person, given_by=d.person, own_words=True)
            part_of[d.person.pk].append(said)
    return shared, own


def goal_said(words: GoalWords) -> list[Said]:
    """Lay a goal out: what each person will be doing, all of it shared."""

    def each(slot: str, said: Sequence[About]) -> list[Said]:
        return [Said(slot, s.words, row, about=s.person) for row, s in enumerate(said)]

    return [
        Said("full-text", words.full_text),
        Said("adults-will", words.adults_will),
        *each("child-will", words.child_will),
        Said("network-will", words.network_will),
        Said("professionals-see", words.professionals_see),
        Said("family-words", words.family_words, own_words=True),
        Said("child-version", words.child_version),
    ]


def numbers_said(scores: Sequence[Put], files: Sequence[File]) -> tuple[list[Said], Mapping[int, list[Said]]]:
    """Lay out the words beside each number: a child's in that child's own part, everyone else's shared."""
    shared: list[Said] = []
    own, part_of = _own_parts(files)
    for row, put in enumerate(scores):
        person = put.who.person
        where = part_of.get(person.pk, shared) if person else shared
        said = {"high": put.high, "not-higher": put.not_higher, "one-step": put.one_step, "reason": put.reason}
        where += [
            Said(
                slot,
                words,
                row,
                about=person,
                given_by=person,
                given_by_words="" if person else put.who.name,
                own_words=put.own_words and slot != "reason",
            )
            for slot, words in said.items()
        ]
    return shared, own


def passed_on(put: Put, talk: Talk, by: Actor) -> str:
    """SC-6: who passed on a number that its owner was not there to give. Our own number needs nobody."""
    if put.value is None or (put.who.staff and put.who.staff.pk == by.account_id):
        return ""
    there = {
        (h.person and h.person.pk, h.staff and h.staff.pk, h.professional and h.professional.pk) for h in talk.present
    }
    who = put.who
    own = (who.person and who.person.pk, who.staff and who.staff.pk, who.professional and who.professional.pk)
    return "" if own in there else by.name
