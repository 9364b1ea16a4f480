"""Words of each format in reading order, with page and source; and the texts that cannot be trusted."""

import random
import shutil
import unicodedata

import pytest

from bangvang.reading.refusal import RefusedFile
from bangvang.reading.text import is_scan, text_of
from bangvang.reading.text_cleaning import clean, fold, share_of_marked_words
from tests.reading.corpus_builder import as_docx, as_pdf, document

BODY = "Sở Cầu phà ban hành Kế hoạch về an toàn đường thủy"
TWO_COLUMNS = [
    "<<<",
    "SỞ CẦU PHÀ",
    "Số: 27/KH-SCP",
    "|||",
    "Độc lập - Tự do - Hạnh phúc",
    "Sông Lam, ngày 14",
    ">>>",
    BODY,
]


def lines_of(tmp_path, content, name="tep.bin"):
    path = tmp_path / name
    path.write_bytes(content)
    return [(line.text, line.source) for line in text_of(path).lines if line.text]


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt", "odt"])
def test_left_column_of_the_head_comes_before_the_right_one(tmp_path, kind):
    lines = lines_of(tmp_path, document("\n".join(TWO_COLUMNS), kind))

    assert [text for text, _source in lines] == [
        "SỞ CẦU PHÀ",
        "Số: 27/KH-SCP",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Lam, ngày 14",
        BODY,
    ]


def test_room_left_for_the_registry_is_no_gap_between_columns(tmp_path):
    text = "Số:      /KH-SCP\nSông Lam, ngày      tháng 12 năm 2025\n\nSố:      /KH-SCP          Sông Lam, ngày      tháng      năm 2025\n"

    lines = lines_of(tmp_path, text.encode())

    assert lines == [
        ("Số: /KH-SCP", "body"),
        ("Sông Lam, ngày tháng 12 năm 2025", "body"),
        ("Số: /KH-SCP", "cell"),
        ("Sông Lam, ngày tháng năm 2025", "cell"),
    ]


def test_columns_set_with_blanks_are_taken_apart(tmp_path):
    text = "Nơi nhận:                    GIÁM ĐỐC\n- UBND tỉnh (b/c);\n- Lưu: VT.                    Lê Văn Bến\n"

    lines = lines_of(tmp_path, text.encode())

    assert [text for text, _source in lines] == [
        "Nơi nhận:",
        "- UBND tỉnh (b/c);",
        "- Lưu: VT.",
        "GIÁM ĐỐC",
        "Lê Văn Bến",
    ]


def test_word_draws_numbers_capitals_boxes_and_rows(tmp_path):
    source = ["@caps Nội dung", "@num Thi đua một", "@num Thi đua hai", "@box Số: 1/KH-A", "@table a | b | c"]

    assert lines_of(tmp_path, as_docx(source)) == [
        ("NỘI DUNG", "body"),
        ("1. Thi đua một", "body"),
        ("2. Thi đua hai", "body"),
        ("Số: 1/KH-A", "box"),
        ("a | b | c", "row"),
    ]


def test_word_leaves_out_what_was_deleted_or_hidden(tmp_path):
    from tests.reading.hostile_files import PARAGRAPH, docx

    extra = "<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    changed = PARAGRAPH.replace("</w:p>", extra + "<w:ins><w:r><w:t> và thêm</w:t></w:r></w:ins></w:p>")

    assert lines_of(tmp_path, docx(changed)) == [("Kế hoạch thi đua của đơn vị và thêm", "body")]


def test_pdf_pages_are_counted(tmp_path):
    path = tmp_path / "dai.pdf"
    path.write_bytes(as_pdf([f"Dòng thứ {number} của một văn bản dài" for number in range(80)]))

    text = text_of(path)

    assert text.pages == max(line.page for line in text.lines) > 1
    assert text.lines[0].page == 1


def test_html_keeps_words_and_drops_scripts(tmp_path):
    page = (
        "<html><head><title>Cổng</title></head><body><nav>Trang chủ</nav><p>Kế&nbsp;hoạch</p><ul><li>Thi đua</li></ul>"
    )
    page += "<script>var a = '<p>lạ</p>';</script></body></html>"

    assert lines_of(tmp_path, page.encode()) == [("Trang chủ", "body"), ("Kế hoạch", "body"), ("- Thi đua", "body")]


