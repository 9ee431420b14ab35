"""Scenarios against hand-written code: draws, memory, one scenario, fan; and how time grows.

Ratios of medians in alternating runs of one process; memory in a fresh process each.
Run: python benchmarks/scenarios.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from hlanalysis.scenarios import Model, quick_model, run
from hlanalysis.scenarios.drawing import evaluate_draws
from hlanalysis.scenarios.fan import SHARES, fan
from hlanalysis.scenarios.running import run_slots
from hlanalysis.scenarios.sampling import sample

DRAWS, YEARS, ROUNDS = 1_000_000, range(2025, 2031), 7
LAND = [0.0, 120.0, 150.0, 150.0, 180.0, 60.0]
# Nineteen equations with if, and, min, max, round, a lag and a running sum.
EQUATIONS = """
thu_tx[t]  = thu_tx[t-1] * (1 + g_thu)
thu_dat[t] = dau_gia[t] * gia if t >= nam_dg else 0
thu[t]     = thu_tx[t] + thu_dat[t]
nop[t]     = thu[t] * ty_le_nop
con[t]     = thu[t] - nop[t]
chi_tx[t]  = chi_tx[t-1] * (1 + g_chi)
du[t]      = con[t] - chi_tx[t]
chi_dt[t]  = max(0, du[t]) * ty_le_dt
von_dn[t]  = von_dn[t-1] * (1 + g_dn)
von[t]     = chi_dt[t] + von_dn[t]
luy_ke[t]  = sum(von[2026:t])
cn[t]      = cn[t-1] * (1 + g_cn) + von[t-1] / icor
dv[t]      = dv[t-1] * (1 + g_dv)
nn[t]      = nn[t-1] * (1 + g_nn)
gtsx[t]    = min(cau, cn[t] + dv[t] + nn[t])
tang[t]    = round(gtsx[t] / gtsx[t-1] - 1, 4)
ty_le[t]   = thu_dat[t] / thu[t]
dan[t]     = dan[t-1] * (1 + g_dan)
dat[t]     = 1 if tang[t] >= muc and thu[t] >= muc_thu else 0
"""
SCALARS = {
    "g_thu": (10, 2), "g_chi": (6, 1), "g_dn": (5, 2), "g_cn": (6, 1.5), "g_dv": (7, 1),
    "g_nn": (2, 0.5), "g_dan": (1, 0.1), "ty_le_nop": (20, 2), "ty_le_dt": (60, 5),
}  # fmt: skip
PLAIN = {"icor": (4.8, 0.5), "gia": (1.0, 0.1)}
KEPT = ["gtsx", "thu", "von", "tang"]


def town() -> Model:
    """Return the model that is measured."""
    levers: dict[str, tuple[object, str, float, float]] = {
        name: (mean, "%", -80.0, 200.0) for name, (mean, _) in SCALARS.items()
    }
    levers |= {"icor": (4.8, "", 0.5, 20), "gia": (1.0, "", -2, 5)}
    levers |= {
        "dau_gia": (LAND, "tỷ đồng", 0, 900), "nam_dg": (2026, "năm", 2025, 2030),
        "cau": (9000, "tỷ đồng", 10, 99000), "muc": (7, "%", 0, 30),
        "muc_thu": (300, "tỷ đồng", 0, 900),
    }  # fmt: skip
    starts = {
        "thu_tx": 100, "chi_tx": 90, "von_dn": 900, "von": 1290, "cn": 2000, "dv": 1500, "nn": 300,
        "gtsx": 3800,
    }  # fmt: skip
    return quick_model(
        EQUATIONS,
        years=(2025, 2030),
        levers=levers,  # type: ignore[arg-type]
        starts={
            **{name: (2024, value, "tỷ đồng") for name, value in starts.items()},
            "dan": (2024, 39_920, "người"),
        },
    )


def inputs(n: int) -> dict[str, np.ndarray]:
    """Return drawn levers in their own units."""
    stream = np.random.default_rng(1)
    both = {**SCALARS, **PLAIN}
    return {name: mean + sd * stream.standard_normal(n) for name, (mean, sd) in both.items()}


def by_hand(d: dict[str, np.ndarray], keep: list[str] | None) -> dict[str, list[np.ndarray]]:
    """Hand-written NumPy over whole arrays, the way an analyst writes it.

    With `keep` only those outputs are returned and each year's arrays are let go.
    """
    p = {name: d[name] / 100 for name in SCALARS} | {name: d[name] for name in PLAIN}
    n = len(d["icor"])
    out: dict[str, list[np.ndarray]] = {}
    was: dict[str, object] = {
        "thu_tx": 100.0, "chi_tx": 90.0, "von_dn": 900.0, "von": 1290.0, "cn": 2000.0,
        "dv": 1500.0, "nn": 300.0, "gtsx": 3800.0, "dan": 39920.0,
    }  # fmt: skip
    total: object = np.zeros(n)
    for i, year in enumerate(YEARS):
        now: dict[str, object] = {}
        now["thu_tx"] = was["thu_tx"] * (1 + p["g_thu"])
        now["thu_dat"] = LAND[i] * p["gia"] if year >= 2026 else np.zeros(n)
        now["thu"] = now["thu_tx"] + now["thu_dat"]
        now["nop"] = now["thu"] * p["ty_le_nop"]
        now["con"] = now["thu"] - now["nop"]
        now["chi_tx"] = was["chi_tx"] * (1 + p["g_chi"])
        now["du"] = now["con"] - now["chi_tx"]
        now["chi_dt"] = np.maximum(0, now["du"]) * p["ty_le_dt"]
        now["von_dn"] = was["von_dn"] * (1 + p["g_dn"])
        now["von"] = now["chi_dt"] + now["von_dn"]
        total = total + now["von"] if year >= 2026 else total
        now["luy_ke"] = total
        now["cn"] = was["cn"] * (1 + p["g_cn"]) + was["von"] / p["icor"]
        now["dv"] = was["dv"] * (1 + p["g_dv"])
        now["nn"] = was["nn"] * (1 + p["g_nn"])
        now["gtsx"] = np.minimum(9000.0, now["cn"] + now["dv"] + now["nn"])
        grown = now["gtsx"] / was["gtsx"] - 1
        now["tang"] = np.copysign(np.floor(np.abs(grown) * 1e4 * (1 + 4e-16) + 0.5) / 1e4, grown)
        now["ty_le"] = now["thu_dat"] / now["thu"]
        now["dan"] = was["dan"] * (1 + p["g_dan"])
        now["dat"] = np.where((now["tang"] >= 0.07 - 1e-9) & (now["thu"] >= 300.0 - 1e-9), 1.0, 0.0)
        for name in keep or now:
            out.setdefault(name, []).append(now[name])  # type: ignore[arg-type]
        was = now
    return out


def by_hand_needed(d: dict[str, np.ndarray]) -> dict[str, list[np.ndarray]]:
    """Hand-written NumPy that computes nothing but what the kept outputs need."""
    p = {name: d[name] / 100 for name in SCALARS} | {name: d[name] for name in PLAIN}
    out: dict[str, list[np.ndarray]] = {name: [] for name in KEPT}
    thu_tx, chi, dn, von = 100.0, 90.0, 900.0, 1290.0
    cn, dv, nn, gtsx = 2000.0, 1500.0, 300.0, 3800.0
    for i, year in enumerate(YEARS):
        thu_tx = thu_tx * (1 + p["g_thu"])
        thu = thu_tx + LAND[i] * p["gia"] if year >= 2026 else thu_tx
        chi, dn = chi * (1 + p["g_chi"]), dn * (1 + p["g_dn"])
        before, von = von, np.maximum(0, thu - thu * p["ty_le_nop"] - chi) * p["ty_le_dt"] + dn
        cn = cn * (1 + p["g_cn"]) + before / p["icor"]
        dv, nn = dv * (1 + p["g_dv"]), nn * (1 + p["g_nn"])
        last, gtsx = gtsx, np.minimum(9000.0, cn + dv + nn)
        grown = gtsx / last - 1
        tang = np.copysign(np.floor(np.abs(grown) * 1e4 * (1 + 4e-16) + 0.5) / 1e4, grown)
        for name, value in zip(KEPT, (gtsx, thu, von, tang), strict=True):
            out[name].append(value)
    return out


def one_by_hand(p: dict[str, float]) -> list[float]:
    """One scenario as a hand-written loop on floats."""
    thu_tx, chi_tx, von_dn, von = 100.0, 90.0, 900.0, 1290.0
    cn, dv, nn, gtsx, dan, luy_ke = 2000.0, 1500.0, 300.0, 3800.0, 39920.0, 0.0
    out: list[float] = []
    for i, year in enumerate(YEARS):
        thu_tx = thu_tx * (1 + p["g_thu"])
        thu_dat = LAND[i] * p["gia"] if year >= 2026 else 0.0
        thu = thu_tx + thu_dat
        nop = thu * p["ty_le_nop"]
        con = thu - nop
        chi_tx = chi_tx * (1 + p["g_chi"])
        du = con - chi_tx
        chi_dt = max(0, du) * p["ty_le_dt"]
        von_dn = von_dn * (1 + p["g_dn"])
        before, von = von, chi_dt + von_dn
        luy_ke = luy_ke + von if year >= 2026 else 0.0
        cn = cn * (1 + p["g_cn"]) + before / p["icor"]
        dv = dv * (1 + p["g_dv"])
        nn = nn * (1 + p["g_nn"])
        last, gtsx = gtsx, min(9000.0, cn + dv + nn)
        tang = int(abs(gtsx / last - 1) * 1e4 + 0.5) / 1e4
        ty_le = thu_dat / thu
        dan = dan * (1 + p["g_dan"])
        dat = 1.0 if tang >= 0.07 and thu >= 300.0 else 0.0
        out += [thu_tx, thu_dat, thu, nop, con, chi_tx, du, chi_dt, von_dn, von, luy_ke, cn, dv,
                nn, gtsx, tang, ty_le, dan, dat]  # fmt: skip
    return out


def race(*runners: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median seconds of each runner, in alternating turns after one warm-up."""
    times: list[list[float]] = [[] for _ in runners]
    for turn in range(rounds + 1):
        for number, runner in enumerate(runners):
            start = time.perf_counter()
            runner()
            if turn:
                times[number].append(time.perf_counter() - start)
    return [statistics.median(one) for one in times]


