"""Each wall holds: plant what it forbids in a copy of the house, and see it caught by name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kith

ROOT = Path(kith.__file__).parents[1]
LINT = Path(sys.executable).parent / "lint-imports"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    house = tmp_path_factory.mktemp("house")
    keep = shutil.ignore_patterns("static", "templates", "tests", "__pycache__", "content", "migrations", "*.html")
    shutil.copytree(ROOT / "kith", house / "kith", ignore=keep)
    shutil.copy(ROOT / ".importlinter", house)
    return house


def lint(house):
    env = {**os.environ, "PYTHONPATH": str(house)}
    done = subprocess.run(
        [LINT, "--no-logo", "--no-cache"], cwd=house, env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_house_as_it_stands_keeps_every_wall(copy):
    code, words = lint(copy)
    assert code == 0, words


@pytest.mark.parametrize(
    ("where", "planted", "wall"),
    [
        ("kit/refusal.py", "import kith.people.persons.models", "Rooms only look downstairs"),
        ("access/actor.py", "import kith.people.sight.queries", "Rooms only look downstairs"),
        ("people/entries/queries.py", "import kith.casework.decisions.models", "Rooms only look downstairs"),
        ("access/accounts/queries.py", "import kith.access.signin.models", "In access, shelves only look down the row"),
        (
            "council/settings/queries.py",
            "import kith.council.teams.models",
            "In the council, shelves never import each",
        ),
        (
            "council/teams/queries.py",
            "import kith.council.settings.models",
            "In the council, shelves never import each",
        ),
        ("pathway/contacts/queries.py", "import kith.pathway.models", "In pathway, shelves only look down the row"),
        ("disclosure/papers/queries.py", "import kith.disclosure.models", "In disclosure, shelves only look down the"),
        ("desk/families/views.py", "import kith.desk.timeline.views", "In the desk, shelves never import each other"),
        ("people/persons/policies.py", "import kith.people.sight.queries", "In people, shelves only look down the row"),
        (
            "casework/mapping/queries.py",
            "import kith.casework.decisions.models",
            "In casework, shelves only look down the row",
        ),
        ("casework/decisions/models.py", "import kith.casework.decisions.actions", "Inside a shelf, pages call verbs"),
        ("casework/decisions/actions.py", "import kith.casework.decisions.views", "Inside a shelf, pages call verbs"),
        ("casework/decisions/views.py", "import weasyprint", "Only the kit knows how paper is made"),
    ],
)
def test_what_is_planted_is_caught(copy, where, planted, wall):
    path = copy / "kith" / where
    before = path.read_text()
    path.write_text(f"{before}\n{planted}\n")
    try:
        code, words = lint(copy)
    finally:
        path.write_text(before)
    assert code == 1
    assert f"{wall}" in words
    assert "BROKEN" in words


@pytest.mark.parametrize("room", ["access", "casework", "council", "desk", "disclosure", "pathway", "people"])
def test_a_new_shelf_is_put_in_its_rooms_row_or_it_has_no_wall(copy, room):
    shelf = copy / "kith" / room / "leftovers"
    shelf.mkdir()
    (shelf / "__init__.py").touch()
    try:
        code, words = lint(copy)
    finally:
        shutil.rmtree(shelf)
    assert code == 1
    assert "leftovers" in words


def test_a_new_room_cannot_appear_by_accident(copy):
    room = copy / "kith" / "annexe"
    room.mkdir()
    (room / "__init__.py").touch()
    try:
        code, words = lint(copy)
    finally:
        shutil.rmtree(room)
    assert code == 1
    assert "annexe" in words
