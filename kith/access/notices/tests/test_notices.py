import pytest
from django.test import Client

from kith.access.notices import actions, policies
from kith.access.notices.models import Notice
from kith.kit.refusal import Refused
from tests.cast import NOW, Cast


def told(cast: Cast, words: str = "Rosa Pereira broke the glass.", link: str = "/grants/") -> Notice:
    return actions.tell(account=cast.joy, kind="glass", words=words, link=link, by=cast.actor("rosa"), at=NOW)


@pytest.mark.parametrize(
    ("who", "refusal"), [("joy", None), ("rosa", policies.NOT_TO_YOURSELF), ("gone", policies.THEY_HAVE_LEFT)]
)
def test_who_may_be_told(cast: Cast, who, refusal):
    gone = cast.marcus
    gone.is_active = False
    account = {"joy": cast.joy, "rosa": cast.rosa, "gone": gone}[who]
    assert policies.tell(actor=cast.actor("rosa"), account=account) is refusal


def test_only_its_reader_says_it_was_read(cast: Cast):
    with pytest.raises(Refused) as refused:
        actions.read_notice(notice=told(cast), by=cast.actor("ivo"), at=NOW)
    assert refused.value.refusal is policies.NOT_YOURS


def test_the_first_reading_is_kept(cast: Cast):
    notice = told(cast)
    for hour in (10, 11):
        actions.read_notice(notice=notice, by=cast.actor("joy"), at=NOW.replace(hour=hour))
    notice.refresh_from_db()
    assert notice.read_at == NOW.replace(hour=10)


def test_joy_reads_hers_and_puts_it_away(cast: Cast, client: Client):
    notice = told(cast)
    client.force_login(cast.joy)
    assert "Rosa Pereira broke the glass." in client.get("/notices/").content.decode()
    client.post(f"/notices/{notice.ref}/read/")
    assert "Nothing is waiting for you to read." in client.get("/notices/").content.decode()


def test_somebody_elses_notice_is_not_found(cast: Cast, client: Client):
    notice = told(cast)
    client.force_login(cast.ivo)
    assert "Rosa Pereira" not in client.get("/notices/").content.decode()
    assert client.post(f"/notices/{notice.ref}/read/").status_code == 404


def test_nobody_reads_notices_without_signing_in(cast: Cast, client: Client):
    assert client.get("/notices/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(("who", "waits"), [("joy", True), ("ivo", True), ("leah", False), ("sam", False)])
def test_those_who_look_into_things_are_led_to_what_waits(cast: Cast, client: Client, who, waits):
    client.force_login(cast.staff[who])
    page = client.get("/notices/").content.decode()
    assert ("Broken glass to look into" in page) is waits
    assert ("Records of one person" in page) is waits
