"""The lifecycle of a declaration (lifecycles 2.1)."""

from schemas.acts.act import FilingKind
from schemas.lifecycle.table import NOTHING, SAME, Lifecycle, Row
from schemas.values.actor import Role

LR, PG, OP, OF, CT, SY = (Role.LICENSOR, Role.PLEDGEE, Role.OPERATOR, Role.OFFICE, Role.COURT, Role.TIMER)
DRAFT, SUBMITTED, RETURNED, FILED, REFUSED, IN_FORCE = "draft", "submitted", "returned", "filed", "refused", "in_force"
WITHDRAWAL_FILED, WITHDRAWN, TERMINATED, REVOKED = "withdrawal_filed", "withdrawn", "terminated", "revoked"
EXPIRED, PATENT_ENDED_PROVISIONAL, PATENT_ENDED, ABANDONED = (
    "expired",
    "patent_ended_provisional",
    "patent_ended",
    "abandoned",
)
LIVE = (SUBMITTED, RETURNED, FILED, IN_FORCE, WITHDRAWAL_FILED, PATENT_ENDED_PROVISIONAL)
OFFERED = (IN_FORCE, WITHDRAWAL_FILED)
ANY = (DRAFT, *LIVE, REFUSED, WITHDRAWN, TERMINATED, REVOKED, EXPIRED, PATENT_ENDED, ABANDONED)
END = (WITHDRAWN, TERMINATED, REVOKED)


def _row(
    stages: tuple[str, ...],
    act: str,
    roles: tuple[Role, ...],
    to: tuple[str, ...],
    event: str,
    article: str,
    guard: str = "",
    starts: str = "",
    *,
    derived: bool = False,
) -> Row:
    return Row("right", stages, act, roles, to, event, article, guard, starts, derived)


