-- One act is one transaction of four round trips: BEGIN, open_filing, post_act, COMMIT. Each statement in a function
-- sees what was committed before it; one big statement would read events older than the lock it had waited for.

CREATE TYPE recorded_event AS (
    version int, act_id uuid, kind text, legal_on date, recorded_at timestamptz, body jsonb
);

CREATE FUNCTION open_filing(p_filing_id uuid, p_act_id uuid, p_since int)
    RETURNS TABLE (
        kind text, workflow_id text, parent_id uuid, head int, head_hash bytea, stage text, "position" jsonb,
        known_filing_id uuid, known_body_hash bytea, known_answer jsonb,
        events recorded_event[], recorded_at timestamptz
    ) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    filing filings;
    known  acts;
BEGIN
    SELECT * INTO filing FROM filings f WHERE f.filing_id = p_filing_id FOR UPDATE;
    IF NOT FOUND THEN
        -- There is no row to lock before the first act, and two first acts must still take turns.
        PERFORM pg_advisory_xact_lock(hashtextextended('filing:' || p_filing_id, 0));
        SELECT * INTO filing FROM filings f WHERE f.filing_id = p_filing_id FOR UPDATE;
    END IF;
    -- The sequencer sees who writes by the transaction id; it must be there before the clock is read.
    PERFORM pg_current_xact_id();
    SELECT * INTO known FROM acts a WHERE a.act_id = p_act_id;
    RETURN QUERY SELECT
        filing.kind, filing.workflow_id, filing.parent_id,
        filing.head, filing.head_hash, filing.stage, filing."position",
        known.filing_id, known.body_hash, known.answer,
        (SELECT array_agg(ROW(e.version, e.act_id, e.kind, e.legal_on, e.recorded_at, e.body)::recorded_event
                          ORDER BY e.version)
         FROM events e WHERE e.filing_id = p_filing_id AND e.version > p_since),
        -- Within one filing the instants never go back, even when the machine's clock was set back.
        greatest(clock_timestamp(), filing.updated_at + interval '1 microsecond');
END $$;

-- The parts of an act's difference, each replacing the row of the same key. Those that many acts have are in PL/pgSQL,
-- which keeps plans; a function in SQL plans anew for each call.
CREATE FUNCTION put_tasks(p_filing_id uuid, p_tasks jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how)
    SELECT p_filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how
    FROM jsonb_populate_recordset(NULL::tasks, p_tasks)
    ON CONFLICT (filing_id, key) DO UPDATE SET
        what = EXCLUDED.what, role = EXCLUDED.role, basis = EXCLUDED.basis, article = EXCLUDED.article,
        by_on = EXCLUDED.by_on, provisional = EXCLUDED.provisional, opened_on = EXCLUDED.opened_on,
        closed_on = EXCLUDED.closed_on, closed_how = EXCLUDED.closed_how;
END $$;

