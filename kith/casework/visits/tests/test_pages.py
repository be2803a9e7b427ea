"""The pages of notes, as each person meets them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.casework.visits.models import Seen
from kith.people.entries.models import Entry

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def new(cast):
    return reverse("note-new", kwargs={"ref": cast.solanki_reid.ref})


def filled(cast, **but):
    ellis, maya = cast.files["ellis"], cast.files["maya"]
    then = timezone.localtime() - timedelta(hours=1)
    return {
        "about": [str(f.ref) for f in cast.solanki_files],
        "written_to": [str(ellis.ref), str(maya.ref)],
        "what": "Today you showed me the lamp in the window.",
        "present": [str(cast.ellis.ref), str(cast.maya.ref), str(cast.kavi.ref)],
        f"words_{ellis.ref.hex}": "like a lighthouse but for bears",
        f"alone_{ellis.ref.hex}": "10",
        "happened_at-day": str(then.day), "happened_at-month": str(then.month),
        "happened_at-year": str(then.year), "happened_at-time": then.strftime("%H:%M"),
        "place": "home", "outcome": "happened", "language": "English", "once": "k1",
    } | but  # fmt: skip


def written(cast, browser, **but):
    answer = browser.post(new(cast), filled(cast, **but), follow=True)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return answer.content.decode()


def test_leah_writes_to_ellis_and_maya_and_reads_it_back(cast, as_):
    page = written(cast, as_("leah"))
    assert "Dear Ellis and Maya," in page
    assert "like a lighthouse but for bears" in page
    assert "About 10 minutes on their own with us." in page
    assert Seen.objects.get(file=cast.files["jude"]).seen is False


def test_one_box_is_enough(cast, as_):
    browser = as_("leah")
    page = browser.get(new(cast)).content.decode()
    assert "What happened, and what did you notice?" in page
    sent = {k: v for k, v in filled(cast).items() if k.startswith(("happened", "place", "about"))}
    browser.post(new(cast), sent | {"what": "Rang. No answer."})
    assert Entry.objects.get().kind == "note"
