"""Examples of bodies, made from the models: what every field can look like. All parties and amounts are made up."""

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from schemas.acts.royalty import Allocation, Sales
from schemas.acts.settlement_claims import ClaimLine
from schemas.schemes.clauses import SchemeId
from schemas.statements.bars import Bar, BarAnswer
from schemas.statements.offer import Gazette, Offer
from schemas.values.credit_code import CreditCode, credit_code_of
from schemas.values.model import ContentHash, Sha256
from schemas.values.money import Money
from schemas.values.patent_number import PatentNumber

UNIVERSITY, COMPANY = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
FILING = "89f87741-ca24-56db-a518-e10db3162142"
DOCUMENT = "03011647a73c52717d2f7e73365f30de17939d23c1640b7e48b9d262ec02753a"
ANOTHER_DOCUMENT = "a7c057f9248d53538fa2acafd6c53e8503011647a73c52717d2f7e73365f30de"
PATENT, TITLE = "202010159323.0", "一种平台升降式独管通讯塔"
DAY, AMOUNT, CREDIT_CODE = "2026-11-20", "10000.00", credit_code_of("91350100M00010003")
SCHEME, YEAR = "SZ-2021-UNIV-5PCT", 2026
_OF_THE_TYPE: tuple[tuple[Any, Any], ...] = (
    (ContentHash, DOCUMENT),
    (Sha256, DOCUMENT),
    (SchemeId, SCHEME),
    (CreditCode, CREDIT_CODE),
)
_OF_THE_NAME: dict[str, Any] = {
    "account": "6217000010001234567",
    "bank": "中国银行",
    "bank_serial": "00420017A",
    "city": "shenzhen",
    "claims_kept": "1-3",
    "declaration_number": "KF001",
    "desk": "某市技术合同登记处",
    "freezes": "royalty",
    "ground": "缺少共有人的同意",
    "issue": "42-47",
    "licensee": COMPANY,
    "line": f"{CREDIT_CODE}:authority",
    "number": "JS2026-0001",
    "obligation": "due:1",
    "office_receipt_number": "2026112000001",
    "reason": "申请日与登记簿不符",
    "recordal_number": "X2026440000001",
    "region": "guangdong.shenzhen",
    "registration_number": "2026440305000001",
    "serial": "00420017A",
    "source": "专利登记簿",
    "subject": "grant",
    "stage": "in_force",
    "title": TITLE,
    "year": YEAR,
}
NOES = [{"bar": bar.value, "answer": "no", "evidence": DOCUMENT, "checked_on": DAY} for bar in Bar if bar is not Bar.E7]
"""What a licensor of an invention has looked into; an evaluation report (E7) is asked of other patents only."""
OFFER: dict[str, Any] = {
    "patent_number": PATENT,
    "title": TITLE,
    "patentees": [{"party_id": UNIVERSITY}],
    "filed_on": "2020-07-21",
    "granted_on": "2022-08-09",
    "royalty": {"form": "lump_sum", "amount": AMOUNT, "pay_within_days": 30},
    "term": {"form": "years_from_effect", "years": 3},
    "contact": UNIVERSITY,
    "commitments": True,
    "fee_explanation": "参照同类通讯塔许可的市场价格确定。",
}
_OF_THE_MODEL: dict[type[BaseModel], dict[str, Any]] = {
    Offer: OFFER,
    BarAnswer: NOES[0],
    Gazette: {"issue": "42-47", "item": "7"},
    ClaimLine: {"receipt_id": FILING},
    Allocation: {"obligation": "due:1", "amount": AMOUNT},
    Sales: {"net_sales": "500000.00"},
}


def sample(model: type[BaseModel], **given: Any) -> dict[str, Any]:
    """The fields that must be there, each with a value of its kind; ``given`` are those that are known better."""
    if model in _OF_THE_MODEL:
        return {**_OF_THE_MODEL[model], **given}
    made = {
        name: field.default if name == "form" else _of(name, field.annotation, field.metadata)
        for name, field in model.model_fields.items()
        if (field.is_required() or name == "form") and name not in given
    }
    return made | given


def _of(name: str, form: Any, metadata: Any = ()) -> Any:
    known = next((value for kind, value in _OF_THE_TYPE if kind == form or _is_annotated(kind, form, metadata)), None)
    origin, inner = get_origin(form), get_args(form)
    if known is not None:
        return known
    if origin is Annotated:
        return _of(name, inner[0], inner[1:])
    if origin in (Union, UnionType):
        return _of(name, inner[0])
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return [_of(name.removesuffix("s"), inner[0])]
    if isinstance(form, type) and issubclass(form, BaseModel):
        return sample(form)
    if isinstance(form, type) and issubclass(form, Enum):
        return next(iter(form)).value
    return {} if origin is dict else _OF_THE_NAME.get(name, _plain(form))


def _is_annotated(kind: Any, form: Any, metadata: Any) -> bool:
    return bool(metadata) and get_args(kind)[:1] == (form,) and tuple(get_args(kind)[1:]) == tuple(metadata)


def _plain(form: Any) -> Any:
    for kind, value in (
        (bool, True),
        (int, 1),
        (UUID, UNIVERSITY),
        (date, DAY),
        (Money, AMOUNT),
        (Decimal, "3"),
        (Fraction, "3"),
        (PatentNumber, PATENT),
    ):
        if isinstance(form, type) and issubclass(form, kind):
            return value
    return "示例"
