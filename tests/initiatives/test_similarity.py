"""Sketches find what is alike among many; passages show which words, as each author wrote them."""

import random
import subprocess
import sys

from bangvang.initiatives import similarity
from bangvang.initiatives.similarity import Passage

SYLLABLES = "ngân sách hồ sơ quyết toán bảng hỏi thẩm tra thời hạn phòng cán bộ phần mềm đối chiếu nhắc việc kho bạc"
WORDS = SYLLABLES.split()


def text(seed: int, length: int = 200) -> str:
    """Words at random, each text with its own endings: two texts have no run in common but by chance."""
    fate = random.Random(seed)
    return " ".join(f"{fate.choice(WORDS)}{fate.randrange(40)}" for _ in range(length))


def test_marks_capitals_and_signs_make_no_difference() -> None:
    assert similarity.sketch("Bảng hỏi, MƯỜI một dòng!") == similarity.sketch("bang hoi muoi mot dong")
    assert len(similarity.sketch("một hai ba")) == similarity.BYTES
    assert similarity.sketch("một hai") == b""


def test_a_sketch_is_the_same_in_another_process() -> None:
    code = "from bangvang.initiatives import similarity; print(similarity.sketch('một hai ba bốn năm').hex())"
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd="src")
    assert told.stdout.strip() == similarity.sketch("một hai ba bốn năm").hex()


def test_the_estimate_is_near_the_true_share() -> None:
    """Half of the runs in common gives 1/3 by Jaccard; over many pairs the mean error is small."""
    errors = []
    for seed in range(40):
        shared = text(seed, 300)
        one, other = f"{shared} {text(seed + 1000, 300)}", f"{shared} {text(seed + 2000, 300)}"
        (_, found), *_ = similarity.nearest(similarity.sketch(one), [(1, similarity.sketch(other))], most=1)
        errors.append(found - 1 / 3)
    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < 0.25


def test_the_copy_is_found_among_thousands() -> None:
    others = [(seed, similarity.sketch(text(seed))) for seed in range(1, 3001)]
    copied = f"{text(1234, 120)} {text(9_999_999, 120)}"
    (key, share), *rest = similarity.nearest(similarity.sketch(copied), others, most=5)
    assert key == 1234
    assert share > max([value for _, value in rest], default=0)


def test_nothing_in_common_is_nothing_found() -> None:
    assert similarity.nearest(similarity.sketch(text(1)), [(2, similarity.sketch(text(2))), (3, b"")], most=5) == []
    assert similarity.nearest(b"", [(2, similarity.sketch(text(2)))], most=5) == []


def test_passages_stand_as_each_author_wrote_them() -> None:
    here = "Mở đầu khác hẳn. Gửi trước cho các xã một bảng hỏi mười một dòng, rồi mới nhận hồ sơ. Kết khác."
    there = "gui truoc cho cac xa: một bảng HỎI mười một dòng rồi mới nhận hồ sơ và trả lại"
    assert similarity.passages(here, there) == [
        Passage(
            "Gửi trước cho các xã một bảng hỏi mười một dòng, rồi mới nhận hồ sơ",
            "gui truoc cho cac xa: một bảng HỎI mười một dòng rồi mới nhận hồ sơ",
            16,
        )
    ]
    assert similarity.share_of(similarity.passages(here, there), here) == 100 * 16 // 22
    assert similarity.share_of([], "") == 0


def test_office_phrases_are_no_passage_and_the_longest_place_wins() -> None:
    assert similarity.passages("hoàn thành xuất sắc nhiệm vụ được giao", "hoàn thành xuất sắc nhiệm vụ được giao") != []
    seven = "hoàn thành xuất sắc nhiệm vụ được"
    assert similarity.passages(seven, seven) == []
    eight = "một hai ba bốn năm sáu bảy tám"
    (found,) = similarity.passages(f"{eight} chín mười", f"{eight} không. {eight} chín mười")
    assert (found.words, found.there) == (10, f"{eight} chín mười")


def test_a_text_that_repeats_itself_takes_no_long_time() -> None:
    again = "một hai ba bốn năm sáu bảy tám " * 600
    assert sum(one.words for one in similarity.passages(again, again)) == 4800
