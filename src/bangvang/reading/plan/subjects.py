"""Which subject of a plan a heading names: purpose, contents, awards … (plan-documents.md section 1).

Headings are compared without diacritics, so that a scan with wrong marks still finds its sections.
"""

import re
from difflib import SequenceMatcher

# Subject → words that name it, folded. Where one phrase holds another, the longer is cut out first.
WORDS: dict[str, tuple[str, ...]] = {
    "duties": ("to chuc thuc hien", "trach nhiem thuc hien", "trach nhiem", "phan cong nhiem vu", "phan cong"),
    "period": (
        "thoi gian thuc hien",
        "thoi gian phat dong",
        "thoi gian to chuc",
        "thoi gian thi dua",
        "thoi gian",
        "thoi han",
    ),
    "dossier": ("ho so", "thu tuc", "trinh tu"),
    "quotas": ("so luong", "ty le khen", "ti le khen", "co cau khen"),
    "awards": (
        "hinh thuc khen thuong",
        "khen thuong",
        "hinh thuc",
        "danh hieu thi dua",
        "danh hieu va hinh thuc",
        "danh hieu",
        "giai thuong",
    ),
    "indicators": ("chi tieu",),
    "solutions": ("giai phap", "bien phap", "phuong an", "nhiem vu va giai phap"),
    "criteria": ("tieu chi", "tieu chuan", "thang diem", "cham diem", "bang diem"),
    "requirements": ("yeu cau",),
    "purposes": ("muc dich", "muc tieu", "y nghia"),
    "targets": ("doi tuong", "pham vi"),
    "contents": ("noi dung", "nhiem vu trong tam"),
    "theme": ("chu de", "ten goi", "ten phong trao"),
    "funding": ("kinh phi",),
    "reports": ("che do bao cao", "so ket, tong ket", "so ket va tong ket", "so ket", "tong ket"),
}
PHRASES = sorted(
    ((words, subject) for subject, many in WORDS.items() for words in many), key=lambda pair: -len(pair[0])
)

# "Nội dung, hình thức khen thưởng", "Tiêu chuẩn khen thưởng", "Đối tượng khen thưởng" are about awards alone;
# "Đối tượng, nội dung" are two subjects.
ABOUT_AWARDS = re.compile(
    r"(?:(?:tieu chuan|tieu chi|doi tuong|noi dung|hinh thuc|so luong|dieu kien|co cau)(?:,| va| -|/)?\s*"
    r"(?:duoc |xet |de nghi )*)+khen thuong"
)
LONGEST_HEADING = 14  # words
LEAD = re.compile(r"^(?:ve|cac|mot so|noi dung, |\d+\.\s*)\s*")


def subjects_of(heading: str) -> list[str]:
    """The subjects a folded heading names, in its order; empty when it names none."""
    spots: list[tuple[int, str]] = []
    rest = heading
    for words, subject in PHRASES:
        at = rest.find(words)
        if at >= 0 and (at == 0 or not rest[at - 1].isalnum()):
            spots.append((at, subject))
            rest = rest[:at] + "#" * len(words) + rest[at + len(words) :]
    found: list[str] = []
    for _at, subject in sorted(spots):
        if subject not in found:
            found.append(subject)
    if ABOUT_AWARDS.search(heading):
        found = [subject for subject in found if subject not in ("criteria", "targets", "contents")]
    return found


def starts_with_subject(folded: str) -> str | None:
    """The subject whose words open a folded text ("thoi gian phat dong thi dua: tu …"); None otherwise."""
    opened = LEAD.sub("", folded)
    for words, subject in PHRASES:
        if opened.startswith(words) and not opened[len(words) : len(words) + 1].isalnum():
            return subject
    return None


def misspelt_subjects(heading: str) -> list[str]:
    """As subjects_of, for a heading of a scan in which letters were lost or changed."""
    found: list[str] = []
    words = heading.split()
    for phrase, subject in PHRASES:
        length = len(phrase.split())
        for at in range(len(words) - length + 1):
            window = " ".join(words[at : at + length])
            if SequenceMatcher(None, window, phrase).ratio() >= 0.82 and subject not in found:
                found.append(subject)
    return found
