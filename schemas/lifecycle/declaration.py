"""The lifecycle of a declaration (Patent Law 50; Implementing Regulations 85 to 88)."""

from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.lifecycle.owners.declaration import OWNERS
from schemas.lifecycle.roles import CT, LR, OF, OP, PG
from schemas.lifecycle.row import act, common_rows, follows, under
from schemas.lifecycle.second_people import with_second_people
from schemas.lifecycle.stages.declaration import LIVE, OFFERED
from schemas.lifecycle.stages.declaration import DeclarationStage as S
from schemas.lifecycle.table import Lifecycle

BEFORE_THE_END = (S.SUBMITTED, S.RETURNED, S.FILED, *OFFERED)
ROWS = (
    act("save_draft", by=LR, at=(S.NOTHING, S.DRAFT), to=S.DRAFT, event="draft_saved") | under("PL-50"),
    act("discard", by=LR, at=S.DRAFT, to=S.ABANDONED, event="discarded") | under("PL-50"),
    act("submit", by=LR, at=(S.NOTHING, S.DRAFT), to=S.SUBMITTED, event="submitted")
    | under(
        "IR-85, IR-86; GL-3.1 to 3.3; PL-50",
        guard="all fields; granted; consents; report; term within the patent; no other live declaration; "
        "no bar answered yes",
        starts="service day of pre-check",
    ),
    act("return", by=OP, at=S.SUBMITTED, to=S.RETURNED, event="returned")
    | under("platform", guard="reasons per field", starts="service day"),
    act("resubmit", by=LR, at=S.RETURNED, to=S.SUBMITTED, event="resubmitted")
    | under("IR-85, IR-86; GL-3.1 to 3.3; PL-50", guard="as submit"),
    act("take_back", by=LR, at=(S.DRAFT, S.SUBMITTED, S.RETURNED), to=S.ABANDONED, event="taken_back")
    | under("platform"),
    act("mark_filed", by=(OP, LR), at=S.SUBMITTED, to=S.FILED, event="filed")
    | under(
        "IR-4; GL-3",
        guard="receipt number; bars answered no, evidence not older than 30 days (D-34)",
        starts="service day to ask the office",
    ),
    act("refuse", by=OF, at=S.FILED, to=S.REFUSED, event="refused") | under("GL-3.4(2)", guard="ground"),
    act("take_back_filing", by=OF, at=S.FILED, to=S.ABANDONED, event="filing_taken_back") | under("D-35"),
    act("announce", by=OF, at=(S.SUBMITTED, S.RETURNED, S.FILED), to=S.IN_FORCE, event="announced")
    | under(
        "GL-3.5, GL-5",
        guard="day, declaration number, Gazette",
        starts="status watch; offer end; last day of the patent",
    ),
    act("correct_announcement", by=OF, at=OFFERED, event="announcement_corrected")
    | under("GL V-8-1.3.2.17", guard="old and new text", starts="task: licensees since (D-36)"),
    act("file_withdrawal", by=LR, at=S.IN_FORCE, to=S.WITHDRAWAL_FILED, event="withdrawal_filed")
    | under("GL-4", guard="all co-owners; bar or legitimate reason; no condition"),
    act("refuse_withdrawal", by=OF, at=S.WITHDRAWAL_FILED, to=S.IN_FORCE, event="withdrawal_refused")
    | under("GL-4", guard="reasons", starts="task LR"),
    act("announce_withdrawal", by=OF, at=OFFERED, to=S.WITHDRAWN, event="withdrawn")
    | under("PL-50-2; GL-4", guard="day", starts="task: tell licensees (GL-2(2))"),
    act("terminate", by=OF, at=OFFERED, to=S.TERMINATED, event="terminated")
    | under("GL-4", guard="was bound to withdraw and did not", starts="task: tell licensees"),
    act("revoke", by=OF, at=OFFERED, to=S.REVOKED, event="revoked")
    | under(
        "GL-3.4(3); IR-88, IR-100",
        guard="false or hidden facts",
        starts="task: review of fee reductions and subsidies taken",
    ),
    act("report_bar", by=(OP, LR, OF, PG, CT), at=(S.FILED, *OFFERED), event="bar_reported")
    | under(
        "IR-86; GL-2(2)",
        guard="since-day, evidence",
        starts="duty: withdraw promptly and tell licensees; no number of days",
    ),
    act("clear_bar", by=(OP, LR, OF, PG, CT), at=(S.FILED, *OFFERED), event="bar_cleared")
    | under("IR-86", guard="until-day"),
    act("check_status", by=(OP, OF), at=OFFERED, event="status_checked")
    | under("IR-86; D-34", guard="nine answers with evidence", starts="next status day"),
    act("report_pledge", by=(LR, PG, OF), at=S.IN_FORCE, event="pledge_reported")
    | under("GL-9", guard="written consent, else E4"),
    act("report_patentee_change", by=(LR, OF), at=OFFERED, event="patentee_change_reported")
    | under("GL-9", guard="proof", starts="duty: withdraw and re-declare, or withdraw"),
    act("report_transfer", by=OF, at=OFFERED, event="transfer_reported") | under("GL-9(1)", starts="duty and finding"),
    act("report_abandonment", by=OF, at=OFFERED, event="abandonment_reported")
    | under("GL-9(1)", starts="duty and finding"),
    act(
        "report_patent_end",
        by=OF,
        at=LIVE,
        to=(S.PATENT_ENDED_PROVISIONAL, S.PATENT_ENDED),
        event="patent_end_reported",
    )
    | under(
        "PL-42, PL-44, PL-47; IR-115",
        guard="ended_on, notice day",
        starts="lapse: 2 months restoration; invalidation: 3 months suit",
    ),
    follows("patent_expiry", at=LIVE, to=S.PATENT_ENDED, event="patent_expired") | under("PL-42; L-06"),
    act("restore_right", by=(OF, CT), at=S.PATENT_ENDED_PROVISIONAL, to=BEFORE_THE_END, event="right_restored")
    | under("IR-6; GL V-7-6", guard="day", starts="licences derive again"),
    act("annul_decision", by=(OF, CT), at=S.PATENT_ENDED_PROVISIONAL, to=BEFORE_THE_END, event="decision_annulled")
    | under("PL-46", guard="day", starts="licences derive again"),
    act("confirm_end", by=OF, at=S.PATENT_ENDED_PROVISIONAL, to=S.PATENT_ENDED, event="patent_end_confirmed")
    | under("GL V-9-4.2.2", guard="Gazette", starts="final consequences"),
    act("report_partial_invalidation", by=OF, at=LIVE, event="partial_invalidation_reported")
    | under("GL V-8-1.3.2.11", guard="claims kept", starts="task LR"),
    act("report_term_compensation", by=OF, at=LIVE, event="term_compensated")
    | under("PL-42; GL V-9-2, 3", guard="new last day"),
    follows("offer_end", at=OFFERED, to=S.EXPIRED, event="offer_ended")
    | under("IR-85(4)", guard="offer has a fixed end"),
    *common_rows(S),
)
DECLARATION = Lifecycle(FilingKind.DECLARATION, S, with_second_people(S, ROWS, DeclarationAct, OWNERS))
