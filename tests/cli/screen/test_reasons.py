"""Why something was refused, at a terminal: no line is longer than it, and what goes on stands further to the right."""

import io

import pytest

import cli.terminal
from cli.screen.table import width_of
from cli.typed.language import speak
from schemas.values.refusal import refusal


class _Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_reason_is_folded_where_somebody_watches_and_whole_where_not(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    speak(["--lang", language])
    monkeypatch.setenv("COLUMNS", "80")
    no = refusal("nothing_of_that_number", "FILING", text="K-1", nearest=", ".join(f"K-{n}" for n in range(30)))
    told = {}
    for stream in (_Watched(), io.StringIO()):
        monkeypatch.setattr("sys.stderr", stream)
        cli.terminal.put_reasons("refused", [no], error=True)
        told[stream.isatty()] = stream.getvalue().splitlines()
    assert len(told[False]) == 3
    assert max(map(width_of, told[True])) <= 80
    assert all(line.startswith("  ") for line in told[True][1:])
    after = told[True].index(next(line for line in told[True] if line.startswith("  →"))) + 1
    assert all(line.startswith("    ") for line in told[True][after:])
    assert after < len(told[True])
