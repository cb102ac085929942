-- Settlements of schemes: who claimed which receipt, what each list pays, and what one settlement adjusts in another.

ALTER TABLE filings DROP CONSTRAINT filings_kind_check;
ALTER TABLE filings ADD CONSTRAINT filings_kind_check
    CHECK (kind IN ('declaration', 'licence', 'payout', 'settlement'));

CREATE TABLE settlements (
    settlement_id uuid PRIMARY KEY,
    authority     uuid NOT NULL,
    scheme        text NOT NULL,
    year          int  NOT NULL,
    CONSTRAINT one_settlement_per_year UNIQUE (authority, scheme, year)
);
GRANT SELECT, INSERT ON settlements TO engine;
GRANT SELECT ON settlements TO auditor;

CREATE TABLE claims (
    claim_id      uuid   PRIMARY KEY,          -- the act that submitted it
    settlement_id uuid   NOT NULL,
    scheme        text   NOT NULL,
    year          int    NOT NULL,
    claimant      uuid   NOT NULL,
    credit_code   text   NOT NULL,             -- the identity of a legal person: one cap, whatever its name
    state         text   NOT NULL,
    entitled_fen  bigint,
    payable_fen   bigint NOT NULL,
    reserved_fen  bigint NOT NULL,
    live          boolean NOT NULL
);
-- One cap: a scheme that two authorities settle gives a legal person one year only once.
CREATE UNIQUE INDEX one_claim_per_claimant_and_year ON claims (scheme, year, credit_code) WHERE live;
CREATE INDEX claims_settlement ON claims (settlement_id, credit_code);
CREATE INDEX claims_credit_code ON claims (credit_code);
GRANT SELECT, INSERT, UPDATE ON claims TO engine;
GRANT SELECT ON claims TO auditor;

CREATE TABLE claimed_receipts (
    claim_id      uuid        NOT NULL,
    receipt_id    text        NOT NULL,
    settlement_id uuid        NOT NULL,
    scheme        text        NOT NULL,
    year          int         NOT NULL,
    side          text        NOT NULL,        -- licensor, licensee, broker ...: other sides are other claimants
    owner         uuid        NOT NULL,        -- whose part of the receipt: of co-owners each claims its own
    credit_code   text        NOT NULL,
    claimed_on    date        NOT NULL,
    claimed_at    timestamptz NOT NULL,
    live          boolean     NOT NULL,        -- false once withdrawn, rejected, or of another year
    PRIMARY KEY (claim_id, receipt_id)
);
CREATE UNIQUE INDEX one_claim_per_receipt ON claimed_receipts (receipt_id, scheme, side, owner) WHERE live;
CREATE INDEX claimed_receipts_settlement ON claimed_receipts (settlement_id);
CREATE INDEX claimed_receipts_receipt ON claimed_receipts (receipt_id);
GRANT SELECT, INSERT, UPDATE ON claimed_receipts TO engine;
GRANT SELECT ON claimed_receipts TO auditor;

CREATE TABLE subsidy_lines (
    settlement_id uuid   NOT NULL,
    line_key      text   NOT NULL,             -- credit code and payer
    credit_code   text   NOT NULL,
    payer         text   NOT NULL,
    settled_fen   bigint NOT NULL,
    carried_fen   bigint NOT NULL,             -- adjustments of earlier settlements, negative for what is taken back
    paid_fen      bigint NOT NULL,
    PRIMARY KEY (settlement_id, line_key)
);
GRANT SELECT, INSERT, UPDATE ON subsidy_lines TO engine;
GRANT SELECT ON subsidy_lines TO auditor;

CREATE TABLE subsidy_payments (
    authority     uuid   NOT NULL,
    payer         text   NOT NULL,
    bank_serial   text   NOT NULL,
    settlement_id uuid   NOT NULL,
    line_key      text   NOT NULL,
    act_id        uuid   NOT NULL,
    fen           bigint NOT NULL CHECK (fen > 0),
    came_back     boolean NOT NULL,            -- recovered, not paid
    CONSTRAINT one_subsidy_per_bank_line PRIMARY KEY (authority, payer, bank_serial, came_back)
);
CREATE INDEX subsidy_payments_settlement ON subsidy_payments (settlement_id);
GRANT SELECT, INSERT ON subsidy_payments TO engine;
GRANT SELECT ON subsidy_payments TO auditor;

