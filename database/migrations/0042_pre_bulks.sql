-- One act asked for of many filings: tried first, then done one by one, by the console (decision 0252). What the law has of
-- it are the acts alone; each has an id made of the bulk's and the filing's, so that no item is done twice.

CREATE TABLE bulks (
    bulk_id         uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES parties,
    membership_id   uuid        NOT NULL REFERENCES memberships,
    role            text        NOT NULL,
    asked_by        uuid        NOT NULL REFERENCES parties,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    has_more        boolean     NOT NULL,
    act_kind        text,
    body            jsonb       CHECK (jsonb_typeof(body) = 'object'),
    reason          text,
    stage           text        NOT NULL DEFAULT 'chosen'
                    CHECK (stage IN ('chosen', 'trying', 'tried', 'doing', 'done', 'signing', 'signed', 'stopped')),
    signed_by       uuid        REFERENCES parties,
    signed_as       uuid        REFERENCES memberships,
    CHECK (stage IN ('chosen', 'stopped') OR (act_kind IS NOT NULL AND body IS NOT NULL AND reason IS NOT NULL)),
    CONSTRAINT two_people_sign_a_bulk CHECK (signed_by <> asked_by)
);
CREATE INDEX bulks_of_organisation ON bulks (organisation_id, role, created_at DESC, bulk_id DESC);
CREATE INDEX bulks_under_way ON bulks (created_at, bulk_id) WHERE stage IN ('trying', 'doing', 'signing');
GRANT SELECT, INSERT ON bulks TO engine;
GRANT UPDATE (act_kind, body, reason, stage, signed_by, signed_as) ON bulks TO engine;
GRANT SELECT ON bulks TO auditor;
COMMENT ON TABLE bulks IS 'One act asked for of many filings. 对多个事项批量提出的同一行为。';
COMMENT ON COLUMN bulks.bulk_id IS 'Id of the bulk. 批次编号。';
COMMENT ON COLUMN bulks.organisation_id IS 'For which organisation it is asked. 提出单位。';
COMMENT ON COLUMN bulks.membership_id IS 'In which membership; it stops when that ends. 所用授权；授权终止则停止。';
COMMENT ON COLUMN bulks.role IS 'In which role. 提出角色。';
COMMENT ON COLUMN bulks.asked_by IS 'Who asks. 提出人。';
COMMENT ON COLUMN bulks.created_at IS 'When the filings were chosen. 选定时刻。';
COMMENT ON COLUMN bulks.has_more IS 'The list had more filings than one bulk takes. 清单超过一批的上限。';
COMMENT ON COLUMN bulks.act_kind IS 'Kind of filing and act. 事项类别和行为。';
COMMENT ON COLUMN bulks.body IS 'What is stated, the same for all. 共同填写的内容。';
COMMENT ON COLUMN bulks.reason IS 'Why it is asked of many. 批量办理的理由。';
COMMENT ON COLUMN bulks.stage IS 'Chosen, tried, done, countersigned; or stopped. 选定、试算、办理、会签或停止。';
COMMENT ON COLUMN bulks.signed_by IS 'The second person. 第二人。';
COMMENT ON COLUMN bulks.signed_as IS 'In which membership the second person signs. 第二人所用授权。';

CREATE TABLE bulk_items (
    bulk_id   uuid    NOT NULL REFERENCES bulks,
    number    integer NOT NULL CHECK (number > 0),
    filing_id uuid    NOT NULL,
    kind      text    NOT NULL,
    act_id    uuid,
    trial     text    CHECK (trial IN ('possible', 'refused')),
    outcome   text    CHECK (outcome IN ('granted', 'refused', 'fault')),
    signed    text    CHECK (signed IN ('granted', 'refused', 'fault')),
    refusals  jsonb   NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(refusals) = 'array'),
    PRIMARY KEY (bulk_id, number),
    UNIQUE (bulk_id, filing_id)
);
GRANT SELECT, INSERT ON bulk_items TO engine;
GRANT UPDATE (act_id, trial, outcome, signed, refusals) ON bulk_items TO engine;
GRANT SELECT ON bulk_items TO auditor;
COMMENT ON TABLE bulk_items IS 'The filings of a bulk, and what came of each. 批次所含事项及各自结果。';
COMMENT ON COLUMN bulk_items.bulk_id IS 'The bulk. 批次。';
COMMENT ON COLUMN bulk_items.number IS 'Place in the bulk, from 1. 序号，从 1 起。';
COMMENT ON COLUMN bulk_items.filing_id IS 'The filing. 事项。';
COMMENT ON COLUMN bulk_items.kind IS 'Its kind. 事项类别。';
COMMENT ON COLUMN bulk_items.act_id IS 'The act that was granted. 已准予的行为。';
COMMENT ON COLUMN bulk_items.trial IS 'What the dry run said; none: not tried yet. 试算结果；空为未试算。';
COMMENT ON COLUMN bulk_items.outcome IS 'What came of it; none: not asked yet. 办理结果；空为未办理。';
COMMENT ON COLUMN bulk_items.signed IS 'What came of the countersignature. 会签结果。';
COMMENT ON COLUMN bulk_items.refusals IS 'Why not, of the last asking. 最近一次不予办理的理由。';
