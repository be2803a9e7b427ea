"""The house's grammar, held: what the walls cannot see."""

import ast
import inspect
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core import checks
from django.db import models

import kith
from kith.access.permissions import Permission
from kith.access.roles import ROLES
from kith.config.checks import our_models
from kith.kit.refusal import Refusal

ROOT = Path(kith.__file__).parent
FLOORS = [
    "kit", "framework", "access", "council", "people", "pathway", "casework", "disclosure", "desk", "exchange", "config",
]  # fmt: skip


def modules(name: str) -> list:
    found = sorted(ROOT.rglob(f"{name}.py"))
    return [import_module(".".join(("kith", *p.relative_to(ROOT).with_suffix("").parts))) for p in found]


def functions(module) -> list:
    return [f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]


def actions() -> list:
    return [f for m in modules("actions") for f in functions(m) if not f.__name__.startswith("_")]


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_every_foreign_key_points_to_the_same_room_or_one_beneath():
    climbing = [
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in m._meta.concrete_fields
        if f.is_relation
        and f.related_model.__module__.startswith("kith.")
        and FLOORS.index(room(f.related_model)) > FLOORS.index(room(m))
    ]
    assert not climbing


def test_every_foreign_key_protects():
    loose = [
        f"{m._meta.label}.{f.name}"
        for m in our_models()
        for f in m._meta.concrete_fields
        if f.is_relation and f.remote_field.on_delete is not models.PROTECT
    ]
    assert not loose


@pytest.mark.parametrize("do", [a for a in actions() if getattr(a, "is_action", False)], ids=lambda a: a.__qualname__)
def test_an_action_takes_named_arguments_and_says_who_and_when(do):
    wanted = inspect.signature(do).parameters
    assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in wanted.values())
    assert wanted["by"].default is wanted["at"].default is inspect.Parameter.empty
    assert do.__doc__


def test_every_action_asks_a_policy_and_no_other_function_in_its_file_is_public():
    silent = []
    for path in ROOT.rglob("actions.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(d, ast.Name) and d.id == "action" for d in node.decorator_list
            ):
                words = ast.unparse(node)
                if "require(" not in words and "_asked" not in words:
                    silent.append(f"{path.parent.name}.{node.name}")
    assert not silent


def test_no_action_reads_the_clock_or_speaks_http():
    for path in ROOT.rglob("actions.py"):
        words = path.read_text()
        assert "timezone.now" not in words, path
        assert "django.http" not in words, path


def test_views_ask_queries_and_never_a_table():
    for path in ROOT.rglob("views.py"):
        assert ".objects" not in path.read_text(), path


def test_every_refusal_has_a_code_of_its_own_and_a_sentence():
    found = {
        id(value): value
        for name in ("policies", "actions", "refusals")
        for m in modules(name)
        for value in vars(m).values()
        if isinstance(value, Refusal)
    }
    codes = Counter(r.code for r in found.values())
    assert [code for code, times in codes.items() if times > 1] == []
    assert all(r.reason.rstrip().endswith((".", "?")) for r in found.values())


def test_every_permission_belongs_to_a_role():
    held = {p for role in ROLES.values() for p in role.may}
    assert set(Permission) == held
    assert [p.name for p in Permission] == sorted(p.name for p in Permission)


def test_no_model_prints_a_person_saves_itself_or_orders_itself():
    for model in our_models():
        assert "__str__" not in vars(model), model
        assert "save" not in vars(model), model
        assert not model._meta.ordering, model


def test_nothing_listens_behind_the_back_of_an_action():
    for path in ROOT.rglob("*.py"):
        if "tests" not in path.parts:
            assert "@receiver" not in path.read_text(), path


def test_every_field_has_a_content_kind_and_every_model_a_length_of_keeping():
    assert not [c for c in checks.run_checks() if (c.id or "").startswith("kith.")]


def test_a_field_without_a_kind_stops_the_start(monkeypatch):
    model = apps.get_model("people.Person")
    monkeypatch.setattr(model, "shows", {})
    assert any(c.id == "kith.E001" for c in checks.run_checks())


def test_a_shelf_has_its_files_and_none_is_empty():
    wanted = {"models.py", "queries.py", "policies.py", "actions.py", "forms.py", "views.py", "urls.py", "tests"}
    shelf = ROOT / "casework" / "decisions"
    assert wanted <= {p.name for p in shelf.iterdir()}


def test_every_public_function_model_and_command_says_what_it_means():
    silent = []
    for name in ("actions", "policies", "queries", "commands"):
        for m in modules(name):
            silent += [
                f"{m.__name__}.{f.__name__}" for f in functions(m) if not f.__name__.startswith("_") and not f.__doc__
            ]
    silent += [m._meta.label for m in our_models() if not m.__doc__ or m.__doc__.startswith(f"{m.__name__}(")]
    assert not silent
