"""Certificates (giấy khen, bằng) as PDF, one page each: the full page in a frame of our own, or only the words on a blank.

A blank (phôi) is paper that a printing house has printed before; what is missing on it is put at coordinates in
millimetres that an agency keeps as data. The emblem of state, flags and seals are never drawn here: a blank carries
them already, and the full page leaves the place of the emblem free. Lines and their order: NĐ 98/2023/NĐ-CP, Điều 104
(that its successor keeps them was not seen in a text; the agency decides about letters and sizes).
"""

import io
import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Final, Literal

from bangvang.papers import fonts
from bangvang.papers.frame import MOTTO, NATION
from bangvang.vietnamese import clean, long_date

UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)
TITLE_PREFIX: Final = "DANH HIỆU "  # "TẶNG DANH HIỆU" stands a line above "CHIẾN SĨ THI ĐUA CƠ SỞ"
BEHALF: Final = re.compile(r"^(KT\.|TL\.|TUQ\.)\s*")
DARK: Final = re.compile(b"\x00+")  # a run of dark modules in one row of a QR code


class DoesNotFit(ValueError):
    """Words that do not fit into their place even in the smallest letters allowed; says whose and which."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What one certificate says. `signer_title` may have lines: "KT. GIÁM ĐỐC" over "PHÓ GIÁM ĐỐC".

    `honorific` is empty for a collective; `register_number` (số sổ vàng) is the place of the honoured in the decision.
    """

    code: str
    honoured_name: str
    honorific: str
    title: str
    unit: str
    award_words: str
    achievement: str
    decision_number: str
    decided_on: date
    place: str
    agency: str
    signer_title: str
    signer_name: str
    register_number: str
    verify_url: str

    def as_json(self) -> dict[str, str]:
        return asdict(self) | {"decided_on": self.decided_on.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, str]) -> "CertificateFacts":
        return cls(**(kept | {"decided_on": date.fromisoformat(kept["decided_on"])}))  # type: ignore[arg-type]

    @property
    def signer_lines(self) -> tuple[str, ...]:
        return tuple(clean(line).upper() for line in self.signer_title.splitlines() if line.strip())

    @property
    def giver(self) -> str:
        """Whose gift it is: the office that a deputy signs for, not the deputy's."""
        lines = self.signer_lines
        office = next((BEHALF.sub("", line) for line in lines if BEHALF.match(line)), lines[-1] if lines else "")
        return clean(f"{office} {self.agency}").upper()

    @property
    def award(self) -> tuple[str, str]:
        """("TẶNG", "GIẤY KHEN") or ("TẶNG DANH HIỆU", "CHIẾN SĨ THI ĐUA CƠ SỞ")."""
        words = clean(self.award_words).upper()
        if words.startswith(TITLE_PREFIX):
            return "TẶNG DANH HIỆU", words.removeprefix(TITLE_PREFIX)
        return "TẶNG", words


# What can stand on a certificate: how officials call the piece, and its words.
PIECES: Final[dict[str, tuple[str, Callable[[CertificateFacts], str]]]] = {
    "giver": ("Chức danh người tặng", lambda of: of.giver),
    "given": ("“Tặng” hoặc “Tặng danh hiệu”", lambda of: of.award[0]),
    "award": ("Tên danh hiệu, hình thức khen", lambda of: of.award[1]),
    "name": ("Tên người, tập thể (có Ông, Bà)", lambda of: clean(f"{of.honorific} {of.honoured_name}")),
    "bare_name": ("Tên người, tập thể (không Ông, Bà)", lambda of: clean(of.honoured_name)),
    "post": ("Chức vụ, đơn vị", lambda of: ", ".join(filter(None, (clean(of.title), clean(of.unit))))),
    "achievement": ("Nội dung khen thưởng", lambda of: clean(of.achievement)),
    "decision": (
        "Số, ngày quyết định (cả câu)",
        lambda of: f"Quyết định số {of.decision_number}, {long_date(of.decided_on)}",
    ),
    "decision_number": ("Số quyết định (chỉ số)", lambda of: of.decision_number),
    "decided_on": ("Ngày quyết định (chỉ ngày)", lambda of: f"{of.decided_on:%d/%m/%Y}"),
    "register": ("Số sổ vàng (cả câu)", lambda of: f"Số sổ vàng: {of.register_number}"),
    "register_number": ("Số sổ vàng (chỉ số)", lambda of: of.register_number),
    "place_date": ("Địa danh, ngày", lambda of: f"{clean(of.place)}, {long_date(of.decided_on)}"),
    "signer_title": ("Chức vụ người ký", lambda of: "\n".join(of.signer_lines)),
    "signer_name": ("Họ tên người ký", lambda of: clean(of.signer_name)),
    "check": ("Nơi kiểm tra", lambda of: f"Kiểm tra tại {site_of(of.verify_url)}"),
    "code": ("Mã kiểm tra", lambda of: of.code),
}  # fmt: skip


