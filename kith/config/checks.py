"""What must be true before Kith starts: every field has a kind, every model a length of keeping, content is whole."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models

from kith.framework import editions
from kith.framework.kinds import Content, Keep


def our_models() -> list[type[models.Model]]:
    """Every concrete model of ours."""
    return [m for m in apps.get_models() if m.__module__.startswith("kith.")]


def own_fields(model: type[models.Model]) -> set[str]:
    """Fields that hold something themselves: not relations, not the key."""
    return {f.name for f in model._meta.concrete_fields if not f.is_relation and not f.primary_key}


def kinds_and_keeping(**_options: Any) -> list[CheckMessage]:
    """Refuse to start with a field whose content kind, or a model whose retention class, nobody has said (trust C)."""
    return [fault for model in our_models() for fault in _faults(model)]


def _faults(model: type[models.Model]) -> Iterable[CheckMessage]:
    shows: dict[str, Content] = getattr(model, "shows", {})
    name = model._meta.label
    for field in sorted(own_fields(model) - set(shows)):
        yield Error(f"{name}.{field} has no content kind. Add it to `shows`.", id="kith.E001")
    for field in sorted(set(shows) - own_fields(model) - {model._meta.pk.name}):
        yield Error(f"{name} gives a kind to {field}, which it does not have.", id="kith.E002")
    if not isinstance(getattr(model, "keeps", None), Keep):
        yield Error(f"{name} has no retention class. Say how long it is kept in `keeps`.", id="kith.E003")


def content_is_whole(**_options: Any) -> list[CheckMessage]:
    """Refuse to start with framework content that cannot be used."""
    return [Error(fault, id="kith.E010") for fault in editions.validate()]
