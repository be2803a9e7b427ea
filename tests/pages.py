"""A contact sheet: every page a newcomer can reach, as each role of the demo sees it, at desk and phone width.

    make pages

makes a demo store of its own, signs in as each role, follows the links of each page once for each kind of address, and writes
`pages/index.html` with the pictures beside it. A page that says to one role what it said to another is shown once.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import DESKTOP, FLAGS, PHONE, chromium
from tests.cluster import free_port

KITH = Path(sys.executable).with_name("kith")
MOST = 80  # pages for one role: a demo has fewer kinds of page than this
ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b")
LEAVES = ("sign-out", "/static/")
PATIENCE = 60  # seconds for the server to answer first


@dataclass(frozen=True, slots=True)
class Picture:
    role: str
    address: str
    title: str
    files: tuple[str, str]


def kind(address: str) -> str:
    """The shape of an address, so that of ten children's pages one is shown."""
    return ONE.sub("…", urlsplit(address).path)


def links(page: Page) -> list[str]:
    here = urlsplit(page.url)
    found = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    whole = [urljoin(page.url, href) for href in found]
    return [a for a in whole if urlsplit(a)[:2] == here[:2] and not any(word in a for word in LEAVES)]


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    page.goto(f"{address}/sign-in/")
    form = page.locator("form:has(input[type=password])")
    form.locator("input:not([type=hidden]):not([type=password]):not([type=checkbox])").first.fill(username)
    form.locator("input[type=password]").fill(password)
    form.locator("input[type=password]").press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def photograph(page: Page, role: str, folder: Path, at: int) -> Picture:
    """The page as it stands, whole, at both widths."""
    slug = f"{at:03d}-" + re.sub(r"[^a-z0-9]+", "-", f"{role} {kind(page.url)}".lower()).strip("-")
    files = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        files.append(f"{slug}-{size['width']}.png")
        page.screenshot(path=folder / files[-1], full_page=True)
    return Picture(role, urlsplit(page.url).path, page.title(), (files[0], files[1]))


def walk(page: Page, role: str, start: str, folder: Path, said: set[tuple[str, str]]) -> Iterator[Picture]:
    """From one page along its links, breadth first, each kind of address once. `said` holds what was shown before."""
    waiting, seen = [start], {kind(start)}
    while waiting and len(seen) <= MOST:
        answer = page.goto(waiting.pop(0))
        if not answer or "text/html" not in answer.headers.get("content-type", ""):
            continue
        says = (kind(page.url), page.inner_text("main"))
        if says not in said:
            said.add(says)
            yield photograph(page, role, folder, len(said))
        for address in links(page):
            if kind(address) not in seen:
                seen.add(kind(address))
                waiting.append(address)


def sheet(pictures: list[Picture]) -> str:
    rows = [
        f"<h2>{escape(p.role)}: {escape(p.title)}</h2><p>{escape(p.address)}</p>"
        + "".join(f'<a href="{file}"><img src="{file}" height="600" alt=""></a> ' for file in p.files)
        for p in pictures
    ]
    title = f"<title>Kith: {len(pictures)} pages</title>"
    return f'<!doctype html><html lang="en-GB"><meta charset="utf-8">{title}' + "\n".join(rows)


def photograph_all(browser: Browser, address: str, sign_ins: list[dict[str, str]], folder: Path) -> list[Picture]:
    """Every role's pages, in a folder made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pictures: list[Picture] = []
    said: set[tuple[str, str]] = set()
    for who in sign_ins:
        with browser.new_context(viewport=DESKTOP, locale="en-GB") as context:
            page = context.new_page()
            sign_in(page, address, who["username"], who["password"])
            for picture in walk(page, who["role"], f"{address}/", folder, said):
                print(f"  {picture.role}: {picture.address}", flush=True)
                pictures.append(picture)
    (folder / "index.html").write_text(sheet(pictures))
    return pictures


@contextmanager
def serving(data: str) -> Iterator[str]:
    """The demo of one folder, served on a free port until the block ends."""
    port = str(free_port())
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [KITH, "serve", "--data", data, "--port", port], env={**os.environ, "KITH_DEMO": "1"}
    ) as server:
        try:
            wait_for(f"{address}/sign-in/")
            yield address
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    until = monotonic() + PATIENCE
    while True:
        try:
            urlopen(address).close()
        except URLError:
            if monotonic() > until:
                raise
            sleep(0.2)
        else:
            return


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="kith-pages-") as data, sync_playwright() as playwright:
        print("Making a demo to look at", flush=True)
        made = subprocess.run(
            [KITH, "demo", "--no-serve", "--format", "json", "--data", data], check=True, stdout=subprocess.PIPE
        )
        with serving(data) as address:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            pictures = photograph_all(browser, address, json.loads(made.stdout)["sign_ins"], Path("pages"))
            browser.close()
    print(f"{len(pictures)} pages: pages/index.html")


if __name__ == "__main__":
    main()
