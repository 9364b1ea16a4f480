"""Damaged copies of our own documents, as disks, mail and malice make them; each kind of damage is repeatable by seed.

`run(folder, count)` is the long run of proof 5.3; pytest runs a small one.
"""

import io
import random
import re
import sys
import time
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from bangvang.reading import child
from bangvang.reading.refusal import REASONS, Refusal
from tests.reading.corpus_builder import document

SOURCE = """
<<<
UBND TỈNH SÔNG LAM
SỞ CẦU PHÀ
Số: 27/KH-SCP
|||
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 14 tháng 5 năm 2024
>>>
KẾ HOẠCH
Phát động phong trào thi đua “Chuyến phà an toàn”
Thực hiện Kế hoạch số 70/KH-UBND ngày 02/5/2024 của UBND tỉnh Sông Lam, Sở Cầu phà ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Không để xảy ra tai nạn trên các bến phà.
2. Yêu cầu
Mỗi bến có sổ trực, có áo phao cho từng hành khách.
II. NỘI DUNG
1. Thi đua kiểm tra phương tiện mỗi sáng.
2. Thi đua nhắc khách mặc áo phao.
III. HÌNH THỨC KHEN THƯỞNG
- Giấy khen của Giám đốc Sở.
IV. THỜI GIAN
Từ ngày 01/6/2024 đến hết ngày 31/12/2024.
V. TỔ CHỨC THỰC HIỆN
1. Các bến phà tổ chức thực hiện.
<<<
Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
|||
GIÁM ĐỐC

Lê Văn Bến
>>>
"""
TRUE = {"number": "27/KH-SCP", "date": "2024-05-14", "agency": "Sở Cầu phà"}
KINDS = ("txt", "docx", "pdf", "odt", "html")


def originals() -> dict[str, bytes]:
    """The undamaged document in each format."""
    return {kind: document(SOURCE.strip("\n"), kind) for kind in KINDS}


def damaged(content: bytes, kind: str, chance: random.Random) -> tuple[str, bytes]:
    """One damage and its result; the first six leave most of the text where it is."""
    damages = ["few bytes", "cut end", "doubled part"]
    if kind in ("txt", "html"):
        damages += ["blanks", "decomposed", "lost lines", "joined lines", "wrapped", "old mac ends", "noise"]
    damages += ["zeros", "many bytes", "cut start", "shuffled"]
    damage = chance.choice(damages)
    return damage, _apply(damage, content, chance)


def _apply(damage: str, content: bytes, chance: random.Random) -> bytes:
    size = len(content)
    if damage in ("few bytes", "many bytes"):
        changed = bytearray(content)
        for _ in range(3 if damage == "few bytes" else max(size // 50, 40)):
            changed[chance.randrange(size)] = chance.randrange(256)
        return bytes(changed)
    if damage == "cut end":
        return content[: chance.randrange(size // 2, size)]
    if damage == "cut start":
        return content[chance.randrange(1, size) :]
    if damage == "doubled part":
        start = chance.randrange(size)
        return content[:start] + content[start : start + 400] * 2 + content[start + 400 :]
    if damage == "zeros":
        start = chance.randrange(size)
        return content[:start] + b"\x00" * chance.randrange(1, 2000) + content[start:]
    if damage == "shuffled":
        parts = [content[start : start + 512] for start in range(0, size, 512)]
        chance.shuffle(parts)
        return b"".join(parts)
    return _apply_to_text(damage, content.decode("utf-8"), chance).encode()


def _apply_to_text(damage: str, text: str, chance: random.Random) -> str:
    if damage == "blanks":
        return text.replace(" ", chance.choice(["  ", "\u00a0", " \u200b", "\t"]))
    if damage == "decomposed":
        return unicodedata.normalize("NFD", text)
    if damage == "old mac ends":
        return text.replace("\n", "\r")
    lines = text.split("\n")
    if damage == "lost lines":
        del lines[chance.randrange(len(lines))]
    elif damage == "joined lines":
        at = chance.randrange(len(lines) - 1)
        lines[at : at + 2] = [" ".join(lines[at : at + 2])]
    elif damage == "wrapped":
        lines = [part for line in lines for part in (line[:70], line[70:]) if part]
    else:
        lines.insert(chance.randrange(len(lines)), chance.choice(["Lượt xem: 46.012.327", "null", "%%%%", "1/2/3"]))
    return "\n".join(lines)


def run(folder: Path, count: int = 2000, seed: int = 5) -> dict[str, Any]:
    """Read `count` damaged files through the limited child; figures for proof 5.3, and every fault found."""
    chance = random.Random(seed)
    files = originals()
    faults: list[str] = []
    refused: Counter[str] = Counter()
    right: Counter[str] = Counter()
    with_text, slowest, peak, limits = 0, 0.0, 0, dict[str, str]()
    for number in range(count):
        kind = chance.choice(KINDS)
        damage, content = damaged(files[kind], kind, chance)
        path = folder / f"damaged.{chance.choice([kind, 'pdf', 'docx'])}"
        path.write_bytes(content)
        started = time.monotonic()
        answer = child.read_plan(path)
        slowest = max(slowest, time.monotonic() - started)
        peak = max(peak, child.peak_memory())
        limits = limits or _limits(child.pid())
        holds = _holds_the_text(content, kind, path)
        with_text += holds
        if "Traceback" in str(answer):
            faults.append(f"{number} {kind} {damage}: a traceback")
        if isinstance(answer, Refusal):
            refused[answer.code] += 1
            if answer.code not in REASONS or not answer.message or not answer.what_to_do:
                faults.append(f"{number} {kind} {damage}: {answer}")
        elif holds:
            for name, value in TRUE.items():
                found = answer[name]["value"]
                right[name] += (found["name"] if name == "agency" and found else found) == value
    return {
        "files": count,
        "faults": faults,
        "refused": dict(refused),
        "with_text": with_text,
        "right": {name: right[name] / with_text if with_text else 1.0 for name in TRUE},
        "slowest_s": round(slowest, 2),
        "peak_mb": round(peak / 1024 / 1024, 1),
        "limits": limits,
    }


def _limits(pid: int | None) -> dict[str, str]:
    """What the kernel allows the child: bytes of memory, bytes written to one file."""
    if pid is None:
        return {}
    rows = Path(f"/proc/{pid}/limits").read_text().splitlines()
    said = {row[:26].strip(): row[26:].split()[1] for row in rows[1:]}
    return {name: said[name] for name in ("Max address space", "Max file size")}


def _holds_the_text(content: bytes, kind: str, path: Path) -> bool:
    """Whether the damaged file still says number, date and agency, found without the reader of plans."""
    if kind in ("txt", "html"):
        return _says_the_text(content)
    if kind == "pdf":
        text = child.extract(path)
        return not isinstance(text, Refusal) and _says_the_text("\n".join(line.text for line in text.lines).encode())
    member = "word/document.xml" if kind == "docx" else "content.xml"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _says_the_text(re.sub(rb"<[^>]*>", b"", package.read(member)))
    except Exception:  # a package that Python cannot open holds no text for anybody
        return False


def _says_the_text(content: bytes) -> bool:
    text = unicodedata.normalize("NFC", content.decode("utf-8", "ignore"))
    text = re.sub(r"[\s\u200b]+", " ", text)
    return all(words in text for words in ("27/KH-SCP", "SỞ CẦU PHÀ", "14 tháng 5 năm 2024"))


if __name__ == "__main__":
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        print(
            json.dumps(run(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 2000), ensure_ascii=False, indent=1)
        )