def report(what: str, value: float, limit: float, unit: str = "") -> None:
    """Print one line: the figure, what it should stay below, and whether it does."""
    verdict = "ok" if value <= limit else "OVER"
    print(f"{what:<58} {value:8.3f}{unit:<4} <= {limit:g}{unit:<4} {verdict}")


def draws() -> None:
    """Time of 10^6 draws over 6 years."""
    model, d = town(), inputs(DRAWS)
    kept = [(name, year) for name in KEPT for year in YEARS]
    made, wanted = evaluate_draws(model, d, kept), by_hand(d, KEPT)
    flat = np.array([wanted[name][i] for name in KEPT for i in range(6)])
    assert np.max(np.abs(made - flat) / np.maximum(1, np.abs(flat))) < 1e-12
    del made, wanted, flat
    ours, lean, hand = race(
        lambda: evaluate_draws(model, d, kept),
        lambda: by_hand_needed(d),
        lambda: by_hand(d, KEPT),
    )
    print(f"10^6 draws x 6 years, {len(KEPT)} variables kept: {ours:.2f} s")
    report("time, kept outputs / NumPy computing only what they need", ours / lean, 1.1)
    report("time, kept outputs / NumPy by hand, all equations", ours / hand, 1.1)


def fresh(which: str) -> tuple[float, float]:
    """Return seconds and extra MB of one way, run once in a process of its own; median of 3."""
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, __file__, "--fresh", which], capture_output=True, text=True, check=True
        )
        runs.append([float(part) for part in done.stdout.split()])
    seconds, megabytes = zip(*runs, strict=True)
    return statistics.median(seconds), statistics.median(megabytes)


