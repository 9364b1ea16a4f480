"""The sections of a plan as a tree: headings, what they are about, and the items below them."""

import re
from dataclasses import dataclass, field

from bangvang.reading.plan.passages import Passage
from bangvang.reading.plan.subjects import LONGEST_HEADING, misspelt_subjects, starts_with_subject, subjects_of
from bangvang.reading.text_cleaning import fold, looks_upper

DEPTH = {"roman": 1, "number": 2, "deep": 3, "bracket": 4, "word": 4, "letter": 5, "dash": 6, "plus": 7}
GROUP = re.compile(r"(?:doi )?voi (?:cac )?(?:tap the|ca nhan|don vi|phong|can bo)|(?:ve )?(?:tap the|ca nhan)\b")
PLAIN = 9  # depth of a paragraph without marker


@dataclass(slots=True)
class Node:
    """A passage with what stands below it. `heading` is empty for an item; `rest` is text after the heading's colon."""

    passage: Passage | None
    depth: float
    heading: str = ""
    subjects: list[str] = field(default_factory=list)
    rest_at: int = 0
    number: int = 0
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def text(self) -> str:
        """What the item or heading says without its marker."""
        return self.passage.body if self.passage else ""

    @property
    def rest(self) -> str:
        """The words after the heading's colon, on the same line."""
        return self.passage.text[self.rest_at :].strip() if self.passage and self.rest_at else ""

    def walk(self) -> list["Node"]:
        """This node and all below it, in the order of the document."""
        found = [self]
        for child in self.children:
            if child.children:
                found += child.walk()
            else:
                found.append(child)
        return found

    def subject(self) -> list[str]:
        """The subjects of the nearest heading at or above this node."""
        node: Node | None = self
        while node is not None:
            if node.subjects:
                return node.subjects
            node = node.parent
        return []


def outline_of(passages: list[Passage]) -> Node:
    """The tree of the passages of a body (header and foot already taken off)."""
    root = Node(None, 0)
    last = root
    for passage in passages:
        node = _node(passage)
        _place(root, last, node)
        last = node
    return root


def _node(passage: Passage) -> Node:
    node = Node(passage, DEPTH.get(passage.level or "", PLAIN))
    if passage.level in ("number", "bracket"):
        node.number = int("".join(letter for letter in passage.marker if letter.isdigit()))
    if passage.level == "deep":
        node.depth = 2 + 0.1 * passage.marker.count(".")
        node.number = int(passage.marker.split(".")[-1])
    _read_heading(node, passage)
    return node


def _read_heading(node: Node, passage: Passage) -> None:
    body = passage.body
    colon = body.find(":")
    head = body[:colon] if colon > 0 else body
    words = len(head.split(maxsplit=LONGEST_HEADING + 1))
    if words > LONGEST_HEADING:
        return
    folded = fold(head)
    named = looks_upper(head) or node.depth <= 2.2
    whole = colon < 0 or not body[colon + 1 :].strip()
    subject = starts_with_subject(folded)
    if passage.level == "roman" or (looks_upper(head) and words > 1):
        node.subjects = subjects_of(folded) or (misspelt_subjects(folded) if passage.trust < 1 else [])
    elif subject and (whole or colon > 0) and (named or colon > 0 or words <= 8):
        if whole and colon < 0 and (words > 10 or head.rstrip().endswith((";", "."))) and node.depth > 2.2:
            return  # "- Nội dung phong phú, thiết thực;" is an item, not a heading
        node.subjects = subjects_of(folded) or [subject]
    if node.subjects or (passage.level == "roman" and words <= LONGEST_HEADING):
        node.heading = head.strip(" .")
        if colon > 0 and not whole:
            node.rest_at = passage.text.index(":", passage.body_at) + 1
        if not passage.level:
            node.depth = 1 if looks_upper(head) else 6
    elif passage.level is None and colon > 0 and whole and GROUP.match(folded):
        node.heading, node.depth = head.strip(), 5.5  # "Đối với tập thể:" on a line of its own
    elif whole and words <= LONGEST_HEADING and node.depth < 6 and not head.rstrip().endswith((";", ",")):
        node.heading = head.strip(" .")  # "1. Đối với tập thể", "a) Khối doanh nghiệp:" name no subject of their own


def _place(root: Node, last: Node, node: Node) -> None:
    parent: Node = last
    if node.passage is not None and node.passage.level is None and node.depth == PLAIN:
        # A plain paragraph belongs to the heading above it; after an item it continues on the item's own level.
        while parent.parent is not None and not parent.heading and parent is not root:
            parent = parent.parent
    else:
        _restart_inner_list(last, node)
        _belong_to_lead_in(last, node)
        while parent is not root and parent.depth >= node.depth:
            assert parent.parent is not None
            parent = parent.parent
    node.parent = parent
    parent.children.append(node)


def _belong_to_lead_in(last: Node, node: Node) -> None:
    """Items after a heading that ends in a colon belong to it, whatever their marker; so do the items that follow."""
    if node.subjects or node.passage is None or node.passage.level in (None, "roman"):
        return
    if last.subjects and last.text.rstrip().endswith(":") and node.depth <= last.depth:
        node.depth = last.depth + 0.5
        return
    up: Node | None = last
    while up is not None and node.passage.level != "number":
        if up.passage is not None and up.passage.level == node.passage.level:
            if not up.subjects and up.depth > DEPTH.get(up.passage.level or "", PLAIN):
                node.depth = up.depth
            return
        up = up.parent


def _restart_inner_list(last: Node, node: Node) -> None:
    """An inner list may begin again at "1." below "2. Nội dung": its items lie deeper than the heading they follow."""
    if node.passage is None or node.passage.level != "number":
        return
    open_lists: list[Node] = []
    at: Node | None = last
    while at is not None:
        if at.passage is not None and at.passage.level == "number":
            open_lists.append(at)
        at = at.parent
    roman_above = next((up for up in open_lists if up.passage), None)
    if roman_above is None:
        return
    continues = [up for up in open_lists if up.number + 1 == node.number]
    if node.number == 1 and last.heading and last is not open_lists[0] and not last.children:
        node.depth = last.depth + 0.5  # "a) Tập thể" below "1. Tiêu chuẩn" counts its own items
    elif node.number == 1 and open_lists[0].heading:
        node.depth = open_lists[0].depth + 0.5
    elif len(continues) > 1 and node.subjects:
        node.depth = continues[-1].depth  # a heading goes on counting the headings
    elif continues:
        node.depth = continues[0].depth
