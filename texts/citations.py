"""How the law is cited in Chinese: programs and data have articles in short English forms (``docs/references.md``)."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from texts.lines import Language
from texts.rows import FOLDER, read_rows, texts_of

_GUIDELINES = "专利审查指南"
_CHAPTER = "第五部分第十一章"
"""Of the Guidelines on open licences: what ``GL-3.1`` and the like mean."""
_PARTS = {"I": "一", "II": "二", "III": "三", "IV": "四", "V": "五"}
_CHAPTERS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_LAWS = {"PL": "专利法", "IR": "专利法实施细则"}
_SECTION = r"\d+(?:\.\d+)*"


def article_in(article: str, language: Language) -> str:
    """An article as it is cited, in the reader's language; our own readings and decisions (L-06, D-02) stay."""
    return article if language == "en" else _chinese(article)


@cache
def instrument_rows() -> Mapping[str, str]:
    """Instruments of law in Chinese, by what articles call them in English."""
    return read_rows(FOLDER / "instruments.yaml", lambda fields: texts_of(fields, "zh")[0])


@cache
def _instruments() -> re.Pattern[str]:
    names = "|".join(re.escape(one) for one in sorted(instrument_rows(), key=len, reverse=True))
    return re.compile(rf"\b(?:{names})(?!\w)")


@lru_cache(1_000)
def _chinese(article: str) -> str:
    told = _instruments().sub(lambda found: instrument_rows()[found[0]], article)
    told = re.sub(r"\b(PL|IR)-(\d+)(?:-(\d+))?", _of_a_law, told)
    told = re.sub(rf"({_GUIDELINES} |GL )?\b(I{{1,3}}|IV|V)-(\d{{1,2}})(?:-({_SECTION}))?", _of_guidelines, told)
    told = re.sub(rf"\bGL-({_SECTION})", rf"{_GUIDELINES}{_CHAPTER}第\1节", told)
    told = re.sub(r"(?<=[一-鿿]) (\d+) of (\d{4})", r"\2年第\1号", told)
    told = re.sub(r"\bdraft (?=art)", "草案", told)
    told = re.sub(r" ?(?<![a-z])(?:arts?\.|rule) ?(\d+)((?:\(\d+\))*)", r"第\1条\2", told)
    told = re.sub(r"(?<=[一-鿿]) (\d+)((?:\(\d+\))*)", r"第\1条\2", told)
    told = re.sub(r"(?<=条)((?:\(\d+\))*)( to | and |, )(\d+)(?![\d-])", _and_another, told)
    told = re.sub(rf"(?<=节) to ({_SECTION})", r"至第\1节", told)
    told = re.sub(r"(?<=[条节章]) to (?=第)", "至", told)
    told = re.sub(r"(?<=[条节章]) and (?=第)", "、", told)
    return re.sub(r"(?<=[一-鿿]) of (\d{4}(?:-\d\d(?:-\d\d)?)?)", r"（\1）", told)


def _of_a_law(found: re.Match[str]) -> str:
    paragraph = f"第{found[3]}款" if found[3] else ""
    return f"{_LAWS[found[1]]}第{found[2]}条{paragraph}"


def _of_guidelines(found: re.Match[str]) -> str:
    section = f"第{found[4]}节" if found[4] else ""
    return f"{_GUIDELINES if found[1] else ''}第{_PARTS[found[2]]}部分第{_CHAPTERS[int(found[3])]}章{section}"


def _and_another(found: re.Match[str]) -> str:
    return f"{found[1]}{'至' if found[2] == ' to ' else '、'}第{found[3]}条"
