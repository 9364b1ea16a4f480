"""The bench on a small population: it prints what it promises, and its population is one the engine can read."""

from __future__ import annotations

import json

import pytest

from bangvang.law.book import load
from bangvang.law.sweep import Sweeper, head_count, plan_sweep
from bench.law import RECEIVED, YEAR, Population, main


def test_the_bench_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--persons", "6400"]) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("about ")
    timed = {"build_s", "snapshot_read_s", "sweep_ms", "sweep_one_rail_ms", "explain_ms"}
    compared = {"copy_gb_s", "limit_ms", "sweep_x_limit", "growth", "rounds"}
    counted = {"persons", "records", "awards", "conditions", "planes_bytes", "bytes_per_person"}
    assert set(json.loads(printed.out)) == timed | compared | counted


def test_the_population_reaches_both_sides_of_the_common_awards() -> None:
    population = Population(6400)
    plan = plan_sweep(load(), YEAR, RECEIVED, constant=population.constant, stream="cong_trang")
    sweeper = Sweeper(plan, 100)
    swept = sweeper.run(population.supply(sweeper.keys))
    for code in ("grassroots_emulation_fighter", "ministry_province_commendation", "prime_minister_commendation"):
        surely, possibly = head_count(swept.surely[code], 6400), head_count(swept.possibly[code], 6400)
        assert 0 < surely < possibly < 6400, (code, surely, possibly)
    assert head_count(swept.one_short["prime_minister_commendation"], 6400) > 0


def test_a_count_may_end_inside_a_word() -> None:
    from bangvang.law.sweep import packed

    assert head_count(packed([1, 0, 1, 1] * 20), 70) == 52
