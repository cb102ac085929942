"""The page for courts: what the system says to each factor of art. 93 of the rules of evidence in civil procedure."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from audit.bundle.record import FilingRecord
from audit.bundle.story import Telling, facts_of
from runtime.settings import ROOT
from schemas.values.model import SHANGHAI

_LOCK = ROOT / "requirements.lock"
_FIRST, _LAST = 1, 7


@dataclass(frozen=True)
class Point:
    """One factor, and what the record says to it."""

    asked: str
    answers: tuple[str, ...]


def court_points(record: FilingRecord, telling: Telling) -> list[Point]:
    """The seven factors in their order."""
    answers: dict[int, tuple[str, ...]] = {
        1: (telling.text("court_1_answer", **_environment(record)),),
        2: (telling.text("court_2_answer", **_faults(record, telling)), *_nights(record, telling)),
        3: (telling.text("court_3_answer"), *_results(record, telling)),
        4: (telling.text("court_4_answer", **_kept(record, telling)),),
        5: (telling.text("court_5_answer", **_dealings(record, telling)),),
        6: (telling.text("court_6_answer", **_persons(record, telling)),),
        7: (telling.text("court_7_answer", erased=" ".join(erased(record, telling))), telling.text("court_more")),
    }
    return [Point(telling.text(f"court_{n}"), answers[n]) for n in range(_FIRST, _LAST + 1)]


def erased(record: FilingRecord, telling: Telling) -> list[str]:
    """A sentence for each person whose data was destroyed."""
    found = [
        telling.text(
            "erased",
            party=one.party_id,
            at=one.erased_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            by=telling.party(one.erased_by),
            role=telling.role(str(one.erased_as)),
        )
        for one in record.parties
        if one.erased_at is not None
    ]
    return found or [telling.text("nobody_erased")]


def _environment(record: FilingRecord) -> dict[str, str]:
    return {
        "versions": ", ".join(dict.fromkeys(link.code_version for link in record.links)),
        "code": record.extraction.code_version,
        "postgres": record.system.postgres,
        "schema": record.system.schema,
        "lock": sha256(_LOCK.read_bytes()).hexdigest() if _LOCK.is_file() else "-",
    }


def _faults(record: FilingRecord, telling: Telling) -> dict[str, object]:
    days = dict.fromkeys(at.astimezone(SHANGHAI).date().isoformat() for at in record.system.faults_at)
    return {"faults": len(record.system.faults_at), "fault_days": ", ".join(days) or telling.text("none")}


def _nights(record: FilingRecord, telling: Telling) -> list[str]:
    system = record.system
    return [telling.text("court_nights", nights=system.nights, faulty=system.faulty_nights)] if system.nights else []


def _results(record: FilingRecord, telling: Telling) -> list[str]:
    """What the newest audit of each step found."""
    found = [
        telling.text(
            "court_result",
            step=one.step,
            outcome=telling.text(f"outcome_{one.outcome}"),
            at=one.ended_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            code=one.code_version,
        )
        for one in record.system.last_results
    ]
    return found or [telling.text("court_no_nights")]


def _kept(record: FilingRecord, telling: Telling) -> dict[str, object]:
    return {
        "events": len(record.links),
        "documents": sum(one.body is not None for one in record.documents),
        "sealed": _sealed(record, telling),
    }


def _sealed(record: FilingRecord, telling: Telling) -> str:
    if record.log is None or not record.log.proofs:
        return telling.text("court_not_sealed")
    checkpoint, witnesses = record.log.checkpoint, [one.partition("+")[0] for one in record.log.witnesses]
    signed = ", ".join(witnesses) or telling.text("none")
    return telling.text("court_sealed", origin=checkpoint.origin, size=checkpoint.size, witnesses=signed)


def _dealings(record: FilingRecord, telling: Telling) -> dict[str, object]:
    facts = facts_of(record)
    lags = {fact.version: (fact.recorded_at.astimezone(SHANGHAI).date() - fact.act.on).days for fact in facts}
    slowest = max(lags, key=lambda version: lags[version])
    return {
        "origins": _counted(telling.text(f"origin_{fact.act.origin.value}") for fact in facts),
        "lag": max(lags[slowest], 0),
        "slowest": slowest,
    }


def _persons(record: FilingRecord, telling: Telling) -> dict[str, object]:
    taken = record.extraction
    return {
        "roles": _counted(telling.role(fact.act.by.role) for fact in facts_of(record)),
        "at": taken.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        "by": telling.party(taken.by) if taken.by else telling.text("by_nobody"),
    }


def _counted(names: object) -> str:
    # Counter takes any object, and typeshed wants an iterable
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))  # type: ignore[call-overload]
