"""The conditions of acts, and what acts start, are told in Chinese as in English."""

import re

from schemas.lifecycle.all import LIFECYCLES
from texts.citations import article_in
from texts.words import condition_in, condition_rows, refusal_rows

IN_SHORT = {text for table in LIFECYCLES.values() for row in table.rows for text in (row.guard, row.starts) if text}
SIGNS = {"R1"}
"""What is a rule's name in any language."""


def test_every_condition_has_its_chinese_and_no_chinese_is_for_nothing() -> None:
    assert len(IN_SHORT) > 100
    assert sorted(IN_SHORT - set(condition_rows())) == [], "these have no Chinese"
    assert sorted(set(condition_rows()) - IN_SHORT) == [], "no table says these"


def test_a_condition_is_said_in_one_language() -> None:
    for text in IN_SHORT - SIGNS:
        chinese = condition_in(text, "zh")
        assert re.search("[\u4e00-\u9fff]", chinese), text
        assert re.findall(r"[a-z]{2,}", chinese) == [], text
        assert condition_in(text, "en") == text


def test_every_article_is_cited_in_one_language() -> None:
    articles = {row.article for row in refusal_rows().values()}
    articles |= {row.article for table in LIFECYCLES.values() for row in table.rows}
    told = {one: re.sub(r"\{.*?\}|docs/schemes\.md", "", article_in(one, "zh")) for one in articles}
    assert {one: chinese for one, chinese in told.items() if re.search("[a-z]{3,}", chinese)} == {}
    assert (
        article_in("Implementing Regulations rule 86(1); Civil Code 865", "zh")
        == "专利法实施细则第86条(1); 民法典第865条"
    )
    assert article_in("PL-50-2; L-06", "zh") == "专利法第50条第2款; L-06"
    assert article_in("IR-85, IR-86; GL-3.1 to 3.3", "zh") == (
        "专利法实施细则第85条, 专利法实施细则第86条; 专利审查指南第五部分第十一章第3.1节至第3.3节"
    )
    assert article_in("GL V-9-4.2; D-02", "zh") == "专利审查指南第五部分第九章第4.2节; D-02"
    assert article_in("Civil Code arts. 562, 563", "zh") == "民法典第562条、第563条"
