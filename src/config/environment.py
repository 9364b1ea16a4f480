"""Every deployment value, with its default and what it is for: settings read this list, and so does the docs page."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default` None means it must be set (or the program does not start)."""

    name: str
    default: str | None
    meaning: str


VARIABLES = (
    Variable("BV_SECRET_KEY", None, "Khoá ký của máy chủ, ít nhất 50 ký tự ngẫu nhiên. Không có thì chương trình không chạy."),
    Variable("BV_VAR", "var", "Thư mục dữ liệu: cơ sở dữ liệu SQLite, tệp đã nhận, tệp đã lập. Nằm ngoài thư mục web."),
    Variable("BV_DATABASE", "", "Cơ sở dữ liệu: sqlite:///đường/dẫn hoặc postgres://người@máy/tên?host=/ổ/cắm. Để trống: SQLite trong BV_VAR."),
    Variable("BV_HOSTS", "localhost,127.0.0.1", "Tên máy được phép dùng trong địa chỉ, cách nhau bằng dấu phẩy."),
    Variable("BV_HTTPS", "1", "1: chạy sau HTTPS (cookie an toàn, chuyển hướng). 0: chỉ dùng cho máy thử trên 127.0.0.1."),
    Variable("BV_DEBUG", "0", "1: bật trang gỡ lỗi cho người lập trình. Không bao giờ bật trên máy thật."),
    Variable("BV_DEMO", "0", "1: bản minh hoạ (do ./bv demo đặt). Hiện dải chữ báo người và đơn vị không có thật."),
    Variable("BV_TODAY", "", "Ngày giả định dạng 2025-12-20, chỉ có tác dụng ở bản minh hoạ."),
    Variable("BV_UPLOAD_MB", "25", "Cỡ lớn nhất của một tệp gửi lên, tính bằng MB."),
    Variable("BV_LAW_LOCAL", "", "Thư mục quy định riêng của địa phương, ngành (YAML), cách nhau bằng dấu hai chấm. Để trống: các mẫu kèm theo."),
    Variable("BV_LAW_UNDER", "vn", "Nơi ban hành mà cơ quan này phải theo, cấp trên trước, cách nhau bằng dấu phẩy, ví dụ vn,bac_ninh."),
    Variable("BV_IDLE_MINUTES", "15", "Số phút không thao tác thì phải đăng nhập lại."),
    Variable("BV_SMTP_HOST", "", "Máy chủ thư để gửi lời nhắc. Để trống: chỉ báo trong phần mềm."),
    Variable("BV_SMTP_PORT", "587", "Cổng của máy chủ thư."),
    Variable("BV_SMTP_SECURITY", "starttls", "Mã hoá đường gửi thư: starttls, ssl, hoặc để trống nếu máy chủ thư ở ngay máy này."),
    Variable("BV_SMTP_USER", "", "Tên đăng nhập máy chủ thư. Để trống: không đăng nhập."),
    Variable("BV_SMTP_PASSWORD", "", "Mật khẩu máy chủ thư."),
    Variable("BV_SMTP_FROM", "bangvang@localhost", "Địa chỉ gửi đi của các lời nhắc."),
    Variable("BV_LOG_LEVEL", "INFO", "Mức ghi nhật ký kỹ thuật: DEBUG, INFO, WARNING, ERROR."),
)  # fmt: skip


DEMO_DEFAULTS = {"BV_VAR": "var/demo", "BV_HTTPS": "0"}  # a demo stands beside a real installation, on loopback


class Missing(Exception):
    """A variable without default is not set."""


def read(name: str) -> str:
    """The value of one listed variable. Unlisted names are a programming error (KeyError)."""
    variable = {known.name: known for known in VARIABLES}[name]
    default = variable.default
    if name in DEMO_DEFAULTS and is_on("BV_DEMO"):
        default = DEMO_DEFAULTS[name]
    value = os.environ.get(name, default)
    if value is None:
        raise Missing(f"Thiếu biến môi trường {name}. {variable.meaning}")
    return value


def is_on(name: str) -> bool:
    return read(name) in {"1", "true", "yes"}
