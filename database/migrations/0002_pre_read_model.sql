-- What people look at, derived from the event log; and the unique keys that are the last guard of the invariants.

CREATE TABLE tasks (
    filing_id   uuid    NOT NULL,
    key         text    NOT NULL,
    what        text    NOT NULL,
    role        text    NOT NULL,
    basis       text    NOT NULL CHECK (basis IN ('legal', 'service')),   -- a service day is never shown as law
    article     text    NOT NULL,
    by_on       date,
    provisional boolean NOT NULL,
    opened_on   date    NOT NULL,
    closed_on   date,
    closed_how  text,
    PRIMARY KEY (filing_id, key),
    CHECK ((closed_on IS NULL) = (closed_how IS NULL))
);
CREATE INDEX tasks_open ON tasks (role, by_on) WHERE closed_on IS NULL;
GRANT SELECT, INSERT, UPDATE ON tasks TO engine;
GRANT SELECT ON tasks TO auditor;

CREATE TABLE findings (
    filing_id uuid  NOT NULL,
    key       text  NOT NULL,
    code      text  NOT NULL,
    about     jsonb NOT NULL CHECK (jsonb_typeof(about) = 'object'),
    opened_on date  NOT NULL,
    closed_on date,
    PRIMARY KEY (filing_id, key)
);
CREATE INDEX findings_open ON findings (opened_on) WHERE closed_on IS NULL;
GRANT SELECT, INSERT, UPDATE ON findings TO engine;
GRANT SELECT ON findings TO auditor;

CREATE TABLE offers (
    declaration_id        uuid    PRIMARY KEY,
    patent_number         text    NOT NULL,
    live                  boolean NOT NULL,
    in_force_from         date,
    ended_on              date,
    terms                 jsonb   NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
    terms_version         int     NOT NULL,
    licensor              uuid    NOT NULL,
    patent_last_day       date,
    right_ended_on        date,
    right_end_provisional boolean NOT NULL,
    regime                text    NOT NULL,
    warnings              jsonb   NOT NULL CHECK (jsonb_typeof(warnings) = 'array'),
    origin                text    NOT NULL
);
CREATE UNIQUE INDEX one_live_declaration_per_patent ON offers (patent_number) WHERE live;
CREATE INDEX offers_licensor ON offers (licensor);
CREATE INDEX offers_patent_number ON offers (patent_number);
GRANT SELECT, INSERT, UPDATE ON offers TO engine;
GRANT SELECT ON offers TO auditor;

CREATE TABLE licences (
    licence_id     uuid    PRIMARY KEY,
    declaration_id uuid    NOT NULL,
    licensee       uuid    NOT NULL,
    n              int     NOT NULL CHECK (n > 0),   -- counts this licensee's notices under this declaration
    running        boolean NOT NULL,
    open           boolean NOT NULL,
    CONSTRAINT one_licence_per_notice UNIQUE (declaration_id, licensee, n)
);
CREATE UNIQUE INDEX one_open_licence_per_licensee ON licences (declaration_id, licensee) WHERE running OR open;
CREATE INDEX licences_declaration ON licences (declaration_id, licence_id);
CREATE INDEX licences_licensee ON licences (licensee);
GRANT SELECT, INSERT, UPDATE ON licences TO engine;
GRANT SELECT ON licences TO auditor;

