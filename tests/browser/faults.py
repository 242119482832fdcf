"""What axe finds in a page (WCAG 2.2 AA) at 320 and 1280 px, light and dark; whether it scrolls sideways."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
OURS = Path(__file__).with_name("faults.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ABOUT_COLOURS = ["color-contrast", "link-in-text-block"]
ABOUT_WIDTH = ["target-size", "scrollable-region-focusable"]
STATES = (
    (1280, "light", RULES, None),
    (320, "light", RULES, ABOUT_WIDTH),
    (320, "dark", ABOUT_COLOURS, None),
    (1280, "dark", ABOUT_COLOURS, []),
)
"""Width, scheme, rules, and which of them try the whole page again, the others only what looks different."""


def take_axe_along(page: Page) -> Page:
    """Wherever the page leads; before it is opened."""
    page.add_init_script(path=AXE)
    page.add_init_script(path=OURS)
    return page


def faults_of(page: Page) -> list[str]:
    """One load, four states. Only colours depend on the scheme.

    The other width shows what was hidden and sizes anew: all rules try what was not to be seen or had other
    colours, and those about sizes try everything.
    """
    found = []
    for width, scheme, rules, anew in STATES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        overflow = page.evaluate("document.documentElement.scrollWidth")
        if overflow > width:
            found.append(f"{page.url} {width}px: {overflow}px wide")
        for rule, where in page.evaluate("faultsNow", {"rules": rules, "anew": anew}):
            found.append(f"{page.url} {width}px {scheme}: {rule}: {where}")
    return found
