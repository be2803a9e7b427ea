"""A worker who uses no mouse: Tab and Shift+Tab to every thing, Enter, Space and the arrows there, and typing.

Every stop on the way must be in sight and marked, and Tab must come to whatever is wanted. A pointer that touches the page fails
the journey.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.journeys.by_hand import Hands

MOST = 200  # stops between two things on one page before somebody gives up
STOP = """wanted => {
    const here = document.activeElement, box = here.getBoundingClientRect(), clear = 'rgba(0, 0, 0, 0)';
    const drawn = look => look.boxShadow !== 'none'
        || (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2 && look.outlineColor !== clear);
    const marked = [here, here.closest('.choice')].some(it => it && drawn(getComputedStyle(it)));
    return {
        what: here.outerHTML.slice(0, 160), nowhere: here === document.body,
        seen: marked && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        there: here === wanted || (wanted.type === 'radio' && here.name === wanted.name && here.form === wanted.form),
        skips: here.matches('a.skip') && !!wanted.closest('main'),
        behind: !!(here.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING),
    };
}"""
"""Where the keys are, seen from the thing that is wanted. A group of choices is one stop, and arrows go about in it."""
HAS_KEYS = "it => it === document.activeElement"
POINTER = "addEventListener('pointerdown', () => { throw Error('Touched with a pointer') }, true)"


@dataclass
class Keys(Hands):
    """One person's hands on a keyboard alone."""

    def __post_init__(self) -> None:
        if not self.part:
            self.page.add_init_script(POINTER)

    def touch(self, thing: Locator) -> None:
        self.comes_to(thing)
        self.page.keyboard.press("Space" if thing.evaluate("it => it.tagName === 'BUTTON'") else "Enter")

    def put(self, box: Locator, words: str) -> None:
        self.comes_to(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def mark(self, choice: Locator) -> None:
        self.comes_to(choice)
        for _ in range(MOST):
            if choice.evaluate(HAS_KEYS):
                break
            self.page.keyboard.press("ArrowDown")
        if not choice.is_checked():
            self.page.keyboard.press("Space")
        assert choice.is_checked()

    def take(self, chosen: Locator, option: int) -> None:
        self.comes_to(chosen)
        self.page.keyboard.press("Home")
        for _ in range(option):
            self.page.keyboard.press("ArrowDown")
        assert chosen.evaluate("it => it.selectedIndex") == option

    def comes_to(self, thing: Locator) -> None:
        """Go by Tab, or back by Shift+Tab, until this has the keys; past the top of the page by its skip link."""
        wanted = thing.element_handle()
        at = self.page.evaluate(STOP, wanted)
        for _ in range(MOST):
            if at["there"]:
                return
            if at["skips"]:
                self.page.keyboard.press("Enter")
            self.page.keyboard.press("Shift+Tab" if at["behind"] else "Tab")
            at = self.page.evaluate(STOP, wanted)
            assert not at["nowhere"], f"Tab goes past {wanted.evaluate('it => it.outerHTML')[:160]}"
            assert at["seen"], f"Nobody can see that the keys are here: {at['what']}"
        raise AssertionError(f"Tab never comes to {wanted.evaluate('it => it.outerHTML')[:160]}")
