"""Every page that shows anybody has its look, and no page leaves between the two (trust B 28)."""

import pytest
from django.urls import reverse

from kith.access.audit import looks
from kith.access.audit.models import Look, LookAt
from tests.house.scene import draft_of, make_house
from tests.house.test_routes import ROUTES, UUIDS, at_desk, put_back

LOOKERS = ("leah", "joy", "gwen", "ivo", "sam")
OUTSIDE = {"notice", "professional"}  # about the reader, and about somebody who has no file

ABOUT_NOBODY = {"my-passkey-question"}  # asked by our own script; typed in by hand it is refused, whoever asks


@pytest.fixture
def house(cast, _demo, settings, tmp_path):
    settings.PAPERS = tmp_path
    made = make_house(cast)
    made.things["my-draft"] = {"ref": draft_of(cast, cast.leah).ref}
    return made


def looked(request):
    """The looks of one request, by the number it was given."""
    return Look.objects.filter(body__contains=f'"request":"{request.trace}"')


@pytest.mark.django_db(databases=["default", "looks"])
def test_every_page_that_shows_anybody_has_its_look_with_the_files_it_showed(house):
    files = {f.ref for f in house.cast.solanki_files}
    pages, about, without = 0, 0, []
    for who in LOOKERS:
        browser = at_desk(house.cast.staff[who])
        for name, row in ROUTES.items():
            with put_back():
                answer = browser.get(reverse(name, kwargs=house.address(row["takes"])))
                if answer.status_code != 200 or getattr(answer, "shows_nobody", False):
                    continue
                pages += 1
                rows = looked(answer.wsgi_request)
                if not rows:
                    without.append(f"{name} as {who}: no look")
                elif row["takes"] in UUIDS - OUTSIDE:
                    about += 1
                    if not files & set(LookAt.objects.filter(look__in=rows).values_list("file", flat=True)):
                        without.append(f"{name} as {who}: a look at no file of the family")
    print(f"\n{pages} pages that show somebody, {about} of a family, {len(without)} without their look")
    assert pages > 100
    assert not without, "\n".join(without)


@pytest.mark.django_db(databases=["default", "looks"])
@pytest.mark.parametrize("who", ["rosa", "sam"])
def test_every_denial_of_every_route_is_a_look_with_its_requests_number(house, who):
    """Trust B 28: whoever tries doors is seen trying them, at each door and not at one."""
    browser, denied, without = at_desk(house.cast.staff[who]), 0, []
    for name, row in ROUTES.items():
        with put_back():
            answer = browser.get(reverse(name, kwargs=house.address(row["takes"])))
            if answer.status_code not in {403, 404} or row["reach"] == "anyone" or name in ABOUT_NOBODY:
                continue
            denied += 1
            if not looked(answer.wsgi_request).filter(what="denied", account=house.cast.staff[who].ref).exists():
                without.append(f"{name}: {answer.status_code}")
    print(f"\n{who}: {denied} denials, {len(without)} without their look")
    assert denied > 50
    assert without == []


@pytest.mark.django_db(transaction=True, databases=["default", "looks"])
@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
@pytest.mark.parametrize("written", [False, True], ids=["before the look", "after the look"])
def test_a_process_that_ends_between_the_look_and_the_page_sends_no_page(cast, as_, monkeypatch, end, written):
    kept, browser = looks.write, as_("leah")
    address = reverse("family", kwargs={"ref": cast.solanki_reid.ref})

    def ends(*looking, **by):
        if written:
            kept(*looking, **by)
        raise end

    with monkeypatch.context() as ending:
        ending.setattr(looks, "write", ends)
        with pytest.raises(end):
            browser.get(address)
    assert Look.objects.exists() is written
    assert browser.get(address).status_code == 200
