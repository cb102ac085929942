"""The words that facts of schemes are made of. A field of one of these types takes no other; *unknown* is not stated.

What somebody hands in is held to the words; what was recorded before a word was fixed is read as it is.
"""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from schemas.values.cells.reading import are_read
from schemas.values.determination import Answer3
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import nearest_first

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]


class PartySort(StrEnum):
    """What a claimant or a counterparty is; each party is one of them, the narrowest that fits."""

    UNIVERSITY = "university"  # 高等学校
    VOCATIONAL_COLLEGE = "vocational_college"  # 高职院校
    RESEARCH_INSTITUTE = "research_institute"  # 科研院所
    NEW_RESEARCH_INSTITUTION = "new_research_institution"  # 新型研发机构
    MEDICAL_INSTITUTION = "medical_institution"  # 医疗卫生机构
    PUBLIC_INSTITUTION = "public_institution"  # 其他事业单位
    GOVERNMENT_BODY = "government_body"  # 机关
    ENTERPRISE = "enterprise"  # 企业
    SMALL_ENTERPRISE = "small_enterprise"  # 中小微企业，方案区分时
    STATE_OWNED_ENTERPRISE = "state_owned_enterprise"  # 国有企业，方案区分时
    HIGH_TECH_ENTERPRISE = "high_tech_enterprise"  # 高新技术企业，方案区分时
    FARMERS_COOPERATIVE = "farmers_cooperative"  # 农民专业合作社
    INDIVIDUAL_BUSINESS = "individual_business"  # 个体工商户
    SOCIAL_ORGANISATION = "social_organisation"  # 社会组织
    SERVICE_INSTITUTION = "service_institution"  # 知识产权、技术转移服务机构
    REGISTRATION_STATION = "registration_station"  # 技术合同认定登记机构
    PLATFORM_OPERATOR = "platform_operator"  # 平台运营单位
    BROKER = "broker"  # 技术经理人、技术经纪人
    PERSON = "person"  # 自然人
    OTHER = "other"  # 其他


class ContractKind(StrEnum):
    """What a contract is by the Civil Code and, beside it, putting a patent in as capital."""

    DEVELOPMENT = "development"  # 技术开发
    COMMISSIONED_DEVELOPMENT = "commissioned_development"  # 委托开发
    COOPERATIVE_DEVELOPMENT = "cooperative_development"  # 合作开发
    TRANSFER = "transfer"  # 技术转让
    LICENCE = "licence"  # 技术许可
    CONSULTING = "consulting"  # 技术咨询
    SERVICE = "service"  # 技术服务
    INVESTMENT = "investment"  # 作价投资


class RegisteredClass(StrEnum):
    """The class on the certificate of registration; where a certificate has a sub-class, that one."""

    DEVELOPMENT = "development"
    COMMISSIONED_DEVELOPMENT = "commissioned_development"
    COOPERATIVE_DEVELOPMENT = "cooperative_development"
    TRANSFER = "transfer"
    LICENCE = "licence"
    CONSULTING = "consulting"
    SERVICE = "service"


class CounterpartyOrigin(StrEnum):
    """From where the other side comes, as seen from the claimant; the narrowest that fits."""

    SAME_CITY = "same_city"  # 本市
    SAME_PROVINCE = "same_province"  # 本省其他地市
    OTHER_PROVINCE = "other_province"  # 境内省外
    MAINLAND = "mainland"  # 境内，方案不再区分时
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"  # 港澳台
    FOREIGN = "foreign"  # 国外


class WordOf:
    """Marks a name whose words are those of an enumeration, and holds what is stated now to them."""

    def __init__(self, words: type[StrEnum]) -> None:
        self.words = tuple(word.value for word in words if word is not Answer3.UNKNOWN)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self._put, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Only as examples: what was recorded is read whatever it says, so the shape of what travels does not change.
        return {**handler(schema), "examples": [*self.words]}

    def _put(self, value: Any, info: ValidationInfo) -> Any:
        if are_read(info) and isinstance(value, str) and value not in (*self.words, Answer3.UNKNOWN):
            raise not_a_word(value, self.words)
        return value


def not_a_word(given: str, words: tuple[str, ...]) -> PydanticCustomError:
    """The no to a value that no fact can have; it names first what was probably meant."""
    return PydanticCustomError(
        "not_a_choice",
        "{given} is none of the words that are possible here",
        {"given": given, "choices": ", ".join(nearest_first(given, words))},
    )


SortWord = Annotated[Name, WordOf(PartySort)]
ContractWord = Annotated[Name, WordOf(ContractKind)]
ClassWord = Annotated[Name, WordOf(RegisteredClass)]
OriginWord = Annotated[Name, WordOf(CounterpartyOrigin)]
PatentWord = Annotated[Name, WordOf(PatentKind)]
