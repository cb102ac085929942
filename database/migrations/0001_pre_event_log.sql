-- What became true. The event log is the truth; filings keeps the head of each chain and where the filing stands.

CREATE TABLE filings (
    filing_id   uuid        PRIMARY KEY,
    kind        text        NOT NULL CHECK (kind IN ('declaration', 'licence', 'payout', 'settlement')),
    workflow_id text        NOT NULL UNIQUE,
    parent_id   uuid,                          -- licence -> declaration; payout -> licence or declaration
    head        int         NOT NULL CHECK (head > 0),
    head_hash   bytea       NOT NULL CHECK (octet_length(head_hash) = 32),
    stage       text        NOT NULL,
    position    jsonb       NOT NULL CHECK (jsonb_typeof(position) = 'object'),
    due_by      date,
    legal_clock text        NOT NULL,
    updated_at  timestamptz NOT NULL           -- recorded_at of the head
) WITH (fillfactor = 80);                      -- every act rewrites its row
CREATE INDEX filings_kind_stage ON filings (kind, stage);
CREATE INDEX filings_due_by ON filings (due_by) WHERE due_by IS NOT NULL;
CREATE INDEX filings_parent_id ON filings (parent_id, filing_id) WHERE parent_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON filings TO engine;
GRANT SELECT ON filings TO auditor;

-- Immutable for UTF-8, which this is; the built-in is called stable only because conversions can be replaced.
CREATE FUNCTION body_of(canonical bytea) RETURNS jsonb IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT convert_from(canonical, 'UTF8')::jsonb -> 'body' $$;

CREATE TABLE events (
    filing_id     uuid        NOT NULL,
    version       int         NOT NULL CHECK (version > 0),    -- 1, 2, 3 ... within the filing
    act_id        uuid        NOT NULL UNIQUE,                 -- one act is one fact
    kind          text        NOT NULL,                        -- 'declaration:announced'
    legal_on      date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    canonical     bytea       NOT NULL,                        -- what is hashed; jsonb does not keep bytes
    body          jsonb       NOT NULL                         -- generated: it cannot differ from what is hashed
                  GENERATED ALWAYS AS (body_of(canonical)) STORED CHECK (jsonb_typeof(body) = 'object'),
    previous_hash bytea       NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash          bytea       NOT NULL
                  CONSTRAINT hash_continues_the_chain CHECK (hash = sha256(previous_hash || canonical)),
    code_version  text        NOT NULL,
    PRIMARY KEY (filing_id, version)                           -- two writers: one fails
);
GRANT SELECT, INSERT ON events TO engine;
GRANT SELECT ON events TO auditor;

-- The number by which an authority knows a filing. The index is on events, which never change: one on
-- filings.position would be written anew with every act.
CREATE FUNCTION office_number(body jsonb) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS $$
    SELECT coalesce(
        body #>> '{act,declaration_number}', body #>> '{act,recordal_number}', body #>> '{act,registration_number}',
        body #>> '{act,replacement,declaration_number}', body #>> '{act,replacement,recordal_number}',
        body #>> '{act,replacement,registration_number}'
    )
$$;
CREATE INDEX events_office_number ON events (office_number(body)) WHERE office_number(body) IS NOT NULL;

-- For the views of clauses: few events determine an amount.
CREATE INDEX events_determined ON events (filing_id, version) WHERE body #> '{made,determinations}' <> '[]';

CREATE TABLE acts (
    act_id      uuid        PRIMARY KEY,
    filing_id   uuid        NOT NULL,
    body_hash   bytea       NOT NULL,
    answer      jsonb       NOT NULL CHECK (jsonb_typeof(answer) = 'object'),
    recorded_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON acts TO engine;
GRANT SELECT ON acts TO auditor;

-- Filings do not wait for each other: an act only leaves its key here, and one sequencer numbers them all.
CREATE TABLE unsequenced (
    recorded_at timestamptz NOT NULL,
    filing_id   uuid        NOT NULL,
    version     int         NOT NULL,
    PRIMARY KEY (recorded_at, filing_id, version)
);
GRANT SELECT, INSERT, DELETE ON unsequenced TO engine;
GRANT SELECT ON unsequenced TO auditor;

CREATE TABLE sequence_numbers (
    sequence_number bigint PRIMARY KEY CHECK (sequence_number > 0),
    filing_id       uuid   NOT NULL,
    version         int    NOT NULL,
    UNIQUE (filing_id, version)
);
GRANT SELECT, INSERT ON sequence_numbers TO engine;
GRANT SELECT ON sequence_numbers TO auditor;

-- Grants stop engine and auditor; this stops the owner too, who could change the past by one careless statement.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: % is not possible', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Record a correction as one more fact.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON acts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sequence_numbers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
