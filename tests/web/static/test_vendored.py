"""What is vendored: versions and licences beside it, nothing that is not free to use, nothing from elsewhere."""

import re

import pytest

from deploy.console.vendor import PACKAGES, VENDOR, own_style, without_map

FILES = sorted(path for path in VENDOR.iterdir() if path.suffix in (".css", ".js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_vendored_file_has_no_letters_or_crown_of_others_and_asks_nobody_else(path: object) -> None:
    text = VENDOR.joinpath(str(path)).read_text(encoding="utf-8")
    assert not re.search(r"GDS Transport|@font-face|govuk-crest|sourceMappingURL", text)
    assert not re.search(r"url\((?!images/)", text)


@pytest.mark.parametrize("path", [one for one in FILES if one.suffix == ".css"], ids=lambda path: path.name)
def test_a_vendored_sheet_is_in_our_colours_and_sizes(path: object) -> None:
    text = VENDOR.joinpath(str(path)).read_text(encoding="utf-8")
    assert own_style(text) == text
    assert {
        name for name in re.findall(r"url\(images/([^)]+)\)", text) if not (VENDOR / "images" / name).is_file()
    } == set()


def test_what_is_not_ours_is_replaced() -> None:
    letters = "font-family:GDS Transport,arial,sans-serif;font-size:1.1875rem;line-height:1.25"
    theirs = f"@font-face{{src:url(x)}}.a{{{letters};color:#1d70b8}}"
    assert own_style(theirs) == ".a{font-family:var(--console-font);font-size:1rem;line-height:1.5;color:#0b4f8a}"
    assert without_map("a;\n//# sourceMappingURL=a.js.map") == "a;\n"


def test_versions_and_licences_stand_beside_the_files() -> None:
    page = (VENDOR / "README.md").read_text(encoding="utf-8")
    assert [one.name for one in PACKAGES if f"| {one.version} |" not in page] == []
    named = re.findall(r"`(LICENSE\.[\w-]+)`", page)
    assert sorted(named) == sorted(path.name for path in VENDOR.glob("LICENSE.*"))
