import io
import sys

import pikepdf
import pypdfium2
import pytest

from kith.kit.jinja import environment
from kith.kit.paper import PaperUnavailable, drawn_looks, ours, to_pdf

PLAN = """{% extends "kit/paper.html" %}{% block title %}Our plan{% endblock %}{% block main %}
<h1>Our plan</h1><ol class="fridge"><li><span><b>Hansa rings once.</b>Blessing makes sure.</span></li></ol>
<p><a href="https://example.org/">Away</a> <a href="/people/x/">In</a></p>
{{ c.scale(["June", "Sept"], [{"name": "Kavi", "scores": [5, 6]}], "hurt", "calm") }}{% endblock %}"""
STAMP = {
    "recipient": "Kavi Solanki",
    "number": "K-0412-3",
    "family": "Solanki-Reid family",
    "on": "10 September 2025",
    "whose": "",
}


def made(html, **words):
    return pikepdf.open(io.BytesIO(to_pdf(html, **{"title": "Our plan", **words})))


@pytest.fixture(scope="module")
def plan():
    return made(environment().from_string(PLAN).render(stamp=STAMP))


def kinds(node):
    """Every kind of structure under a node of the tags."""
    found = {str(node.get("/S", ""))}
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            found |= kinds(child)
    return found


def test_a_print_is_tagged_titled_and_in_its_language(plan):
    assert plan.Root.MarkInfo.Marked
    assert str(plan.Root.Lang) == "en-GB"
    with plan.open_metadata() as about:
        assert about["dc:title"] == "Our plan"
        assert about["pdfuaid:part"] == "1"


def test_a_listener_is_told_headings_lists_and_tables(plan):
    assert {"/H1", "/L", "/LI", "/Table", "/TH", "/TD"} <= kinds(plan.Root.StructTreeRoot.K[0])


def test_paper_leads_nowhere(plan):
    assert all("/Annots" not in page for page in plan.pages)


def test_paper_is_set_in_our_own_typeface(plan):
    fonts = [str(font.BaseFont) for page in plan.pages for font in page.Resources.Font.values()]
    assert fonts
    assert all("Atkinson" in font for font in fonts)


def test_every_page_says_who_it_is_for_and_which_copy():
    two_sides = '{% extends "kit/paper.html" %}{% block main %}<h1>A</h1><h1 class="newpage">B</h1>{% endblock %}'
    sides = pypdfium2.PdfDocument(to_pdf(environment().from_string(two_sides).render(stamp=STAMP), title="Plan"))
    read = [side.get_textpage().get_text_range() for side in sides]
    assert len(read) == 2
    assert all("For Kavi Solanki. Copy K-0412-3. Solanki-Reid family, 10 September 2025." in side for side in read)
    assert "Page 2 of 2" in read[1]


def test_another_language_is_said():
    assert str(made("<h1>Ein cynllun</h1>", lang="cy").Root.Lang) == "cy"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "file:///etc/passwd", "/static/../config/settings.py", "data:text/html,x"],
)
def test_a_print_fetches_nothing_that_is_not_ours(address):
    with pytest.raises(ValueError, match="may not fetch"):
        to_pdf(f'<h1>Plan</h1><img alt="" src="{address}">', title="Plan")


def test_only_files_in_the_static_folder_are_ours():
    assert ours("https://paper.invalid/static/paper.css").name == "paper.css"
    assert ours("https://paper.invalid/static/../kit/paper.py") is None
    assert ours("https://paper.invalid/static/none.css") is None


def test_drawings_on_paper_wear_the_same_looks_as_on_screen():
    assert ".now { fill: #5c2353;" in drawn_looks()
    assert "var(" not in drawn_looks()


def test_a_machine_without_pango_says_so_plainly(monkeypatch):
    class Missing:
        def find_spec(self, name, path=None, target=None):  # noqa: ARG002 the loader asks for all three
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango'")

    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(PaperUnavailable, match="Pango library is missing"):
        to_pdf("<h1>Plan</h1>", title="Plan")
