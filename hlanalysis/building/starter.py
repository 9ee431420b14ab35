"""A new project folder: the notebooks of this package, a guide, and empty data folders."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

from hlanalysis.building.localities import starting_catalog
from hlanalysis.errors import InputError
from hlanalysis.files import write_whole

_README = """# {name}

Số liệu thô đặt trong `data/raw` bằng lệnh `hlanalysis add TỆP`; dựng mọi thứ bằng
`hlanalysis build`; mở sổ tay bằng `hlanalysis lab`.

Raw figures go into `data/raw` with `hlanalysis add FILE`; `hlanalysis build` makes everything;
`hlanalysis lab` opens the notebooks.

Mô hình kịch bản của riêng địa phương: một tệp `data/scenarios/TÊN.model.toml`, viết theo
`docs/equations.md`.

A scenario model of your own: one file `data/scenarios/NAME.model.toml`, written as
`docs/equations.md` says.
"""
GUIDE = "docs/equations.md"
_PARAMETER = re.compile(r"^(?!lang\b)(\w+) = .+")
_IGNORED = "outputs/\n.ipynb_checkpoints/\n"


def starter_notebooks() -> list[Path]:
    """Return the notebooks that a new project begins with.

    An installed package carries them; a checkout has them beside the package.
    """
    package = Path(str(resources.files("hlanalysis")))
    for folder in (package / "notebooks", package.parent / "notebooks"):
        found = sorted(folder.glob("[!.]*.ipynb"))
        if found:
            return found
    raise InputError(str(package), "no notebooks in the installation", hint="install it again")


def _guide() -> Path:
    """Return the page on writing a model, which an installed package carries too."""
    package = Path(str(resources.files("hlanalysis")))
    for folder in (package, package.parent):
        if (folder / GUIDE).is_file():
            return folder / GUIDE
    raise InputError(str(package), f"no {GUIDE} in the installation", hint="install it again")


def make_project(
    folder: Path,
    *,
    place: str | None,
    names: tuple[str | None, str | None],
    level: str | None = None,
) -> int:
    """Make a project folder and return the number of files in it.

    Raises
    ------
    InputError
        If the folder holds something already, or the locality is neither known nor described.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(str(folder), "exists and is not empty", "a new folder", "choose another")
    files = {f"notebooks/{path.name}": _own(path) for path in starter_notebooks()}
    files[GUIDE] = _guide().read_bytes()
    for name, catalog in starting_catalog(place, names, level).items():
        files[name] = catalog.encode("utf-8")
    files["README.md"] = _README.format(name=names[0] or folder.name).encode("utf-8")
    files[".gitignore"] = _IGNORED.encode("utf-8")
    files[".gitattributes"] = b"data/raw/** -text\n"
    for name, content in files.items():
        write_whole(folder / name, content)
    for name in ("data/raw", "data/processed", "data/scenarios"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return len(files)


def _own(notebook: Path) -> bytes:
    """Return a notebook whose parameters name nothing of the project that it comes from.

    Only the language keeps its value; where a parameter is None, the notebook takes what the
    project's own model and figures give.
    """
    stored = notebook.read_text("utf-8")
    content = json.loads(stored)
    for cell in content["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            cell["source"] = [_PARAMETER.sub(r"\1 = None", line) for line in cell["source"]]
    if content == json.loads(stored):
        return stored.encode("utf-8")
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
