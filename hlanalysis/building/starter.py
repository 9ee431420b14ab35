"""A new project folder: the notebooks of this package and empty data folders."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from hlanalysis.catalog import all_places
from hlanalysis.errors import InputError
from hlanalysis.files import write_whole

_README = """# {name}

Số liệu thô đặt trong `data/raw` bằng lệnh `hlanalysis add TỆP`; dựng mọi thứ bằng
`hlanalysis build`; mở sổ tay bằng `hlanalysis lab`.

Raw figures go into `data/raw` with `hlanalysis add FILE`; `hlanalysis build` makes everything;
`hlanalysis lab` opens the notebooks.
"""
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


def make_project(
    folder: Path,
    *,
    place: str | None,
    names: tuple[str | None, str | None],
    level: str,
) -> int:
    """Make a project folder and return the number of files in it.

    Raises
    ------
    InputError
        If the folder holds something already, or the locality is neither known nor described.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(str(folder), "exists and is not empty", "a new folder", "choose another")
    catalog = _catalog(place, names, level)
    files = {f"notebooks/{path.name}": path.read_bytes() for path in starter_notebooks()}
    files["README.md"] = _README.format(name=names[0] or folder.name).encode("utf-8")
    files[".gitignore"] = _IGNORED.encode("utf-8")
    files[".gitattributes"] = b"data/raw/** -text\n"
    if catalog:
        files["catalog/places.toml"] = catalog.encode("utf-8")
    for name, content in files.items():
        write_whole(folder / name, content)
    for name in ("data/raw", "data/processed", "data/scenarios"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return len(files)


def _catalog(place: str | None, names: tuple[str | None, str | None], level: str) -> str:
    """Return the catalogue entry of a locality that the package does not know."""
    import tomli_w

    if place is None or place in all_places():
        return ""
    if names[0] is None:
        raise InputError(
            f"--place {place}",
            "the catalogue does not know this locality",
            "its name too",
            "add --name-vi 'xã ...' (and --name-en)",
        )
    entry = {"vi": names[0], "en": names[1], "level": level}
    return tomli_w.dumps({place: entry})