def site_of(address: str) -> str:
    """The address of the page where a code is typed in: without scheme and without the code itself."""
    return re.sub(r"^https?://", "", address).rstrip("/").rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece stands. `x`, `y` in mm from the left and top edge: the side (or middle) that `align` names, and the
    foot of the letters of the first line.

    More than `lines` lines: the letters shrink from `size` to `floor` points; then up to `most` lines are allowed.
    """

    x: float
    y: float
    width: float
    size: float = 14
    floor: float = 11
    lines: int = 1
    most: int = 2
    align: Literal["left", "center", "right"] = "center"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class QrSpot:
    """The left upper corner and the side of the square, mm, its white border not counted."""

    x: float
    y: float
    side: float = 22


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet lying on its side. Without `spots` the full page is drawn. `shift_x`, `shift_y` (mm, right and down) make
    good what a printer is off."""

    width: float = 297
    height: float = 210
    spots: tuple[tuple[str, Spot], ...] = ()
    qr: QrSpot | None = None
    shift_x: float = 0
    shift_y: float = 0

    def __post_init__(self) -> None:
        if unknown := {name for name, _ in self.spots} - set(PIECES):
            raise ValueError(f"Không có phần {', '.join(sorted(unknown))} trên giấy khen.")

    def with_spot(self, name: str, spot: Spot | None) -> "Layout":
        """The layout with one piece put elsewhere, or (None) left out; pieces stand in the order of PIECES."""
        kept = dict(self.spots) | {name: spot}
        return replace(self, spots=tuple((piece, found) for piece in PIECES if (found := kept.get(piece))))

    def outside(self) -> list[str]:
        """What would be printed over the edge of the paper, in words."""
        found = []
        for name, spot in self.spots:
            left = spot.x + self.shift_x - {"left": 0, "center": spot.width / 2, "right": spot.width}[spot.align]
            foot = spot.y + self.shift_y
            if left < 0 or left + spot.width > self.width or not 0 < foot <= self.height:
                found.append(PIECES[name][0])
        if self.qr:
            x, y = self.qr.x + self.shift_x, self.qr.y + self.shift_y
            if x < 0 or y < 0 or x + self.qr.side > self.width or y + self.qr.side > self.height:
                found.append("Hình vuông kiểm tra")
        return found

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Layout":
        spots = tuple((name, Spot(**spot)) for name, spot in kept["spots"])
        return cls(**(kept | {"spots": spots, "qr": QrSpot(**kept["qr"]) if kept["qr"] else None}))


FULL_PAGE: Final = Layout()
# Where a printing house usually leaves room on an A4 blank: a first guess that the test page corrects.
USUAL_BLANK: Final = Layout(
    spots=(
        ("name", Spot(148.5, 100, 230, 24, 16, 1, 2, bold=True)),
        ("post", Spot(148.5, 113, 230, 15, 12, 1, 2)),
        ("achievement", Spot(148.5, 125, 220, 15, 12, 2, 3)),
        ("decision", Spot(30, 162, 105, 12, 10, 1, 2, "left", italic=True)),
        ("register", Spot(30, 169, 105, 12, 10, 1, 1, "left", italic=True)),
        ("place_date", Spot(215, 152, 110, 13, 11, 1, 1, italic=True)),
        ("signer_title", Spot(215, 159, 110, 13, 11, 2, 3, bold=True)),
        ("signer_name", Spot(215, 193, 110, 14, 11, 1, 1, bold=True)),
        ("code", Spot(55, 190, 80, 9, 7, 1, 1, "left")),
    ),
    qr=QrSpot(30, 174, 20),
)

SAMPLE: Final = CertificateFacts(
    code="k3f9-mq7t-22xw-p8hn-6yda-vr5c",
    honoured_name="Nguyễn Thị Minh Khuê",
    honorific="Bà",
    title="Phó Trưởng phòng",
    unit="Phòng Quản lý ngân sách, Sở Tài chính",
    award_words="Giấy khen",
    achievement="Đã có thành tích xuất sắc trong thực hiện nhiệm vụ công tác năm 2026",
    decision_number="125/QĐ-STC",
    decided_on=date(2026, 12, 18),
    place="Sông Lam",
    agency="Sở Tài chính",
    signer_title="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    signer_name="Hoàng Thị Mỹ Hạnh",
    register_number="12",
    verify_url="https://thidua.example/kiem-tra/k3f9mq7t22xwp8hn6ydavr5c/",
)


