"""The wheel: what is in it, and that a digest can be made with it far from the checkout."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from site_gen import __version__

ROOT = Path(__file__).parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-q")
PATIENCE = 180
DATA = ("scaffold", "preview/client", "formats/images/fonts", "convert/lexicons",
        "convert/html/lexicons",        "convert/text/weights")  # fmt: skip

pytestmark = pytest.mark.slow


def called(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A process and its output; nothing of the checkout is on its path."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "NETLIFY", "CONTEXT")}
    return subprocess.run(
        words,
        cwd=cwd,
        env=kept | env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout. Without hatchling pip must fetch it, which may fail."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("no wheel: this environment has no pip")
    folder = tmp_path_factory.mktemp("wheel")
    ready = importlib.util.find_spec("hatchling") is not None
    options = ("--no-build-isolation", "--no-index") if ready else ("--retries", "0")
    words = (*PIP, "wheel", "--no-deps", *options, "--wheel-dir", str(folder), str(ROOT))
    done = called(*words, cwd=folder)
    if done.returncode and not ready:
        pytest.skip(f"no wheel: hatchling is neither here nor to be had: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel, installed; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    words = (*PIP, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    done = called(*words, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def files(folder: Path) -> set[str]:
    """What git would keep of a folder of data."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_all_that_the_program_reads_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"site_gen/_themes/{name}" for name in files(ROOT / "themes")} <= names
    for folder in DATA:
        wanted = {f"site_gen/{folder}/{name}" for name in files(ROOT / "site_gen" / folder)}
        assert wanted, folder
        assert wanted <= names
    assert {f"site_gen/{name}" for name in files(ROOT / "site_gen")} <= names


def test_nothing_else_is_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "site_gen",
        f"site_gen-{__version__}.data",
        f"site_gen-{__version__}.dist-info",
    }
    assert [name for name in names if ".data/" in name] == [
        f"site_gen-{__version__}.data/data/share/man/man1/site-gen.1"
    ]
    known = files(ROOT / "site_gen") | {f"_themes/{name}" for name in files(ROOT / "themes")}
    known |= {"_docs/settings.md", "_docs/front-matter.md"}
    package = [name.removeprefix("site_gen/") for name in names if name.startswith("site_gen/")]
    assert set(package) == known
    assert len(package) == len(known)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_program_makes_a_digest(wheel: Path, installed: Path, tmp_path: Path) -> None:
    path = {"PYTHONPATH": str(installed)}
    program = (sys.executable, "-m", "site_gen")
    where = called(sys.executable, "-c", "import site_gen; print(site_gen.__file__)",
                   cwd=tmp_path, **path)  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    base = ("--base-url", "https://t.example")
    started = called(*program, "init", "mydigest", *base, cwd=tmp_path, **path)
    assert started.returncode == 0, started.stderr
    assert "requirements.txt is not written" in started.stderr
    assert f"requirements.txt: ./{wheel.name}\n" in started.stderr
    site = tmp_path / "mydigest"
    built = called(*program, "build", "--strict", "-b", "https://t.example", cwd=site, **path)
    assert built.returncode == 0, built.stderr
    assert "1 article in 1 edition" in built.stderr
    for name in ("index.html", "feed.xml", "articles/your-first-article/index.html"):
        assert (site / "public" / name).is_file()
    assert list((site / "public/assets").glob("style.*.css"))


def test_the_script_is_the_module(installed: Path, tmp_path: Path) -> None:
    done = called(str(installed / "bin/site-gen"), "theme", "list", cwd=tmp_path,
                  PYTHONPATH=str(installed))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["broadsheet", "minimal"]
