-- Schemes: settlements (who claimed which receipt, what each list pays, what one adjusts in another), and entitlements.

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

-- Entitlements: what receipts would bring under the schemes of their owners' regions, before anybody claims. A year's
-- row is the lock: receipts of one beneficiary take turns, so that however many come at once their lines add up to the
-- year's amount.
CREATE TABLE entitlement_years (
    scheme      text   NOT NULL,
    beneficiary text   NOT NULL,                 -- unified social credit code, else party id: one legal person, one cap
    year        int    NOT NULL,
    base_fen    bigint NOT NULL CHECK (base_fen >= 0),
    payable_fen bigint NOT NULL CHECK (payable_fen >= 0),
    PRIMARY KEY (scheme, beneficiary, year)
);
GRANT SELECT, INSERT, UPDATE ON entitlement_years TO engine;
GRANT SELECT ON entitlement_years TO auditor;

CREATE TABLE entitlement_items (
    scheme      text   NOT NULL,
    beneficiary text   NOT NULL,
    year        int    NOT NULL,
    item_id     text   NOT NULL,                 -- the receipt
    licence_id  uuid   NOT NULL,
    base_fen    bigint NOT NULL CHECK (base_fen >= 0),
    item        jsonb  NOT NULL CHECK (jsonb_typeof(item) = 'object'),      -- the receipt as the scheme counts it now
    PRIMARY KEY (scheme, beneficiary, year, item_id)
);
CREATE INDEX entitlement_items_licence ON entitlement_items (licence_id);
GRANT SELECT, INSERT, UPDATE ON entitlement_items TO engine;
GRANT SELECT ON entitlement_items TO auditor;

-- f(after) - f(before); never changed: a reversal is one more line.
CREATE TABLE entitlement_lines (
    line_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scheme      text        NOT NULL,
    beneficiary text        NOT NULL,
    year        int         NOT NULL,
    item_ids    text[]      NOT NULL,            -- the receipts that the act changed
    licence_id  uuid        NOT NULL,
    act_id      uuid        NOT NULL,
    fen         bigint      NOT NULL,
    assumed     text[]      NOT NULL,            -- what only a claim will declare
    trace       jsonb       NOT NULL CHECK (jsonb_typeof(trace) = 'object'),  -- the year's determination after this act
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (act_id, scheme, beneficiary, year)
);
CREATE INDEX entitlement_lines_year ON entitlement_lines (scheme, beneficiary, year, line_id);
GRANT SELECT, INSERT ON entitlement_lines TO engine;
GRANT SELECT ON entitlement_lines TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entitlement_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
