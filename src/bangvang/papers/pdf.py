"""A paper as PDF, for signing and sending. The drawing is paper.typ; this module only hands it words and measures."""

import json
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Any

from bangvang.papers import blocks, fonts
from bangvang.papers.frame import FRAME
from bangvang.vietnamese import clean


def write(paper: blocks.Paper, *, made_at: datetime = blocks.UNDATED, face: fonts.Face | None = None) -> bytes:
    """The PDF file. `made_at` goes into its properties; the same paper and moment give the same bytes.

    `face` names another font than the one found on the system. The file embeds its letters. Raises ValueError when the
    font lacks a character: an empty box in a name would be seen only after the signature.
    """
    import typst

    face = face or fonts.chosen_face()
    fonts.require("".join(blocks.words(paper)), face)
    source = (files("bangvang.papers") / "paper.typ").read_bytes()
    written = typst.compile(
        source,
        format="pdf",
        font_paths=fonts.collection(face),
        sys_inputs={
            "paper": json.dumps(_as_drawn(paper) | {"family": face.family}, ensure_ascii=False),
            "frame": json.dumps(asdict(FRAME)),
        },
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(written, bytes)
    return written


def _as_drawn(paper: blocks.Paper) -> dict[str, Any]:
    """What paper.typ reads: strings, lists and flags."""
    body = blocks.body_lines(paper.body, ending=blocks.ENDING)
    return {
        "subject": clean(f"{paper.title.kind} {paper.title.abstract}"),
        "agency": clean(paper.header.agency),
        "frame": blocks.frame_lines(paper.header),
        "kind": clean(paper.title.kind).upper(),
        "abstract": clean(paper.title.abstract),
        "authority": blocks.authority_line(paper.title),
        "bases": blocks.base_lines(paper.bases),
        "body": [_drawn(item) for item in body],
        "kept": blocks.kept_with_signature(body),
        "recipients_title": blocks.RECIPIENTS_TITLE,
        "recipients": blocks.recipient_lines(paper.recipients),
        "signers": [
            {"titles": signature.titles(), "name": clean(signature.name)}
            for signature in (*paper.beside, paper.signature)
        ],
        "signers_in_a_row": min(len(paper.beside) + 1, blocks.SIGNERS_IN_A_ROW),
        "annexes": [_drawn_annex(paper, position) for position in range(len(paper.annexes))],
        "seal": blocks.seal_line(paper),
    }


def _drawn_annex(paper: blocks.Paper, position: int) -> dict[str, Any]:
    name, title, belongs = blocks.annex_heading(paper, position)
    annex = paper.annexes[position]
    body = [_drawn(item) for item in blocks.body_lines(annex.blocks)]
    return {"name": name, "title": title, "belongs": belongs, "landscape": annex.landscape, "body": body}


def _drawn(item: blocks.Line | blocks.Table) -> dict[str, Any]:
    if isinstance(item, blocks.Line):
        return {"kind": item.kind, "lead": item.lead, "text": item.text.removeprefix(item.lead)}
    return {
        "kind": "table",
        "titles": [clean(column.title) for column in item.columns],
        "shares": [column.share for column in item.columns],
        "aligns": [column.align for column in item.columns],
        "rows": [{"cells": [clean(cell) for cell in row], "whole": not item.may_break(row)} for row in item.rows],
    }
