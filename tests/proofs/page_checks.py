"""What every page must keep, measured in the page that a browser shows: axe, width, targets, keyboard."""

from typing import Any

from playwright.sync_api import Page

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],
}
SMALLEST_TARGET, FULL_TARGET = 24, 44  # CSS pixels: WCAG 2.2, 2.5.8; ours for buttons and fields (look.md 4.3, 4.5)
NARROW, WIDE, PHONE = 320, 1280, 360

# Shared by the checks: what the keyboard must reach, in the order of the source. A group of radios is one stop.
FOCUSABLE = """
window.bvStops = () => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width > 0;
  const all = document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])');
  const ofGroup = (e) => document.querySelector(`input[type=radio][name="${e.name}"]:checked`)
    || document.querySelector(`input[type=radio][name="${e.name}"]`);
  return [...all].filter((e) => shown(e) && !e.disabled && !(e.type === "radio" && e !== ofGroup(e)));
};
window.bvName = (e) => `${e.tagName.toLowerCase()} “${(e.innerText || e.name || e.id || "").trim().slice(0, 40)}”`;
"""

SMALL = """([least, full]) => bvStops().flatMap((e) => {
  if (e.matches(".skip, .scroll")) return [];
  const tick = e.matches("input[type=radio], input[type=checkbox]");
  const box = (tick ? e.closest("label") || e : e).getBoundingClientRect();
  const field = e.matches("button, .button, select, textarea, input");
  const alone = e.parentElement.innerText.trim() === e.innerText.trim() || getComputedStyle(e).display !== "inline";
  const bar = field ? full : alone ? least : 0;  // a link inside a sentence is as tall as the sentence
  return Math.round(box.height) < bar || Math.round(box.width) < Math.min(bar, least)
    ? [`${bvName(e)} ${Math.round(box.width)}×${Math.round(box.height)}, at least ${bar}`] : [];
})"""

WATCH = """() => {
  document.activeElement && document.activeElement.blur();
  const known = !!window.bvAll;
  window.bvWay = []; window.bvFaint = []; window.bvAll = bvStops();
  if (known) return bvAll.length;
  document.addEventListener("focusin", (event) => {
    const e = event.target, style = getComputedStyle(e), box = e.getBoundingClientRect(), place = bvAll.indexOf(e);
    if (bvWay.at(-1) === place) return;
    bvWay.push(place);
    const ring = e.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const seen = box.bottom > 0 && box.right > 0 && box.left < innerWidth;
    if (!ring || !seen) bvFaint.push(bvName(e));
  }, true);
  return bvAll.length;
}"""

SHAPE = """() => {
  const shape = (e) => {
    const inner = [...e.children].map(shape);
    const folded = inner.filter((text, place) => inner.indexOf(text) === place);
    return `${e.tagName}.${e.className.baseVal ?? e.className}[${e.getAttribute("type") ?? ""}](${folded.join()})`;
  };
  const main = document.querySelector("main");
  return `${document.querySelectorAll("header a").length} ${shape(main || document.body)}`;  // which frame, what inside
}"""

HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3')].map((e) => e.textContent.trim().replace(/\\s+/g, ' '))"


def prepare(page: Page) -> None:
    """Make the shared functions known to every document that the page opens."""
    page.add_init_script(FOCUSABLE)


def overflow(page: Page) -> int:
    """CSS pixels by which the page is wider than its window."""
    wide = int(page.evaluate("document.documentElement.scrollWidth"))
    return max(0, wide - int((page.viewport_size or {"width": 0})["width"]))


def shape(page: Page) -> str:
    """The page without its words, repeated neighbours folded: two pages of one shape differ only in what they say."""
    return str(page.evaluate(SHAPE))


def headings(page: Page) -> list[str]:
    return list(page.evaluate(HEADINGS))


def small_targets(page: Page) -> list[str]:
    return list(page.evaluate(SMALL, [SMALLEST_TARGET, FULL_TARGET]))


def axe_violations(page: Page, axe: str) -> list[str]:
    """Violations as "rule: first places"."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", AXE)
    # Text in the very colour of its ground is only "incomplete" to axe: it might be hidden on purpose. Here it never is.
    unseen = [
        f"same colour as its ground: {' '.join(node['target'])}"
        for entry in found["incomplete"]
        for node in entry["nodes"]
        if any((check.get("data") or {}).get("messageKey") == "equalRatio" for check in node["any"])
    ]
    return unseen + [
        f"{entry['id']}: {', '.join(' '.join(node['target']) for node in entry['nodes'][:3])}"
        for entry in found["violations"]
    ]


def keyboard_troubles(page: Page) -> list[str]:
    """Walk the page with Tab from its beginning: every stop once, in order, with a ring, and out again at the end."""
    count = int(page.evaluate(WATCH))
    for _ in range(count + 2):
        page.keyboard.press("Tab")
    way: list[int] = page.evaluate("bvWay")
    troubles = [f"no visible ring on {name}" for name in sorted(set(page.evaluate("bvFaint")))]
    once = way[:count]
    start = once.index(0) if 0 in once else 0  # a page with errors begins at its list of errors
    walked = once[start:] + once[:start]
    strangers = [place for place in way if place < 0]
    expected = list(range(count))
    if strangers:
        troubles.append(f"{len(strangers)} stops that are no link, button or field")
    elif walked != expected:
        missed = [page.evaluate("(n) => bvName(bvAll[n])", place) for place in expected if place not in way]
        troubles.append(f"Tab misses {', '.join(missed[:3])}" if missed else f"Tab goes another way: {walked[:12]}")
    return troubles


def skip_trouble(page: Page) -> list[str]:
    """The first stop is the link to the content, and it leads there."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    link = page.locator("a.skip")
    if link.count() != 1:
        return ["no skip link"]
    if not page.evaluate("() => bvStops()[0].matches('a.skip')"):
        return ["the skip link is not the first stop"]
    link.focus()
    page.keyboard.press("Enter")
    inside = page.evaluate(
        "() => location.hash === '#noi-dung' && document.querySelector(':target')?.tagName === 'MAIN'"
    )
    return [] if inside else ["the skip link does not lead to the content"]
