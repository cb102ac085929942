-- The sum of the migrations; written by `make schema`, compared by a test, applied by nobody.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE TYPE public.recorded_event AS (
	version integer,
	act_id uuid,
	kind text,
	legal_on date,
	recorded_at timestamp with time zone,
	body jsonb
);

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.calendar_tables (
    year integer NOT NULL,
    body jsonb NOT NULL,
    loaded_by uuid NOT NULL,
    approved_by uuid,
    loaded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    number integer,
    approved_at timestamp with time zone,
    CONSTRAINT calendar_tables_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT calendar_tables_number_check CHECK ((number > 0)),
    CONSTRAINT calendar_tables_year_check CHECK (((year >= 1985) AND (year <= 2199))),
    CONSTRAINT two_people_load_a_calendar CHECK ((loaded_by <> approved_by))
);

CREATE FUNCTION public.approve_calendar(p_year integer, p_who uuid) RETURNS SETOF public.calendar_tables
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('calendar', 0));
    RETURN QUERY UPDATE calendar_tables SET
        approved_by = p_who, approved_at = clock_timestamp(),
        number = (SELECT coalesce(max(number), 0) + 1 FROM calendar_tables)
    WHERE year = p_year AND approved_by IS NULL RETURNING *;
END $$;

CREATE FUNCTION public.begin_act(p_filing_id uuid, p_act_id uuid, p_since integer) RETURNS TABLE(kind text, workflow_id text, parent_id uuid, head integer, head_hash bytea, stage text, "position" jsonb, known_filing_id uuid, known_body_hash bytea, known_answer jsonb, events public.recorded_event[], recorded_at timestamp with time zone, calendar integer, present timestamp with time zone)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('calendar', 0));
    RETURN QUERY SELECT o.*, (SELECT coalesce(max(number), 0) FROM calendar_tables), clock_timestamp()
    FROM open_filing(p_filing_id, p_act_id, p_since) o;
END $$;

CREATE FUNCTION public.body_of(canonical bytea) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT convert_from(canonical, 'UTF8')::jsonb -> 'body' $$;

