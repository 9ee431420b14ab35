import importlib
import io
import subprocess
import sys

import pytest

from hlanalysis import cli
from hlanalysis.building.spoken import spoken_lang
from hlanalysis.errors import InputError


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in cli.COMMANDS)


def test_no_command_is_bad_usage(capsys):
    assert cli.main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert name in capsys.readouterr().out


def test_bad_input_is_one_message_and_status_2(capsys, monkeypatch):
    command = importlib.import_module("hlanalysis.commands.build")

    def fail(args):
        raise InputError("thu.xlsx", "no sheet", "a sheet", "save it again")

    monkeypatch.setattr(command, "run", fail)
    assert cli.main(["build"]) == 2
    assert capsys.readouterr().err == (
        "hlanalysis build: thu.xlsx: no sheet; expected a sheet. Hint: save it again.\n"
    )


def test_ctrl_c_ends_with_130(capsys, monkeypatch):
    command = importlib.import_module("hlanalysis.commands.build")

    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", interrupted)
    assert cli.main(["build"]) == 130
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "accept"])
def test_before_the_first_build_it_is_said_plainly(command, tmp_path, capsys):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert cli.main([command, "--project", str(tmp_path)]) == 2
    message = capsys.readouterr().err
    assert "nothing was built here yet" in message and "Errno" not in message
    assert "run `hlanalysis add FILE`, then `hlanalysis build`" in message
    (tmp_path / "data" / "raw" / "x.source.toml").write_text("", "utf-8")
    assert cli.main([command, "--project", str(tmp_path)]) == 2
    assert "Hint: run `hlanalysis build`." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "variables", "spoken"),
    [
        (None, {"LANG": "vi_VN.UTF-8"}, "vi"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LC_ALL": "en_US.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        (None, {"LANG": "C", "HLANALYSIS_LANG": "vi"}, "vi"),
        (None, {"LANG": "vi_VN", "HLANALYSIS_LANG": "fr"}, "vi"),
        ("both", {"LANG": "vi_VN"}, "vi"),
        ("en", {"LANG": "vi_VN", "HLANALYSIS_LANG": "vi"}, "en"),
    ],
)
def test_a_command_speaks_the_language_asked_for_or_the_system_s(
    asked, variables, spoken, monkeypatch
):
    for name in ("HLANALYSIS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert spoken_lang(asked) == spoken


def test_windows_names_its_language_otherwise(monkeypatch):
    for name in ("HLANALYSIS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: ("Vietnamese_Vietnam", "1258"))
    assert spoken_lang() == "vi"


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from hlanalysis.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'lxml', 'rich', 'nbformat', 'scipy'}\n"
        "sys.exit(1 if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0


def test_vietnamese_is_printed_where_the_console_cannot(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    cli._speak_utf8()
    print("Hồng Lĩnh")
    stream.flush()
    assert stream.buffer.getvalue().decode("utf-8").strip() == "Hồng Lĩnh"
