"""What axe-core finds on a page, in words. Its rules are WCAG 2.2 A and AA and its own best practice."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = "rules => axe.run({ runOnly: rules }).then(found => found.violations)"
NO_SCRIPT = "matchMedia('(scripting: none)').matches"


def violations(page: Page) -> list[str]:
    """One text a broken rule: what is wrong, how grave, and each place with what would mend it."""
    assert not page.evaluate(NO_SCRIPT), (
        "axe is a script itself: open the page once more with script on, and look there"
    )
    page.evaluate(SOURCE.read_text())
    return [in_words(found) for found in page.evaluate(ASK, RULES)]


def in_words(found: dict) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for node in found["nodes"]
    ]
    return "\n".join([f"  {found['id']} ({found['impact']}): {found['help']}", *places])
