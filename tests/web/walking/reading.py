"""Pages as a browser without scripts reads them: their forms, with what stands in each field."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]
_NOT_SENT = frozenset({"submit", "file", "button"})


@dataclass
class Form:
    """``fields``: what would be sent if nobody typed; ``typed``: the names of those into which one types."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(has.get("action", ""), has.get("method", "get").lower()))
            self._inside = True
        if not self._inside:
            return
        form, name = self.forms[-1], has.get("name", "")
        form.tags[tag] += 1
        if tag == "textarea":
            self._area, form.fields[name] = name, ""
            form.typed.add(name)
        elif tag == "select":
            self._select = name
            form.fields.setdefault(name, "")
        elif tag == "option" and "selected" in has:
            form.fields[self._select] = has.get("value", "")
        elif tag == "input" and name:
            self._input(form, name, has)

    def _input(self, form: Form, name: str, has: dict[str, str]) -> None:
        kind = has.get("type", "text")
        if kind == "file":
            form.files.append(name)
        elif kind in ("radio", "checkbox"):
            if "checked" in has:
                form.fields[name] = has.get("value", "")
            form.fields.setdefault(name, "")
        elif kind not in _NOT_SENT:
            form.fields[name] = has.get("value", "")
            if kind not in ("hidden", "password") and has.get("autocomplete") != "one-time-code":
                form.typed.add(name)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # The first line end of a textarea is none of what stands in it.
            self.forms[-1].fields[self._area] = self.forms[-1].fields[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "form":
            self._inside = False


def forms_of(page: str) -> Sequence[Form]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