-- What a locked settlement has to adjust, change by change (one row for each fact that changed it), and which run has
-- taken the change. The key makes it taken once, whatever the order and however many runs calculate at a time.
CREATE TABLE adjustments (
    settlement_id uuid   NOT NULL,
    version       int    NOT NULL,
    credit_code   text   NOT NULL,
    payer         text   NOT NULL,
    authority     uuid   NOT NULL,
    scheme        text   NOT NULL,
    claimant      uuid,
    fen           bigint NOT NULL,
    PRIMARY KEY (settlement_id, version, credit_code, payer)
);
CREATE INDEX adjustments_scheme ON adjustments (authority, scheme);
GRANT SELECT, INSERT ON adjustments TO engine;
GRANT SELECT ON adjustments TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON adjustments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE adjustments_taken (
    settlement_id uuid NOT NULL,
    version       int  NOT NULL,
    credit_code   text NOT NULL,
    payer         text NOT NULL,
    taken_by      uuid NOT NULL,               -- the settlement whose list has it
    CONSTRAINT taken_once PRIMARY KEY (settlement_id, version, credit_code, payer),
    FOREIGN KEY (settlement_id, version, credit_code, payer) REFERENCES adjustments,
    CONSTRAINT taken_by_another_run CHECK (taken_by <> settlement_id)
);
CREATE INDEX adjustments_taken_by ON adjustments_taken (taken_by);
GRANT SELECT, INSERT ON adjustments_taken TO engine;
GRANT SELECT ON adjustments_taken TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON adjustments_taken
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What one act changes of a settlement's rows, beside what every act leaves behind.
CREATE FUNCTION put_settlement(p_rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO settlements SELECT * FROM jsonb_populate_recordset(NULL::settlements, p_rows -> 'settlements');
    INSERT INTO claims SELECT * FROM jsonb_populate_recordset(NULL::claims, p_rows -> 'claims')
    ON CONFLICT (claim_id) DO UPDATE SET
        claimant = EXCLUDED.claimant, credit_code = EXCLUDED.credit_code, state = EXCLUDED.state,
        entitled_fen = EXCLUDED.entitled_fen, payable_fen = EXCLUDED.payable_fen, reserved_fen = EXCLUDED.reserved_fen,
        live = EXCLUDED.live;
    -- What is given up first, so that a claim can take over what another one of this settlement leaves.
    INSERT INTO claimed_receipts
    SELECT * FROM jsonb_populate_recordset(NULL::claimed_receipts, p_rows -> 'claimed_receipts') r WHERE NOT r.live
    ON CONFLICT (claim_id, receipt_id) DO UPDATE SET live = false, credit_code = EXCLUDED.credit_code;
    INSERT INTO claimed_receipts
    SELECT * FROM jsonb_populate_recordset(NULL::claimed_receipts, p_rows -> 'claimed_receipts') r WHERE r.live
    ON CONFLICT (claim_id, receipt_id) DO UPDATE SET
        live = true, owner = EXCLUDED.owner, credit_code = EXCLUDED.credit_code, claimed_on = EXCLUDED.claimed_on;
    INSERT INTO subsidy_lines SELECT * FROM jsonb_populate_recordset(NULL::subsidy_lines, p_rows -> 'subsidy_lines')
    ON CONFLICT (settlement_id, line_key) DO UPDATE SET
        settled_fen = EXCLUDED.settled_fen, carried_fen = EXCLUDED.carried_fen, paid_fen = EXCLUDED.paid_fen;
    INSERT INTO subsidy_payments
    SELECT * FROM jsonb_populate_recordset(NULL::subsidy_payments, p_rows -> 'subsidy_payments');
    INSERT INTO adjustments SELECT * FROM jsonb_populate_recordset(NULL::adjustments, p_rows -> 'adjustments');
    -- Calculated again, a run keeps what it has; what another run has is a violation of the key.
    INSERT INTO adjustments_taken
    SELECT t.* FROM jsonb_populate_recordset(NULL::adjustments_taken, p_rows -> 'adjustments_taken') t
    WHERE NOT EXISTS (
        SELECT FROM adjustments_taken o
        WHERE (o.settlement_id, o.version, o.credit_code, o.payer, o.taken_by)
              = (t.settlement_id, t.version, t.credit_code, t.payer, t.taken_by)
    );
END $$;
