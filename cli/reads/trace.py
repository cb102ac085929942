"""``trace``: from a line of the bank to each inventor and each subsidy, and from any of them back to the line."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import click

from cli.ids import given_text
from cli.output import json_option, named, put_json, put_under, sentence
from cli.reading import reading
from cli.reads.bank_line_meant import bank_lines_meant
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from database.pool import Connection
from database.reads.trace import (
    BookedPart,
    PayoutOfReceipt,
    SubsidyOfReceipt,
    SubsidyPayment,
    parts_booked,
    payouts_of,
    subsidies_of,
    subsidy_payments_of,
)
from database.registers.parties import public_names
from runtime.settings import Settings
from schemas.standing.position import PayoutLine
from schemas.values.money import Money
from texts.traces.told import key_in

Traced = dict[str, Any]


@worded_command()
@click.argument("bank_line", metavar="BANK-LINE")
@json_option
def trace(bank_line: str, as_json: bool) -> None:
    """Whom the money of BANK-LINE reached: licences, receipts, payouts, inventors, subsidies."""
    found = asyncio.run(_read(given_text(bank_line, "BANK-LINE")))
    if as_json:
        put_json({"asked": bank_line, "bank_lines": found})
    else:
        for line in found:
            _put_line(line)


async def _read(text: str) -> list[Traced]:
    async with (
        reading(Settings.read()) as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return await _traced(connection, await bank_lines_meant(connection, text))


async def _traced(connection: Connection, bank_keys: Sequence[str]) -> list[Traced]:
    parts = await parts_booked(connection, bank_keys)
    receipts = [part.receipt_id for part in parts if part.receipt_id is not None]
    payouts = await payouts_of(connection, [part.licence_id for part in parts], receipts)
    subsidies = await subsidies_of(connection, receipts)
    payments = await subsidy_payments_of(connection, [one.settlement_id for one in subsidies])
    names = await public_names(connection, tuple(_parties(payouts, subsidies)))
    return [
        {
            "bank_line": key,
            "amount": str(Money(own[0].line_fen)),
            "received_on": own[0].received_on,
            "parts": [
                {
                    "licence_id": part.licence_id,
                    "amount": str(Money(part.part_fen)),
                    "receipt": _receipt(part, payouts, subsidies, payments, names),
                }
                for part in own
            ],
        }
        for key, own in ((key, list(own)) for key, own in groupby(parts, lambda one: one.bank_key))
    ]


def _parties(payouts: Iterable[PayoutOfReceipt], subsidies: Iterable[SubsidyOfReceipt]) -> Iterator[UUID]:
    for payout in payouts:
        yield payout.unit
        yield from (line.party for line in payout.lines if line.party is not None)
    yield from (one.owner for one in subsidies)


def _receipt(
    part: BookedPart,
    payouts: Iterable[PayoutOfReceipt],
    subsidies: Iterable[SubsidyOfReceipt],
    payments: Sequence[SubsidyPayment],
    names: dict[UUID, str],
) -> Traced | None:
    if part.receipt_id is None or part.fen is None or part.reversed_fen is None:
        return None
    return {
        "receipt_id": part.receipt_id,
        "amount": str(Money(part.fen)),
        "reversed": str(Money(part.reversed_fen)),
        "confirmed": part.confirmed,
        "payouts": [
            {
                "payout_id": one.payout_id,
                "stage": one.stage,
                "unit": one.unit,
                "unit_name": names.get(one.unit),
                "lines": [_payout_line(line, names) for line in one.lines],
            }
            for one in payouts
            if one.receipt_id == part.receipt_id
        ],
        "subsidies": [_subsidy(one, payments, names) for one in subsidies if one.receipt_id == part.receipt_id],
    }


def _payout_line(line: PayoutLine, names: dict[UUID, str]) -> Traced:
    return {
        "line": line.key,
        "party": line.party,
        "public_name": names.get(line.party) if line.party else None,
        "kind": line.name,
        "payable": line.payable,
        "due": str(line.amount),
        "paid": str(line.paid_amount),
        "payments": [
            {"bank_serial": one.bank_serial, "amount": str(one.amount), "paid_on": one.paid_on} for one in line.payments
        ],
    }


def _subsidy(one: SubsidyOfReceipt, payments: Iterable[SubsidyPayment], names: dict[UUID, str]) -> Traced:
    """A claim's line of the list is of all its receipts."""
    return {
        "settlement_id": one.settlement_id,
        "claim_id": one.claim_id,
        "scheme": one.scheme,
        "year": one.year,
        "owner": one.owner,
        "owner_name": names.get(one.owner),
        "credit_code": one.credit_code,
        "takes_part": one.live,
        "line": one.line_key,
        "settled": None if one.settled_fen is None else str(Money(one.settled_fen)),
        "paid": None if one.paid_fen is None else str(Money(one.paid_fen)),
        "payments": [
            {"bank_serial": paid.bank_serial, "amount": str(Money(paid.fen)), "came_back": paid.came_back}
            for paid in payments
            if (paid.settlement_id, paid.line_key) == (one.settlement_id, one.line_key)
        ],
    }


def _put_line(line: Traced) -> None:
    put_under(0, sentence("traced_bank_line", **_scalars(line)))
    for part in line["parts"]:
        put_under(1, sentence("traced_part", **_scalars(part)))
        receipt = part["receipt"]
        if receipt is None:
            continue
        put_under(2, sentence("traced_receipt", **_scalars(receipt)))
        for payout in receipt["payouts"]:
            _put_payout(payout)
        for subsidy in receipt["subsidies"]:
            _put_subsidy(subsidy)


def _put_payout(payout: Traced) -> None:
    unit = _with_name(payout["unit"], payout["unit_name"])
    stage = named("stages", f"payout.{payout['stage']}")
    put_under(3, sentence("traced_payout", payout_id=payout["payout_id"], stage=stage, unit=unit))
    for line in payout["lines"]:
        whose = _with_name(line["party"], line["public_name"]) if line["party"] else key_in(line["line"], spoken())
        told = {"whose": whose, "due": line["due"], "paid": line["paid"]}
        put_under(4, sentence("traced_share" if line["payable"] else "traced_share_not_paid", **told))
        for paid in line["payments"]:
            put_under(5, sentence("traced_payment", **paid))


def _put_subsidy(subsidy: Traced) -> None:
    told = {**_scalars(subsidy), "owner": _with_name(subsidy["owner"], subsidy["owner_name"])}
    put_under(3, sentence("traced_claim" if subsidy["takes_part"] else "traced_claim_left", **told))
    if subsidy["line"] is not None:
        told = {**_scalars(subsidy), "line": key_in(subsidy["line"], spoken())}
        put_under(4, sentence("traced_subsidy", **told))
    for paid in subsidy["payments"]:
        put_under(5, sentence("traced_came_back" if paid["came_back"] else "traced_subsidy_payment", **paid))


def _with_name(party: UUID, name: str | None) -> str:
    return f"{name} {party}" if name else str(party)


def _scalars(traced: Traced) -> Traced:
    return {name: value for name, value in traced.items() if not isinstance(value, list | dict)}
