"""The stages of a licence and of its tracks, by name."""

NOTICED, AWAITING_PAYMENT, CONDITIONS_PENDING, EFFECTIVE = (
    "noticed",
    "awaiting_payment",
    "conditions_pending",
    "effective",
)
NOT_CONCLUDED, EXPIRED, TERMINATED, VOID = "not_concluded", "expired", "terminated", "void"
PATENT_ENDED_PROVISIONAL, PATENT_ENDED, VOID_PROVISIONAL = (
    "patent_ended_provisional",
    "patent_ended",
    "void_provisional",
)
UNPAID = (NOTICED, AWAITING_PAYMENT)
PROVISIONAL = (PATENT_ENDED_PROVISIONAL, VOID_PROVISIONAL)
OVER = (EXPIRED, TERMINATED, PATENT_ENDED)
WAS_EFFECTIVE = (EFFECTIVE, PATENT_ENDED_PROVISIONAL, *OVER)
STAGES = (*UNPAID, CONDITIONS_PENDING, EFFECTIVE, NOT_CONCLUDED, *OVER, *PROVISIONAL, VOID)
DUE, OVERDUE, RECORDED = "due", "overdue", "recorded"
FILED, REFUSED, CANCELLED, REVOKED, NONE = "filed", "refused", "cancelled", "revoked", "none"
NOT_APPLIED, APPLIED, ACCEPTED, REGISTERED, NOT_REGISTERED = (
    "not_applied",
    "applied",
    "accepted",
    "registered",
    "not_registered",
)
SCHEDULED, REPORTED, CLEAR = "scheduled", "reported", "clear"
