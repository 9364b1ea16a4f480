"""The command without Django: exit codes and what is printed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bangvang.reading.__main__ import main
from tests.reading.corpus_builder import build


def test_read_prints_the_draft_as_json(corpus, capsys):
    status = main(["read", str(corpus / "06-flattened-head-and-foot.txt"), "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert status == 0
    assert (printed["kind"], printed["number"]["value"]) == ("plan_full", "318/KH-SLT")


def test_read_prints_words_for_people(corpus, capsys):
    main(["read", str(corpus / "13-wrong-dates.txt")])
    lines = capsys.readouterr().out.split("\n")

    assert lines[0] == "Kế hoạch"
    assert "Số văn bản: 08/KH-UBND [dòng 2]" in lines
    assert "Ngày: (trống) Ngày 31/02/2025 không có trong lịch; máy không tự sửa." in lines


def test_unreadable_file_exits_with_2_and_says_what_to_do(corpus, capsys):
    status = main(["read", str(corpus / "20-no-diacritics.txt"), "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert status == 2
    assert printed == {
        "error": "no_diacritics",
        "message": "Văn bản gõ không dấu, đọc dễ sai nghĩa.",
        "what_to_do": "Xin gửi bản có dấu, hoặc nhập tay.",
    }


def test_unreadable_file_without_json_speaks_on_stderr(tmp_path, capsys):
    status = main(["read", str(tmp_path / "khong-co.docx")])
    printed = capsys.readouterr()

    assert (status, printed.out) == (2, "")
    assert printed.err == "Không tìm thấy tệp khong-co.docx. Xin chọn lại tệp.\n"


def test_score_prints_figures_per_stratum(tmp_path, capsys):
    build(tmp_path, ["21-news-own-and-basis", "28-excerpt"])

    status = main(["score", str(tmp_path), "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert status == 0
    assert list(printed) == ["news", "excerpt", "hard_failures"]
    assert printed["news"]["number"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}


def test_score_of_no_folder_is_refused(tmp_path, capsys):
    assert main(["score", str(tmp_path / "khong-co"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "not_found"


def test_command_runs_as_a_module_in_utf8(corpus):
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"], "LC_ALL": "C"}
    path = corpus / "05-mixed-letters.txt"

    ran = subprocess.run(
        [sys.executable, "-m", "bangvang.reading", "read", str(path), "--json"],
        capture_output=True,
        env=environment,
        cwd=Path(path).parent,
        check=True,
    )

    assert json.loads(ran.stdout.decode("utf-8"))["theme"]["value"] == "Đọc kỹ, ghi đúng, trả lời nhanh"
