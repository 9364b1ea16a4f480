from bangvang.kernel.verdict import YES, Verdict, no


def test_yes_is_true_and_no_is_false_with_its_reason() -> None:
    refusal = no("Còn thiếu ngày.", who="Văn thư", cite="Điều 5")
    assert bool(YES) is True
    assert bool(refusal) is False
    assert refusal == Verdict(False, "Còn thiếu ngày.", "Văn thư", "Điều 5")


def test_and_keeps_the_first_refusal_with_its_words() -> None:
    first, second = no("Một."), no("Hai.")
    assert (YES and first and second) is first
    assert (YES and YES) is YES
