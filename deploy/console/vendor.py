"""Writes ``web/static/vendor``: the console's foreign style sheets and scripts, in our colours, letters and sizes.

Run it by hand after a new version: ``.venv/bin/python deploy/console/vendor.py``. It packs what ``PACKAGES`` pins with
the npm of the developing environment, compares the hash, and replaces what the tables below name.
"""

import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "web" / "static" / "vendor"


class Package(NamedTuple):
    """One package of the registry; ``files`` is path within it -> name here, ``images`` where its pictures are."""

    name: str
    version: str
    sha512: str
    files: dict[str, str]
    images: str = ""


PACKAGES = (
    Package(
        "govuk-frontend",
        "6.6.0",
        "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
        {
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
        },
    ),
    Package(
        "@ministryofjustice/frontend",
        "11.1.0",
        "1bkUbm2M4DpcpX/pOmumQRBsbJco9W2RwmJv5h/ZC/ZqrAOn2/FjpF+A7vS0gs7oMXBizr9O5huDrSYbLx73Nw==",
        # Its scripts have English words inside, and nothing of ours needs them.
        {"moj/moj-frontend.min.css": "moj-frontend.min.css"},
        "moj/assets/images",
    ),
    Package(
        "htmx.org",
        "4.0.1",
        "oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        {"dist/htmx.min.js": "htmx.min.js", "dist/ext/hx-sse.min.js": "hx-sse.min.js", "LICENSE": "LICENSE.htmx"},
    ),
)
COLOURS = {
    "#1d70b8": "#0b4f8a",  # brand
    "#1a65a6": "#0a5bab",  # links
    "#005ea5": "#0a5bab",
    "#0f385c": "#083a66",  # what is pressed
    "#8eb8dc": "#b7c9da",  # lines
    "#f4f8fb": "#f6f7f7",  # the ground
    "#d2e2f1": "#d5e4f2",
}
SIZES = {
    # A screen: Latin sizes and leading are too large and too tight for Chinese.
    "font-size:1.1875rem;line-height:1.3157894737": "font-size:1rem;line-height:1.75",
    "font-size:1.1875rem;line-height:1.25": "font-size:1rem;line-height:1.5",
    "font-size:1.1875rem;line-height:1": "font-size:1rem;line-height:1.2",
    "font-size:1rem;line-height:1.25": "font-size:.875rem;line-height:1.6",
    "font-size:1.3125rem;line-height:1.1904761905": "font-size:1.25rem;line-height:1.5",
    "font-size:1.5rem;line-height:1.25": "font-size:1.25rem;line-height:1.5",
    "font-size:1.6875rem;line-height:1.1111111111": "font-size:1.5rem;line-height:1.4",
    "font-size:2.25rem;line-height:1.1111111111": "font-size:1.75rem;line-height:1.4",
    "font-size:2rem;line-height:1.09375": "font-size:1.5rem;line-height:1.4",
    "font-size:3rem;line-height:1.0416666667": "font-size:1.75rem;line-height:1.4",
    # Paper: the sizes of Chinese official papers.
    "font-size:14pt;line-height:1.15": "font-size:10.5pt;line-height:1.6",
    "font-size:14pt;line-height:1.2": "font-size:9pt;line-height:1.5",
    "font-size:18pt;line-height:1.15": "font-size:12pt;line-height:1.5",
    "font-size:24pt;line-height:1.05": "font-size:15pt;line-height:1.4",
    "font-size:32pt;line-height:1.15": "font-size:16pt;line-height:1.4",
}
FONT = "var(--console-font)"
"""What our own style sheet says."""


def main() -> None:
    """Packs, compares, replaces and writes."""
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            _take(package, Path(folder))


def _take(package: Package, folder: Path) -> None:
    npm = Path(sys.executable).with_name("npm")
    packed = subprocess.run(
        [npm, "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    archive = folder / packed.stdout.split()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        raise SystemExit(f"{package.name}@{package.version} has the hash {found}, and not the pinned one")
    with tarfile.open(archive) as opened:
        for path, name in package.files.items():
            text = _read(opened, path).decode("utf-8")
            if name.endswith(".css"):
                for image in re.findall(r"url\(/assets/images/([a-z-]+\.svg)\)", text) if package.images else ():
                    _write(f"images/{image}", _read(opened, f"{package.images}/{image}"))
                text = own_style(text)
            _write(name, without_map(text).encode("utf-8"))


def own_style(text: str) -> str:
    """A foreign style sheet in our colours, letters and sizes; without its fonts and its crown."""
    text = re.sub(r"@font-face\{[^}]*\}|/\*!.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"font-family:(GDS Transport,arial,)?sans-serif", f"font-family:{FONT}", text)
    text = text.replace("url(/assets/images/govuk-crest.svg)", "none").replace("url(/assets/images/", "url(images/")
    for theirs, ours in COLOURS.items():
        text = text.replace(theirs, ours)
    for theirs, ours in SIZES.items():
        # Whole declarations only: 1 must not be found in 1.25.
        text = re.sub(re.escape(theirs) + r"(?![\d.])", ours, text)
        text = re.sub(re.escape(_forced(theirs)) + r"(?![\d.])", _forced(ours), text)
    return text


def without_map(text: str) -> str:
    """Without the address of a source map, which we do not serve."""
    return re.sub(r"\s*(//|/\*)# sourceMappingURL=\S+(\s*\*/)?\s*$", "\n", text)


def _forced(declarations: str) -> str:
    return declarations.replace(";", "!important;") + "!important"


def _read(archive: tarfile.TarFile, path: str) -> bytes:
    stream = archive.extractfile(f"package/{path}")
    if stream is None:
        raise SystemExit(f"{path} is no file of the package")
    return stream.read()


def _write(name: str, content: bytes) -> None:
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    main()