CREATE TABLE counters (
    scope text   PRIMARY KEY,
    last  bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON counters TO engine;
GRANT SELECT ON counters TO auditor;

CREATE TABLE notice_receipts (
    licence_id     uuid PRIMARY KEY,
    receipt_number text NOT NULL UNIQUE
);
GRANT SELECT, INSERT ON notice_receipts TO engine;
GRANT SELECT ON notice_receipts TO auditor;

CREATE TABLE bank_lines (
    bank_key    text   PRIMARY KEY,            -- bank, account reference and serial; booked once
    filing_id   uuid   NOT NULL,
    act_id      uuid   NOT NULL,
    fen         bigint NOT NULL,
    received_on date   NOT NULL,
    CONSTRAINT bank_lines_whole UNIQUE (bank_key, fen)
);
CREATE INDEX bank_lines_filing ON bank_lines (filing_id);
GRANT SELECT, INSERT ON bank_lines TO engine;
GRANT SELECT ON bank_lines TO auditor;

-- One transfer can pay several licences (D-09): the line is booked once, and each licence has its part of it.
CREATE TABLE bank_line_parts (
    bank_key  text   NOT NULL,
    line_fen  bigint NOT NULL,                 -- the whole line, as every part of it must state it
    filing_id uuid   NOT NULL,
    act_id    uuid   NOT NULL,
    fen       bigint NOT NULL CHECK (fen > 0),
    CONSTRAINT bank_line_parts_pkey PRIMARY KEY (bank_key, filing_id),
    CONSTRAINT bank_line_parts_of_one_line FOREIGN KEY (bank_key, line_fen) REFERENCES bank_lines (bank_key, fen)
);
CREATE INDEX bank_line_parts_filing ON bank_line_parts (filing_id);
GRANT SELECT, INSERT ON bank_line_parts TO engine;
GRANT SELECT ON bank_line_parts TO auditor;

CREATE FUNCTION refuse_more_than_the_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Parts of one line take turns, so that two of them, each of which would fit alone, do not both pass.
    PERFORM pg_advisory_xact_lock(hashtextextended('bank_line:' || NEW.bank_key, 0));
    IF (SELECT sum(fen) FROM bank_line_parts WHERE bank_key = NEW.bank_key) > NEW.line_fen THEN
        RAISE EXCEPTION 'the parts of bank line % are more than the line', NEW.bank_key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_line_parts_within_line';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER within_line AFTER INSERT ON bank_line_parts FOR EACH ROW EXECUTE FUNCTION refuse_more_than_the_line();

-- Lines of which something belongs to nobody yet.
CREATE VIEW bank_lines_left AS
    SELECT bank_key, l.fen - sum(p.fen) AS left_fen, received_on
    FROM bank_lines l JOIN bank_line_parts p USING (bank_key)
    GROUP BY bank_key, l.fen, received_on HAVING sum(p.fen) < l.fen;
GRANT SELECT ON bank_lines_left TO engine, auditor;

CREATE TABLE receipts (
    receipt_id   text    PRIMARY KEY,
    licence_id   uuid    NOT NULL,
    fen          bigint  NOT NULL,
    reversed_fen bigint  NOT NULL CHECK (reversed_fen BETWEEN 0 AND fen),
    received_on  date    NOT NULL,
    confirmed    boolean NOT NULL
);
CREATE INDEX receipts_licence ON receipts (licence_id);
GRANT SELECT, INSERT, UPDATE ON receipts TO engine;
GRANT SELECT ON receipts TO auditor;

-- Ledger: immutable lines; what was wrong is reversed by further lines.
CREATE TABLE postings (
    posting_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id uuid        NOT NULL,       -- the act
    filing_id      uuid        NOT NULL,
    line_key       text        NOT NULL,
    account        text        NOT NULL,
    fen            bigint      NOT NULL,
    legal_on       date        NOT NULL,
    recorded_at    timestamptz NOT NULL
);
CREATE INDEX postings_filing ON postings (filing_id, line_key);
CREATE INDEX postings_transaction ON postings (transaction_id);
GRANT SELECT, INSERT ON postings TO engine;
GRANT SELECT ON postings TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Each statement balances by itself: one insert writes all lines of a transaction, so nothing waits for the commit.
CREATE FUNCTION refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong uuid;
BEGIN
    SELECT transaction_id INTO wrong FROM added GROUP BY transaction_id HAVING sum(fen) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the postings of transaction % do not sum to zero', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_sum_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER postings_sum_to_zero AFTER INSERT ON postings
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_imbalance();

CREATE TABLE outbox (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic       text        NOT NULL,
    key         text        NOT NULL,          -- the receiver's protection against a repeat
    filing_id   uuid        NOT NULL,
    payload     jsonb       NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
    created_at  timestamptz NOT NULL,
    next_try_at timestamptz NOT NULL,
    sent_at     timestamptz,
    attempts    int         NOT NULL DEFAULT 0,
    last_error  text,
    quarantined boolean     NOT NULL DEFAULT false,
    UNIQUE (topic, key)
);
CREATE INDEX outbox_unsent ON outbox (filing_id, id) WHERE sent_at IS NULL;
CREATE INDEX outbox_next ON outbox (id) WHERE sent_at IS NULL AND NOT quarantined;
GRANT SELECT, INSERT, UPDATE ON outbox TO engine;
GRANT SELECT ON outbox TO auditor;
