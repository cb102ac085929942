-- One transfer can pay several licences (D-09): the line is booked once, and each licence has its part of it.

ALTER TABLE bank_lines ADD CONSTRAINT bank_lines_whole UNIQUE (bank_key, fen);
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
INSERT INTO bank_line_parts SELECT bank_key, fen, filing_id, act_id, fen FROM bank_lines;

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

CREATE FUNCTION book_bank_line(p_bank_line jsonb, p_filing_id uuid, p_act_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    line     bank_lines := jsonb_populate_record(NULL::bank_lines, p_bank_line);
    part_fen bigint := coalesce((p_bank_line ->> 'part_fen')::bigint, line.fen);  -- older programs know whole lines only
BEGIN
    IF part_fen = line.fen THEN
        INSERT INTO bank_lines (bank_key, filing_id, act_id, fen, received_on)
        VALUES (line.bank_key, p_filing_id, p_act_id, line.fen, line.received_on);
    ELSE
        INSERT INTO bank_lines (bank_key, filing_id, act_id, fen, received_on)
        VALUES (line.bank_key, p_filing_id, p_act_id, line.fen, line.received_on) ON CONFLICT (bank_key) DO NOTHING;
    END IF;
    INSERT INTO bank_line_parts (bank_key, line_fen, filing_id, act_id, fen)
    VALUES (line.bank_key, line.fen, p_filing_id, p_act_id, part_fen);
END $$;

-- As before, but a bank line is booked by its own function, and a corrected booking changes its receipt.
CREATE OR REPLACE FUNCTION post_act(
    p_filing_id uuid, p_kind text, p_workflow_id text, p_parent_id uuid, p_version int, p_stage text, p_position jsonb,
    p_due_by date, p_legal_clock text,
    p_act_id uuid, p_event_kind text, p_legal_on date, p_recorded_at timestamptz, p_canonical bytea,
    p_previous_hash bytea, p_hash bytea, p_code_version text, p_body_hash bytea, p_answer jsonb,
    p_tasks jsonb, p_findings jsonb, p_postings jsonb, p_messages jsonb,
    p_offer jsonb, p_licence jsonb, p_bank_line jsonb, p_receipts jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF p_version = 1 THEN
        INSERT INTO filings (filing_id, kind, workflow_id, parent_id, head, head_hash, stage, position, due_by,
                             legal_clock, updated_at)
        VALUES (p_filing_id, p_kind, p_workflow_id, p_parent_id, 1, p_hash, p_stage, p_position, p_due_by,
                p_legal_clock, p_recorded_at);
    ELSE
        UPDATE filings SET head = p_version, head_hash = p_hash, stage = p_stage, position = p_position,
                           due_by = p_due_by, legal_clock = p_legal_clock, updated_at = p_recorded_at
        WHERE filing_id = p_filing_id AND head = p_version - 1 AND head_hash = p_previous_hash;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'filing % does not stand at version %', p_filing_id, p_version - 1
                USING ERRCODE = 'serialization_failure';
        END IF;
    END IF;
    INSERT INTO events (filing_id, version, act_id, kind, legal_on, recorded_at, canonical, previous_hash, hash,
                        code_version)
    VALUES (p_filing_id, p_version, p_act_id, p_event_kind, p_legal_on, p_recorded_at, p_canonical, p_previous_hash,
            p_hash, p_code_version);
    INSERT INTO acts (act_id, filing_id, body_hash, answer, recorded_at)
    VALUES (p_act_id, p_filing_id, p_body_hash, p_answer, p_recorded_at);
    INSERT INTO unsequenced (recorded_at, filing_id, version) VALUES (p_recorded_at, p_filing_id, p_version);

    IF p_tasks IS NOT NULL THEN
        INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on,
                           closed_how)
        SELECT p_filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how
        FROM jsonb_populate_recordset(NULL::tasks, p_tasks)
        ON CONFLICT (filing_id, key) DO UPDATE SET
            what = EXCLUDED.what, role = EXCLUDED.role, basis = EXCLUDED.basis, article = EXCLUDED.article,
            by_on = EXCLUDED.by_on, provisional = EXCLUDED.provisional, opened_on = EXCLUDED.opened_on,
            closed_on = EXCLUDED.closed_on, closed_how = EXCLUDED.closed_how;
    END IF;
    IF p_findings IS NOT NULL THEN
        INSERT INTO findings (filing_id, key, code, about, opened_on, closed_on)
        SELECT p_filing_id, key, code, about, opened_on, closed_on
        FROM jsonb_populate_recordset(NULL::findings, p_findings)
        ON CONFLICT (filing_id, key) DO UPDATE SET
            code = EXCLUDED.code, about = EXCLUDED.about, opened_on = EXCLUDED.opened_on,
            closed_on = EXCLUDED.closed_on;
    END IF;
    IF p_postings IS NOT NULL THEN
        INSERT INTO postings (transaction_id, filing_id, line_key, account, fen, legal_on, recorded_at)
        SELECT p_act_id, p_filing_id, line_key, account, fen, legal_on, p_recorded_at
        FROM jsonb_populate_recordset(NULL::postings, p_postings);
    END IF;
    IF p_messages IS NOT NULL THEN
        INSERT INTO outbox (topic, key, filing_id, payload, created_at, next_try_at)
        SELECT topic, key, p_filing_id, payload, p_recorded_at, p_recorded_at
        FROM jsonb_populate_recordset(NULL::outbox, p_messages)
        ON CONFLICT (topic, key) DO NOTHING;
    END IF;
    IF p_offer IS NOT NULL THEN
        PERFORM put_offer(p_offer);
    END IF;
    IF p_licence IS NOT NULL THEN
        PERFORM put_licence(p_licence);
    END IF;
    IF p_bank_line IS NOT NULL THEN
        PERFORM book_bank_line(p_bank_line, p_filing_id, p_act_id);
    END IF;
    IF p_receipts IS NOT NULL THEN
        INSERT INTO receipts (receipt_id, licence_id, fen, reversed_fen, received_on, confirmed)
        SELECT receipt_id, licence_id, fen, reversed_fen, received_on, confirmed
        FROM jsonb_populate_recordset(NULL::receipts, p_receipts)
        ON CONFLICT (receipt_id) DO UPDATE SET
            fen = EXCLUDED.fen, received_on = EXCLUDED.received_on,
            reversed_fen = EXCLUDED.reversed_fen, confirmed = EXCLUDED.confirmed;
    END IF;
END $$;
