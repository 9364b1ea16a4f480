"""The bench prints what it promises."""

from bench.reading import SIZE, measure, plan_of_real_size


def test_bench_gives_the_figures_of_plans() -> None:
    figures = measure(0.05)

    assert {"txt_per_s", "docx_per_s", "pdf_per_s", "peak_mb"} <= figures.keys()
    assert {name for name, value in figures.items() if value <= 0} <= {"failed_writes_of_others"}
    assert SIZE <= len(plan_of_real_size().encode()) < SIZE + 300
