"""The rules of RSS 2.0 (rssboard.org/rss-specification) and of this house, as code: what a feed breaks, in words."""

import unicodedata
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "category",
    "generator", "docs", "cloud", "ttl", "image", "rating", "textInput", "skipHours", "skipDays", "item",
}  # fmt: skip
ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def problems(content: bytes, address: str) -> list[str]:
    """Everything that is wrong with a feed found at this address; an empty list for a valid one."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 (our own feed)
    except ElementTree.ParseError as error:
        return [f"not well-formed: {error}"]
    if (root.tag, root.get("version")) != ("rss", "2.0"):
        return [f"not RSS 2.0: {root.tag} {root.get('version')}"]
    if len(root) != 1 or root[0].tag != "channel":
        return ["not exactly one channel"]
    channel = root[0]
    found = [f"channel without {name}" for name in ("title", "link", "description") if not channel.findtext(name)]
    found += _unknown(channel, CHANNEL) + _twice(channel, {"item", "category"})
    found += _address("channel", channel.findtext("link")) + _moment("channel", channel.findtext("lastBuildDate"))
    own = channel.find(ATOM_LINK)
    if own is None or (own.get("rel"), own.get("href")) != ("self", address):
        found.append("the channel does not say where it stands")
    items = channel.findall("item")
    for item in items:
        found += _item(item)
    guids = [item.findtext("guid") for item in items]
    found += [f"guid twice: {guid}" for guid in {guid for guid in guids if guids.count(guid) > 1}]
    words = "".join(root.itertext())
    if words != unicodedata.normalize("NFC", words):
        found.append("letters that are not composed (NFC)")
    return found


def _item(item: ElementTree.Element) -> list[str]:
    name = item.findtext("title") or "item"
    found = [] if item.findtext("title") or item.findtext("description") else ["item without title and description"]
    found += _unknown(item, ITEM) + _twice(item, {"category"})
    found += _address(name, item.findtext("link")) + _moment(name, item.findtext("pubDate"))
    guid = item.find("guid")
    if guid is None or not guid.text:
        found.append(f"{name}: no guid")
    elif guid.get("isPermaLink", "true") == "true":
        found += _address(f"{name}, guid", guid.text)
    return found


def _unknown(element: ElementTree.Element, known: set[str]) -> list[str]:
    """Elements without a namespace that the specification does not know."""
    return [
        f"{element.tag} with {child.tag}"
        for child in element
        if not child.tag.startswith("{") and child.tag not in known
    ]


def _twice(element: ElementTree.Element, repeated: set[str]) -> list[str]:
    tags = [child.tag for child in element if child.tag not in repeated]
    return [f"{element.tag} with more than one {tag}" for tag in sorted(set(tags)) if tags.count(tag) > 1]


def _address(where: str, text: str | None) -> list[str]:
    parts = urlsplit(text or "")
    return [] if parts.scheme in {"http", "https"} and parts.netloc else [f"{where}: no whole address but {text!r}"]


def _moment(where: str, text: str | None) -> list[str]:
    """RFC 822, the weekday the right one."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return [f"{where}: no date of RFC 822 but {text!r}"]
    right = (text or "").startswith(WEEKDAYS[moment.weekday()]) and moment.tzinfo is not None
    return [] if right else [f"{where}: weekday or zone is wrong in {text!r}"]
