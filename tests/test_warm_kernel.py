"""Kernels that start warm give what plain ones give, and leave nothing behind."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from hlanalysis.errors import InputError
from hlanalysis.publish.kernels.execute import run_notebook, run_notebook_async
from hlanalysis.publish.kernels.kernel import clear_private_folders, environment
from hlanalysis.publish.kernels.warm_kernel import SWITCH, WarmStart, WarmStartError
from hlanalysis.publish.kernels.worker import call

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
v4 = nbformat.v4
FORKED = "'hlanalysis.publish.kernels.worker' in sys.modules"


def write(folder, *sources):
    path = folder / "n.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(one) for one in sources]), path)
    return path


@pytest.fixture(scope="module")
def warm():
    with WarmStart(("hlanalysis.building.preload",), environment("")) as server:
        yield server
    assert not server.folder.exists()


def run_warm(path, warm, **options):
    return asyncio.run(run_notebook_async(path, warm=warm, **options))


def test_it_gives_the_same_bytes_as_a_plain_kernel(warm, tmp_path):
    path = write(
        tmp_path,
        "import os, sys, signal\nprint(os.getcwd() == sys.path[0], sys.path[:1], sys.argv[0])\n"
        "print(signal.getsignal(signal.SIGINT), sys.stdin.read() == '')",
        "import pandas as pd, numpy as np\npd.DataFrame({'a': [1, 2]})",
        "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('Thu ngân sách')",
        "import seaborn as sns\nsns.heatmap(np.eye(3)); print(plt.get_backend())",
        "{'b', 'a', 'c'}",
        "import warnings; warnings.warn('lạ', stacklevel=1)",
        "print(__name__, sorted(name for name in globals() if name[0] != '_'))",
    )
    plain, forked = nbformat.writes(run_notebook(path)), nbformat.writes(run_warm(path, warm))
    assert "image/png" in forked
    assert forked == plain and not warm.refusal


def test_each_kernel_is_fresh_and_its_dice_are_its_own(warm, tmp_path):
    path = write(
        tmp_path, "import sys; print(hasattr(sys, 'mark'), " + FORKED + "); sys.mark = 1",
        "import numpy, random; print(numpy.random.rand(), random.random())",
    )  # fmt: skip
    first, second = (run_warm(path, warm).cells for _ in range(2))
    assert first[0].outputs[0].text == second[0].outputs[0].text == "False True\n"
    assert first[1].outputs[0].text != second[1].outputs[0].text


def test_a_notebook_that_only_a_plain_kernel_survives_is_run_in_one(tmp_path):
    path = write(tmp_path, "import os, sys\nif " + FORKED + ": os._exit(3)\nprint('alive')")
    with WarmStart((), environment("")) as warm:
        assert run_warm(path, warm).cells[0].outputs[0].text == "alive\n"
        assert "n.ipynb" in warm.refusal


def test_where_the_server_is_gone_a_plain_kernel_does_it(tmp_path):
    path = write(tmp_path, "import sys; print(" + FORKED + ")")
    with WarmStart((), environment("")) as warm:
        os.kill(warm._server.pid, signal.SIGKILL)
        assert run_warm(path, warm).cells[0].outputs[0].text == "False\n"
        assert warm.refusal
        shout = call("builtins:max", ([1, 2],), env=os.environ, warm=warm)
        with pytest.raises(TypeError):
            asyncio.run(shout)


def test_a_place_whose_name_is_too_long_for_sockets_gives_a_plain_start(tmp_path, monkeypatch):
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with pytest.raises(WarmStartError, match="too long"):
        WarmStart((), environment(""))
    assert not list(deep.iterdir())
    assert run_notebook(write(tmp_path, "print(1)")).cells[0].outputs[0].text == "1\n"


def test_it_can_be_turned_off(monkeypatch):
    monkeypatch.setenv(SWITCH, "plain")
    with pytest.raises(WarmStartError, match="plain"):
        WarmStart((), environment(""))


@pytest.mark.parametrize("way", ["warm", "plain"])
def test_work_is_done_elsewhere_and_errors_come_back(way, tmp_path):
    (tmp_path / "work.py").write_text(
        "import os\n"
        "def twice(number, on_share):\n"
        "    on_share(0.5)\n"
        "    print('on the way')\n"
        "    if number < 0:\n"
        "        from hlanalysis.errors import InputError\n"
        "        raise InputError('n', 'negative', 'a count', 'turn it')\n"
        "    if number == 0:\n"
        "        os._exit(9)\n"
        "    return 2 * number, os.getpid()\n"
    )
    env = environment("") | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    shares = []

    def ask(number):
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(WarmStart((), env)) if way == "warm" else None
            return asyncio.run(
                call("work:twice", [number], env=env, warm=server, on_share=shares.append)
            )

    double, pid = ask(21)
    assert double == 42 and pid != os.getpid() and shares == [0.5]
    with pytest.raises(InputError, match=r"n: negative; expected a count\. Hint: turn it\."):
        ask(-1)
    with pytest.raises(RuntimeError, match="ended with status"):
        ask(0)


def test_a_heavy_program_is_not_imported_again(tmp_path):
    notebook = write(tmp_path, "import sys; print(" + FORKED + ", 'heavy' in dir(sys))")
    program = tmp_path / "program.py"
    program.write_text(
        "import asyncio, pathlib, sys\nsys.heavy = True\nprint('imported', flush=True)\n"
        "from hlanalysis.publish.kernels.execute import run_notebook_async\n"
        "from hlanalysis.publish.kernels.kernel import environment\n"
        "from hlanalysis.publish.kernels.warm_kernel import WarmStart\n"
        "with WarmStart((), environment('')) as warm:\n"
        f"    done = asyncio.run(run_notebook_async(pathlib.Path({str(notebook)!r}), warm=warm))\n"
        "    print(done.cells[0].outputs[0].text, warm.refusal)\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["imported", "True", "False"], done.stdout


def test_a_killed_program_leaves_no_process_and_no_folder(tmp_path):
    program = (
        "import time\nfrom hlanalysis.publish.kernels.kernel import environment\n"
        "from hlanalysis.publish.kernels.warm_kernel import WarmStart\n"
        "warm = WarmStart((), environment(''))\n"
        "work = warm.begin(task='call', target='time:sleep', args=(), cwd='/', env={})\n"
        "print(warm._server.pid, warm.folder, flush=True); time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    with run:
        server, folder = run.stdout.readline().split()
        run.kill()
    end = time.monotonic() + 20
    while os.path.exists(f"/proc/{server}") or os.path.exists(folder):
        assert time.monotonic() < end, "the server outlives its program"
        time.sleep(0.05)


def test_folders_of_killed_processes_are_cleared_and_of_others_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = (f"hlanalysis-{gone.pid}-x", f"hlanalysis-{os.getpid()}-x", "hlanalysis-notes-x")
    for name in names:
        (tmp_path / name).mkdir()
    clear_private_folders()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