def measure(which: str) -> None:
    """Print seconds and peak extra memory of one way (in the fresh process)."""
    model, d = town(), inputs(DRAWS)
    kept = [(name, year) for name in KEPT for year in YEARS]
    everything = list(model.outputs)
    ways: dict[str, Callable[[], object]] = {
        "kept": lambda: evaluate_draws(model, d, kept),
        "everything": lambda: evaluate_draws(model, d, everything),
        "hand_needed": lambda: by_hand_needed(d),
        "hand_kept": lambda: by_hand(d, KEPT),
        "hand_everything": lambda: by_hand(d, None),
    }
    small = {name: values[:100] for name, values in d.items()}
    evaluate_draws(model, small, kept), evaluate_draws(model, small, everything)
    # Time without tracing, then memory with it: NumPy reports its arrays to tracemalloc.
    start = time.perf_counter()
    held = ways[which]()
    seconds = time.perf_counter() - start
    del held
    tracemalloc.start()
    held = ways[which]()
    print(seconds, tracemalloc.get_traced_memory()[1] / 1e6)
    del held


def first_calls() -> None:
    """Compare memory, and time with everything kept, each way in a process of its own."""
    names = ("kept", "everything", "hand_needed", "hand_kept", "hand_everything")
    seconds, megabytes = {}, {}
    for name in names:
        seconds[name], megabytes[name] = fresh(name)
    print("first call:", ", ".join(f"{n} {seconds[n]:.2f} s {megabytes[n]:.0f} MB" for n in names))
    report("memory / NumPy by hand keeping the same outputs",
           megabytes["kept"] / megabytes["hand_kept"], 0.7)  # fmt: skip
    report("memory / NumPy by hand keeping everything",
           megabytes["kept"] / megabytes["hand_everything"], 0.35)  # fmt: skip
    ratio = seconds["everything"] / seconds["hand_everything"]
    # No goal: both ways spend most of it on the page faults of 900 MB of results.
    print(f"{'time, everything kept / NumPy by hand, first call':<58} {ratio:8.3f}")