ROWS = (
    _row((NOTHING, DRAFT), "save_draft", (LR,), (DRAFT,), "draft_saved", "PL-50"),
    _row((DRAFT,), "discard", (LR,), (ABANDONED,), "discarded", "PL-50"),
    _row(
        (NOTHING, DRAFT),
        "submit",
        (LR,),
        (SUBMITTED,),
        "submitted",
        "IR-85, IR-86; GL-3.1 to 3.3; PL-50",
        "all fields; granted; consents; report; term within the patent; no other live declaration; no bar answered yes",
        "service day of pre-check",
    ),
    _row((SUBMITTED,), "return", (OP,), (RETURNED,), "returned", "platform", "reasons per field", "service day"),
    _row(
        (RETURNED,), "resubmit", (LR,), (SUBMITTED,), "resubmitted", "IR-85, IR-86; GL-3.1 to 3.3; PL-50", "as submit"
    ),
    _row((DRAFT, SUBMITTED, RETURNED), "take_back", (LR,), (ABANDONED,), "taken_back", "platform"),
    _row(
        (SUBMITTED,),
        "mark_filed",
        (OP, LR),
        (FILED,),
        "filed",
        "IR-4; GL-3",
        "receipt number; bars answered no, evidence not older than 30 days (D-34)",
        "service day to ask the office",
    ),
    _row((FILED,), "refuse", (OF,), (REFUSED,), "refused", "GL-3.4(2)", "ground"),
    _row((FILED,), "take_back_filing", (OF,), (ABANDONED,), "filing_taken_back", "D-35"),
    _row(
        (SUBMITTED, RETURNED, FILED),
        "announce",
        (OF,),
        (IN_FORCE,),
        "announced",
        "GL-3.5, GL-5",
        "day, declaration number, Gazette",
        "status watch; offer end; last day of the patent",
    ),
    _row(
        OFFERED,
        "correct_announcement",
        (OF,),
        (SAME,),
        "announcement_corrected",
        "GL V-8-1.3.2.17",
        "old and new text",
        "task: licensees since (D-36)",
    ),
    _row(
        (IN_FORCE,),
        "file_withdrawal",
        (LR,),
        (WITHDRAWAL_FILED,),
        "withdrawal_filed",
        "GL-4",
        "all co-owners; bar or legitimate reason; no condition",
    ),
    _row(
        (WITHDRAWAL_FILED,), "refuse_withdrawal", (OF,), (IN_FORCE,), "withdrawal_refused", "GL-4", "reasons", "task LR"
    ),
    _row(
        OFFERED,
        "announce_withdrawal",
        (OF,),
        (WITHDRAWN,),
        "withdrawn",
        "PL-50-2; GL-4",
        "day",
        "task: tell licensees (GL-2(2))",
    ),
    _row(
        OFFERED,
        "terminate",
        (OF,),
        (TERMINATED,),
        "terminated",
        "GL-4",
        "was bound to withdraw and did not",
        "task: tell licensees",
    ),
    _row(
        OFFERED,
        "revoke",
        (OF,),
        (REVOKED,),
        "revoked",
        "GL-3.4(3); IR-88, IR-100",
        "false or hidden facts",
        "task: review of fee reductions and subsidies taken",
    ),
    _row(
        (FILED, *OFFERED),
        "report_bar",
        (OP, LR, OF, PG, CT),
        (SAME,),
        "bar_reported",
        "IR-86; GL-2(2)",
        "since-day, evidence",
        "duty: withdraw promptly and tell licensees; no number of days",
    ),
    _row((FILED, *OFFERED), "clear_bar", (OP, LR, OF, PG, CT), (SAME,), "bar_cleared", "IR-86", "until-day"),
    _row(
        OFFERED,
        "check_status",
        (OP, OF),
        (SAME,),
        "status_checked",
        "IR-86; D-34",
        "nine answers with evidence",
        "next status day",
    ),
    _row((IN_FORCE,), "report_pledge", (LR, PG, OF), (SAME,), "pledge_reported", "GL-9", "written consent, else E4"),
    _row(
        OFFERED,
        "report_patentee_change",
        (LR, OF),
        (SAME,),
        "patentee_change_reported",
        "GL-9",
        "proof",
        "duty: withdraw and re-declare, or withdraw",
    ),
    _row(OFFERED, "report_transfer", (OF,), (SAME,), "transfer_reported", "GL-9(1)", "", "duty and finding"),
    _row(OFFERED, "report_abandonment", (OF,), (SAME,), "abandonment_reported", "GL-9(1)", "", "duty and finding"),
    _row(
        LIVE,
        "report_patent_end",
        (OF,),
        (PATENT_ENDED_PROVISIONAL, PATENT_ENDED),
        "patent_end_reported",
        "PL-42, PL-44, PL-47; IR-115",
        "ended_on, notice day",
        "lapse: 2 months restoration; invalidation: 3 months suit",
    ),
    _row(LIVE, "patent_expiry", (SY,), (PATENT_ENDED,), "patent_expired", "PL-42; L-06", derived=True),
    _row(
        (PATENT_ENDED_PROVISIONAL,),
        "restore_right",
        (OF, CT),
        (SUBMITTED, RETURNED, FILED, IN_FORCE, WITHDRAWAL_FILED),
        "right_restored",
        "IR-6; GL V-7-6",
        "day",
        "licences derive again",
    ),
    _row(
        (PATENT_ENDED_PROVISIONAL,),
        "annul_decision",
        (OF, CT),
        (SUBMITTED, RETURNED, FILED, IN_FORCE, WITHDRAWAL_FILED),
        "decision_annulled",
        "PL-46",
        "day",
        "licences derive again",
    ),
    _row(
        (PATENT_ENDED_PROVISIONAL,),
        "confirm_end",
        (OF,),
        (PATENT_ENDED,),
        "patent_end_confirmed",
        "GL V-9-4.2.2",
        "Gazette",
        "final consequences",
    ),
    _row(
        LIVE,
        "report_partial_invalidation",
        (OF,),
        (SAME,),
        "partial_invalidation_reported",
        "GL V-8-1.3.2.11",
        "claims kept",
        "task LR",
    ),
    _row(LIVE, "report_term_compensation", (OF,), (SAME,), "term_compensated", "PL-42; GL V-9-2, 3", "new last day"),
    _row(OFFERED, "offer_end", (SY,), (EXPIRED,), "offer_ended", "IR-85(4)", "offer has a fixed end", derived=True),
    _row((NOTHING,), "take_over", (OP,), ANY, "taken_over", "R7", "evidence, two people"),
    # What was taken over stands nowhere until a second person has signed it; days and news reach it all the same.
    _row((NOTHING, *ANY), "pass_day", (SY, OP), (SAME,), "day_passed", "IR-5"),
    _row((NOTHING, *ANY), "surroundings_changed", (SY,), (SAME,), "surroundings_changed", "R1"),
    _row(ANY, "correct_fact", (LR, OP, OF), (SAME,), "fact_corrected", "R3", "evidence, reason, two people"),
    _row((NOTHING, *ANY), "countersign", (LR, OP, OF), (SAME,), "countersigned", "R3", "another person"),
)

DECLARATION = Lifecycle(
    FilingKind.DECLARATION,
    ROWS,
    NOTHING,
    {},
    frozenset({ABANDONED, REFUSED, WITHDRAWN, TERMINATED, REVOKED, EXPIRED, PATENT_ENDED}),
)