CREATE FUNCTION put_findings(p_filing_id uuid, p_findings jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO findings (filing_id, key, code, about, opened_on, closed_on)
    SELECT p_filing_id, key, code, about, opened_on, closed_on
    FROM jsonb_populate_recordset(NULL::findings, p_findings)
    ON CONFLICT (filing_id, key) DO UPDATE SET
        code = EXCLUDED.code, about = EXCLUDED.about, opened_on = EXCLUDED.opened_on, closed_on = EXCLUDED.closed_on;
END $$;

-- A corrected booking changes its receipt.
CREATE FUNCTION put_receipts(p_receipts jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO receipts (receipt_id, licence_id, fen, reversed_fen, received_on, confirmed)
    SELECT receipt_id, licence_id, fen, reversed_fen, received_on, confirmed
    FROM jsonb_populate_recordset(NULL::receipts, p_receipts)
    ON CONFLICT (receipt_id) DO UPDATE SET
        fen = EXCLUDED.fen, received_on = EXCLUDED.received_on,
        reversed_fen = EXCLUDED.reversed_fen, confirmed = EXCLUDED.confirmed;
END $$;

CREATE FUNCTION put_offer(p_offer jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO offers (declaration_id, patent_number, live, in_force_from, ended_on, terms, terms_version, licensor,
                        patent_last_day, right_ended_on, right_end_provisional, regime, warnings, origin)
    SELECT declaration_id, patent_number, live, in_force_from, ended_on, terms, terms_version, licensor,
           patent_last_day, right_ended_on, right_end_provisional, regime, warnings, origin
    FROM jsonb_populate_record(NULL::offers, p_offer)
    ON CONFLICT (declaration_id) DO UPDATE SET
        live = EXCLUDED.live, in_force_from = EXCLUDED.in_force_from, ended_on = EXCLUDED.ended_on,
        terms = EXCLUDED.terms, terms_version = EXCLUDED.terms_version, licensor = EXCLUDED.licensor,
        patent_number = EXCLUDED.patent_number, patent_last_day = EXCLUDED.patent_last_day,
        right_ended_on = EXCLUDED.right_ended_on, right_end_provisional = EXCLUDED.right_end_provisional,
        regime = EXCLUDED.regime, warnings = EXCLUDED.warnings, origin = EXCLUDED.origin
$$;

CREATE FUNCTION put_licence(p_licence jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO licences (licence_id, declaration_id, licensee, n, running, open)
    SELECT licence_id, declaration_id, licensee, n, running, open
    FROM jsonb_populate_record(NULL::licences, p_licence)
    ON CONFLICT (licence_id) DO UPDATE SET
        running = EXCLUDED.running, open = EXCLUDED.open, licensee = EXCLUDED.licensee
$$;

CREATE FUNCTION book_bank_line(p_bank_line jsonb, p_filing_id uuid, p_act_id uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    line     bank_lines := jsonb_populate_record(NULL::bank_lines, p_bank_line);
    part_fen bigint := p_bank_line ->> 'part_fen';
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

-- Everything that one granted act leaves behind. Optional parts are null when there is nothing of them.
CREATE FUNCTION post_act(
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
        PERFORM put_tasks(p_filing_id, p_tasks);
    END IF;
    IF p_findings IS NOT NULL THEN
        PERFORM put_findings(p_filing_id, p_findings);
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
        PERFORM put_receipts(p_receipts);
    END IF;
END $$;

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

-- Gives the next sequence numbers to what waits, in the order of recorded_at. A writer that still runs may hold an
-- earlier instant than one that has committed, so only what is older than the beginning of every running writer is taken.
CREATE FUNCTION sequence_events(p_limit int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    horizon timestamptz;
    taken   int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('sequencer', 0));
    PERFORM pg_stat_clear_snapshot();
    horizon := clock_timestamp();
    -- A writer that hides its start (another role's) stops us until it is done.
    SELECT least(horizon, min(coalesce(xact_start, '-infinity'))) INTO horizon
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename IS NOT NULL AND backend_xid IS NOT NULL AND pid <> pg_backend_pid();

    WITH gone AS (
        DELETE FROM unsequenced u USING (
            SELECT recorded_at, filing_id, version FROM unsequenced
            WHERE recorded_at < horizon ORDER BY recorded_at, filing_id, version LIMIT p_limit
        ) next
        WHERE u.recorded_at = next.recorded_at AND u.filing_id = next.filing_id AND u.version = next.version
        RETURNING u.recorded_at, u.filing_id, u.version
    )
    INSERT INTO sequence_numbers (sequence_number, filing_id, version)
    SELECT coalesce((SELECT max(sequence_number) FROM sequence_numbers), 0)
           + row_number() OVER (ORDER BY recorded_at, filing_id, version), filing_id, version
    FROM gone;
    GET DIAGNOSTICS taken = ROW_COUNT;
    RETURN taken;
END $$;