FULL_PAGE_PIECES: Final = (
    *("giver", "given", "award", "name", "post", "achievement"),
    *("place_date", "signer_title", "signer_name", "decision", "register", "check", "code"),
)


def words_on(of: CertificateFacts, layout: Layout) -> tuple[str, ...]:
    """Every piece of words that the page carries, in the order in which it is drawn."""
    top = () if layout.spots else (NATION, MOTTO)
    return tuple(text for text in (*top, *(PIECES[name][1](of) for name in pieces_on(layout))) if text)


def pieces_on(layout: Layout) -> tuple[str, ...]:
    """Names of the pieces that a page carries, in the order in which they are drawn."""
    return tuple(name for name, _ in layout.spots) or FULL_PAGE_PIECES


def draw(
    certificates: Sequence[CertificateFacts],
    layout: Layout = FULL_PAGE,
    *,
    made_at: datetime = UNDATED,
    face: fonts.Face | None = None,
) -> bytes:
    """One PDF, one page a certificate. Raises DoesNotFit, or ValueError for a letter that the font lacks."""
    face = face or fonts.chosen_face()
    pages = [_page(of, layout) for of in certificates]
    fonts.require("".join(line for page in pages for lines in page["words"].values() for line in lines), face)
    try:
        return _compiled({"pages": pages, "layout": _as_drawn(layout), "test": False}, face, made_at)
    except RuntimeError as error:  # what typst raises for everything; a panic of ours carries its words
        if found := re.search(r"does-not-fit (\d+) (\w+)", str(error)):
            of, name = certificates[int(found[1])], found[2]
            label = PIECES[name][0] if name in PIECES else "Toàn bộ chữ"
            raise DoesNotFit(
                f"Giấy khen của {of.honoured_name} (số sổ vàng {of.register_number}): “{label}” dài quá chỗ in. "
                "Xin rút gọn, hoặc nới chỗ trên phôi."
            ) from None
        raise


def draw_test_page(layout: Layout, *, face: fonts.Face | None = None) -> bytes:
    """A page to lay over the blank against the light: a grid of 10 mm, a cross at every coordinate, sample words."""
    face = face or fonts.chosen_face()
    labels = {name: PIECES[name][0] for name, _ in layout.spots}
    given = {"pages": [_page(SAMPLE, layout)], "layout": _as_drawn(layout), "labels": labels, "test": True}
    return _compiled(given, face, UNDATED)


def join(parts: Sequence[bytes]) -> bytes:
    """The pages of several PDF files in one."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        one = pypdfium2.PdfDocument(part)
        whole.import_pages(one)
        one.close()
    kept = io.BytesIO()
    whole.save(kept)
    whole.close()
    return kept.getvalue()


def _compiled(given: dict[str, Any], face: fonts.Face, made_at: datetime) -> bytes:
    import typst

    written = typst.compile(
        (files("bangvang.papers") / "certificate.typ").read_bytes(),
        format="pdf",
        font_paths=fonts.collection(face),
        sys_inputs={"given": json.dumps(given | {"family": face.family}, ensure_ascii=False)},
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(written, bytes)
    return written


def _page(of: CertificateFacts, layout: Layout) -> dict[str, Any]:
    words = {name: PIECES[name][1](of).split("\n") for name in pieces_on(layout)}
    return {"words": words, "qr": _qr(of.verify_url) if layout.qr or not layout.spots else "", "about": of.code}


def _qr(address: str) -> str:
    """The code as a small SVG: one path, a rectangle for every run of dark modules in a row."""
    import zxingcpp

    square = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = square.to_image(scale=1, add_quiet_zones=False)
    modules = memoryview(image).tobytes()  # a byte each, 0 is dark
    side = math.isqrt(len(modules))
    path = "".join(
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y in range(side)
        for run in DARK.finditer(modules[y * side : (y + 1) * side])
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def _as_drawn(layout: Layout) -> dict[str, Any]:
    kept = asdict(layout) | {"nation": NATION, "motto": MOTTO}
    kept["spots"] = [{"name": name} | asdict(spot) for name, spot in layout.spots]
    return kept