def one_scenario() -> None:
    """One scenario: through the whole door, and the compiled function alone."""
    model = town()
    p = {name: mean / 100 for name, (mean, _) in SCALARS.items()} | {"icor": 4.8, "gia": 1.0}
    cells = dict(zip(model.outputs, run(model).cells, strict=True))
    flat = [cells[name, year] for year in YEARS for name in model.variables]
    assert max(abs(a - b) for a, b in zip(flat, one_by_hand(p), strict=True)) < 1e-9

    def many(function: Callable[[], object], times: int = 300) -> Callable[[], object]:
        return lambda: [function() for _ in range(times)]

    hand, slots, levers = race(
        many(lambda: one_by_hand(p)),
        many(lambda: run_slots(model, model.base)),
        many(lambda: run(model, {"g_thu": 11, "icor": 5})),
        rounds=15,
    )
    report("one scenario / loop by hand", slots / hand, 2)
    report("one scenario with two levers by name / loop by hand", levers / hand, 2)
    report("one scenario with two levers by name", levers / 300 * 1e6, 50, " µs")


def fans() -> None:
    """Compare a fan with drawing and quantiles by hand."""
    model, n = town(), 200_000
    stated = {"icor": "khoảng 4,8, xê dịch 0,5", "g_thu": "khoảng 10, xê dịch 2"}
    kept = [("gtsx", year) for year in YEARS]

    def by_hands() -> object:
        stream = np.random.Generator(np.random.SFC64(1))
        z = np.empty((2, n))
        stream.standard_normal(out=z)
        d = {"icor": 4.8 + 0.5 * z[0], "g_thu": 10 + 2 * z[1]}
        return np.quantile(evaluate_draws(model, d, kept), SHARES, axis=-1)

    ours, hand = race(lambda: fan(sample(model, stated, keep=["gtsx"], n=n), "gtsx"), by_hands)
    report("fan / draws and quantiles by hand", ours / hand, 1.2)


def growth() -> None:
    """Grow draws and equations fourfold: time should too."""
    model, kept = town(), [("gtsx", 2030)]
    few, many = inputs(250_000), inputs(1_000_000)
    short, long = race(
        lambda: evaluate_draws(model, few, kept), lambda: evaluate_draws(model, many, kept)
    )
    report("time per draw, 10^6 / 250 000 draws", long / short / 4, 1.25)

    def chain(count: int) -> Model:
        lines = ["x0_a[t] = x0_a[t-1] * (1 + g)"]
        lines += [f"x{k}_a[t] = x{k - 1}_a[t] * 1.01 + x{k - 1}_a[t] / k" for k in range(1, count)]
        return quick_model(
            "\n".join(lines),
            years=(2025, 2030),
            levers={"g": (5, "%", -50, 90), "k": (4, "", 1, 9)},
            starts={"x0_a": (2024, 100, "tỷ đồng")},
        )

    small, large = chain(50), chain(200)
    d = {"g": inputs(100_000)["g_thu"]}
    one, four = race(
        lambda: evaluate_draws(small, d, [("x49_a", 2030)]),
        lambda: evaluate_draws(large, d, [("x199_a", 2030)]),
    )
    report("time per equation, 200 / 50 equations, draws", four / one / 4, 1.25)
    one, four = race(lambda: chain(50), lambda: chain(200))
    report("time per equation, 200 / 50 equations, reading", four / one / 4, 1.25)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fresh"]:
        measure(sys.argv[2])
    else:
        draws()
        first_calls()
        one_scenario()
        fans()
        growth()