CREATE FUNCTION public.book_bank_line(p_bank_line jsonb, p_filing_id uuid, p_act_id uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    line     bank_lines := jsonb_populate_record(NULL::bank_lines, p_bank_line);
    part_fen bigint := p_bank_line ->> 'part_fen';
    booked   uuid;
BEGIN
    line.bank_key := replace(line.bank_key, E'\x1f', ' ');
    SELECT p.filing_id INTO booked FROM bank_line_parts p JOIN bank_lines l USING (bank_key)
    WHERE p.bank_key = line.bank_key AND (part_fen = line.fen OR p.fen = l.fen OR p.filing_id = p_filing_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'bank line % is booked for filing %', line.bank_key, booked
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'bank_lines_pkey',
                  DETAIL = jsonb_build_object('filing_id', booked)::text;
    END IF;
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

CREATE FUNCTION public.determination_subject(inputs jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(inputs ->> 'subject', inputs ->> 'receipt_id', inputs ->> 'period', '')
$$;

CREATE FUNCTION public.erase_party(p_party_id uuid, p_who uuid, p_role text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM party_keys WHERE party_id = p_party_id;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (who, role, act_id, act_kind, outcome)
        VALUES (p_who, p_role, p_party_id, 'erase_party', 'granted');
    RETURN true;
END $$;

CREATE FUNCTION public.hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[]) RETURNS TABLE(what text, value text, filing_id uuid, "on" date, until_on date, was_first boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    one   record;
    other record;
BEGIN
    -- Whoever says the same takes turns, in one order, so that each sees what the one before has written.
    FOR one IN SELECT h.what, h.value FROM jsonb_populate_recordset(NULL::identities, p_held) h ORDER BY 1, 2 LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended('identity:' || one.what || ':' || one.value, 0));
    END LOOP;
    DELETE FROM identities i WHERE i.filing_id = p_filing_id AND NOT EXISTS (
        SELECT FROM jsonb_populate_recordset(NULL::identities, p_held) h WHERE h.what = i.what AND h.value = i.value
    );
    INSERT INTO identities (what, value, filing_id, act_id, since_on, until_on)
    SELECT h.what, h.value, p_filing_id, h.act_id, h.since_on, h.until_on
    FROM jsonb_populate_recordset(NULL::identities, p_held) h
    ON CONFLICT (what, value, filing_id) DO UPDATE SET
        act_id = EXCLUDED.act_id, since_on = EXCLUDED.since_on, until_on = EXCLUDED.until_on;
    SELECT * INTO other FROM identities_shared(p_filing_id) s WHERE s.what = ANY (p_alone) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'filing % has % % already', other.filing_id, other.what, other.value
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_' || other.what, DETAIL = jsonb_build_object(
                'number', other.value, 'filing_id', other.filing_id,
                'last', coalesce(other.until_on::text, '-'), 'first', coalesce((other.until_on + 1)::text, '-'))::text;
    END IF;
    RETURN QUERY SELECT * FROM identities_shared(p_filing_id);
END $$;

CREATE FUNCTION public.identities_shared(p_filing_id uuid) RETURNS TABLE(what text, value text, filing_id uuid, "on" date, until_on date, was_first boolean)
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT mine.what, mine.value, theirs.filing_id, greatest(mine.since_on, theirs.since_on), theirs.until_on,
               theirs.held_order < mine.held_order
        FROM identities mine JOIN identities theirs USING (what, value)
        WHERE mine.filing_id = p_filing_id AND theirs.filing_id <> p_filing_id
          AND daterange(mine.since_on, mine.until_on, '[]') && daterange(theirs.since_on, theirs.until_on, '[]')
        ORDER BY mine.what, mine.value, theirs.filing_id;
END $$;

CREATE FUNCTION public.is_ledger_of(line_key text, rule text, subject text, line text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT CASE rule
        WHEN 'royalty_report' THEN line_key ~ (':(report:' || subject || '|correction:' || subject || '\.[0-9]+)$')
        WHEN 'settlement' THEN line = 'settled:' || split_part(line_key, ':', 2) || ':' || split_part(line_key, ':', 3)
        ELSE line = ANY ((string_to_array(line_key, ':'))[2:3])
    END
$_$;

CREATE FUNCTION public.is_money_of(rule text, line text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT rule <> 'settlement' OR split_part(line, ':', 1) NOT IN ('entitled', 'reserved')
$$;

CREATE FUNCTION public.open_filing(p_filing_id uuid, p_act_id uuid, p_since integer) RETURNS TABLE(kind text, workflow_id text, parent_id uuid, head integer, head_hash bytea, stage text, "position" jsonb, known_filing_id uuid, known_body_hash bytea, known_answer jsonb, events public.recorded_event[], recorded_at timestamp with time zone)
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.post_act(p_filing_id uuid, p_kind text, p_workflow_id text, p_parent_id uuid, p_version integer, p_stage text, p_position jsonb, p_due_by date, p_legal_clock text, p_act_id uuid, p_event_kind text, p_legal_on date, p_recorded_at timestamp with time zone, p_canonical bytea, p_previous_hash bytea, p_hash bytea, p_code_version text, p_body_hash bytea, p_answer jsonb, p_tasks jsonb, p_findings jsonb, p_postings jsonb, p_messages jsonb, p_offer jsonb, p_licence jsonb, p_bank_line jsonb, p_receipts jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.put_findings(p_filing_id uuid, p_findings jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO findings (filing_id, key, code, about, opened_on, closed_on)
    SELECT p_filing_id, key, code, about, opened_on, closed_on
    FROM jsonb_populate_recordset(NULL::findings, p_findings)
    ON CONFLICT (filing_id, key) DO UPDATE SET
        code = EXCLUDED.code, about = EXCLUDED.about, opened_on = EXCLUDED.opened_on, closed_on = EXCLUDED.closed_on;
END $$;

CREATE FUNCTION public.put_licence(p_licence jsonb) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO licences (licence_id, declaration_id, licensee, n, running, open)
    SELECT licence_id, declaration_id, licensee, n, running, open
    FROM jsonb_populate_record(NULL::licences, p_licence)
    ON CONFLICT (licence_id) DO UPDATE SET
        running = EXCLUDED.running, open = EXCLUDED.open, licensee = EXCLUDED.licensee
$$;

CREATE FUNCTION public.put_offer(p_offer jsonb) RETURNS void
    LANGUAGE sql
    AS $$
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

CREATE FUNCTION public.put_receipts(p_receipts jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO receipts (receipt_id, licence_id, fen, reversed_fen, received_on, confirmed, bank_key)
    SELECT receipt_id, licence_id, fen, reversed_fen, received_on, confirmed, bank_key
    FROM jsonb_populate_recordset(NULL::receipts, p_receipts)
    ON CONFLICT (receipt_id) DO UPDATE SET
        fen = EXCLUDED.fen, received_on = EXCLUDED.received_on,
        reversed_fen = EXCLUDED.reversed_fen, confirmed = EXCLUDED.confirmed,
        bank_key = coalesce(EXCLUDED.bank_key, receipts.bank_key);
END $$;

CREATE FUNCTION public.put_settlement(p_rows jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.put_tasks(p_filing_id uuid, p_tasks jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how)
    SELECT p_filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how
    FROM jsonb_populate_recordset(NULL::tasks, p_tasks)
    ON CONFLICT (filing_id, key) DO UPDATE SET
        what = EXCLUDED.what, role = EXCLUDED.role, basis = EXCLUDED.basis, article = EXCLUDED.article,
        by_on = EXCLUDED.by_on, provisional = EXCLUDED.provisional, opened_on = EXCLUDED.opened_on,
        closed_on = EXCLUDED.closed_on, closed_how = EXCLUDED.closed_how;
END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: % is not possible', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Record a correction as one more fact.';
END $$;

CREATE FUNCTION public.refuse_imbalance() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.refuse_more_than_the_line() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    -- Parts of one line take turns, so that two of them, each of which would fit alone, do not both pass.
    PERFORM pg_advisory_xact_lock(hashtextextended('bank_line:' || NEW.bank_key, 0));
    IF (SELECT sum(fen) FROM bank_line_parts WHERE bank_key = NEW.bank_key) > NEW.line_fen THEN
        RAISE EXCEPTION 'the parts of bank line % are more than the line', NEW.bank_key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_line_parts_within_line';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.searched(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ SELECT lower(regexp_replace(normalize($1, NFKC), '\s', '', 'g')) $_$;

CREATE FUNCTION public.sequence_events(p_limit integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    present timestamptz;
    horizon timestamptz;
    running pg_snapshot;
    taken   int;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('sequencer', 0));
    PERFORM pg_stat_clear_snapshot();
    present := clock_timestamp();
    running := pg_current_snapshot();
    -- A writer that hides its start (another role's) stops us until it is done.
    SELECT least(present, min(coalesce(xact_start, '-infinity'))) INTO horizon
    FROM pg_stat_activity
    WHERE datname = current_database() AND usename IS NOT NULL AND backend_xid IS NOT NULL AND pid <> pg_backend_pid();

    WITH gone AS (
        DELETE FROM unsequenced u USING (
            SELECT recorded_at, filing_id, version FROM unsequenced
            WHERE recorded_at < horizon
               -- Ahead of the clock of this very statement, which sees only what was committed before it: compared with
               -- ``present``, what was recorded since would be ahead, and come before an earlier one that still runs.
               -- A transaction that has not begun here left its key before the database was restored.
               OR (recorded_at > clock_timestamp() AND (transaction_id < pg_snapshot_xmin(running)
                                                         OR transaction_id >= pg_snapshot_xmax(running)))
            ORDER BY recorded_at, filing_id, version LIMIT p_limit
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

CREATE FUNCTION public.withdraw_calendar(p_year integer, p_who uuid) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH gone AS (
        DELETE FROM calendar_tables WHERE year = p_year AND approved_by IS NULL RETURNING year, body, loaded_by, loaded_at
    )
    INSERT INTO calendar_tables_withdrawn (year, body, loaded_by, loaded_at, withdrawn_by)
    SELECT year, body, loaded_by, loaded_at, p_who FROM gone RETURNING loaded_by
$$;

CREATE TABLE public.acts (
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    body_hash bytea NOT NULL,
    answer jsonb NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT acts_answer_check CHECK ((jsonb_typeof(answer) = 'object'::text))
);

CREATE TABLE public.adjustments (
    settlement_id uuid NOT NULL,
    version integer NOT NULL,
    credit_code text NOT NULL,
    payer text NOT NULL,
    authority uuid NOT NULL,
    scheme text NOT NULL,
    claimant uuid,
    fen bigint NOT NULL
);

CREATE TABLE public.adjustments_taken (
    settlement_id uuid NOT NULL,
    version integer NOT NULL,
    credit_code text NOT NULL,
    payer text NOT NULL,
    taken_by uuid NOT NULL,
    CONSTRAINT taken_by_another_run CHECK ((taken_by <> settlement_id))
);

CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    who uuid NOT NULL,
    role text NOT NULL,
    act_id uuid,
    act_kind text NOT NULL,
    filing_id uuid,
    outcome text NOT NULL,
    refusals jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text, 'fault'::text, 'read'::text]))),
    CONSTRAINT audit_log_refusals_check CHECK ((jsonb_typeof(refusals) = 'array'::text))
);

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bank_line_parts (
    bank_key text NOT NULL,
    line_fen bigint NOT NULL,
    filing_id uuid NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    CONSTRAINT bank_line_parts_fen_check CHECK ((fen > 0))
);

CREATE TABLE public.bank_lines (
    bank_key text NOT NULL,
    filing_id uuid NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    received_on date NOT NULL
);

CREATE VIEW public.bank_lines_left AS
 SELECT l.bank_key,
    ((l.fen)::numeric - sum(p.fen)) AS left_fen,
    l.received_on
   FROM (public.bank_lines l
     JOIN public.bank_line_parts p USING (bank_key))
  GROUP BY l.bank_key, l.fen, l.received_on
 HAVING (sum(p.fen) < (l.fen)::numeric);

CREATE TABLE public.beneficiary_profiles (
    party_id uuid NOT NULL,
    from_on date NOT NULL,
    kind text NOT NULL,
    region text NOT NULL,
    stated_by uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.calendar_tables_withdrawn (
    year integer NOT NULL,
    body jsonb NOT NULL,
    loaded_by uuid NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    withdrawn_by uuid NOT NULL,
    withdrawn_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.claimed_receipts (
    claim_id uuid NOT NULL,
    receipt_id text NOT NULL,
    settlement_id uuid NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    side text NOT NULL,
    owner uuid NOT NULL,
    credit_code text NOT NULL,
    claimed_on date NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    live boolean NOT NULL
);

CREATE TABLE public.claims (
    claim_id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    claimant uuid NOT NULL,
    credit_code text NOT NULL,
    state text NOT NULL,
    entitled_fen bigint,
    payable_fen bigint NOT NULL,
    reserved_fen bigint NOT NULL,
    live boolean NOT NULL
);

CREATE TABLE public.events (
    filing_id uuid NOT NULL,
    version integer NOT NULL,
    act_id uuid NOT NULL,
    kind text NOT NULL,
    legal_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    canonical bytea NOT NULL,
    body jsonb GENERATED ALWAYS AS (public.body_of(canonical)) STORED NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    code_version text NOT NULL,
    CONSTRAINT events_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT events_previous_hash_check CHECK ((octet_length(previous_hash) = 32)),
    CONSTRAINT events_version_check CHECK ((version > 0)),
    CONSTRAINT hash_continues_the_chain CHECK ((hash = sha256((previous_hash || canonical))))
);

CREATE TABLE public.filings (
    filing_id uuid NOT NULL,
    kind text NOT NULL,
    workflow_id text NOT NULL,
    parent_id uuid,
    head integer NOT NULL,
    head_hash bytea NOT NULL,
    stage text NOT NULL,
    "position" jsonb NOT NULL,
    due_by date,
    legal_clock text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT filings_head_check CHECK ((head > 0)),
    CONSTRAINT filings_head_hash_check CHECK ((octet_length(head_hash) = 32)),
    CONSTRAINT filings_kind_check CHECK ((kind = ANY (ARRAY['declaration'::text, 'licence'::text, 'payout'::text, 'settlement'::text]))),
    CONSTRAINT filings_position_check CHECK ((jsonb_typeof("position") = 'object'::text))
)
WITH (fillfactor='80');

CREATE VIEW public.determinations_made AS
 SELECT made.filing_id,
    made.version,
    made.ordinal,
    made.rule,
    made.subject,
    made.as_of,
    made.superseded_by,
    made.determination,
    f.kind,
    ((made.superseded_by IS NULL) AND (f.stage <> ALL (ARRAY['void'::text, 'not_concluded'::text, 'cancelled'::text])) AND (NOT COALESCE(((f."position" -> 'determination'::text) = 'null'::jsonb), false))) AS stands
   FROM (( SELECT e.filing_id,
            e.version,
            (d.ordinal)::integer AS ordinal,
            (d.body ->> 'rule'::text) AS rule,
            public.determination_subject((d.body -> 'inputs'::text)) AS subject,
            ((d.body ->> 'as_of'::text))::date AS as_of,
            lead(e.version) OVER (PARTITION BY e.filing_id, (d.body ->> 'rule'::text), (public.determination_subject((d.body -> 'inputs'::text))) ORDER BY e.version, d.ordinal) AS superseded_by,
            d.body AS determination
           FROM (public.events e
             CROSS JOIN LATERAL jsonb_array_elements((e.body #> '{made,determinations}'::text[])) WITH ORDINALITY d(body, ordinal))
          WHERE ((e.body #> '{made,determinations}'::text[]) <> '[]'::jsonb)) made
     JOIN public.filings f USING (filing_id));

CREATE VIEW public.determined_lines AS
 SELECT m.filing_id,
    m.kind,
    m.version,
    m.ordinal,
    m.rule,
    m.subject,
    m.as_of,
    m.stands,
    m.superseded_by,
    (line.value ->> 'name'::text) AS line,
    ((line.value ->> 'amount'::text))::bigint AS fen,
    m.determination,
    (row_number() OVER (PARTITION BY m.filing_id, m.rule, m.subject, (line.value ->> 'name'::text) ORDER BY m.version DESC, m.ordinal DESC) = 1) AS last_of_line
   FROM (public.determinations_made m
     CROSS JOIN LATERAL jsonb_array_elements((m.determination -> 'result'::text)) line(value));

CREATE VIEW public.determined_clauses AS
 SELECT l.filing_id,
    l.kind,
    l.version,
    l.ordinal,
    l.rule,
    l.subject,
    l.as_of,
    l.stands,
    l.superseded_by,
    l.line,
    l.fen,
    c.parameter,
    c.value,
    c.since,
    c.provision,
    c.instrument,
    c.mark
   FROM (public.determined_lines l
     CROSS JOIN LATERAL ( SELECT (read.value ->> 'name'::text) AS parameter,
            (read.value ->> 'value'::text) AS value,
            ((read.value ->> 'since'::text))::date AS since,
            (read.value #>> '{citation,provision}'::text[]) AS provision,
            (read.value #>> '{citation,instrument}'::text[]) AS instrument,
            (read.value ->> 'mark'::text) AS mark
           FROM jsonb_array_elements((l.determination -> 'reads'::text)) read(value)
        UNION ALL
         SELECT DISTINCT NULL::text,
            NULL::text,
            NULL::date AS date,
            (step.value ->> 'article'::text),
            NULL::text,
            NULL::text
           FROM jsonb_array_elements((l.determination -> 'steps'::text)) step(value)
          WHERE (((step.value ->> 'article'::text) <> ''::text) AND (NOT (EXISTS ( SELECT
                   FROM jsonb_array_elements((l.determination -> 'reads'::text)) read(value)
                  WHERE ((read.value #>> '{citation,provision}'::text[]) = (step.value ->> 'article'::text))))))) c);

CREATE TABLE public.postings (
    posting_id bigint NOT NULL,
    transaction_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    line_key text NOT NULL,
    account text NOT NULL,
    fen bigint NOT NULL,
    legal_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL
);

CREATE VIEW public.line_ledger AS
 SELECT l.filing_id,
    l.rule,
    l.subject,
    l.line,
    p.line_key,
    p.account,
    (sum(p.fen))::bigint AS fen,
    min(p.legal_on) AS legal_on
   FROM (public.determined_lines l
     JOIN public.postings p ON (((p.filing_id = l.filing_id) AND public.is_ledger_of(p.line_key, l.rule, l.subject, l.line))))
  WHERE l.last_of_line
  GROUP BY l.filing_id, l.rule, l.subject, l.line, p.line_key, p.account
 HAVING (sum(p.fen) <> (0)::numeric);

CREATE VIEW public.line_money AS
 SELECT l.filing_id,
    l.kind,
    l.version,
    l.ordinal,
    l.rule,
    l.subject,
    l.as_of,
    l.stands,
    l.line,
        CASE
            WHEN l.stands THEN l.fen
            ELSE (0)::bigint
        END AS due_fen,
    (COALESCE(paid.fen, (0)::numeric))::bigint AS paid_fen
   FROM (public.determined_lines l
     LEFT JOIN ( SELECT line_ledger.filing_id,
            line_ledger.rule,
            line_ledger.subject,
            line_ledger.line,
            sum(line_ledger.fen) AS fen
           FROM public.line_ledger
          WHERE ((split_part(line_ledger.line_key, ':'::text, 1) = ANY (ARRAY['paid'::text, 'receipt'::text])) AND (line_ledger.fen > 0))
          GROUP BY line_ledger.filing_id, line_ledger.rule, line_ledger.subject, line_ledger.line) paid USING (filing_id, rule, subject, line))
  WHERE (l.last_of_line AND public.is_money_of(l.rule, l.line) AND (l.stands OR (paid.fen <> (0)::numeric)));

CREATE VIEW public.line_clauses AS
 SELECT m.filing_id,
    m.kind,
    m.version,
    m.ordinal,
    m.rule,
    m.subject,
    m.as_of,
    m.stands,
    m.line,
    m.due_fen,
    m.paid_fen,
    c.parameter,
    c.value,
    c.since,
    c.provision,
    c.instrument,
    c.mark
   FROM (public.line_money m
     JOIN public.determined_clauses c USING (filing_id, version, ordinal, line));

CREATE VIEW public.clause_lines AS
 SELECT provision,
    instrument,
    filing_id,
    kind,
    version,
    ordinal,
    rule,
    subject,
    as_of,
    stands,
    line,
    due_fen,
    paid_fen,
    array_remove(array_agg(DISTINCT parameter), NULL::text) AS parameters
   FROM public.line_clauses
  GROUP BY provision, instrument, filing_id, kind, version, ordinal, rule, subject, as_of, stands, line, due_fen, paid_fen;

CREATE TABLE public.counters (
    scope text NOT NULL,
    last bigint NOT NULL
);

CREATE TABLE public.credit_codes (
    credit_code text NOT NULL,
    party_id uuid NOT NULL
);

CREATE TABLE public.delivered_events (
    source text NOT NULL,
    event_id text NOT NULL,
    content uuid NOT NULL,
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL
);

CREATE TABLE public.documents (
    content_hash text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size integer NOT NULL,
    body bytea NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    added_by uuid NOT NULL,
    CONSTRAINT content_hash_is_true CHECK ((content_hash = encode(sha256(body), 'hex'::text))),
    CONSTRAINT size_is_true CHECK (((size = octet_length(body)) AND (size <= 10485760)))
);

CREATE TABLE public.entitlement_items (
    scheme text NOT NULL,
    beneficiary text NOT NULL,
    year integer NOT NULL,
    item_id text NOT NULL,
    licence_id uuid NOT NULL,
    base_fen bigint NOT NULL,
    item jsonb NOT NULL,
    CONSTRAINT entitlement_items_base_fen_check CHECK ((base_fen >= 0)),
    CONSTRAINT entitlement_items_item_check CHECK ((jsonb_typeof(item) = 'object'::text))
);

CREATE TABLE public.entitlement_lines (
    line_id bigint NOT NULL,
    scheme text NOT NULL,
    beneficiary text NOT NULL,
    year integer NOT NULL,
    item_ids text[] NOT NULL,
    licence_id uuid NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    assumed text[] NOT NULL,
    trace jsonb NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT entitlement_lines_trace_check CHECK ((jsonb_typeof(trace) = 'object'::text))
);

ALTER TABLE public.entitlement_lines ALTER COLUMN line_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.entitlement_lines_line_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.entitlement_years (
    scheme text NOT NULL,
    beneficiary text NOT NULL,
    year integer NOT NULL,
    base_fen bigint NOT NULL,
    payable_fen bigint NOT NULL,
    CONSTRAINT entitlement_years_base_fen_check CHECK ((base_fen >= 0)),
    CONSTRAINT entitlement_years_payable_fen_check CHECK ((payable_fen >= 0))
);

CREATE TABLE public.findings (
    filing_id uuid NOT NULL,
    key text NOT NULL,
    code text NOT NULL,
    about jsonb NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    CONSTRAINT findings_about_check CHECK ((jsonb_typeof(about) = 'object'::text))
);

CREATE TABLE public.identities (
    what text NOT NULL,
    value text NOT NULL,
    filing_id uuid NOT NULL,
    act_id uuid NOT NULL,
    since_on date NOT NULL,
    until_on date,
    held_order bigint NOT NULL,
    CONSTRAINT identities_check CHECK ((until_on >= since_on))
);

ALTER TABLE public.identities ALTER COLUMN held_order ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.identities_held_order_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.licences (
    licence_id uuid NOT NULL,
    declaration_id uuid NOT NULL,
    licensee uuid NOT NULL,
    n integer NOT NULL,
    running boolean NOT NULL,
    open boolean NOT NULL,
    CONSTRAINT licences_n_check CHECK ((n > 0))
);

CREATE TABLE public.matched_deliveries (
    delivery_id uuid NOT NULL,
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    matched_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.notice_receipts (
    licence_id uuid NOT NULL,
    receipt_number text NOT NULL
);

CREATE TABLE public.offers (
    declaration_id uuid NOT NULL,
    patent_number text NOT NULL,
    live boolean NOT NULL,
    in_force_from date,
    ended_on date,
    terms jsonb NOT NULL,
    terms_version integer NOT NULL,
    licensor uuid NOT NULL,
    patent_last_day date,
    right_ended_on date,
    right_end_provisional boolean NOT NULL,
    regime text NOT NULL,
    warnings jsonb NOT NULL,
    origin text NOT NULL,
    CONSTRAINT offers_terms_check CHECK ((jsonb_typeof(terms) = 'object'::text)),
    CONSTRAINT offers_warnings_check CHECK ((jsonb_typeof(warnings) = 'array'::text))
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    filing_id uuid NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    quarantined boolean DEFAULT false NOT NULL,
    CONSTRAINT outbox_payload_check CHECK ((jsonb_typeof(payload) = 'object'::text))
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.parties (
    party_id uuid NOT NULL,
    kind text NOT NULL,
    public_name text,
    credit_code text,
    sealed bytea,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT parties_check CHECK (((kind = 'organisation'::text) OR ((public_name IS NULL) AND (credit_code IS NULL)))),
    CONSTRAINT parties_check1 CHECK (((kind = 'person'::text) OR (public_name IS NOT NULL))),
    CONSTRAINT parties_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'organisation'::text])))
);

CREATE TABLE public.party_keys (
    party_id uuid NOT NULL,
    sealed_key bytea NOT NULL
);

CREATE TABLE public.patents (
    patent_number text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    filed_on date,
    granted_on date,
    status text NOT NULL,
    source text NOT NULL,
    facts jsonb NOT NULL,
    CONSTRAINT patents_facts_check CHECK ((jsonb_typeof(facts) = 'object'::text)),
    CONSTRAINT patents_kind_check CHECK ((kind = ANY (ARRAY['invention'::text, 'utility_model'::text, 'design'::text])))
);

ALTER TABLE public.postings ALTER COLUMN posting_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.postings_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.receipts (
    receipt_id text NOT NULL,
    licence_id uuid NOT NULL,
    fen bigint NOT NULL,
    reversed_fen bigint NOT NULL,
    received_on date NOT NULL,
    confirmed boolean NOT NULL,
    bank_key text,
    CONSTRAINT receipts_check CHECK (((reversed_fen >= 0) AND (reversed_fen <= fen)))
);

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE public.sequence_numbers (
    sequence_number bigint NOT NULL,
    filing_id uuid NOT NULL,
    version integer NOT NULL,
    CONSTRAINT sequence_numbers_sequence_number_check CHECK ((sequence_number > 0))
);

CREATE TABLE public.settlements (
    settlement_id uuid NOT NULL,
    authority uuid NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL
);

CREATE TABLE public.subsidy_lines (
    settlement_id uuid NOT NULL,
    line_key text NOT NULL,
    credit_code text NOT NULL,
    payer text NOT NULL,
    settled_fen bigint NOT NULL,
    carried_fen bigint NOT NULL,
    paid_fen bigint NOT NULL
);

CREATE TABLE public.subsidy_payments (
    authority uuid NOT NULL,
    payer text NOT NULL,
    bank_serial text NOT NULL,
    settlement_id uuid NOT NULL,
    line_key text NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    came_back boolean NOT NULL,
    CONSTRAINT subsidy_payments_fen_check CHECK ((fen > 0))
);

CREATE TABLE public.tasks (
    filing_id uuid NOT NULL,
    key text NOT NULL,
    what text NOT NULL,
    role text NOT NULL,
    basis text NOT NULL,
    article text NOT NULL,
    by_on date,
    provisional boolean NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    closed_how text,
    CONSTRAINT tasks_basis_check CHECK ((basis = ANY (ARRAY['legal'::text, 'service'::text]))),
    CONSTRAINT tasks_check CHECK (((closed_on IS NULL) = (closed_how IS NULL)))
);

CREATE TABLE public.unmatched_deliveries (
    delivery_id uuid NOT NULL,
    source text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    event jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT unmatched_deliveries_event_check CHECK ((jsonb_typeof(event) = 'object'::text))
);

CREATE TABLE public.unsequenced (
    recorded_at timestamp with time zone NOT NULL,
    filing_id uuid NOT NULL,
    version integer NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL
);

ALTER TABLE ONLY public.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (act_id);

ALTER TABLE ONLY public.adjustments
    ADD CONSTRAINT adjustments_pkey PRIMARY KEY (settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bank_line_parts
    ADD CONSTRAINT bank_line_parts_pkey PRIMARY KEY (bank_key, filing_id);

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_pkey PRIMARY KEY (bank_key);

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_whole UNIQUE (bank_key, fen);

ALTER TABLE ONLY public.beneficiary_profiles
    ADD CONSTRAINT beneficiary_profiles_pkey PRIMARY KEY (party_id, from_on);

ALTER TABLE ONLY public.calendar_tables
    ADD CONSTRAINT calendar_tables_number_key UNIQUE (number);

ALTER TABLE ONLY public.calendar_tables
    ADD CONSTRAINT calendar_tables_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.claimed_receipts
    ADD CONSTRAINT claimed_receipts_pkey PRIMARY KEY (claim_id, receipt_id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (claim_id);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (scope);

ALTER TABLE ONLY public.credit_codes
    ADD CONSTRAINT credit_codes_pkey PRIMARY KEY (credit_code);

ALTER TABLE ONLY public.delivered_events
    ADD CONSTRAINT delivered_events_pkey PRIMARY KEY (source, event_id);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (content_hash);

ALTER TABLE ONLY public.entitlement_items
    ADD CONSTRAINT entitlement_items_pkey PRIMARY KEY (scheme, beneficiary, year, item_id);

ALTER TABLE ONLY public.entitlement_lines
    ADD CONSTRAINT entitlement_lines_act_id_scheme_beneficiary_year_key UNIQUE (act_id, scheme, beneficiary, year);

ALTER TABLE ONLY public.entitlement_lines
    ADD CONSTRAINT entitlement_lines_pkey PRIMARY KEY (line_id);

ALTER TABLE ONLY public.entitlement_years
    ADD CONSTRAINT entitlement_years_pkey PRIMARY KEY (scheme, beneficiary, year);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_act_id_key UNIQUE (act_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (filing_id, version);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_workflow_id_key UNIQUE (workflow_id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (filing_id, key);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (what, value, filing_id);

ALTER TABLE ONLY public.licences
    ADD CONSTRAINT licences_pkey PRIMARY KEY (licence_id);

ALTER TABLE ONLY public.matched_deliveries
    ADD CONSTRAINT matched_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.notice_receipts
    ADD CONSTRAINT notice_receipts_pkey PRIMARY KEY (licence_id);

ALTER TABLE ONLY public.notice_receipts
    ADD CONSTRAINT notice_receipts_receipt_number_key UNIQUE (receipt_number);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (declaration_id);

ALTER TABLE ONLY public.licences
    ADD CONSTRAINT one_licence_per_notice UNIQUE (declaration_id, licensee, n);

ALTER TABLE ONLY public.settlements
    ADD CONSTRAINT one_settlement_per_year UNIQUE (authority, scheme, year);

ALTER TABLE ONLY public.subsidy_payments
    ADD CONSTRAINT one_subsidy_per_bank_line PRIMARY KEY (authority, payer, bank_serial, came_back);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_topic_key_key UNIQUE (topic, key);

ALTER TABLE ONLY public.parties
    ADD CONSTRAINT parties_pkey PRIMARY KEY (party_id);

ALTER TABLE ONLY public.party_keys
    ADD CONSTRAINT party_keys_pkey PRIMARY KEY (party_id);

ALTER TABLE ONLY public.patents
    ADD CONSTRAINT patents_pkey PRIMARY KEY (patent_number);

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (posting_id);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (receipt_id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sequence_numbers
    ADD CONSTRAINT sequence_numbers_filing_id_version_key UNIQUE (filing_id, version);

ALTER TABLE ONLY public.sequence_numbers
    ADD CONSTRAINT sequence_numbers_pkey PRIMARY KEY (sequence_number);

ALTER TABLE ONLY public.settlements
    ADD CONSTRAINT settlements_pkey PRIMARY KEY (settlement_id);

ALTER TABLE ONLY public.subsidy_lines
    ADD CONSTRAINT subsidy_lines_pkey PRIMARY KEY (settlement_id, line_key);

ALTER TABLE ONLY public.adjustments_taken
    ADD CONSTRAINT taken_once PRIMARY KEY (settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (filing_id, key);

ALTER TABLE ONLY public.unmatched_deliveries
    ADD CONSTRAINT unmatched_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.unsequenced
    ADD CONSTRAINT unsequenced_pkey PRIMARY KEY (recorded_at, filing_id, version);

CREATE INDEX adjustments_scheme ON public.adjustments USING btree (authority, scheme);

CREATE INDEX adjustments_taken_by ON public.adjustments_taken USING btree (taken_by);

CREATE INDEX audit_log_filing ON public.audit_log USING btree (filing_id, id) WHERE (filing_id IS NOT NULL);

CREATE INDEX audit_log_who ON public.audit_log USING btree (who, id);

CREATE INDEX bank_line_parts_filing ON public.bank_line_parts USING btree (filing_id);

CREATE INDEX bank_lines_filing ON public.bank_lines USING btree (filing_id);

CREATE INDEX claimed_receipts_receipt ON public.claimed_receipts USING btree (receipt_id);

CREATE INDEX claimed_receipts_settlement ON public.claimed_receipts USING btree (settlement_id);

CREATE INDEX claims_credit_code ON public.claims USING btree (credit_code);

CREATE INDEX claims_settlement ON public.claims USING btree (settlement_id, credit_code);

CREATE INDEX entitlement_items_licence ON public.entitlement_items USING btree (licence_id);

CREATE INDEX entitlement_lines_year ON public.entitlement_lines USING btree (scheme, beneficiary, year, line_id);

CREATE INDEX events_determined ON public.events USING btree (filing_id, version) WHERE ((body #> '{made,determinations}'::text[]) <> '[]'::jsonb);

CREATE INDEX events_moved ON public.events USING btree (filing_id, version) WHERE ((body #> '{made,moved}'::text[]) IS NOT NULL);

CREATE INDEX filings_due_by ON public.filings USING btree (legal_clock, due_by, filing_id) WHERE (due_by IS NOT NULL);

CREATE INDEX filings_kind ON public.filings USING btree (kind, filing_id);

CREATE INDEX filings_kind_stage ON public.filings USING btree (kind, stage, filing_id);

CREATE INDEX filings_parent_id ON public.filings USING btree (parent_id, filing_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX filings_stage ON public.filings USING btree (stage, filing_id);

CREATE INDEX findings_open ON public.findings USING btree (opened_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX identities_filing ON public.identities USING btree (filing_id);

CREATE INDEX licences_declaration ON public.licences USING btree (declaration_id, licence_id);

CREATE INDEX licences_licensee ON public.licences USING btree (licensee);

CREATE INDEX offers_licensor ON public.offers USING btree (licensor);

CREATE INDEX offers_patent_number ON public.offers USING btree (patent_number);

CREATE UNIQUE INDEX one_claim_per_claimant_and_year ON public.claims USING btree (scheme, year, credit_code) WHERE live;

CREATE UNIQUE INDEX one_claim_per_receipt ON public.claimed_receipts USING btree (receipt_id, scheme, side, owner) WHERE live;

CREATE INDEX outbox_next ON public.outbox USING btree (id) WHERE ((sent_at IS NULL) AND (NOT quarantined));

CREATE INDEX outbox_quarantined ON public.outbox USING btree (id) WHERE (quarantined AND (sent_at IS NULL));

CREATE INDEX outbox_unsent ON public.outbox USING btree (filing_id, id) WHERE (sent_at IS NULL);

CREATE INDEX parties_by_name ON public.parties USING btree (kind, public_name, party_id);

CREATE INDEX parties_name ON public.parties USING gin (public.searched(public_name) public.gin_trgm_ops);

CREATE INDEX patents_title ON public.patents USING gin (public.searched(title) public.gin_trgm_ops);

CREATE INDEX postings_filing ON public.postings USING btree (filing_id, line_key);

CREATE INDEX postings_transaction ON public.postings USING btree (transaction_id);

CREATE INDEX receipts_bank_key ON public.receipts USING btree (bank_key);

CREATE INDEX receipts_licence ON public.receipts USING btree (licence_id);

CREATE INDEX subsidy_payments_settlement ON public.subsidy_payments USING btree (settlement_id);

CREATE INDEX tasks_open ON public.tasks USING btree (by_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX tasks_open_of_role ON public.tasks USING btree (role, by_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX unmatched_deliveries_received_at ON public.unmatched_deliveries USING btree (received_at, delivery_id);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.acts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.adjustments FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.adjustments_taken FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.calendar_tables_withdrawn FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.entitlement_lines FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.matched_deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.postings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.sequence_numbers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.unmatched_deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER postings_sum_to_zero AFTER INSERT ON public.postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_imbalance();

CREATE TRIGGER within_line AFTER INSERT ON public.bank_line_parts FOR EACH ROW EXECUTE FUNCTION public.refuse_more_than_the_line();

ALTER TABLE ONLY public.adjustments_taken
    ADD CONSTRAINT adjustments_taken_settlement_id_version_credit_code_payer_fkey FOREIGN KEY (settlement_id, version, credit_code, payer) REFERENCES public.adjustments(settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.bank_line_parts
    ADD CONSTRAINT bank_line_parts_of_one_line FOREIGN KEY (bank_key, line_fen) REFERENCES public.bank_lines(bank_key, fen);

ALTER TABLE ONLY public.beneficiary_profiles
    ADD CONSTRAINT beneficiary_profiles_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.matched_deliveries
    ADD CONSTRAINT matched_deliveries_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.unmatched_deliveries(delivery_id);

ALTER TABLE ONLY public.party_keys
    ADD CONSTRAINT party_keys_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_bank_key_fkey FOREIGN KEY (bank_key) REFERENCES public.bank_lines(bank_key);

GRANT SELECT,INSERT ON TABLE public.calendar_tables TO engine;
GRANT SELECT ON TABLE public.calendar_tables TO auditor;

GRANT UPDATE(approved_by) ON TABLE public.calendar_tables TO engine;

REVOKE ALL ON FUNCTION public.approve_calendar(p_year integer, p_who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.approve_calendar(p_year integer, p_who uuid) TO engine;

REVOKE ALL ON FUNCTION public.erase_party(p_party_id uuid, p_who uuid, p_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_party(p_party_id uuid, p_who uuid, p_role text) TO engine;

REVOKE ALL ON FUNCTION public.hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[]) TO engine;

REVOKE ALL ON FUNCTION public.withdraw_calendar(p_year integer, p_who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.withdraw_calendar(p_year integer, p_who uuid) TO engine;

GRANT SELECT,INSERT ON TABLE public.acts TO engine;
GRANT SELECT ON TABLE public.acts TO auditor;

GRANT SELECT,INSERT ON TABLE public.adjustments TO engine;
GRANT SELECT ON TABLE public.adjustments TO auditor;

GRANT SELECT,INSERT ON TABLE public.adjustments_taken TO engine;
GRANT SELECT ON TABLE public.adjustments_taken TO auditor;

GRANT SELECT,INSERT ON TABLE public.audit_log TO engine;
GRANT SELECT ON TABLE public.audit_log TO auditor;

GRANT SELECT,INSERT ON TABLE public.bank_line_parts TO engine;
GRANT SELECT ON TABLE public.bank_line_parts TO auditor;

GRANT SELECT,INSERT ON TABLE public.bank_lines TO engine;
GRANT SELECT ON TABLE public.bank_lines TO auditor;

GRANT SELECT ON TABLE public.bank_lines_left TO engine;
GRANT SELECT ON TABLE public.bank_lines_left TO auditor;

GRANT SELECT,INSERT ON TABLE public.beneficiary_profiles TO engine;
GRANT SELECT ON TABLE public.beneficiary_profiles TO auditor;

GRANT SELECT ON TABLE public.calendar_tables_withdrawn TO engine;
GRANT SELECT ON TABLE public.calendar_tables_withdrawn TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.claimed_receipts TO engine;
GRANT SELECT ON TABLE public.claimed_receipts TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.claims TO engine;
GRANT SELECT ON TABLE public.claims TO auditor;

GRANT SELECT,INSERT ON TABLE public.events TO engine;
GRANT SELECT ON TABLE public.events TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.filings TO engine;
GRANT SELECT ON TABLE public.filings TO auditor;

GRANT SELECT ON TABLE public.determinations_made TO engine;
GRANT SELECT ON TABLE public.determinations_made TO auditor;

GRANT SELECT ON TABLE public.determined_lines TO engine;
GRANT SELECT ON TABLE public.determined_lines TO auditor;

GRANT SELECT ON TABLE public.determined_clauses TO engine;
GRANT SELECT ON TABLE public.determined_clauses TO auditor;

GRANT SELECT,INSERT ON TABLE public.postings TO engine;
GRANT SELECT ON TABLE public.postings TO auditor;

GRANT SELECT ON TABLE public.line_ledger TO engine;
GRANT SELECT ON TABLE public.line_ledger TO auditor;

GRANT SELECT ON TABLE public.line_money TO engine;
GRANT SELECT ON TABLE public.line_money TO auditor;

GRANT SELECT ON TABLE public.line_clauses TO engine;
GRANT SELECT ON TABLE public.line_clauses TO auditor;

GRANT SELECT ON TABLE public.clause_lines TO engine;
GRANT SELECT ON TABLE public.clause_lines TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.counters TO engine;
GRANT SELECT ON TABLE public.counters TO auditor;

GRANT SELECT,INSERT ON TABLE public.credit_codes TO engine;
GRANT SELECT ON TABLE public.credit_codes TO auditor;

GRANT SELECT,INSERT ON TABLE public.delivered_events TO engine;
GRANT SELECT ON TABLE public.delivered_events TO auditor;

GRANT SELECT,INSERT ON TABLE public.documents TO engine;
GRANT SELECT ON TABLE public.documents TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.entitlement_items TO engine;
GRANT SELECT ON TABLE public.entitlement_items TO auditor;

GRANT SELECT,INSERT ON TABLE public.entitlement_lines TO engine;
GRANT SELECT ON TABLE public.entitlement_lines TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.entitlement_years TO engine;
GRANT SELECT ON TABLE public.entitlement_years TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.findings TO engine;
GRANT SELECT ON TABLE public.findings TO auditor;

GRANT SELECT ON TABLE public.identities TO engine;
GRANT SELECT ON TABLE public.identities TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.licences TO engine;
GRANT SELECT ON TABLE public.licences TO auditor;

GRANT SELECT,INSERT ON TABLE public.matched_deliveries TO engine;
GRANT SELECT ON TABLE public.matched_deliveries TO auditor;

GRANT SELECT,INSERT ON TABLE public.notice_receipts TO engine;
GRANT SELECT ON TABLE public.notice_receipts TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.offers TO engine;
GRANT SELECT ON TABLE public.offers TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.outbox TO engine;
GRANT SELECT ON TABLE public.outbox TO auditor;

GRANT SELECT,INSERT ON TABLE public.parties TO engine;

GRANT SELECT(party_id) ON TABLE public.parties TO auditor;

GRANT SELECT(kind) ON TABLE public.parties TO auditor;

GRANT SELECT(public_name) ON TABLE public.parties TO auditor;

GRANT SELECT(credit_code) ON TABLE public.parties TO auditor;

GRANT SELECT(created_at) ON TABLE public.parties TO auditor;

GRANT SELECT,INSERT ON TABLE public.party_keys TO engine;

GRANT SELECT,INSERT,UPDATE ON TABLE public.patents TO engine;
GRANT SELECT ON TABLE public.patents TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.receipts TO engine;
GRANT SELECT ON TABLE public.receipts TO auditor;

GRANT SELECT ON TABLE public.schema_migrations TO engine;
GRANT SELECT ON TABLE public.schema_migrations TO auditor;

GRANT SELECT,INSERT ON TABLE public.sequence_numbers TO engine;
GRANT SELECT ON TABLE public.sequence_numbers TO auditor;

GRANT SELECT,INSERT ON TABLE public.settlements TO engine;
GRANT SELECT ON TABLE public.settlements TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.subsidy_lines TO engine;
GRANT SELECT ON TABLE public.subsidy_lines TO auditor;

GRANT SELECT,INSERT ON TABLE public.subsidy_payments TO engine;
GRANT SELECT ON TABLE public.subsidy_payments TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.tasks TO engine;
GRANT SELECT ON TABLE public.tasks TO auditor;

GRANT SELECT,INSERT ON TABLE public.unmatched_deliveries TO engine;
GRANT SELECT ON TABLE public.unmatched_deliveries TO auditor;

GRANT SELECT,INSERT,DELETE ON TABLE public.unsequenced TO engine;
GRANT SELECT ON TABLE public.unsequenced TO auditor;
