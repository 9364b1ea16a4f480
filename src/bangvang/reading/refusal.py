"""The one list of reasons why a file is not read, in the words that the person at the desk sees.

A refusal is an answer, not an exception: callers test for it and show `message` and `what_to_do` as they stand.
"""

from dataclasses import asdict, dataclass

# code: (what is wrong, what the person can do). Words follow look.md section 6: plain, short, no "lỗi hệ thống".
REASONS: dict[str, tuple[str, str]] = {
    "not_found": ("Không tìm thấy tệp {name}.", "Xin chọn lại tệp."),
    "empty": ("Tệp này rỗng, không có chữ nào.", "Xin mở tệp gốc xem còn nội dung không, rồi gửi lại."),
    "too_large": (
        "Tệp nặng {size} MB, quá mức {limit} MB.",
        "Chưa có gì bị mất; xin chia nhỏ, hoặc lưu ảnh trong tệp ở cỡ nhỏ hơn, rồi gửi lại.",
    ),
    "unknown_type": (
        "Không nhận ra loại tệp này.",
        "Xin gửi bản Word (.docx), PDF có chữ, OpenDocument (.odt), tệp chữ (.txt) hoặc trang web đã lưu (.html).",
    ),
    "rtf": ("Tệp dạng RTF chưa đọc được.", "Xin mở bằng Word, lưu thành .docx, rồi gửi lại."),
    "old_excel": ("Tệp Excel đời cũ (.xls) chưa đọc được.", "Xin mở bằng Excel, lưu thành .xlsx, rồi gửi lại."),
    "executable": (
        "Tệp này là một chương trình máy tính, không phải văn bản.",
        "Xin không mở tệp; báo người phụ trách công nghệ thông tin và hỏi lại nơi gửi.",
    ),
    "encrypted": (
        "Tệp này đặt mật khẩu nên chưa mở được.",
        "Xin mở bằng mật khẩu, lưu một bản không đặt mật khẩu, rồi gửi lại.",
    ),
    "macros": (
        "Tệp này có macro (đoạn chương trình gắn trong tệp).",
        "Xin mở bằng Word hoặc Excel, lưu thành .docx hoặc .xlsx (không macro), rồi gửi lại.",
    ),
    "embedded_object": (
        "Tệp này nhúng một tệp hoặc đối tượng khác ở bên trong.",
        "Xin bỏ đối tượng nhúng, hoặc dán nội dung của nó thành chữ, rồi gửi lại; tệp đi kèm gửi riêng.",
    ),
    "external_link": (
        "Tệp này lấy nội dung từ một nơi khác ngoài tệp.",
        "Xin cắt liên kết (trong Word: Tệp, Thông tin, Sửa liên kết tới tệp), lưu lại, rồi gửi lại.",
    ),
    "xml_entities": (
        "Tệp này khai báo kiểu tài liệu (DTD) bên trong, điều mà bản Word, Excel thường không có.",
        "Xin mở tệp, lưu thành một bản mới, rồi gửi lại.",
    ),
    "archive_bomb": (
        "Tệp này khi mở ra phình to bất thường, nên không đọc để giữ an toàn.",
        "Xin mở tệp, lưu thành một bản mới, rồi gửi lại.",
    ),
    "active_content": (
        "Tệp PDF này có lệnh tự chạy hoặc tệp đính kèm bên trong.",
        "Xin in lại ra PDF (lệnh In, chọn máy in PDF), rồi gửi lại.",
    ),
    "damaged": (
        "Tệp này hỏng hoặc bị cắt cụt, chưa mở được.",
        "Xin mở thử trên máy; nếu mở được thì lưu thành một bản mới, rồi gửi lại.",
    ),
    "too_slow": (
        "Tệp này đọc quá lâu nên đã dừng lại.",
        "Chưa có gì bị mất; xin gửi bản Word gọn hơn, hoặc nhập tay.",
    ),
    "too_heavy": (
        "Tệp này cần quá nhiều bộ nhớ nên đã dừng lại.",
        "Chưa có gì bị mất; xin chia nhỏ tệp, hoặc gửi bản Word gọn hơn.",
    ),
    "needs_ocr": ("Tệp này là bản quét, chưa có chữ để đọc.", "Xin gửi bản Word, hoặc nhập tay."),
    "no_diacritics": (
        "Văn bản gõ không dấu, đọc dễ sai nghĩa.",
        "Xin gửi bản có dấu, hoặc nhập tay.",
    ),
    "no_antiword": (
        "Máy chủ chưa có chương trình đọc tệp Word đời cũ (.doc).",
        "Xin mở bằng Word, lưu thành .docx, rồi gửi lại.",
    ),
    "no_table": (
        "Tệp này không phải bảng tính và không có bảng nào.",
        "Xin gửi danh sách ở dạng Excel (.xlsx), Word có bảng (.docx) hoặc .csv.",
    ),
    "no_rows": ("Không thấy dòng tiêu đề nào của một danh sách.", "Xin thêm một dòng tên cột (Họ và tên, Danh hiệu…)."),
    "no_rows_decided": (
        "Không thấy danh sách người, tập thể được khen trong văn bản này.",
        "Xin gửi kèm danh sách ở dạng Excel, hoặc nhập từng dòng ở sổ vàng.",
    ),
    "not_text": ("Bảng tính không đọc như văn bản.", "Xin nhập bảng này ở trang Nhập danh sách."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be read. `code` is stable and for programs; the two sentences are for people."""

    code: str
    message: str
    what_to_do: str

    def as_json(self) -> dict[str, str]:
        """The three keys that the command prints: error, message, what_to_do (issue 5)."""
        words = asdict(self)
        return {"error": words.pop("code"), **words}


class RefusedFile(Exception):
    """Carries a refusal up through a parser; never leaves the room (child.py turns it into the answer)."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def refusal(code: str, **words: object) -> Refusal:
    """The refusal of that code with its words filled in; KeyError for a code not in REASONS."""
    message, what_to_do = REASONS[code]
    return Refusal(code, message.format(**words), what_to_do)


def refuse(code: str, **words: object) -> RefusedFile:
    """An exception to raise from inside a parser."""
    return RefusedFile(refusal(code, **words))
