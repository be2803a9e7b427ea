"""Paper: a page of ours as a tagged PDF, made without the network and with our own typeface.

Disclosure decides what is printed and for whom; this only draws it.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

STATIC = Path(__file__).resolve().parent.parent / "static"
HERE = "https://paper.invalid"
"""An address that can never be reached, so that a path on a page leads only to our own static folder."""

KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}
"""What each kind of file is called: a sheet that does not say it is one is passed over in silence."""

_SVG = "{http://www.w3.org/2000/svg}"
_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,", re.IGNORECASE)


class PaperUnavailable(Exception):
    """Prints cannot be made on this machine; the message is a sentence for the person who asked."""


def to_pdf(html: str, *, title: str, lang: str = "en-GB") -> bytes:
    """A PDF/UA-1 document of the page: tagged, titled, in its language, with no way out to anywhere else.

    Raises PaperUnavailable when the drawing library is missing, and ValueError when the page asks for a file
    that is not ours.
    """
    weasyprint = _drawing_library()
    refused: list[str] = []
    page = weasyprint.HTML(string=html, base_url=f"{HERE}/", url_fetcher=_fetcher(refused))
    root = page.etree_element
    root.set("lang", lang)
    _forget_links(root)
    _dress_drawings(root)
    document = page.render()
    if refused:
        raise ValueError(f"A print may not fetch {refused[0]}")
    document.metadata.title = title
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _drawing_library() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 it loads system libraries that a machine may lack
    except OSError as fault:
        raise PaperUnavailable(
            "Prints cannot be made on this machine: the Pango library is missing. Ask whoever runs Kith to install it."
        ) from fault
    return weasyprint


def _fetcher(refused: list[str]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 as above

    class OurFolderOnly(URLFetcher):
        """Reads our own static files and pictures carried inside the page. Refuses all else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if _IMAGE.match(url):
                return super().fetch(url, headers)
            file = ours(url)
            if file is None:
                refused.append(url[:80])
                raise ValueError("not ours")
            kind = KINDS.get(file.suffix, "application/octet-stream")
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OurFolderOnly(allowed_protocols=("data",))


def ours(url: str) -> Path | None:
    """The file in our static folder an address means, or None when it means anything else."""
    if not url.startswith(f"{HERE}/static/"):
        return None
    file = (STATIC / url.removeprefix(f"{HERE}/static/")).resolve()
    return file if file.is_relative_to(STATIC) and file.is_file() else None


def _forget_links(root: Element) -> None:
    """Leave only links inside the document: paper leads nowhere, and an address can say too much."""
    for link in root.iter("a"):
        if not link.get("href", "#").startswith("#"):
            del link.attrib["href"]


def _dress_drawings(root: Element) -> None:
    for drawing in list(root.iter(f"{_SVG}svg")):
        looks = SubElement(drawing, f"{_SVG}style")
        looks.text = drawn_looks()


@lru_cache(maxsize=1)
def drawn_looks() -> str:
    """The rules of kith.css that dress drawings, tokens written out: a drawing on paper stands alone."""
    whole = (STATIC / "kith.css").read_text(encoding="utf-8").split("@media print")[0]
    sheet = re.sub(r"/\*.*?\*/", "", whole, flags=re.DOTALL)
    tokens = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", sheet))
    rules = [
        f"{selector.strip()} {{ {declared.strip()} }}"
        for selector, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
        if re.search(r"\b(fill|stroke|text-anchor|font-size: \d+px)\b", declared)
    ]
    written = re.sub(r"var\((--[\w-]+)\)", lambda token: tokens[token[1]], "\n".join(rules))
    own = 'svg { font-family: "Atkinson", sans-serif; color: #000 }'
    return f"{own}\n{written.replace('font-family: inherit;', '')}"
