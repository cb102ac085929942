"""The tracks of a licence: recordal, registration and royalty (Order 62; Measures 2000 and 2026; Civil Code 846)."""

from schemas.lifecycle.roles import BK, CT, EITHER, FU, LE, LR, OF, OP, RG
from schemas.lifecycle.row import act, follows, under
from schemas.lifecycle.stages.licence import RecordalStage as C
from schemas.lifecycle.stages.licence import RegistrationStage as G
from schemas.lifecycle.stages.licence import RoyaltyStage as Y

RECORDAL = (
    follows("begin_recordal", at=C.NONE, to=C.DUE, event="recordal_due")
    | under("IR-15, IR-87", starts="effective_on + 3 months"),
    act("file_recordal", by=EITHER, at=(C.DUE, C.OVERDUE, C.REFUSED), to=C.FILED, event="recordal_filed")
    | under(
        "GL-7; Order 62 art. 6",
        guard="papers; one side is enough; foreign licensee by an agency",
        starts="7 working days",
    ),
    act("ask_supplement", by=OF, at=C.FILED, event="recordal_supplement_asked")
    | under("practice", starts="office's day"),
    act("supplement", by=EITHER, at=C.FILED, event="recordal_supplemented") | under("practice"),
    act("record", by=OF, at=(C.DUE, C.OVERDUE, C.FILED), to=C.RECORDED, event="recorded")
    | under(
        "Order 62 art. 11", guard="number, day", starts="annual fee reduction from fees not yet due on that day (GL-8)"
    ),
    act("refuse_recordal", by=OF, at=C.FILED, to=C.REFUSED, event="recordal_refused")
    | under("Order 62 art. 12", guard="ground code", starts="may file again; original day stays visible"),
    follows("recordal_day_passed", at=(C.DUE, C.REFUSED), to=C.OVERDUE, event="recordal_overdue")
    | under("IR-15", starts="task; filing stays possible"),
    act("change_recordal", by=(*EITHER, OF), at=C.RECORDED, event="recordal_changed")
    | under("Order 62", guard="parties"),
    act("cancel_recordal", by=(*EITHER, OF), at=C.RECORDED, to=(C.CANCELLED, C.RECORDED), event="recordal_cancelled")
    | under("Order 62 (L-12)"),
    act("revoke_recordal", by=OF, at=C.RECORDED, to=C.REVOKED, event="recordal_revoked")
    | under("Order 62 art. 13", guard="a ground existed", starts="annual fee reduction reviewed"),
    follows("recordal_goes", at=(C.DUE, C.OVERDUE, C.FILED, C.REFUSED), to=C.NONE, event="recordal_gone")
    | under("PL-50", guard="licence void"),
)
REGISTRATION = (
    follows("begin_registration", at=G.NONE, to=G.NOT_APPLIED, event="registration_possible")
    | under("Measures 2000 art. 5", guard="amount > 0"),
    act("apply", by=(*EITHER, OP), at=(G.NOT_APPLIED, G.NOT_REGISTERED), to=G.APPLIED, event="registration_applied")
    | under("L-20 to L-22", guard="whole written contract", starts="regime by application day"),
    act("ask_registration_supplement", by=RG, at=(G.APPLIED, G.ACCEPTED), event="registration_supplement_asked")
    | under("Measures 2026"),
    act("supplement_registration", by=EITHER, at=(G.APPLIED, G.ACCEPTED), event="registration_supplemented")
    | under("Measures 2026"),
    act("accept", by=RG, at=G.APPLIED, to=G.ACCEPTED, event="registration_accepted")
    | under("Measures 2000; Measures 2026", starts="30 days; from 2026-03-01: 15 or 30 working days"),
    act("register", by=RG, at=(G.NOT_APPLIED, G.APPLIED, G.ACCEPTED), to=G.REGISTERED, event="registered")
    | under("Measures 2000; Measures 2026", guard="class, amounts, open amounts flagged"),
    act("refuse_registration", by=RG, at=(G.APPLIED, G.ACCEPTED), to=G.NOT_REGISTERED, event="registration_refused")
    | under("Measures 2000", guard="reason"),
    act("supplement_amounts", by=(LR, RG), at=G.REGISTERED, event="amounts_supplemented")
    | under("Rules 2001", guard="each running receipt before a benefit is claimed"),
    act("change_registration", by=(LR, RG), at=G.REGISTERED, event="registration_changed")
    | under("Draft 2024 art. 16"),
    act("cancel_registration", by=(LR, RG), at=G.REGISTERED, to=G.CANCELLED, event="registration_cancelled")
    | under("Draft 2024 art. 16"),
    act("revoke_registration", by=RG, at=G.REGISTERED, to=G.REVOKED, event="registration_revoked")
    | under("Draft 2024 art. 16"),
    act("decide_class", by=(RG, OP), at=G.REGISTERED, event="class_decided")
    | under("D-26, D-49", guard="two people; a class that the Measures of the application do not have for a licence"),
)
RUNNING = (Y.SCHEDULED, Y.REPORTED, Y.OVERDUE, Y.HELD, Y.CLEAR)
UNPAID = (Y.OVERDUE, Y.HELD)
ANY = (Y.NONE, *RUNNING)
ROYALTY = (
    follows("begin_schedule", at=Y.NONE, to=(Y.SCHEDULED, Y.CLEAR), event="royalty_scheduled")
    | under("Civil Code 846", starts="due days"),
    act("report_sales", by=LE, at=RUNNING, to=Y.REPORTED, event="sales_reported")
    | under("Civil Code 846", guard="period", starts="payment day"),
    act("correct_report", by=LE, at=RUNNING, to=Y.REPORTED, event="report_corrected") | under("Civil Code 846; D-41"),
    act("dispute_report", by=LR, at=RUNNING, event="report_disputed") | under("Civil Code 846(2)"),
    act("audit", by=LR, at=RUNNING, event="accounts_audited") | under("Civil Code 846(2)"),
    follows("royalty_day_passed", at=(Y.SCHEDULED, Y.REPORTED), to=Y.OVERDUE, event="royalty_overdue")
    | under("Civil Code 873", starts="task"),
    act("book_receipt", by=(BK, FU), at=ANY, to=(Y.SCHEDULED, Y.CLEAR), event="receipt_booked")
    | under("GL-7(3); D-04, D-08, D-09", guard="bank line unique; allocations sum to it", starts="determination"),
    act("confirm", by=FU, at=ANY, event="receipt_confirmed")
    | under("scheme texts", guard="arrived in the licensor's own account"),
    act("reverse_receipt", by=(BK, FU, CT), at=ANY, event="receipt_reversed")
    | under("D-13", guard="reason, own legal day", starts="origin year derived again"),
    act("settle", by=LR, at=UNPAID, to=(Y.SCHEDULED, Y.CLEAR), event="obligation_settled")
    | under("July 2024 notice", guard="two people, equal treatment"),
    act("waive", by=LR, at=UNPAID, to=(Y.SCHEDULED, Y.CLEAR), event="obligation_waived")
    | under("July 2024 notice", guard="two people, equal treatment"),
    act("write_off", by=LR, at=UNPAID, to=(Y.SCHEDULED, Y.CLEAR), event="obligation_written_off")
    | under("July 2024 notice", guard="two people, equal treatment"),
    act("pursue", by=LR, at=UNPAID, to=(Y.SCHEDULED, Y.OVERDUE, Y.HELD), event="obligation_pursued")
    | under("PL-47; D-21", guard="unpaid before the invalidation; two people", starts="reminders again"),
    follows("hold_dues", at=(Y.SCHEDULED, Y.REPORTED, Y.OVERDUE), to=Y.HELD, event="royalty_held")
    | under("D-22; PL-47", guard="end of the right provisional, or patent invalidated", starts="reminders stop"),
    follows("release_dues", at=Y.HELD, to=(Y.SCHEDULED, Y.REPORTED, Y.OVERDUE), event="royalty_released")
    | under("IR-6; PL-46", guard="restored, annulled, or ended without invalidation"),
    follows("all_paid", at=(Y.SCHEDULED, Y.REPORTED, Y.OVERDUE, Y.HELD), to=Y.CLEAR, event="royalty_clear")
    | under("Civil Code 846"),
)
