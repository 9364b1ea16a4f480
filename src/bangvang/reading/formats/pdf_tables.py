"""Ruled tables of a PDF page: the lines drawn on the page say which words share a cell.

Word and LibreOffice draw a border as a thin filled box, others as a stroked line: both are edges here. A word belongs to
the smallest box of edges around it, so wrapped cells, centred numbers and cells over several rows need no guess.
"""

import ctypes
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

NEAR = 2.5  # points between two drawings of the same line
SHORTEST = 6.0  # points: shorter strokes are letters or ornaments
MOST_EDGES = 20_000  # of a page; more is a drawing

Edge = tuple[float, float, float]  # where it lies, from, to (points)
Cell = tuple[float, float, float]  # left, top and bottom


@dataclass(slots=True)
class Rules:
    """The horizontal and vertical edges drawn on one page."""

    across: list[Edge] = field(default_factory=list)
    down: list[Edge] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The box around a point; None outside every table."""
        left = _nearest(self.down, x, y, below=True)
        top = _nearest(self.across, y, x, below=False)
        bottom = _nearest(self.across, y, x, below=True)
        if left is None or top is None or bottom is None or _nearest(self.down, x, y, below=False) is None:
            return None
        return left, top, bottom


def _nearest(edges: list[Edge], at: float, along: float, *, below: bool) -> float | None:
    """The edge nearest to `at` on one side among those that pass by `along`; edges are sorted."""
    middle = bisect_right(edges, (at, float("inf"), float("inf")))
    for place, start, end in reversed(edges[:middle]) if below else edges[middle:]:
        if start - NEAR <= along <= end + NEAR:
            return place
    return None


def rules_of(page: Any) -> Rules:
    """The edges drawn on a pdfium page, those of one line brought together."""
    import pypdfium2.raw as pdfium

    across, down = list[Edge](), list[Edge]()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        if len(across) + len(down) > MOST_EDGES:
            return Rules()
        points = _points(drawn.raw, drawn.get_matrix(), pdfium)
        for (x1, y1), (x2, y2) in points:
            if abs(x1 - x2) <= NEAR and abs(y1 - y2) >= SHORTEST:
                down.append(((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
            elif abs(y1 - y2) <= NEAR and abs(x1 - x2) >= SHORTEST:
                across.append(((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
    if len(across) < 2 or len(down) < 2:
        return Rules()
    return Rules(_together(across), _together(down))


def _points(path: Any, matrix: Any, pdfium: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, in points of the page."""
    strokes: list[tuple[tuple[float, float], tuple[float, float]]] = []
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MOST_EDGES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            strokes.append((last, here))
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            strokes.append((here, first))
            last = first
    return strokes


def _together(edges: list[Edge]) -> list[Edge]:
    """Edges of the same line joined: drawn twice, or cell by cell; the gap between two cells may be a stroke wide."""
    joined: list[list[float]] = []
    by_line: dict[int, list[list[float]]] = {}
    places: list[float] = []
    for place, start, end in sorted(edges):
        if not places or place - places[-1] > NEAR:
            places.append(place)
            by_line[len(places) - 1] = []
        by_line[len(places) - 1].append([places[-1], start, end])
    for line in by_line.values():
        line.sort(key=lambda edge: edge[1])
        for edge in line:
            if joined and joined[-1][0] == edge[0] and edge[1] - joined[-1][2] <= NEAR:
                joined[-1][2] = max(joined[-1][2], edge[2])
            else:
                joined.append(edge)
    return sorted((place, start, end) for place, start, end in joined)
