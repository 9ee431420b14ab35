import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from hlanalysis.errors import InputError
from hlanalysis.publish.kernels.execute import read_notebook, run_notebook, set_parameters

v4 = nbformat.v4


@pytest.fixture
def write(tmp_path):
    def make(*sources, tags=("parameters",)):
        cells = [v4.new_code_cell(source) for source in sources]
        cells[0].metadata["tags"] = list(tags)
        path = tmp_path / "01_thu.ipynb"
        nbformat.write(v4.new_notebook(cells=cells), path)
        return path

    return make


def test_parameters_come_after_their_cell_and_win(write, tmp_path):
    path = write("lang = 'vi'\nyears: list = [2024]", "print(lang, years)")
    before = path.read_bytes()
    seen = []
    done = run_notebook(
        path, {"lang": "en", "years": [2023, 2024]}, on_cell=lambda *step: seen.append(step)
    )
    assert done.cells[1].metadata["tags"] == ["injected-parameters"]
    assert done.cells[2].outputs[0].text == "en [2023, 2024]\n"
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert path.read_bytes() == before


def test_two_runs_give_the_same_bytes(write):
    path = write(
        "x = 1",
        "import warnings; warnings.warn('lạ', stacklevel=1)\nprint('a'); print('b')",
        "object()",
        "{'b', 'a', 'c'}",
    )
    first, second = (nbformat.writes(run_notebook(path)) for _ in range(2))
    assert first == second
    assert "ipykernel_" not in first and "iopub" not in first and " at 0x…" in first


def test_a_failing_cell_is_named_with_its_message(write):
    path = write("x = 1", "\nprint(thu_ngan_sach)")
    with pytest.raises(InputError) as caught:
        run_notebook(path)
    assert caught.value.where == "01_thu.ipynb, cell 2 (print(thu_ngan_sach))"
    assert caught.value.found == "NameError: name 'thu_ngan_sach' is not defined"


def test_our_own_message_is_passed_on_as_it_is(write):
    path = write(
        "x = 1",
        "from hlanalysis.errors import InputError; raise InputError('a.csv', 'no rows', 'some')",
    )
    with pytest.raises(InputError) as caught:
        run_notebook(path)
    assert str(caught.value).endswith("): a.csv: no rows; expected some.")


def test_a_result_that_cannot_be_shown_is_named(write):
    source = (
        "class Odd:\n    def _repr_mimebundle_(self, **kw):\n        return {}['subject']\nOdd()"
    )
    with pytest.raises(InputError, match=r"cell 2 .*KeyError: 'subject'"):
        run_notebook(write("x = 1", source))


def test_an_intended_failure_does_not_stop_the_run(tmp_path):
    cell = v4.new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]})
    path = tmp_path / "x.ipynb"
    nbformat.write(v4.new_notebook(cells=[cell, v4.new_code_cell("print('sau')")]), path)
    assert run_notebook(path).cells[1].outputs[0].text == "sau\n"


def test_a_cell_that_takes_too_long_is_named(write):
    with pytest.raises(InputError, match=r"cell 2 .*ran longer than 1 s"):
        run_notebook(write("x = 1", "import time; time.sleep(30)"), timeout=1)


def test_a_dead_kernel_is_named(write):
    with pytest.raises(InputError, match=r"cell 2 .*kernel died"):
        run_notebook(write("x = 1", "import os; os._exit(1)"))


def test_an_unknown_parameter_is_refused_with_the_known_ones(write):
    with pytest.raises(InputError, match=r"no variable named langg; expected one of lang, years"):
        run_notebook(write("lang = 'vi'\nyears = 1"), {"langg": "en"})


def test_parameters_need_their_cell(write):
    with pytest.raises(InputError, match="0 cells are tagged 'parameters'"):
        run_notebook(write("lang = 'vi'", tags=()), {"lang": "en"})


def test_a_value_must_be_plain(write):
    notebook = read_notebook(write("x = 1"))
    with pytest.raises(InputError, match="parameter x: a set"):
        set_parameters(notebook, {"x": {1}}, name="n")


def test_injecting_twice_leaves_one_cell(write):
    notebook = read_notebook(write("x = 1"))
    set_parameters(notebook, {"x": 2}, name="n")
    set_parameters(notebook, {"x": 3}, name="n")
    assert [cell.source for cell in notebook.cells] == ["x = 1", "x = 3"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"[]", b'{"cells": 3}', b"{"])
def test_what_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\.ipynb"):
        read_notebook(path)


def test_a_missing_notebook_is_refused(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_notebook(tmp_path / "x.ipynb")


def test_an_old_notebook_gets_steady_ids(tmp_path):
    old = v4.new_notebook(cells=[v4.new_markdown_cell("a"), v4.new_code_cell("1")])
    raw = json.loads(nbformat.writes(old))
    for cell in raw["cells"]:
        del cell["id"]
    raw["nbformat_minor"] = 4
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert [cell.id for cell in read_notebook(path).cells] == ["cell-1", "cell-2"]


def test_a_notebook_can_be_run_from_inside_a_loop(write):
    path = write("x = 1", "print(x + 1)")

    async def inside():
        return run_notebook(path)

    assert asyncio.run(inside()).cells[1].outputs[0].text == "2\n"


def test_two_notebooks_run_at_once_in_threads(write):
    path = write("lang = 'vi'", "print(lang)")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda lang: run_notebook(path, {"lang": lang}), ("vi", "en")))
    assert [notebook.cells[2].outputs[0].text for notebook in done] == ["vi\n", "en\n"]


@pytest.mark.skipif(os.name != "posix", reason="sends an interrupt as POSIX does")
def test_an_interrupt_stops_the_kernel_and_reaches_the_caller(write):
    path = write("x = 1", "import os, time; print(os.getpid(), flush=True); time.sleep(60)")
    program = (
        "import sys, pathlib; from hlanalysis.publish.kernels.execute import run_notebook\n"
        "run_notebook(pathlib.Path(sys.argv[1]),"
        " on_cell=lambda done, total: print(done, flush=True))"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout.readline() == "1\n"
    kernels = children(run.pid)
    assert kernels
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert not any(os.path.exists(f"/proc/{kernel}") for kernel in kernels)


def children(parent):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return found.stdout.split()


def test_the_desk_of_the_user_stays_out_of_it(write, tmp_path, monkeypatch):
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("x = 'theirs'", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    done = run_notebook(write("pass", "print('x' in globals())"))
    assert done.cells[1].outputs[0].text == "False\n"
