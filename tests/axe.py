"""What axe-core finds on a page, in words. Its rules are WCAG 2.2 A and AA and its own best practice."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "([within, rules]) => axe.run(within, { runOnly: rules, resultTypes: ['violations'] }).then(found => found.violations)"
HERE = "'axe' in window"
NO_SCRIPT = "matchMedia('(scripting: none)').matches"


def violations(page: Page, within: str = "html") -> list[str]:
    """One text a broken rule: what is wrong, how grave, and each place with what would mend it.

    `within` is the part of the page that is looked at, for a page whose frame has been looked at already.
    """
    assert not page.evaluate(NO_SCRIPT), (
        "axe is a script itself: open the page once more with script on, and look there"
    )
    if not page.evaluate(HERE):  # half a megabyte, which stays until another page is opened
        page.evaluate(SOURCE.read_text())
    return [in_words(found) for found in page.evaluate(ASK, [within, RULES])]


def in_words(found: dict) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for node in found["nodes"]
    ]
    return "\n".join([f"  {found['id']} ({found['impact']}): {found['help']}", *places])
