"""Trust B 33: five hundred ways of putting script into words, in every box of words of every record, and none of them runs.

Each page that shows anything is opened in a real browser. Nothing runs, no dialog opens, no guard has to step in, and what was
written stands in no attribute and no element of its own.
"""

from itertools import cycle, product

import pytest
from django.conf import settings
from django.db import models
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kith.access.accounts.models import Account
from tests.house.scene import House, imprint_again, put_words
from tests.house.test_canaries import word_fields
from tests.journeys.test_every_page import pages

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases="__all__")]

RAN = "window.harm=1"
VECTORS = (
    f"<script>{RAN}</script>",
    f"<img src=x onerror={RAN}>",
    f"<svg onload={RAN}>",
    f"<details open ontoggle={RAN}>",
    f"<input autofocus onfocus={RAN}>",
    f"<a href=javascript:{RAN}>here</a>",
    f"<iframe srcdoc='<script>parent.{RAN}</script>'></iframe>",
    f"<object data=javascript:{RAN}></object>",
    f"<style>@import 'x'</style><b style=animation-name:x onanimationstart={RAN}>",
    f"<form action=javascript:{RAN}><button>Go on</button></form>",
    f"<math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror={RAN} src>'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RAN}'>",
    f"<base href=javascript:{RAN}//>",
    f"<template><script>{RAN}</script></template>",
    f"<video><source onerror={RAN}></video>",
    f"<marquee onstart={RAN}>",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}{% debug %}",
    f"<ScRiPt>{RAN}</sCrIpT>",
    f"<scr\u200bipt>{RAN}</script>",
    f"\ufeff<body onpageshow={RAN}>",
)
AROUND = (
    "{}", '">{}', "'>{}", "</textarea>{}", "</title>{}", "</script>{}", "-->{}", "]]>{}", "</style>{}", "</option>{}",
    '" {} x="', "' {} x='", "` {} `", '\\"{}', "&quot;>{}", "&lt;{}", "%22%3E{}", "\u2028{}", "<!--{}", "<{}",
    "{}\n{}", "</bdi>{}", "</q>{}", "</dd>{}", "javascript:/*{}*/",
)  # fmt: skip
PAYLOADS = [around.replace("{}", vector) for vector, around in product(VECTORS, AROUND)]
LOOSE = """[...document.querySelectorAll('*')].filter(it =>
    [...it.attributes].some(one => one.name.startsWith('on')
        || (['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(one.name) && /^\\s*javascript:/i.test(one.value)))
    || ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MATH', 'MARQUEE', 'VIDEO'].includes(it.tagName)
    || (it.tagName === 'SCRIPT' && !it.src) || (it.tagName === 'META' && it.httpEquiv === 'refresh')
).map(it => it.outerHTML.slice(0, 120))"""


def plant() -> int:
    """Put them in turn into every box of words; into a long one as many as a paragraph holds. Gives how many boxes."""
    turn, boxes = cycle(PAYLOADS), 0
    for model, fields in word_fields():
        for row, field in product(model.objects.all(), fields):
            room = getattr(field, "max_length", None) or 4000
            said = next(turn)[:room]
            while isinstance(field, models.TextField) and len(said) < room:
                said += f"\n{next(turn)}"
            boxes += put_words(row, field.name, said)
    imprint_again()
    return boxes


def test_words_that_would_do_harm_do_none_in_a_browser(
    page: Page,
    live_server: LiveServer,
    house: House,
    readers: list[Account | None],
):
    assert len(set(PAYLOADS)) == 500
    boxes, wrong, seen, holding = plant(), [], set(), 0
    page.on("dialog", lambda dialog: (wrong.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    for shown in pages(house, readers):
        seen.add(shown.name)
        page.context.clear_cookies()
        if shown.session:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": shown.session, "url": live_server.url}
            page.context.add_cookies([cookie])
        page.goto(live_server.url + shown.address)
        wrong += [f"{shown.name}: {found}" for found in page.evaluate(LOOSE)]
        wrong += [f"{shown.name}: it ran"] if page.evaluate("window.harm") else []
        holding += "harm=1" in page.content()
    print(f"\n{boxes} boxes, {len(seen)} pages, {holding} with words that would do harm, {len(wrong)} faults")
    assert not wrong, "\n".join(wrong)
    assert holding > 30
