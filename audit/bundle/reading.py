"""What the PDF of a filing shows, as data; the template has no words and no record of its own."""

from collections.abc import Sequence
from typing import Any

from audit.bundle.calculation import determinations_told, ledger_told, owed_told
from audit.bundle.court import court_points, erased
from audit.bundle.record import FilingRecord
from audit.bundle.story import Telling, facts_of, story_of
from rules.kinds import KINDS
from schemas.acts.act import Act, FilingKind, Origin, TakeOver
from schemas.values.model import SHANGHAI
from texts.lines import Language
from texts.words import finding_text, name_of

_HEADS = (
    "title", "title_for_the_court", "the_filing", "the_parties", "the_story", "the_money", "the_limits", "the_court",
    "the_proofs", "owed", "due_day", "amount", "received", "open",
    "legal_day", "what", "by_whom", "article", "content", "recorded_at", "story_note", "parties_note", "step", "how",
    "result", "value_read", "value", "since", "source", "mark", "line", "yuan", "sum", "account", "ledger", "balances",
    "no_money", "court_lead", "party", "name", "kind", "credit_code", "proof_check", "related_note", "page_of",
)  # fmt: skip


WHOLE = ("filing", "parties", "story", "money", "limits", "court", "proofs")
FOR_THE_COURT = ("filing", "court", "limits", "proofs")


def reading_of(record: FilingRecord, language: Language, parts: Sequence[str] = WHOLE) -> dict[str, Any]:
    """What is shown, in words of that language; ``parts``: its sections."""
    telling = Telling.of(record, language)
    return {
        "language": language,
        "parts": list(parts),
        "date": list(record.links[-1].recorded_at.astimezone(SHANGHAI).timetuple()[:3]),
        "words": {name: telling.text(name, page="{page}", pages="{pages}") for name in _HEADS},
        "filing": _filing(record, telling),
        "related": [
            [telling.text(f"related_{one.how}"), f"{one.filing_id}  v{one.head}  {one.head_hash.hex()}"]
            for one in record.related
        ],
        "parties": [
            [telling.text(one.kind), one.public_name or "", one.credit_code or "", str(one.party_id)]
            for one in record.parties
        ],
        "erased": erased(record, telling),
        "story": story_of(record, telling),
        "determinations": determinations_told(record, telling),
        "owed": owed_told(record, telling),
        "ledger": ledger_told(record, telling),
        "limits": limits_of(record, telling),
        "court": [{"asked": one.asked, "answers": one.answers} for one in court_points(record, telling)],
        "proofs": _proofs(record, telling),
    }


def _filing(record: FilingRecord, telling: Telling) -> list[list[str]]:
    filing, taken = record.filing, record.extraction
    position = KINDS[FilingKind(filing.kind)].stored_position(filing.position)
    offer = filing.position.get("offer") or {}
    rows = {
        "kind": name_of("kinds", filing.kind, telling.language),
        "filing_id": filing.filing_id,
        "patent_number": offer.get("patent_number"),
        "stage": name_of("stages", f"{filing.kind}.{position.stage}", telling.language),
        "version": filing.head,
        "due_by": filing.due_by,
        "head_hash": filing.head_hash.hex(),
        "workflow_id": filing.workflow_id,
        "taken": taken.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        "taken_by": telling.party(taken.by) if taken.by else telling.text("by_nobody"),
    }
    return [[telling.text(name), str(value)] for name, value in rows.items() if value is not None]


def limits_of(record: FilingRecord, telling: Telling) -> list[str]:
    """What the record cannot say."""
    position, found = record.filing.position, [telling.text("limit_law")]
    if position.get("provisional"):
        found.append(telling.text("limit_provisional"))
    found += [telling.text("limit_unknown", what=telling.key(one)) for one in position.get("unknown", [])]
    for one in position["findings"]:
        said = finding_text(one["code"])
        text = getattr(said, telling.language) if said else ""
        found.append(telling.text("limit_finding", code=one["code"], text=text))
    imported = [str(one.version) for one in facts_of(record) if _is_taken_over(one.act)]
    if imported:
        found.append(telling.text("limit_imported", versions=", ".join(imported)))
    left_out = sum(one.body is None for one in record.documents)
    if left_out:
        found.append(telling.text("limit_documents", count=left_out))
    if record.log is None:
        found.append(telling.text("limit_no_log"))
    elif record.log.unsealed:
        found.append(telling.text("limit_unsealed", versions=", ".join(map(str, record.log.unsealed))))
    if not record.histories:
        found.append(telling.text("limit_no_history"))
    found += [
        telling.text("limit_history", run=one.kept.run_id, fault=one.fault) for one in record.histories if one.fault
    ]
    return found


def _is_taken_over(act: Act) -> bool:
    return act.origin is Origin.IMPORTED or isinstance(act, TakeOver)


def _proofs(record: FilingRecord, telling: Telling) -> list[list[str]]:
    rows = [("head_hash", record.filing.head_hash.hex())]
    if record.log is not None:
        rows += [
            ("log_origin", record.log.checkpoint.origin),
            ("log_size", str(record.log.checkpoint.size)),
            ("log_root", record.log.checkpoint.root.hex()),
            ("proof_key", str(record.log.verifier)),
            *(("cosigned_by", one) for one in record.log.witnesses),
        ]
    return [[telling.text(name), value] for name, value in rows]