@pytest.mark.parametrize("kind", ["txt-tcvn3", "txt-vni"])
def test_old_encodings_become_unicode(tmp_path, kind):
    source = "Sở Bưu kiện tổ chức phong trào thi đua trong toàn ngành, từ nay đến hết năm, ở mọi bưu cục miền núi."

    assert lines_of(tmp_path, document(source, kind)) == [(source, "body")]


def test_old_font_in_word_is_converted_run_by_run(tmp_path):
    from tests.reading.hostile_files import WORD, docx

    runs = '<w:r><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr><w:t>kÕ ho¹ch</w:t></w:r><w:r><w:t> năm 2003</w:t></w:r>'
    paper = docx(f"<w:document {WORD}><w:body><w:p>{runs}</w:p></w:body></w:document>")

    assert lines_of(tmp_path, paper) == [("KẾ HOẠCH năm 2003", "body")]


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_broken_doc_is_refused(tmp_path):
    from tests.reading.hostile_files import compound

    with pytest.raises(RefusedFile) as refused:
        lines_of(tmp_path, compound(["WordDocument"]))

    assert refused.value.refusal.code == "damaged"


def test_doc_without_antiword_says_what_to_do(tmp_path, monkeypatch):
    from tests.reading.hostile_files import compound

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedFile) as refused:
        lines_of(tmp_path, compound(["WordDocument"]))

    assert refused.value.refusal.what_to_do == "Xin mở bằng Word, lưu thành .docx, rồi gửi lại."


def test_table_of_numbers_is_not_a_text(tmp_path):
    from tests.reading.hostile_files import HARMLESS

    with pytest.raises(RefusedFile) as refused:
        lines_of(tmp_path, HARMLESS["xlsx"][1])

    assert refused.value.refusal.code == "not_text"


def test_pdf_with_a_password_is_refused(tmp_path):
    locked = (
        as_pdf(["Kế hoạch"])
        .replace(b"trailer", b"trailer")
        .replace(
            b"/Root",
            b"/Encrypt << /Filter /Standard /V 1 /R 2 /O ("
            + b"x" * 32
            + b") /U ("
            + b"y" * 32
            + b") /P -4 >> /ID [(a)(a)] /Root",
        )
    )

    with pytest.raises(RefusedFile) as refused:
        lines_of(tmp_path, locked)

    assert refused.value.refusal.code == "encrypted"


@pytest.mark.parametrize(
    ("text", "pages", "scan"),
    [
        ("", 3, True),
        ("Ký bởi: Sở Cầu phà Thời gian ký: 14/05/2024", 2, True),
        ("Kế hoạch thi đua của đơn vị trong năm " * 20, 1, False),
        ("Kế hoạch thi đua của đơn vị trong năm " * 20, 40, True),
    ],
)
def test_scan_is_told_by_how_little_text_it_has(text, pages, scan):
    assert is_scan([(1, text, "body")], pages) is scan


def test_clean_makes_one_form_of_each_letter():
    typed = unicodedata.normalize("NFD", "Uỷ") + "\u00a0ban  Ðiện ƣớc\u200b"

    assert clean(typed) == "Uỷ ban Điện ước"


def test_fold_keeps_places():
    text = "Đẩy mạnh – “Thi đua” ở Kỳ Sơn"

    assert fold(text) == 'day manh - "thi dua" o ky son'
    assert len(fold(text)) == len(text)


def test_fold_is_letter_by_letter_whatever_stands_around():
    chance = random.Random(7)
    letters = "aăâđêôơưỳỹẻộçñüß½ﬁ•…“”‘’–—ĐẮỄ Ð×ÿœΩж中.,;0123 -\u00a0"
    for _ in range(2000):
        text = unicodedata.normalize("NFC", "".join(chance.choices(letters, k=chance.randrange(1, 30))))
        assert fold(text) == "".join(map(fold, text))
        assert len(fold(text)) == len(text)


def test_share_of_marked_words_tells_typing_without_marks():
    assert share_of_marked_words(["Thi", "dua", "yeu"]) == 0.0
    assert share_of_marked_words(["Thi", "đua", "yêu", "nước"]) == 0.75
