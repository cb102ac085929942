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

COMMENT ON TABLE public.calendar_tables IS 'Holiday tables, proposed by one person and approved by another. 节假日表，由两人提出与批准。';

COMMENT ON COLUMN public.calendar_tables.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.calendar_tables.body IS 'Holidays and working weekends. 内容。';

COMMENT ON COLUMN public.calendar_tables.loaded_by IS 'Who proposed it. 提出人。';

COMMENT ON COLUMN public.calendar_tables.approved_by IS 'Who approved it; null while proposed. 批准人。';

COMMENT ON COLUMN public.calendar_tables.loaded_at IS 'When it was proposed. 提出时刻。';

COMMENT ON COLUMN public.calendar_tables.number IS 'Order of approval. 批准次序。';

COMMENT ON COLUMN public.calendar_tables.approved_at IS 'When it was approved. 批准时刻。';

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

CREATE FUNCTION public.band_of(bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ SELECT rpad(left($1::text, 1), length($1::text), '0')::bigint $_$;

CREATE FUNCTION public.begin_act(p_filing_id uuid, p_act_id uuid, p_since integer) RETURNS TABLE(kind text, workflow_id text, parent_id uuid, head integer, head_hash bytea, stage text, "position" jsonb, known_filing_id uuid, known_body_hash bytea, known_answer jsonb, events public.recorded_event[], recorded_at timestamp with time zone, calendar integer, present timestamp with time zone)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('calendar', 0));
    RETURN QUERY SELECT o.*, (SELECT coalesce(max(number), 0) FROM calendar_tables), clock_timestamp()
    FROM open_filing(p_filing_id, p_act_id, p_since) o;
END $$;

CREATE FUNCTION public.begin_act(p_filing_id uuid, p_act_id uuid, p_since integer, p_documents text[], p_parties uuid[]) RETURNS TABLE(kind text, workflow_id text, parent_id uuid, head integer, head_hash bytea, stage text, "position" jsonb, known_filing_id uuid, known_body_hash bytea, known_answer jsonb, events public.recorded_event[], recorded_at timestamp with time zone, calendar integer, present timestamp with time zone, legal_clock text, missing_documents text[], missing_parties uuid[])
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT o.*, (SELECT f.legal_clock FROM filings f WHERE f.filing_id = p_filing_id),
        ARRAY(SELECT asked FROM unnest(p_documents) asked
              WHERE NOT EXISTS (SELECT FROM documents d WHERE d.content_hash = asked)),
        ARRAY(SELECT asked FROM unnest(p_parties) asked
              WHERE NOT EXISTS (SELECT FROM parties p WHERE p.party_id = asked))
    FROM begin_act(p_filing_id, p_act_id, p_since) o;
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

CREATE FUNCTION public.count_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO act_counts AS c (recorded_on, kind, part, count)
    VALUES ((NEW.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, NEW.kind, pg_backend_pid() % 8, 1)
    ON CONFLICT (recorded_on, kind, part) DO UPDATE SET count = c.count + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION public.count_filing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    -- In one order, so that acts that move filings in opposite directions do not wait for each other in a circle.
    INSERT INTO filing_counts AS c (kind, stage, region, platform, part, count)
    SELECT kind, stage, region, platform, pg_backend_pid() % 8, by
    FROM (VALUES (OLD.kind, OLD.stage, coalesce(OLD.region, ''), coalesce(OLD.platform, ''), -1),
                 (NEW.kind, NEW.stage, coalesce(NEW.region, ''), coalesce(NEW.platform, ''), 1))
        moved (kind, stage, region, platform, by)
    WHERE kind IS NOT NULL ORDER BY 1, 2, 3, 4
    ON CONFLICT (kind, stage, region, platform, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    IF OLD.stage IS DISTINCT FROM NEW.stage THEN
        INSERT INTO filing_ages AS a (kind, stage, since_on, part, count)
        SELECT kind, stage, date_trunc('week', since AT TIME ZONE 'Asia/Shanghai')::date, pg_backend_pid() % 8, by
        FROM (VALUES (OLD.kind, OLD.stage, OLD.stage_since, -1), (NEW.kind, NEW.stage, NEW.stage_since, 1))
            moved (kind, stage, since, by)
        WHERE kind IS NOT NULL ORDER BY 1, 2, 3
        ON CONFLICT (kind, stage, since_on, part) DO UPDATE SET count = a.count + EXCLUDED.count;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.count_listing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    -- In one order, so that acts that move offers in opposite directions do not wait for each other in a circle.
    INSERT INTO listing_counts AS c (status, region, price_form, patent_kind, section, part, count)
    SELECT status, coalesce(region, ''), price_form, patent_kind, coalesce(left(classification, 1), ''),
           pg_backend_pid() % 8, sum(by)
    FROM (VALUES (OLD.status, OLD.region, OLD.price_form, OLD.patent_kind, OLD.classification, -1),
                 (NEW.status, NEW.region, NEW.price_form, NEW.patent_kind, NEW.classification, 1))
        moved (status, region, price_form, patent_kind, classification, by)
    WHERE status IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (status, region, price_form, patent_kind, section, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    RETURN NULL;
END $$;

CREATE FUNCTION public.count_terms() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    came integer := coalesce((NEW.counted_as = 'licensed')::integer, 0) - coalesce((OLD.counted_as = 'licensed')::integer, 0);
BEGIN
    -- In one order, so that acts that move filings in opposite directions do not wait for each other in a circle.
    WITH moved AS (
        SELECT counted_as, measure, coalesce(price_form, '') AS price_form, place, band_of(number) AS band, number,
               sum(by) AS by
        FROM (SELECT OLD.*, -1 UNION ALL SELECT NEW.*, 1)
                 stated (filing_id, declaration_id, counted_as, price_form, region, amount, unit_price, rate, years, licences,
                         received, by)
             CROSS JOIN LATERAL (VALUES ('amount', amount), ('unit_price', unit_price), ('rate', rate), ('years', years),
                                        ('licences', licences), ('received', received)) part (measure, number)
             CROSS JOIN LATERAL unnest(ARRAY['*', region]) place
        WHERE counted_as IS NOT NULL AND number IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5, 6
    ), exact AS (
        INSERT INTO price_counts AS c (counted_as, measure, price_form, region, band, price, part, count)
        SELECT counted_as, measure, price_form, place, band, number, pg_backend_pid() % 8, by FROM moved
        WHERE measure IN ('amount', 'unit_price', 'rate') AND by <> 0 ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (counted_as, measure, region, price_form, band, price, part) DO UPDATE SET count = c.count + EXCLUDED.count
    )
    INSERT INTO band_counts AS c (counted_as, measure, price_form, region, band, part, count)
    SELECT counted_as, measure, price_form, place, band, pg_backend_pid() % 8, sum(by) FROM moved
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(by) <> 0 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (counted_as, measure, region, price_form, band, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    IF came <> 0 THEN
        UPDATE stated_terms SET licences = licences + came WHERE filing_id = NEW.declaration_id;
    END IF;
    RETURN NULL;
END $$;

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
    begun_at timestamp with time zone NOT NULL,
    stage_since timestamp with time zone NOT NULL,
    region text,
    platform text,
    declaration_id uuid,
    CONSTRAINT filings_head_check CHECK ((head > 0)),
    CONSTRAINT filings_head_hash_check CHECK ((octet_length(head_hash) = 32)),
    CONSTRAINT filings_kind_check CHECK ((kind = ANY (ARRAY['declaration'::text, 'licence'::text, 'payout'::text, 'settlement'::text]))),
    CONSTRAINT filings_position_check CHECK ((jsonb_typeof("position") = 'object'::text))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.filings IS 'Head of each filing: where its chain of events ends and where it stands. 各事项的链头与现状。';

COMMENT ON COLUMN public.filings.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.filings.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';

COMMENT ON COLUMN public.filings.workflow_id IS 'Id of the run in Temporal. Temporal 中的流程编号。';

COMMENT ON COLUMN public.filings.parent_id IS 'Filing it belongs to: the declaration of a licence, the licence of a payout. 上级事项。';

COMMENT ON COLUMN public.filings.head IS 'Version of its last event. 最后事件的版本。';

COMMENT ON COLUMN public.filings.head_hash IS 'Hash of its last event. 最后事件的哈希。';

COMMENT ON COLUMN public.filings.stage IS 'Stage of its main track. 主轨阶段。';

COMMENT ON COLUMN public.filings."position" IS 'Where it stands, derived from its facts. 由事实推导的现状。';

COMMENT ON COLUMN public.filings.due_by IS 'Earliest open deadline. 最早的未了期限。';

COMMENT ON COLUMN public.filings.legal_clock IS 'timer: days pass by themselves; acts: only by pass-day. 日期如何推进。';

COMMENT ON COLUMN public.filings.updated_at IS 'When its last event was recorded. 最后事件的记录时刻。';

COMMENT ON COLUMN public.filings.begun_at IS 'When its first event was recorded. 首个事件的记录时刻。';

COMMENT ON COLUMN public.filings.stage_since IS 'Since when it stands in its stage. 进入现阶段的时刻。';

COMMENT ON COLUMN public.filings.region IS 'Province where it belongs: that of the first owner, of the authority. 所属省份：第一专利权人或主管部门所在地。';

COMMENT ON COLUMN public.filings.platform IS 'Sub-platform that it came through. 所属分平台。';

COMMENT ON COLUMN public.filings.declaration_id IS 'The declaration that it is, or is below. 所属声明。';

CREATE FUNCTION public.declaration_of(p_filing public.filings) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN CASE p_filing.kind
        WHEN 'declaration' THEN p_filing.filing_id
        WHEN 'licence' THEN p_filing.parent_id
        WHEN 'payout' THEN (SELECT coalesce(above.declaration_id, above.parent_id) FROM filings above
                            WHERE above.filing_id = p_filing.parent_id) END;
END $$;

CREATE FUNCTION public.delete_saved_view(p_view_id uuid, p_account_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM saved_views WHERE view_id = p_view_id AND account_id = p_account_id;
    RETURN FOUND;
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
DECLARE
    held record;
    had_key boolean;
    had_account boolean;
BEGIN
    LOCK TABLE holds IN SHARE MODE;
    SELECT f.filing_id, h.hold_id, h.reason INTO held
    FROM held_filings f JOIN holds h USING (hold_id)
    WHERE EXISTS (SELECT FROM events e
                  WHERE e.filing_id = f.filing_id AND position(p_party_id::text IN e.body::text) > 0)
    ORDER BY h.placed_at, f.filing_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the person is named in a held filing' USING
            ERRCODE = 'restrict_violation', CONSTRAINT = 'held_persons_stay',
            DETAIL = json_build_object('filing_id', held.filing_id, 'hold_id', held.hold_id, 'reason', held.reason)::text;
    END IF;
    DELETE FROM party_keys WHERE party_id = p_party_id;
    had_key := FOUND;
    UPDATE accounts SET state = 'erased', name_hash = NULL, sealed_name = NULL, password_hash = NULL,
        sealed_totp = NULL, sealed_totp_offer = NULL, recovery_hashes = '{}', invitation_hash = NULL,
        invitation_ends_at = NULL
    WHERE party_id = p_party_id AND state <> 'erased';
    had_account := FOUND;
    IF had_account THEN
        DELETE FROM account_identities USING accounts a
            WHERE account_identities.account_id = a.account_id AND a.party_id = p_party_id;
        DELETE FROM known_devices USING accounts a
            WHERE known_devices.account_id = a.account_id AND a.party_id = p_party_id;
        UPDATE sessions SET ended_at = coalesce(ended_at, clock_timestamp()), ended_as = coalesce(ended_as, 'erased'),
            device_hash = NULL, browser = NULL
        FROM accounts a WHERE sessions.account_id = a.account_id AND a.party_id = p_party_id;
        UPDATE drafts SET ended_at = clock_timestamp(), ended_as = 'erased', fields = '{}'
        FROM accounts a WHERE drafts.account_id = a.account_id AND a.party_id = p_party_id
            AND drafts.organisation_id IS NULL AND drafts.ended_at IS NULL;
    END IF;
    IF NOT had_key AND NOT had_account THEN
        RETURN false;
    END IF;
    INSERT INTO audit_log (who, role, act_id, act_kind, outcome)
        VALUES (p_who, p_role, p_party_id, 'erase_party', 'granted');
    RETURN true;
END $$;

CREATE FUNCTION public.forget_import_files(p_before timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    gone bigint;
BEGIN
    IF p_before > clock_timestamp() - interval '30 days' THEN
        RAISE EXCEPTION 'files of tables are kept for 30 days at least';
    END IF;
    UPDATE imports SET body = NULL WHERE body IS NOT NULL AND moved_at < p_before AND state IN ('checked', 'done');
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION public.forget_passkeys() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM account_passkeys WHERE account_id = NEW.account_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.forget_saved_views() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM saved_views WHERE account_id = NEW.account_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.forget_sign_ins(p_before timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    gone bigint;
    more bigint;
BEGIN
    IF p_before > clock_timestamp() - interval '180 days' THEN
        RAISE EXCEPTION 'what is kept of signing in is kept for 180 days' USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM sessions WHERE ends_at < p_before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM known_devices WHERE last_at < p_before - interval '180 days';
    GET DIAGNOSTICS more = ROW_COUNT;
    gone := gone + more;
    DELETE FROM sign_in_failures WHERE last_at < clock_timestamp() - interval '1 day';
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN gone + more;
END $$;

CREATE FUNCTION public.found(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ SELECT regexp_replace(regexp_replace(lower(normalize($1, NFKC)), '\s+', '', 'g'), '[^[:alnum:]]+', '|', 'g') $_$;

CREATE FUNCTION public.grams(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
    SELECT coalesce(array_agg(DISTINCT gram), '{}')
    FROM (SELECT substr($1, n, 2) AS gram FROM generate_series(1, length($1) - 1) n) two WHERE position('|' IN gram) = 0
$_$;

CREATE FUNCTION public.grant_by_another() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM memberships m WHERE m.membership_id = NEW.membership_id
               AND NEW.granted_by IN (m.proposed_by, m.party_id)) THEN
        RAISE EXCEPTION 'who proposes a role, or gets it, does not grant it' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'two_people_grant_a_role';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.hand_over_task() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO task_handovers (organisation_id, filing_id, key, given_from, given_to, given_by, given_at)
    VALUES (NEW.organisation_id, NEW.filing_id, NEW.key, CASE WHEN TG_OP = 'UPDATE' THEN OLD.assigned_to END,
        NEW.assigned_to, NEW.assigned_by, NEW.assigned_at);
    RETURN NULL;
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

CREATE FUNCTION public.keep_listing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO listings AS l (declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform,
                               price_form, status, announced_on)
    SELECT * FROM listing_of(NEW)
    ON CONFLICT (declaration_id) DO UPDATE SET
        patent_number = EXCLUDED.patent_number, patent_kind = EXCLUDED.patent_kind, title = EXCLUDED.title,
        patentees = EXCLUDED.patentees, classification = EXCLUDED.classification, region = EXCLUDED.region,
        platform = EXCLUDED.platform, price_form = EXCLUDED.price_form, status = EXCLUDED.status,
        announced_on = EXCLUDED.announced_on
    WHERE (l.patent_number, l.patent_kind, l.title, l.patentees, l.classification, l.region, l.platform, l.price_form,
           l.status, l.announced_on)
        IS DISTINCT FROM (EXCLUDED.patent_number, EXCLUDED.patent_kind, EXCLUDED.title, EXCLUDED.patentees,
                          EXCLUDED.classification, EXCLUDED.region, EXCLUDED.platform, EXCLUDED.price_form, EXCLUDED.status,
                          EXCLUDED.announced_on);
    RETURN NULL;
END $$;

CREATE FUNCTION public.keep_parties() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM put_parties(NEW);
    IF TG_OP = 'UPDATE' AND NEW.kind = 'declaration' THEN
        PERFORM put_parties(f) FROM filings f WHERE f.parent_id = NEW.filing_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.keep_terms() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM put_terms(NEW);
    -- Terms that a correction changes are those of the licences that took them.
    IF TG_OP = 'UPDATE' AND NEW.kind = 'declaration'
            AND (OLD."position" #> '{offer,terms}') IS DISTINCT FROM (NEW."position" #> '{offer,terms}') THEN
        PERFORM put_terms(f) FROM filings f WHERE f.parent_id = NEW.filing_id AND f.kind = 'licence' ORDER BY f.filing_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.leave_unsealed() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
    part  text;
    parts text[] := '{}';
BEGIN
    FOR place IN 1 .. TG_NARGS - 1 LOOP
        EXECUTE format('SELECT to_json(($1).%I)::text', TG_ARGV[place]) INTO part USING NEW;
        parts := parts || part;
    END LOOP;
    INSERT INTO unsealed (source, key) VALUES (TG_ARGV[0], '[' || array_to_string(parts, ',') || ']');
    RETURN NULL;
END $_$;

CREATE FUNCTION public.listing_of(p_filing public.filings) RETURNS TABLE(declaration_id uuid, patent_number text, patent_kind text, title text, patentees text, classification text, region text, platform text, price_form text, status text, announced_on date)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    offer jsonb := p_filing."position" -> 'offer';
    said  jsonb := particulars_of(p_filing.filing_id, p_filing."position");
    stood text  := CASE
        WHEN offer ->> 'in_force_from' IS NULL THEN NULL
        WHEN p_filing.stage IN ('in_force', 'withdrawal_filed') THEN 'offered'
        WHEN p_filing.stage IN ('patent_ended_provisional', 'patent_ended', 'withdrawn', 'terminated', 'revoked', 'expired')
            THEN 'ended' END;
BEGIN
    IF p_filing.kind = 'declaration' AND offer ->> 'patent_number' IS NOT NULL THEN
        RETURN QUERY SELECT
            p_filing.filing_id, offer ->> 'patent_number', offer ->> 'patent_kind',
            coalesce(said ->> 'title', (SELECT p.title FROM patents p WHERE p.patent_number = offer ->> 'patent_number'), ''),
            coalesce((SELECT string_agg((SELECT public_name FROM parties p WHERE p.party_id = (owner ->> 'party_id')::uuid),
                                        '；' ORDER BY n)
                      FROM jsonb_array_elements(offer -> 'owners') WITH ORDINALITY AS owners (owner, n)), ''),
            upper(regexp_replace(normalize(said ->> 'main_classification', NFKC), '\s', '', 'g')),
            p_filing.region, p_filing.platform, offer #>> '{terms,-1,royalty,form}', stood,
            CASE WHEN stood IS NOT NULL THEN (offer ->> 'in_force_from')::date END;
    END IF;
END $$;

CREATE FUNCTION public.looked_for(text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$ SELECT array_remove(regexp_split_to_array(lower(normalize($1, NFKC)), '[^[:alnum:]]+'), '') $_$;

CREATE FUNCTION public.move_below() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE filings f SET region = NEW.region, platform = coalesce(f."position" ->> 'sub_platform', NEW.platform)
    WHERE f.parent_id = NEW.filing_id;
    RETURN NULL;
END $$;

CREATE FUNCTION public.move_filings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE filings f SET region = region_of(NEW.party_id)
    WHERE f.filing_id IN (SELECT filing_id FROM filing_parties p
                          WHERE p.party_id = NEW.party_id AND p.relation IN ('licensor', 'authority'))
      AND f.kind IN ('declaration', 'settlement') AND f.region IS DISTINCT FROM region_of(NEW.party_id);
    RETURN NULL;
END $$;

CREATE FUNCTION public.named_in_payout(body jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT jsonb_path_query_array(body, '$.made.determinations[*].result[*].name')
        || jsonb_path_query_array(body, '$.act.paid_lines[*].party')
        || jsonb_path_query_array(body, '$.act.bank_serial')
        || jsonb_path_query_array(body, '$.act.replacement.bank_serial')
$_$;

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

CREATE FUNCTION public.particulars_of(p_filing_id uuid, p_position jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF p_position ? 'particulars' THEN
        RETURN p_position -> 'particulars';
    END IF;
    RETURN coalesce((
        SELECT jsonb_build_object('title', offer ->> 'title', 'main_classification', offer ->> 'main_classification',
                                  'sub_platform', offer ->> 'sub_platform', 'agency', offer #>> '{agency,party_id}')
        FROM (SELECT body #> '{act,offer}' AS offer FROM events
              WHERE filing_id = p_filing_id AND kind IN ('declaration:draft_saved', 'declaration:submitted',
                                                         'declaration:resubmitted', 'declaration:taken_over')
              ORDER BY kind = 'declaration:resubmitted' DESC, kind <> 'declaration:draft_saved' DESC, version DESC LIMIT 1
        ) filed), '{}');
END $$;

CREATE FUNCTION public.parties_of(p_filing public.filings) RETURNS TABLE(relation text, party_id uuid)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    stood jsonb := p_filing."position";
BEGIN
    CASE p_filing.kind
    WHEN 'declaration' THEN
        RETURN QUERY SELECT CASE n WHEN 1 THEN 'licensor' ELSE 'co_owner' END, (owner ->> 'party_id')::uuid
            FROM jsonb_array_elements(stood #> '{offer,owners}') WITH ORDINALITY AS owners (owner, n)
            UNION SELECT 'agent', agency FROM (SELECT (particulars_of(p_filing.filing_id, stood) ->> 'agency')::uuid) named (agency)
            WHERE agency IS NOT NULL;
    WHEN 'licence' THEN
        RETURN QUERY SELECT CASE n WHEN 1 THEN 'licensor' ELSE 'co_owner' END, party
            FROM (SELECT (span ->> 'party_id')::uuid AS party, row_number() OVER (ORDER BY place) AS n
                  FROM jsonb_array_elements(stood -> 'licensors') WITH ORDINALITY AS spans (span, place)
                  WHERE span ->> 'until_on' IS NULL) now
            UNION SELECT above.relation, above.party_id FROM filing_parties above
            WHERE above.filing_id = p_filing.parent_id AND above.relation IN ('licensor', 'co_owner')
              AND coalesce(jsonb_array_length(stood -> 'licensors'), 0) = 0
            UNION SELECT above.relation, above.party_id FROM filing_parties above
            WHERE above.filing_id = p_filing.parent_id AND above.relation = 'agent'
            UNION SELECT 'licensee', (span ->> 'party_id')::uuid FROM jsonb_array_elements(stood -> 'licensees') AS span
            WHERE span ->> 'until_on' IS NULL
            UNION SELECT 'licensee', (stood ->> 'licensee')::uuid
            WHERE stood ? 'licensee' AND coalesce(jsonb_array_length(stood -> 'licensees'), 0) = 0;
    WHEN 'payout' THEN
        RETURN QUERY SELECT 'unit', (stood ->> 'unit')::uuid WHERE stood ? 'unit'
            UNION SELECT 'inventor', (line ->> 'party')::uuid FROM jsonb_array_elements(stood -> 'lines') AS line
            WHERE line ->> 'party' IS NOT NULL AND line ->> 'party' IS DISTINCT FROM stood ->> 'unit';
    ELSE
        RETURN QUERY SELECT 'authority', (stood ->> 'authority')::uuid WHERE stood ? 'authority'
            UNION SELECT 'claimant', (claim ->> 'claimant')::uuid FROM jsonb_array_elements(stood -> 'claims') AS claim;
    END CASE;
END $$;

CREATE FUNCTION public.place_filing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.begun_at := coalesce(NEW.begun_at, NEW.updated_at);
        NEW.declaration_id := declaration_of(NEW);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.stage <> OLD.stage THEN
        NEW.stage_since := NEW.updated_at;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.kind = 'declaration' THEN
        SELECT * INTO NEW.region, NEW.platform FROM place_of(NEW);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.place_of(p_filing public.filings) RETURNS TABLE(region text, platform text)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF p_filing.kind = 'declaration' THEN
        RETURN QUERY SELECT region_of((p_filing."position" #>> '{offer,owners,0,party_id}')::uuid),
                            particulars_of(p_filing.filing_id, p_filing."position") ->> 'sub_platform';
    ELSIF p_filing.kind = 'settlement' THEN
        RETURN QUERY SELECT region_of((p_filing."position" ->> 'authority')::uuid), NULL::text;
    ELSE
        RETURN QUERY SELECT above.region, coalesce(p_filing."position" ->> 'sub_platform', above.platform)
            FROM (SELECT) one LEFT JOIN filings above ON above.filing_id = p_filing.parent_id;
    END IF;
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

CREATE FUNCTION public.prices_of(p_royalty jsonb) RETURNS TABLE(amount bigint, unit_price bigint, rate bigint)
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    running jsonb := CASE p_royalty ->> 'form' WHEN 'running' THEN p_royalty ELSE p_royalty -> 'running' END;
BEGIN
    RETURN QUERY SELECT
        CASE p_royalty ->> 'form'
            WHEN 'lump_sum' THEN (p_royalty ->> 'amount')::bigint
            WHEN 'entry_plus_running' THEN (p_royalty ->> 'entry')::bigint
            WHEN 'instalments' THEN (SELECT sum((one ->> 'amount')::bigint)::bigint
                                     FROM jsonb_array_elements(p_royalty -> 'instalments') one) END,
        (running #>> '{unit_prices,0,price}')::bigint,
        ((running #>> '{rates,0,percent}')::numeric * 1000000)::bigint;
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

CREATE FUNCTION public.put_parties(p_filing public.filings) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM filing_parties k WHERE k.filing_id = p_filing.filing_id
        AND NOT EXISTS (SELECT FROM parties_of(p_filing) o WHERE o.relation = k.relation AND o.party_id = k.party_id);
    INSERT INTO filing_parties (party_id, relation, begun_at, filing_id)
    SELECT o.party_id, o.relation, p_filing.begun_at, p_filing.filing_id FROM parties_of(p_filing) o ON CONFLICT DO NOTHING;
END $$;

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

CREATE FUNCTION public.put_terms(p_filing public.filings) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO stated_terms AS k (filing_id, declaration_id, counted_as, price_form, region, amount, unit_price, rate, years,
                                   received, licences)
    SELECT p_filing.filing_id, t.*, CASE p_filing.kind WHEN 'declaration' THEN 0 END FROM terms_of(p_filing) t
    ON CONFLICT (filing_id) DO UPDATE SET
        declaration_id = EXCLUDED.declaration_id, counted_as = EXCLUDED.counted_as, price_form = EXCLUDED.price_form,
        region = EXCLUDED.region, amount = EXCLUDED.amount, unit_price = EXCLUDED.unit_price, rate = EXCLUDED.rate,
        years = EXCLUDED.years, received = EXCLUDED.received
    WHERE (k.declaration_id, k.counted_as, k.price_form, k.region, k.amount, k.unit_price, k.rate, k.years, k.received)
        IS DISTINCT FROM (EXCLUDED.declaration_id, EXCLUDED.counted_as, EXCLUDED.price_form, EXCLUDED.region, EXCLUDED.amount,
                          EXCLUDED.unit_price, EXCLUDED.rate, EXCLUDED.years, EXCLUDED.received);
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

CREATE FUNCTION public.region_of(p_party_id uuid) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    stated text := (SELECT split_part(region, '.', 1) FROM beneficiary_profiles b
                    WHERE b.party_id = p_party_id ORDER BY from_on DESC, id DESC LIMIT 1);
BEGIN
    RETURN coalesce(stated, (SELECT CASE substr(credit_code, 3, 2)
        WHEN '11' THEN 'beijing' WHEN '12' THEN 'tianjin' WHEN '13' THEN 'hebei' WHEN '14' THEN 'shanxi'
        WHEN '15' THEN 'inner_mongolia' WHEN '21' THEN 'liaoning' WHEN '22' THEN 'jilin' WHEN '23' THEN 'heilongjiang'
        WHEN '31' THEN 'shanghai' WHEN '32' THEN 'jiangsu' WHEN '33' THEN 'zhejiang' WHEN '34' THEN 'anhui'
        WHEN '35' THEN 'fujian' WHEN '36' THEN 'jiangxi' WHEN '37' THEN 'shandong' WHEN '41' THEN 'henan'
        WHEN '42' THEN 'hubei' WHEN '43' THEN 'hunan' WHEN '44' THEN 'guangdong' WHEN '45' THEN 'guangxi'
        WHEN '46' THEN 'hainan' WHEN '50' THEN 'chongqing' WHEN '51' THEN 'sichuan' WHEN '52' THEN 'guizhou'
        WHEN '53' THEN 'yunnan' WHEN '54' THEN 'xizang' WHEN '61' THEN 'shaanxi' WHEN '62' THEN 'gansu'
        WHEN '63' THEN 'qinghai' WHEN '64' THEN 'ningxia' WHEN '65' THEN 'xinjiang' WHEN '71' THEN 'taiwan'
        WHEN '81' THEN 'hong_kong' WHEN '82' THEN 'macao' END FROM parties p WHERE p.party_id = p_party_id));
END $$;

CREATE FUNCTION public.removable_replays(p_before timestamp with time zone) RETURNS TABLE(replay_number bigint, is_held boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT r.replay_number,
           EXISTS (SELECT FROM history_copies c JOIN held_filings h ON h.filing_id = c.filing_id WHERE c.run_id = r.run_id)
    FROM replays r
    WHERE r.passed AND r.replayed_at < p_before
      AND EXISTS (SELECT FROM replays newer
                  WHERE newer.run_id = r.run_id AND newer.passed AND newer.replay_number > r.replay_number)
$$;

COMMENT ON FUNCTION public.removable_replays(p_before timestamp with time zone) IS 'Results of replays from before that instant that a newer one stands for, and whether a hold keeps them. 可删除的重放结果，及是否被保全。';

CREATE FUNCTION public.remove_passkey(p_credential_id bytea, p_account_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM account_passkeys WHERE credential_id = p_credential_id AND account_id = p_account_id;
    RETURN FOUND;
END $$;

CREATE FUNCTION public.remove_replays(p_before timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    removed bigint;
BEGIN
    LOCK TABLE holds IN SHARE MODE;
    DELETE FROM replays r USING removable_replays(p_before) gone
    WHERE r.replay_number = gone.replay_number AND NOT gone.is_held;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;

COMMENT ON FUNCTION public.remove_replays(p_before timestamp with time zone) IS 'Removes results of replays from before that instant that a newer one stands for; holds win. 删除到期且已被取代的重放结果；保全优先。';

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

CREATE FUNCTION public.terms_of(p_filing public.filings) RETURNS TABLE(declaration_id uuid, counted_as text, price_form text, region text, amount bigint, unit_price bigint, rate bigint, years bigint, received bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    stood jsonb := p_filing."position";
    terms jsonb;
BEGIN
    IF p_filing.kind = 'declaration' AND stood #>> '{offer,patent_number}' IS NOT NULL THEN
        terms := stood #> '{offer,terms,-1}';
        RETURN QUERY SELECT p_filing.filing_id, (SELECT l.status FROM listings l WHERE l.declaration_id = p_filing.filing_id), terms #>> '{royalty,form}',
            coalesce(p_filing.region, ''), p.amount, p.unit_price, p.rate,
            years_of(terms -> 'term', (terms ->> 'from_on')::date), NULL::bigint
            FROM prices_of(terms -> 'royalty') p;
    ELSIF p_filing.kind = 'licence' AND p_filing.parent_id IS NOT NULL THEN
        SELECT version INTO terms FROM filings above, jsonb_array_elements(above."position" #> '{offer,terms}') version
            WHERE above.filing_id = p_filing.parent_id AND version ->> 'version' = stood ->> 'terms_version';
        RETURN QUERY SELECT p_filing.parent_id,
            CASE WHEN p_filing.stage IN ('effective', 'patent_ended_provisional', 'expired', 'terminated', 'patent_ended')
                THEN 'licensed' END,
            terms #>> '{royalty,form}', coalesce(p_filing.region, ''), p.amount, p.unit_price, p.rate,
            years_of(terms -> 'term', coalesce((stood ->> 'effective_on')::date, (terms ->> 'from_on')::date)),
            (SELECT greatest(0, coalesce(sum((one ->> 'amount')::bigint - coalesce((one ->> 'reversed_amount')::bigint, 0)
                        - coalesce((one ->> 'credit')::bigint, 0) - coalesce((one ->> 'outside_royalty')::bigint, 0))
                    FILTER (WHERE coalesce((one ->> 'confirmed')::boolean OR NOT (one ->> 'escrow')::boolean, true)), 0))::bigint
             FROM jsonb_array_elements(stood -> 'receipts') one)
            FROM prices_of(terms -> 'royalty') p;
    END IF;
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

CREATE FUNCTION public.years_of(p_term jsonb, p_from date) RETURNS bigint
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN CASE p_term ->> 'form'
        WHEN 'years_from_effect' THEN (p_term ->> 'years')::bigint
        WHEN 'until_patent_ends' THEN 0
        WHEN 'fixed_end' THEN 1 + extract(year FROM age(greatest((p_term ->> 'ends_on')::date, p_from), p_from))::bigint END;
END $$;

CREATE TABLE public.absences (
    absence_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    party_id uuid NOT NULL,
    from_on date NOT NULL,
    until_on date NOT NULL,
    told_by uuid NOT NULL,
    told_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT absences_check CHECK ((until_on >= from_on)),
    CONSTRAINT absences_check1 CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
);

COMMENT ON TABLE public.absences IS 'Who of an organisation is away, from which day to which. 单位人员的缺勤期间。';

COMMENT ON COLUMN public.absences.absence_id IS 'Id of the absence. 缺勤编号。';

COMMENT ON COLUMN public.absences.organisation_id IS 'From which organisation. 所属单位。';

COMMENT ON COLUMN public.absences.party_id IS 'Who is away. 缺勤人。';

COMMENT ON COLUMN public.absences.from_on IS 'First day. 首日。';

COMMENT ON COLUMN public.absences.until_on IS 'Last day. 末日。';

COMMENT ON COLUMN public.absences.told_by IS 'Who entered it. 登记人。';

COMMENT ON COLUMN public.absences.told_at IS 'When. 登记时刻。';

COMMENT ON COLUMN public.absences.ended_by IS 'Who took it back. 撤销人。';

COMMENT ON COLUMN public.absences.ended_at IS 'When. 撤销时刻。';

CREATE TABLE public.account_identities (
    issuer text NOT NULL,
    subject_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    linked_by uuid NOT NULL,
    linked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.account_identities IS 'Who signs in by an identity provider. 以外部身份提供方登录的账户。';

COMMENT ON COLUMN public.account_identities.issuer IS 'The provider. 身份提供方。';

COMMENT ON COLUMN public.account_identities.subject_hash IS 'Keyed hash of whom the provider names. 提供方所称主体的带密钥散列。';

COMMENT ON COLUMN public.account_identities.account_id IS 'Whose account. 所属账户。';

COMMENT ON COLUMN public.account_identities.linked_by IS 'Who linked them. 关联人。';

COMMENT ON COLUMN public.account_identities.linked_at IS 'When. 关联时刻。';

CREATE TABLE public.account_passkeys (
    credential_id bytea NOT NULL,
    account_id uuid NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    browser text,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    challenge_made_at timestamp with time zone,
    used_at timestamp with time zone,
    CONSTRAINT account_passkeys_credential_id_check CHECK (((octet_length(credential_id) >= 1) AND (octet_length(credential_id) <= 1023))),
    CONSTRAINT account_passkeys_sign_count_check CHECK ((sign_count >= 0))
);

COMMENT ON TABLE public.account_passkeys IS 'Passkeys by which somebody signs in; who added or removed one stands in the audit log. 登录用通行密钥；添加与删除记入审计日志。';

COMMENT ON COLUMN public.account_passkeys.credential_id IS 'By what the authenticator names it. 验证器所用的凭据标识。';

COMMENT ON COLUMN public.account_passkeys.account_id IS 'Whose account. 所属账户。';

COMMENT ON COLUMN public.account_passkeys.public_key IS 'What its signatures are checked with, as COSE. 用以核验签名的公钥（COSE 格式）。';

COMMENT ON COLUMN public.account_passkeys.sign_count IS 'How often it has signed, as far as its authenticator counts. 验证器计数的签名次数。';

COMMENT ON COLUMN public.account_passkeys.browser IS 'Family of the browser in which it was added. 添加时的浏览器类别。';

COMMENT ON COLUMN public.account_passkeys.added_at IS 'When it was added. 添加时刻。';

COMMENT ON COLUMN public.account_passkeys.challenge_made_at IS 'When the last challenge that it answered was made; that one and earlier ones are refused. 最近应答的质询的生成时刻；该质询及更早者不再接受。';

COMMENT ON COLUMN public.account_passkeys.used_at IS 'When it last signed somebody in. 最近一次登录时刻。';

CREATE TABLE public.accounts (
    account_id uuid NOT NULL,
    party_id uuid NOT NULL,
    name_hash bytea,
    sealed_name bytea,
    password_hash text,
    sealed_totp bytea,
    sealed_totp_offer bytea,
    totp_step bigint DEFAULT 0 NOT NULL,
    recovery_hashes bytea[] DEFAULT '{}'::bytea[] NOT NULL,
    invitation_hash bytea,
    invitation_ends_at timestamp with time zone,
    language text DEFAULT 'zh'::text NOT NULL,
    is_demo boolean DEFAULT false NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT accounts_check CHECK (((invitation_hash IS NULL) = (invitation_ends_at IS NULL))),
    CONSTRAINT accounts_check1 CHECK (((name_hash IS NULL) = (sealed_name IS NULL))),
    CONSTRAINT accounts_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
    CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'erased'::text]))),
    CONSTRAINT erased_accounts_hold_nothing CHECK (((state <> 'erased'::text) OR ((COALESCE(name_hash, sealed_name, sealed_totp, sealed_totp_offer, invitation_hash) IS NULL) AND (password_hash IS NULL) AND (recovery_hashes = '{}'::bytea[]))))
);

COMMENT ON TABLE public.accounts IS 'Accounts of the console; one person may have several. 控制台账户；一人可有多个。';

COMMENT ON COLUMN public.accounts.account_id IS 'Id of the account. 账户编号。';

COMMENT ON COLUMN public.accounts.party_id IS 'Whose it is: a natural person. 账户所属的自然人。';

COMMENT ON COLUMN public.accounts.name_hash IS 'Keyed hash of the sign-in name in its compared form. 登录名（比较形式）的带密钥散列。';

COMMENT ON COLUMN public.accounts.sealed_name IS 'The sign-in name, sealed. 加密保存的登录名。';

COMMENT ON COLUMN public.accounts.password_hash IS 'Argon2id hash; none: not set yet, or signs in elsewhere. 口令的 Argon2id 散列；空为未设置或用外部身份登录。';

COMMENT ON COLUMN public.accounts.sealed_totp IS 'Secret of the second factor, sealed. 第二因素的密钥，加密保存。';

COMMENT ON COLUMN public.accounts.sealed_totp_offer IS 'A secret that its first code has not confirmed. 尚未经首个动态码确认的密钥。';

COMMENT ON COLUMN public.accounts.totp_step IS 'The last step used; it and earlier ones are refused. 最近用过的时间步；该步及更早者不再接受。';

COMMENT ON COLUMN public.accounts.recovery_hashes IS 'Hashes of the recovery codes not yet used. 未用恢复码的散列。';

COMMENT ON COLUMN public.accounts.invitation_hash IS 'SHA-256 of the invitation by which a password is set once. 一次性设置口令的邀请码散列。';

COMMENT ON COLUMN public.accounts.invitation_ends_at IS 'Until when the invitation holds. 邀请有效至何时。';

COMMENT ON COLUMN public.accounts.language IS 'Language of the pages. 页面语言。';

COMMENT ON COLUMN public.accounts.is_demo IS 'A demo person, who needs no second factor. 演示人员，无须第二因素。';

COMMENT ON COLUMN public.accounts.state IS 'Active, suspended, or erased with its person. 有效、停用，或随个人信息删除。';

COMMENT ON COLUMN public.accounts.created_by IS 'Who made it. 建立人。';

COMMENT ON COLUMN public.accounts.created_at IS 'When. 建立时刻。';

CREATE TABLE public.act_counts (
    recorded_on date NOT NULL,
    kind text NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.act_counts IS 'How many acts were granted on each day; the number is the sum of the parts. 每日受理的行为数；各分量之和。';

COMMENT ON COLUMN public.act_counts.recorded_on IS 'Day of recording in Asia/Shanghai. 记录日（北京时间）。';

COMMENT ON COLUMN public.act_counts.kind IS 'subject:past-tense, such as licence:receipt_booked. 事件名。';

COMMENT ON COLUMN public.act_counts.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.act_counts.count IS 'So many acts. 行为数。';

CREATE TABLE public.acts (
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    body_hash bytea NOT NULL,
    answer jsonb NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT acts_answer_check CHECK ((jsonb_typeof(answer) = 'object'::text))
);

COMMENT ON TABLE public.acts IS 'Every granted act with its answer, so that a repeat gets the very same one. 已受理的行为及其答复。';

COMMENT ON COLUMN public.acts.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.acts.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.acts.body_hash IS 'Hash of the act as it was asked. 所请求行为的哈希。';

COMMENT ON COLUMN public.acts.answer IS 'The answer that was given. 所给答复。';

COMMENT ON COLUMN public.acts.recorded_at IS 'When it was written down. 记录时刻。';

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

COMMENT ON TABLE public.adjustments IS 'By how much a late fact changed a locked settlement. 锁定后的差额。';

COMMENT ON COLUMN public.adjustments.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.adjustments.version IS 'Version of the fact in its settlement. 事实在结算中的版本。';

COMMENT ON COLUMN public.adjustments.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.adjustments.payer IS 'Who bears this part of a subsidy, by its name in the scheme. 出资方，按方案中的名称。';

COMMENT ON COLUMN public.adjustments.authority IS 'The authority that settles the scheme. 结算机关。';

COMMENT ON COLUMN public.adjustments.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.adjustments.claimant IS 'Who claims. 申报人。';

COMMENT ON COLUMN public.adjustments.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

CREATE TABLE public.adjustments_taken (
    settlement_id uuid NOT NULL,
    version integer NOT NULL,
    credit_code text NOT NULL,
    payer text NOT NULL,
    taken_by uuid NOT NULL,
    CONSTRAINT taken_by_another_run CHECK ((taken_by <> settlement_id))
);

COMMENT ON TABLE public.adjustments_taken IS 'Which run has taken an adjustment. 差额由哪次结算承接。';

COMMENT ON COLUMN public.adjustments_taken.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.adjustments_taken.version IS 'Version of the fact in its settlement. 事实在结算中的版本。';

COMMENT ON COLUMN public.adjustments_taken.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.adjustments_taken.payer IS 'Who bears this part of a subsidy, by its name in the scheme. 出资方，按方案中的名称。';

COMMENT ON COLUMN public.adjustments_taken.taken_by IS 'Settlement that took it. 承接的结算。';

CREATE TABLE public.api_keys (
    key_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    secret_hash bytea NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ends_on date,
    last_used_on date,
    ended_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT api_keys_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT api_keys_scopes_check CHECK ((cardinality(scopes) > 0)),
    CONSTRAINT api_keys_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
);

COMMENT ON TABLE public.api_keys IS 'Keys by which programs of an organisation ask; shown once, kept as a hash. 单位程序所用的接口密钥；只显示一次，仅存散列。';

COMMENT ON COLUMN public.api_keys.key_id IS 'Id of the key. 密钥编号。';

COMMENT ON COLUMN public.api_keys.organisation_id IS 'Whose programs. 所属单位。';

COMMENT ON COLUMN public.api_keys.role IS 'In which role they ask. 以何角色提交。';

COMMENT ON COLUMN public.api_keys.name IS 'What it is for. 用途。';

COMMENT ON COLUMN public.api_keys.scopes IS 'What it may be used for. 许可范围。';

COMMENT ON COLUMN public.api_keys.secret_hash IS 'SHA-256 of the secret. 密钥的 SHA-256。';

COMMENT ON COLUMN public.api_keys.created_by IS 'Who made it, and answers for it. 建立人，并对其负责。';

COMMENT ON COLUMN public.api_keys.created_at IS 'When. 建立时刻。';

COMMENT ON COLUMN public.api_keys.ends_on IS 'Last day on which it works. 最后有效日。';

COMMENT ON COLUMN public.api_keys.last_used_on IS 'Day of the last use. 最近使用日。';

COMMENT ON COLUMN public.api_keys.ended_by IS 'Who ended it. 撤销人。';

COMMENT ON COLUMN public.api_keys.ended_at IS 'When. 撤销时刻。';

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
    legal_on date,
    CONSTRAINT audit_log_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text, 'fault'::text, 'read'::text]))),
    CONSTRAINT audit_log_refusals_check CHECK ((jsonb_typeof(refusals) = 'array'::text))
);

COMMENT ON TABLE public.audit_log IS 'Who asked for what and was granted or refused, and who read what. 审计日志：谁请求了什么，结果如何。';

COMMENT ON COLUMN public.audit_log.id IS 'Number of the line. 编号。';

COMMENT ON COLUMN public.audit_log.at IS 'When. 时刻。';

COMMENT ON COLUMN public.audit_log.who IS 'Who asked. 请求人。';

COMMENT ON COLUMN public.audit_log.role IS 'In which role. 角色。';

COMMENT ON COLUMN public.audit_log.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.audit_log.act_kind IS 'What was asked for. 请求的行为。';

COMMENT ON COLUMN public.audit_log.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.audit_log.outcome IS 'granted, refused, fault or read. 结果。';

COMMENT ON COLUMN public.audit_log.refusals IS 'Why it was refused: code, place and facts. 拒绝理由。';

COMMENT ON COLUMN public.audit_log.legal_on IS 'Legal day of the act that was asked for; null of a read, and of lines of before. 法定日。';

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_results (
    result_number bigint NOT NULL,
    night uuid NOT NULL,
    step text NOT NULL,
    outcome text NOT NULL,
    report jsonb NOT NULL,
    code_version text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT audit_results_outcome_check CHECK ((outcome = ANY (ARRAY['agrees'::text, 'differs'::text, 'fault'::text]))),
    CONSTRAINT audit_results_report_check CHECK ((jsonb_typeof(report) = 'object'::text))
);

COMMENT ON TABLE public.audit_results IS 'What the audits of each night found. 每夜审计的结果。';

COMMENT ON COLUMN public.audit_results.result_number IS 'Order of the results. 结果次序。';

COMMENT ON COLUMN public.audit_results.night IS 'The run of the nightly workflow. 当夜运行的编号。';

COMMENT ON COLUMN public.audit_results.step IS 'Which audit: archive, replay, reconcile and so on. 审计步骤。';

COMMENT ON COLUMN public.audit_results.outcome IS 'agrees, differs, or fault: it could not be done. 一致、不一致或未能完成。';

COMMENT ON COLUMN public.audit_results.report IS 'Counts and the first differences, or the fault. 计数与差异（前若干条），或故障。';

COMMENT ON COLUMN public.audit_results.code_version IS 'Commit of the program that audited. 审计程序的提交号。';

COMMENT ON COLUMN public.audit_results.began_at IS 'When it began. 开始时刻。';

COMMENT ON COLUMN public.audit_results.ended_at IS 'When it ended. 结束时刻。';

ALTER TABLE public.audit_results ALTER COLUMN result_number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_results_result_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.band_counts (
    counted_as text NOT NULL,
    measure text NOT NULL,
    price_form text NOT NULL,
    region text NOT NULL,
    band bigint NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.band_counts IS 'How many lie in which band; the number is the sum of the parts. 各档件数；各分量之和。';

COMMENT ON COLUMN public.band_counts.counted_as IS 'offered, ended or licensed. 可被许可、已终止、已生效许可。';

COMMENT ON COLUMN public.band_counts.measure IS 'The column of stated_terms that is counted. 计数所依的栏目。';

COMMENT ON COLUMN public.band_counts.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';

COMMENT ON COLUMN public.band_counts.region IS 'Province; empty where none is known; * everywhere. 省份；不详为空；* 为全国。';

COMMENT ON COLUMN public.band_counts.band IS 'Its lower end: first digit and noughts. 档的下限：首位数字后补零。';

COMMENT ON COLUMN public.band_counts.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.band_counts.count IS 'Came less went. 进入减离开。';

CREATE TABLE public.bank_line_parts (
    bank_key text NOT NULL,
    line_fen bigint NOT NULL,
    filing_id uuid NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    CONSTRAINT bank_line_parts_fen_check CHECK ((fen > 0))
);

COMMENT ON TABLE public.bank_line_parts IS 'Each licence''s part of a bank line. 各许可在一行流水中的份额。';

COMMENT ON COLUMN public.bank_line_parts.bank_key IS 'Bank, account and serial of the line, with blanks between. 银行、账户、流水号，以空格相隔。';

COMMENT ON COLUMN public.bank_line_parts.line_fen IS 'The whole line, in fen. 整行金额，以分计。';

COMMENT ON COLUMN public.bank_line_parts.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.bank_line_parts.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.bank_line_parts.fen IS 'This licence''s part, in fen. 本许可份额，以分计。';

CREATE TABLE public.bank_lines (
    bank_key text NOT NULL,
    filing_id uuid NOT NULL,
    act_id uuid NOT NULL,
    fen bigint NOT NULL,
    received_on date NOT NULL
);

COMMENT ON TABLE public.bank_lines IS 'Lines of bank statements, each booked once over all filings. 银行流水，全部事项中只记一次。';

COMMENT ON COLUMN public.bank_lines.bank_key IS 'Bank, account and serial of the line, with blanks between. 银行、账户、流水号，以空格相隔。';

COMMENT ON COLUMN public.bank_lines.filing_id IS 'Licence that booked it first. 最先入账的许可。';

COMMENT ON COLUMN public.bank_lines.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.bank_lines.fen IS 'The whole line, in fen. 整行金额，以分计。';

COMMENT ON COLUMN public.bank_lines.received_on IS 'Day on which the money arrived. 到账日。';

CREATE VIEW public.bank_lines_left AS
 SELECT l.bank_key,
    ((l.fen)::numeric - sum(p.fen)) AS left_fen,
    l.received_on
   FROM (public.bank_lines l
     JOIN public.bank_line_parts p USING (bank_key))
  GROUP BY l.bank_key, l.fen, l.received_on
 HAVING (sum(p.fen) < (l.fen)::numeric);

COMMENT ON VIEW public.bank_lines_left IS 'Bank lines of which something belongs to nobody yet. 尚有余额未归属的流水。';

COMMENT ON COLUMN public.bank_lines_left.bank_key IS 'Bank, account and serial of the line, with blanks between. 银行、账户、流水号，以空格相隔。';

COMMENT ON COLUMN public.bank_lines_left.left_fen IS 'What belongs to nobody yet, in fen. 余额，以分计。';

COMMENT ON COLUMN public.bank_lines_left.received_on IS 'Day on which the money arrived. 到账日。';

CREATE TABLE public.beneficiary_profiles (
    party_id uuid NOT NULL,
    from_on date NOT NULL,
    kind text NOT NULL,
    region text NOT NULL,
    stated_by uuid NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id bigint NOT NULL
);

COMMENT ON TABLE public.beneficiary_profiles IS 'What a party is for schemes, from a day on. 当事人在方案中的身份。';

COMMENT ON COLUMN public.beneficiary_profiles.party_id IS 'The person or organisation. 当事人。';

COMMENT ON COLUMN public.beneficiary_profiles.from_on IS 'First day of the profile. 起始日。';

COMMENT ON COLUMN public.beneficiary_profiles.kind IS 'Kind of unit, such as university or enterprise. 单位类型。';

COMMENT ON COLUMN public.beneficiary_profiles.region IS 'Where its seat lies. 所在地区。';

COMMENT ON COLUMN public.beneficiary_profiles.stated_by IS 'Who stated it. 陈述人。';

COMMENT ON COLUMN public.beneficiary_profiles.recorded_at IS 'When it was written down. 记录时刻。';

COMMENT ON COLUMN public.beneficiary_profiles.id IS 'In the order in which they were stated; of one first day the last holds. 序号，同一起始日以最后一条为准。';

ALTER TABLE public.beneficiary_profiles ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.beneficiary_profiles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.bulk_items (
    bulk_id uuid NOT NULL,
    number integer NOT NULL,
    filing_id uuid NOT NULL,
    kind text NOT NULL,
    act_id uuid,
    trial text,
    outcome text,
    signed text,
    refusals jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT bulk_items_number_check CHECK ((number > 0)),
    CONSTRAINT bulk_items_outcome_check CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text, 'fault'::text]))),
    CONSTRAINT bulk_items_refusals_check CHECK ((jsonb_typeof(refusals) = 'array'::text)),
    CONSTRAINT bulk_items_signed_check CHECK ((signed = ANY (ARRAY['granted'::text, 'refused'::text, 'fault'::text]))),
    CONSTRAINT bulk_items_trial_check CHECK ((trial = ANY (ARRAY['possible'::text, 'refused'::text])))
);

COMMENT ON TABLE public.bulk_items IS 'The filings of a bulk, and what came of each. 批次所含事项及各自结果。';

COMMENT ON COLUMN public.bulk_items.bulk_id IS 'The bulk. 批次。';

COMMENT ON COLUMN public.bulk_items.number IS 'Place in the bulk, from 1. 序号，从 1 起。';

COMMENT ON COLUMN public.bulk_items.filing_id IS 'The filing. 事项。';

COMMENT ON COLUMN public.bulk_items.kind IS 'Its kind. 事项类别。';

COMMENT ON COLUMN public.bulk_items.act_id IS 'The act that was granted. 已准予的行为。';

COMMENT ON COLUMN public.bulk_items.trial IS 'What the dry run said; none: not tried yet. 试算结果；空为未试算。';

COMMENT ON COLUMN public.bulk_items.outcome IS 'What came of it; none: not asked yet. 办理结果；空为未办理。';

COMMENT ON COLUMN public.bulk_items.signed IS 'What came of the countersignature. 会签结果。';

COMMENT ON COLUMN public.bulk_items.refusals IS 'Why not, of the last asking. 最近一次不予办理的理由。';

CREATE TABLE public.bulks (
    bulk_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    role text NOT NULL,
    asked_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    has_more boolean NOT NULL,
    act_kind text,
    body jsonb,
    reason text,
    stage text DEFAULT 'chosen'::text NOT NULL,
    signed_by uuid,
    signed_as uuid,
    CONSTRAINT bulks_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT bulks_check CHECK (((stage = ANY (ARRAY['chosen'::text, 'stopped'::text])) OR ((act_kind IS NOT NULL) AND (body IS NOT NULL) AND (reason IS NOT NULL)))),
    CONSTRAINT bulks_stage_check CHECK ((stage = ANY (ARRAY['chosen'::text, 'trying'::text, 'tried'::text, 'doing'::text, 'done'::text, 'signing'::text, 'signed'::text, 'stopped'::text]))),
    CONSTRAINT two_people_sign_a_bulk CHECK ((signed_by <> asked_by))
);

COMMENT ON TABLE public.bulks IS 'One act asked for of many filings. 对多个事项批量提出的同一行为。';

COMMENT ON COLUMN public.bulks.bulk_id IS 'Id of the bulk. 批次编号。';

COMMENT ON COLUMN public.bulks.organisation_id IS 'For which organisation it is asked. 提出单位。';

COMMENT ON COLUMN public.bulks.membership_id IS 'In which membership; it stops when that ends. 所用授权；授权终止则停止。';

COMMENT ON COLUMN public.bulks.role IS 'In which role. 提出角色。';

COMMENT ON COLUMN public.bulks.asked_by IS 'Who asks. 提出人。';

COMMENT ON COLUMN public.bulks.created_at IS 'When the filings were chosen. 选定时刻。';

COMMENT ON COLUMN public.bulks.has_more IS 'The list had more filings than one bulk takes. 清单超过一批的上限。';

COMMENT ON COLUMN public.bulks.act_kind IS 'Kind of filing and act. 事项类别和行为。';

COMMENT ON COLUMN public.bulks.body IS 'What is stated, the same for all. 共同填写的内容。';

COMMENT ON COLUMN public.bulks.reason IS 'Why it is asked of many. 批量办理的理由。';

COMMENT ON COLUMN public.bulks.stage IS 'Chosen, tried, done, countersigned; or stopped. 选定、试算、办理、会签或停止。';

COMMENT ON COLUMN public.bulks.signed_by IS 'The second person. 第二人。';

COMMENT ON COLUMN public.bulks.signed_as IS 'In which membership the second person signs. 第二人所用授权。';

CREATE TABLE public.calendar_tables_withdrawn (
    year integer NOT NULL,
    body jsonb NOT NULL,
    loaded_by uuid NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    withdrawn_by uuid NOT NULL,
    withdrawn_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    id bigint NOT NULL
);

COMMENT ON TABLE public.calendar_tables_withdrawn IS 'Proposed holiday tables that were withdrawn. 已撤回的节假日表。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.body IS 'Holidays and working weekends. 内容。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.loaded_by IS 'Who proposed it. 提出人。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.loaded_at IS 'When it was proposed. 提出时刻。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.withdrawn_by IS 'Who withdrew it. 撤回人。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.withdrawn_at IS 'When. 撤回时刻。';

COMMENT ON COLUMN public.calendar_tables_withdrawn.id IS 'Number of the line. 编号。';

ALTER TABLE public.calendar_tables_withdrawn ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.calendar_tables_withdrawn_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.checkpoints (
    size bigint NOT NULL,
    root bytea NOT NULL,
    subtrees bytea NOT NULL,
    note text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT checkpoints_root_check CHECK ((octet_length(root) = 32)),
    CONSTRAINT checkpoints_size_check CHECK ((size > 0))
);

COMMENT ON TABLE public.checkpoints IS 'Signed states of the log, each stored before it is published. 已签名的日志检查点，先存后发。';

COMMENT ON COLUMN public.checkpoints.size IS 'How many entries the log had. 条目数。';

COMMENT ON COLUMN public.checkpoints.root IS 'Root of its tree. 树根。';

COMMENT ON COLUMN public.checkpoints.subtrees IS 'Hashes of the full subtrees it is made of, the largest first, 32 bytes each. 各满子树的哈希，由大到小，各 32 字节。';

COMMENT ON COLUMN public.checkpoints.note IS 'The signed note that was published. 已发布的签名文本。';

COMMENT ON COLUMN public.checkpoints.made_at IS 'When it was signed. 签名时刻。';

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

COMMENT ON TABLE public.claimed_receipts IS 'Which receipt was claimed by whom, once for each scheme, side and owner. 到账被谁申报。';

COMMENT ON COLUMN public.claimed_receipts.claim_id IS 'The claim. 申报编号。';

COMMENT ON COLUMN public.claimed_receipts.receipt_id IS 'The receipt: money that arrived for one licence. 到账编号。';

COMMENT ON COLUMN public.claimed_receipts.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.claimed_receipts.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.claimed_receipts.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.claimed_receipts.side IS 'licensor or licensee side of the receipt. 许可方或被许可方。';

COMMENT ON COLUMN public.claimed_receipts.owner IS 'Owner whose part it is. 所属权利人。';

COMMENT ON COLUMN public.claimed_receipts.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.claimed_receipts.claimed_on IS 'Legal day of the claim. 申报日。';

COMMENT ON COLUMN public.claimed_receipts.claimed_at IS 'When it was claimed. 申报时刻。';

COMMENT ON COLUMN public.claimed_receipts.live IS 'Whether it counts now. 现在是否有效。';

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

COMMENT ON TABLE public.claims IS 'Claims with what their list gives them. 申报及其名单金额。';

COMMENT ON COLUMN public.claims.claim_id IS 'The claim. 申报编号。';

COMMENT ON COLUMN public.claims.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.claims.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.claims.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.claims.claimant IS 'Who claims. 申报人。';

COMMENT ON COLUMN public.claims.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.claims.state IS 'Where the claim stands. 状态。';

COMMENT ON COLUMN public.claims.entitled_fen IS 'What the rule gives before the budget, in fen. 预算前应得，以分计。';

COMMENT ON COLUMN public.claims.payable_fen IS 'What is payable, in fen. 应付，以分计。';

COMMENT ON COLUMN public.claims.reserved_fen IS 'What is kept back for a held line, in fen. 预留，以分计。';

COMMENT ON COLUMN public.claims.live IS 'Whether it counts now. 现在是否有效。';

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

COMMENT ON TABLE public.events IS 'The event log: every fact, append-only, hash-chained within its filing. 事件日志：只增不改，逐事项哈希成链。';

COMMENT ON COLUMN public.events.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.events.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.events.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.events.kind IS 'subject:past-tense, such as licence:receipt_booked. 事件名。';

COMMENT ON COLUMN public.events.legal_on IS 'Legal day, which law looks at. 法定日。';

COMMENT ON COLUMN public.events.recorded_at IS 'When it was written down. 记录时刻。';

COMMENT ON COLUMN public.events.canonical IS 'The bytes that are hashed: UTF-8 JSON, sorted keys, no blanks. 被哈希的字节。';

COMMENT ON COLUMN public.events.body IS 'The act and what was made of it, read out of canonical. 行为及其结果，取自 canonical。';

COMMENT ON COLUMN public.events.previous_hash IS 'Hash of the event before; 32 zero bytes for the first. 前一事件的哈希。';

COMMENT ON COLUMN public.events.hash IS 'sha256(previous_hash || canonical). 本事件的哈希。';

COMMENT ON COLUMN public.events.code_version IS 'Version of the program that recorded it. 记录时的程序版本。';

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

COMMENT ON VIEW public.determinations_made IS 'Each determination of the log. 日志中的每次测算。';

COMMENT ON COLUMN public.determinations_made.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.determinations_made.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.determinations_made.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.determinations_made.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.determinations_made.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.determinations_made.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.determinations_made.superseded_by IS 'Version with the next determination of that rule and subject; null for the last. 被哪一版本的测算取代。';

COMMENT ON COLUMN public.determinations_made.determination IS 'The whole determination with inputs, reads and steps. 完整测算：输入、读取与步骤。';

COMMENT ON COLUMN public.determinations_made.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.determinations_made.stands IS 'Whether the determination still holds. 测算是否仍成立。';

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

COMMENT ON VIEW public.determined_lines IS 'Each line of each determination. 每次测算的每一行。';

COMMENT ON COLUMN public.determined_lines.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.determined_lines.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.determined_lines.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.determined_lines.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.determined_lines.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.determined_lines.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.determined_lines.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.determined_lines.stands IS 'Whether the determination still holds. 测算是否仍成立。';

COMMENT ON COLUMN public.determined_lines.superseded_by IS 'Version with the next determination of that rule and subject; null for the last. 被哪一版本的测算取代。';

COMMENT ON COLUMN public.determined_lines.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.determined_lines.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

COMMENT ON COLUMN public.determined_lines.determination IS 'The whole determination with inputs, reads and steps. 完整测算：输入、读取与步骤。';

COMMENT ON COLUMN public.determined_lines.last_of_line IS 'Whether no later determination has such a line. 是否该行的最后一次测算。';

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

COMMENT ON VIEW public.determined_clauses IS 'Each line with a value that was read, or an article that was cited. 每行所依据的参数与条款。';

COMMENT ON COLUMN public.determined_clauses.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.determined_clauses.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.determined_clauses.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.determined_clauses.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.determined_clauses.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.determined_clauses.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.determined_clauses.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.determined_clauses.stands IS 'Whether the determination still holds. 测算是否仍成立。';

COMMENT ON COLUMN public.determined_clauses.superseded_by IS 'Version with the next determination of that rule and subject; null for the last. 被哪一版本的测算取代。';

COMMENT ON COLUMN public.determined_clauses.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.determined_clauses.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

COMMENT ON COLUMN public.determined_clauses.parameter IS 'Legal value that was read; null where a step cites an article itself. 所读参数；仅引条款时为空。';

COMMENT ON COLUMN public.determined_clauses.value IS 'The value that was read. 所读取的值。';

COMMENT ON COLUMN public.determined_clauses.since IS 'First day of that value. 该值的起始日。';

COMMENT ON COLUMN public.determined_clauses.provision IS 'Article, paragraph, item. 条款。';

COMMENT ON COLUMN public.determined_clauses.instrument IS 'Law, regulation or notice. 法规或文件。';

COMMENT ON COLUMN public.determined_clauses.mark IS 'Confidence mark: V1 read, V2 secondary, S seed, I inferred, M from memory. 可信标记。';

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

COMMENT ON TABLE public.postings IS 'The ledger: immutable lines that sum to zero in each transaction. 分录：不可改，每笔合计为零。';

COMMENT ON COLUMN public.postings.posting_id IS 'Number of the line. 分录编号。';

COMMENT ON COLUMN public.postings.transaction_id IS 'The act that posted it. 产生它的行为。';

COMMENT ON COLUMN public.postings.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.postings.line_key IS 'Key of the line in ledger and list, as rules/ makes it. 账目行的键。';

COMMENT ON COLUMN public.postings.account IS 'Account. 科目。';

COMMENT ON COLUMN public.postings.fen IS 'Debit positive, credit negative, in fen. 借正贷负，以分计。';

COMMENT ON COLUMN public.postings.legal_on IS 'Legal day, which law looks at. 法定日。';

COMMENT ON COLUMN public.postings.recorded_at IS 'When it was written down. 记录时刻。';

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

COMMENT ON VIEW public.line_ledger IS 'The ledger of each line, summed by key and account. 每行的账目合计。';

COMMENT ON COLUMN public.line_ledger.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.line_ledger.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.line_ledger.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.line_ledger.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.line_ledger.line_key IS 'Key of the line in ledger and list, as rules/ makes it. 账目行的键。';

COMMENT ON COLUMN public.line_ledger.account IS 'Account. 科目。';

COMMENT ON COLUMN public.line_ledger.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

COMMENT ON COLUMN public.line_ledger.legal_on IS 'Legal day, which law looks at. 法定日。';

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

COMMENT ON VIEW public.line_money IS 'What is due of each line and what was paid. 每行的应付与已付。';

COMMENT ON COLUMN public.line_money.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.line_money.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.line_money.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.line_money.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.line_money.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.line_money.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.line_money.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.line_money.stands IS 'Whether the determination still holds. 测算是否仍成立。';

COMMENT ON COLUMN public.line_money.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.line_money.due_fen IS 'What is due of the line, in fen; zero where it does not stand. 应付，以分计。';

COMMENT ON COLUMN public.line_money.paid_fen IS 'What was paid of the line, in fen. 已付，以分计。';

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

COMMENT ON VIEW public.line_clauses IS 'From a line of money to its clauses. 由款项到条款。';

COMMENT ON COLUMN public.line_clauses.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.line_clauses.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.line_clauses.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.line_clauses.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.line_clauses.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.line_clauses.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.line_clauses.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.line_clauses.stands IS 'Whether the determination still holds. 测算是否仍成立。';

COMMENT ON COLUMN public.line_clauses.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.line_clauses.due_fen IS 'What is due of the line, in fen; zero where it does not stand. 应付，以分计。';

COMMENT ON COLUMN public.line_clauses.paid_fen IS 'What was paid of the line, in fen. 已付，以分计。';

COMMENT ON COLUMN public.line_clauses.parameter IS 'Legal value that was read; null where a step cites an article itself. 所读参数；仅引条款时为空。';

COMMENT ON COLUMN public.line_clauses.value IS 'The value that was read. 所读取的值。';

COMMENT ON COLUMN public.line_clauses.since IS 'First day of that value. 该值的起始日。';

COMMENT ON COLUMN public.line_clauses.provision IS 'Article, paragraph, item. 条款。';

COMMENT ON COLUMN public.line_clauses.instrument IS 'Law, regulation or notice. 法规或文件。';

COMMENT ON COLUMN public.line_clauses.mark IS 'Confidence mark: V1 read, V2 secondary, S seed, I inferred, M from memory. 可信标记。';

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

COMMENT ON VIEW public.clause_lines IS 'From a clause to its lines of money. 由条款到款项。';

COMMENT ON COLUMN public.clause_lines.provision IS 'Article, paragraph, item. 条款。';

COMMENT ON COLUMN public.clause_lines.instrument IS 'Law, regulation or notice. 法规或文件。';

COMMENT ON COLUMN public.clause_lines.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.clause_lines.kind IS 'Kind of the filing, party, patent or event. 种类。';

COMMENT ON COLUMN public.clause_lines.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.clause_lines.ordinal IS 'Place of the determination within its event, from 1. 测算在事件内的次序。';

COMMENT ON COLUMN public.clause_lines.rule IS 'Rule that determined it. 所用规则。';

COMMENT ON COLUMN public.clause_lines.subject IS 'What it is about where a filing has several: a receipt, a period. 对象：到账、报告期等。';

COMMENT ON COLUMN public.clause_lines.as_of IS 'Day as of which the rule was applied. 规则适用日。';

COMMENT ON COLUMN public.clause_lines.stands IS 'Whether the determination still holds. 测算是否仍成立。';

COMMENT ON COLUMN public.clause_lines.line IS 'Line of the result. 结果的行名。';

COMMENT ON COLUMN public.clause_lines.due_fen IS 'What is due of the line, in fen; zero where it does not stand. 应付，以分计。';

COMMENT ON COLUMN public.clause_lines.paid_fen IS 'What was paid of the line, in fen. 已付，以分计。';

COMMENT ON COLUMN public.clause_lines.parameters IS 'Values of that clause that the line rests on. 所依据的参数。';

CREATE TABLE public.code_mails (
    link_id uuid NOT NULL,
    asked_by uuid NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sealed_to bytea,
    tries integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    CONSTRAINT code_mails_check CHECK (((sealed_to IS NULL) OR ((sent_at IS NULL) AND (given_up_at IS NULL))))
);

COMMENT ON TABLE public.code_mails IS 'Codes for co-owners that are sent by mail; the code itself is made when it is sent. 以邮件发送的共有人验证码；验证码在发送时生成。';

COMMENT ON COLUMN public.code_mails.link_id IS 'Link that the code opens. 验证码所属链接。';

COMMENT ON COLUMN public.code_mails.asked_by IS 'Operator who named the address and has it sent. 指定地址并要求发送的经办人。';

COMMENT ON COLUMN public.code_mails.asked_at IS 'When. 要求发送的时刻。';

COMMENT ON COLUMN public.code_mails.sealed_to IS 'Address, sealed; gone when it was sent or given up. 密封的地址；发送或放弃后清除。';

COMMENT ON COLUMN public.code_mails.tries IS 'How often it was tried. 尝试次数。';

COMMENT ON COLUMN public.code_mails.next_try_at IS 'When it is tried next; while it is being sent, when it is free again. 下次尝试的时刻；发送期间为租约到期时刻。';

COMMENT ON COLUMN public.code_mails.sent_at IS 'When the server took it. 邮件服务器接收的时刻。';

COMMENT ON COLUMN public.code_mails.given_up_at IS 'When it was given up: the operator hands the code over. 放弃发送的时刻；改由经办人转交。';

CREATE TABLE public.consent_links (
    link_id uuid NOT NULL,
    draft_id uuid NOT NULL,
    account_id uuid NOT NULL,
    organisation_id uuid,
    made_by uuid NOT NULL,
    party_id uuid NOT NULL,
    content_hash text NOT NULL,
    secret_hash bytea NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    code_asked_at timestamp with time zone,
    code_hash bytea,
    code_by uuid,
    code_ends_at timestamp with time zone,
    tries integer DEFAULT 0 NOT NULL,
    proof_hash bytea,
    proved_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_as text,
    document_hash text,
    CONSTRAINT consent_links_check CHECK (((ended_at IS NULL) = (ended_as IS NULL))),
    CONSTRAINT consent_links_code_hash_check CHECK ((octet_length(code_hash) = 32)),
    CONSTRAINT consent_links_content_hash_check CHECK ((content_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT consent_links_ended_as_check CHECK ((ended_as = ANY (ARRAY['consented'::text, 'declined'::text, 'withdrawn'::text]))),
    CONSTRAINT consent_links_proof_hash_check CHECK ((octet_length(proof_hash) = 32)),
    CONSTRAINT consent_links_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
);

COMMENT ON TABLE public.consent_links IS 'Links by which co-owners consent without an account. 共有人不必开户即可表示同意的链接。';

COMMENT ON COLUMN public.consent_links.link_id IS 'Id of the link; it is no secret. 链接编号，不是密钥。';

COMMENT ON COLUMN public.consent_links.draft_id IS 'The declaration as it is being written. 所涉声明草稿。';

COMMENT ON COLUMN public.consent_links.account_id IS 'Account that made it. 生成链接的账户。';

COMMENT ON COLUMN public.consent_links.organisation_id IS 'For which organisation; none: for itself. 所代表的单位；空为本人。';

COMMENT ON COLUMN public.consent_links.made_by IS 'Who made it. 生成人。';

COMMENT ON COLUMN public.consent_links.party_id IS 'The co-owner who is asked. 被征求意见的共有人。';

COMMENT ON COLUMN public.consent_links.content_hash IS 'SHA-256 of what he is asked to consent to. 征求同意的内容的 SHA-256。';

COMMENT ON COLUMN public.consent_links.secret_hash IS 'SHA-256 of the secret in the link. 链接密钥的 SHA-256。';

COMMENT ON COLUMN public.consent_links.made_at IS 'When. 生成时刻。';

COMMENT ON COLUMN public.consent_links.ends_at IS 'Until when it holds. 有效至。';

COMMENT ON COLUMN public.consent_links.code_asked_at IS 'When whoever has the link asked for a code. 索取验证码的时刻。';

COMMENT ON COLUMN public.consent_links.code_hash IS 'Keyed hash of the code. 验证码的带密钥散列。';

COMMENT ON COLUMN public.consent_links.code_by IS 'Operator who handed the code over. 转交验证码的经办人。';

COMMENT ON COLUMN public.consent_links.code_ends_at IS 'Until when the code holds, and then the page that it opened. 验证码及其所开页面的有效期。';

COMMENT ON COLUMN public.consent_links.tries IS 'How many codes were tried. 验证码尝试次数。';

COMMENT ON COLUMN public.consent_links.proof_hash IS 'SHA-256 of what the proved browser holds. 已验证浏览器所持凭据的 SHA-256。';

COMMENT ON COLUMN public.consent_links.proved_at IS 'When the right code was typed. 验证通过的时刻。';

COMMENT ON COLUMN public.consent_links.ended_at IS 'When it was used or withdrawn. 使用或撤回的时刻。';

COMMENT ON COLUMN public.consent_links.ended_as IS 'consented, declined or withdrawn. 同意、不同意、已撤回。';

COMMENT ON COLUMN public.consent_links.document_hash IS 'The paper that came of it. 形成的书面文件。';

CREATE TABLE public.cosignatures (
    size bigint NOT NULL,
    witness text NOT NULL,
    line text NOT NULL,
    cosigned_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.cosignatures IS 'What witnesses outside signed of checkpoints. 外部见证方对检查点的签名。';

COMMENT ON COLUMN public.cosignatures.size IS 'The checkpoint, by its size. 检查点，按条目数。';

COMMENT ON COLUMN public.cosignatures.witness IS 'Verifier key of the witness. 见证方的验证密钥。';

COMMENT ON COLUMN public.cosignatures.line IS 'Its line under the note. 其签名行。';

COMMENT ON COLUMN public.cosignatures.cosigned_at IS 'When it was received. 收到时刻。';

CREATE TABLE public.counters (
    scope text NOT NULL,
    last bigint NOT NULL
);

COMMENT ON TABLE public.counters IS 'Counters of receipt numbers. 回执编号计数器。';

COMMENT ON COLUMN public.counters.scope IS 'What is counted. 计数范围。';

COMMENT ON COLUMN public.counters.last IS 'Last number that was given. 最后编号。';

CREATE TABLE public.credit_codes (
    credit_code text NOT NULL,
    party_id uuid NOT NULL
);

COMMENT ON TABLE public.credit_codes IS 'Which party has a credit code. 信用代码归属。';

COMMENT ON COLUMN public.credit_codes.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.credit_codes.party_id IS 'The person or organisation. 当事人。';

CREATE TABLE public.deadline_calendars (
    calendar_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_used_on date,
    ended_at timestamp with time zone,
    CONSTRAINT deadline_calendars_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
    CONSTRAINT deadline_calendars_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
);

COMMENT ON TABLE public.deadline_calendars IS 'Secret addresses by which calendar programs read deadlines; shown once, kept as a hash. 日历程序读取期限的保密地址；只显示一次，仅存散列。';

COMMENT ON COLUMN public.deadline_calendars.calendar_id IS 'Id of the address. 地址编号。';

COMMENT ON COLUMN public.deadline_calendars.secret_hash IS 'SHA-256 of the secret in the address. 地址中密钥的 SHA-256。';

COMMENT ON COLUMN public.deadline_calendars.account_id IS 'Whose it is. 所属账户。';

COMMENT ON COLUMN public.deadline_calendars.membership_id IS 'As what its owner reads; it ends with that. 以何授权读取；授权终止则失效。';

COMMENT ON COLUMN public.deadline_calendars.language IS 'Language of the events. 条目的语言。';

COMMENT ON COLUMN public.deadline_calendars.created_at IS 'When it was made. 建立时刻。';

COMMENT ON COLUMN public.deadline_calendars.last_used_on IS 'Day of the last reading. 最近读取日。';

COMMENT ON COLUMN public.deadline_calendars.ended_at IS 'When it was ended. 停用时刻。';

CREATE TABLE public.delivered_events (
    source text NOT NULL,
    event_id text NOT NULL,
    content uuid NOT NULL,
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL
);

COMMENT ON TABLE public.delivered_events IS 'What each delivered event said, so that a repeat is known from a contradiction. 已投递事件的内容摘要。';

COMMENT ON COLUMN public.delivered_events.source IS 'Who sent it. 来源。';

COMMENT ON COLUMN public.delivered_events.event_id IS 'The sender''s id of the event. 发送方的事件编号。';

COMMENT ON COLUMN public.delivered_events.content IS 'Digest of what it said. 内容摘要。';

COMMENT ON COLUMN public.delivered_events.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.delivered_events.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

CREATE TABLE public.deliveries_seen_to (
    kept_id uuid NOT NULL,
    seen_by uuid NOT NULL,
    reason text NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.deliveries_seen_to IS 'Who said that a delivery needs nothing more; with the second person it ends. 何人说明某投递无须再办；第二人说明后了结。';

COMMENT ON COLUMN public.deliveries_seen_to.kept_id IS 'The line or the delivery. 所指的行或投递。';

COMMENT ON COLUMN public.deliveries_seen_to.seen_by IS 'Who said so. 说明人。';

COMMENT ON COLUMN public.deliveries_seen_to.reason IS 'What was done about it. 处理说明。';

COMMENT ON COLUMN public.deliveries_seen_to.seen_at IS 'When it was said. 说明时刻。';

CREATE TABLE public.dictionaries (
    dictionary_hash bytea NOT NULL,
    content bytea NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT dictionaries_check CHECK ((dictionary_hash = sha256(content)))
);

COMMENT ON TABLE public.dictionaries IS 'What compressed histories are read with; without it they cannot be read. 压缩字典，缺之则无法解读流程历史。';

COMMENT ON COLUMN public.dictionaries.dictionary_hash IS 'SHA-256 of the dictionary. 字典的 SHA-256。';

COMMENT ON COLUMN public.dictionaries.content IS 'The dictionary, in the format of zstd. 字典内容（zstd 格式）。';

COMMENT ON COLUMN public.dictionaries.added_at IS 'When it was first used. 首次使用时刻。';

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

COMMENT ON TABLE public.documents IS 'Papers, by the hash of their bytes. 文件，按内容哈希存放。';

COMMENT ON COLUMN public.documents.content_hash IS 'SHA-256 of the bytes, in hexadecimal. 内容的 SHA-256。';

COMMENT ON COLUMN public.documents.name IS 'Name of the file. 文件名。';

COMMENT ON COLUMN public.documents.media_type IS 'What kind of file it is. 文件类型。';

COMMENT ON COLUMN public.documents.size IS 'Bytes. 字节数。';

COMMENT ON COLUMN public.documents.body IS 'The bytes. 内容。';

COMMENT ON COLUMN public.documents.added_at IS 'When it was added. 添加时刻。';

COMMENT ON COLUMN public.documents.added_by IS 'Who added it. 添加人。';

CREATE TABLE public.drafts (
    draft_id uuid NOT NULL,
    account_id uuid NOT NULL,
    organisation_id uuid,
    act_kind text NOT NULL,
    filing_id uuid,
    fields jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_by uuid NOT NULL,
    ended_at timestamp with time zone,
    ended_as text,
    saved_by_page uuid,
    CONSTRAINT drafts_check CHECK (((ended_at IS NULL) = (ended_as IS NULL))),
    CONSTRAINT drafts_ended_as_check CHECK ((ended_as = ANY (ARRAY['asked'::text, 'discarded'::text, 'erased'::text]))),
    CONSTRAINT drafts_fields_check CHECK ((jsonb_typeof(fields) = 'object'::text)),
    CONSTRAINT ended_drafts_hold_nothing CHECK (((ended_at IS NULL) OR (fields = '{}'::jsonb)))
);

COMMENT ON TABLE public.drafts IS 'What somebody typed and has not asked for yet. 已填写而未提交的内容。';

COMMENT ON COLUMN public.drafts.draft_id IS 'Id of the draft, and of the act it becomes. 草稿编号，也是提交后的行为编号。';

COMMENT ON COLUMN public.drafts.account_id IS 'Who began it. 起草账户。';

COMMENT ON COLUMN public.drafts.organisation_id IS 'Whose it is, shared by its people; none: the account''s alone. 所属单位，由其人员共用；空为个人草稿。';

COMMENT ON COLUMN public.drafts.act_kind IS 'What it is to become. 拟提交的行为。';

COMMENT ON COLUMN public.drafts.filing_id IS 'On which filing; none: it begins one. 所涉事项；空为新事项。';

COMMENT ON COLUMN public.drafts.fields IS 'What was typed, by field; emptied when it ends. 各字段内容；终结时清空。';

COMMENT ON COLUMN public.drafts.version IS 'Counts the changes: two tabs do not overwrite each other. 修改次数，防止两个页面互相覆盖。';

COMMENT ON COLUMN public.drafts.created_at IS 'When it was begun. 起草时刻。';

COMMENT ON COLUMN public.drafts.updated_at IS 'When it was last changed. 最近修改时刻。';

COMMENT ON COLUMN public.drafts.updated_by IS 'Who changed it last. 最近修改的账户。';

COMMENT ON COLUMN public.drafts.ended_at IS 'When it ended. 终结时刻。';

COMMENT ON COLUMN public.drafts.ended_as IS 'Asked for, discarded, or erased with its person. 已提交、已放弃，或随个人信息删除。';

COMMENT ON COLUMN public.drafts.saved_by_page IS 'Which open page saved it last, so that its own saves do not stand in its way. 最近保存的页面，其自身的连续保存不视为冲突。';

CREATE TABLE public.ended_deliveries (
    kept_id uuid NOT NULL,
    ended_by uuid,
    reason text,
    act_id uuid,
    ended_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    signed_by uuid,
    CONSTRAINT ended_deliveries_check CHECK (((act_id IS NOT NULL) OR ((ended_by IS NOT NULL) AND (reason IS NOT NULL)))),
    CONSTRAINT ended_deliveries_check1 CHECK ((signed_by <> ended_by))
);

COMMENT ON TABLE public.ended_deliveries IS 'How a refused line or an unmatched delivery ended. 不予办理的行和未匹配投递的了结。';

COMMENT ON COLUMN public.ended_deliveries.kept_id IS 'The line or the delivery. 所了结的行或投递。';

COMMENT ON COLUMN public.ended_deliveries.ended_by IS 'Who saw to it; null where the same line was taken later. 办理人。';

COMMENT ON COLUMN public.ended_deliveries.reason IS 'What was done about it. 处理说明。';

COMMENT ON COLUMN public.ended_deliveries.act_id IS 'The act that it became. 所成的行为。';

COMMENT ON COLUMN public.ended_deliveries.ended_at IS 'When it ended. 了结时刻。';

COMMENT ON COLUMN public.ended_deliveries.signed_by IS 'The second person, where two put it away. 第二人。';

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

COMMENT ON TABLE public.entitlement_items IS 'Receipts that count in a year. 计入年度的到账。';

COMMENT ON COLUMN public.entitlement_items.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.entitlement_items.beneficiary IS 'The legal person that has one cap: credit code, or party without one. 受益主体：信用代码，无代码者为当事人编号。';

COMMENT ON COLUMN public.entitlement_items.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.entitlement_items.item_id IS 'The receipt as the scheme counts it. 计入项。';

COMMENT ON COLUMN public.entitlement_items.licence_id IS 'The licence. 许可。';

COMMENT ON COLUMN public.entitlement_items.base_fen IS 'Its base, in fen; zero where it no longer counts. 基数，以分计。';

COMMENT ON COLUMN public.entitlement_items.item IS 'The receipt with the facts the scheme asks for. 到账及其事实。';

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

COMMENT ON TABLE public.entitlement_lines IS 'What each receipt changed of the year''s amount; a reversal is one more line. 每笔到账带来的变动。';

COMMENT ON COLUMN public.entitlement_lines.line_id IS 'Number of the line. 编号。';

COMMENT ON COLUMN public.entitlement_lines.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.entitlement_lines.beneficiary IS 'The legal person that has one cap: credit code, or party without one. 受益主体：信用代码，无代码者为当事人编号。';

COMMENT ON COLUMN public.entitlement_lines.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.entitlement_lines.item_ids IS 'Receipts it is about. 涉及的到账。';

COMMENT ON COLUMN public.entitlement_lines.licence_id IS 'The licence. 许可。';

COMMENT ON COLUMN public.entitlement_lines.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.entitlement_lines.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

COMMENT ON COLUMN public.entitlement_lines.assumed IS 'Facts that were assumed. 所作假设。';

COMMENT ON COLUMN public.entitlement_lines.trace IS 'The determination with its steps. 测算过程。';

COMMENT ON COLUMN public.entitlement_lines.recorded_at IS 'When it was written down. 记录时刻。';

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

COMMENT ON TABLE public.entitlement_years IS 'Sums of a beneficiary''s year under a scheme, before anybody claims. 年度预计奖补。';

COMMENT ON COLUMN public.entitlement_years.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.entitlement_years.beneficiary IS 'The legal person that has one cap: credit code, or party without one. 受益主体：信用代码，无代码者为当事人编号。';

COMMENT ON COLUMN public.entitlement_years.year IS 'Calendar year. 年度。';

COMMENT ON COLUMN public.entitlement_years.base_fen IS 'Base of the year, in fen. 基数，以分计。';

COMMENT ON COLUMN public.entitlement_years.payable_fen IS 'What the year brings so far, in fen. 年度金额，以分计。';

CREATE TABLE public.filing_ages (
    kind text NOT NULL,
    stage text NOT NULL,
    since_on date NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.filing_ages IS 'Since which week how many filings stand where; the number is the sum of the parts. 各周起停留于各阶段的事项数；各分量之和。';

COMMENT ON COLUMN public.filing_ages.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';

COMMENT ON COLUMN public.filing_ages.stage IS 'Stage of the main track. 主轨阶段。';

COMMENT ON COLUMN public.filing_ages.since_on IS 'Monday of the week in which they came there. 进入该阶段之周的周一。';

COMMENT ON COLUMN public.filing_ages.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.filing_ages.count IS 'Came less went. 进入减离开。';

CREATE TABLE public.filing_counts (
    kind text NOT NULL,
    stage text NOT NULL,
    region text NOT NULL,
    platform text NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.filing_counts IS 'How many filings stand where; the number is the sum of the parts. 各处事项数；各分量之和。';

COMMENT ON COLUMN public.filing_counts.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';

COMMENT ON COLUMN public.filing_counts.stage IS 'Stage of the main track. 主轨阶段。';

COMMENT ON COLUMN public.filing_counts.region IS 'Province; empty where none is known. 省份；不详为空。';

COMMENT ON COLUMN public.filing_counts.platform IS 'Sub-platform; empty where there is none. 分平台；无则为空。';

COMMENT ON COLUMN public.filing_counts.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.filing_counts.count IS 'Came less went. 进入减离开。';

CREATE TABLE public.filing_parties (
    party_id uuid NOT NULL,
    relation text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    filing_id uuid NOT NULL,
    CONSTRAINT filing_parties_relation_check CHECK ((relation = ANY (ARRAY['licensor'::text, 'co_owner'::text, 'agent'::text, 'licensee'::text, 'unit'::text, 'inventor'::text, 'authority'::text, 'claimant'::text])))
);

COMMENT ON TABLE public.filing_parties IS 'Whose each filing is, as its position says. 事项归属的当事人。';

COMMENT ON COLUMN public.filing_parties.party_id IS 'The person or organisation. 当事人。';

COMMENT ON COLUMN public.filing_parties.relation IS 'What it is to the filing, such as licensor or licensee. 与事项的关系。';

COMMENT ON COLUMN public.filing_parties.begun_at IS 'When the filing began; by it lists are ordered. 事项开始时刻，列表以此排序。';

COMMENT ON COLUMN public.filing_parties.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

CREATE TABLE public.findings (
    filing_id uuid NOT NULL,
    key text NOT NULL,
    code text NOT NULL,
    about jsonb NOT NULL,
    opened_on date NOT NULL,
    closed_on date,
    CONSTRAINT findings_about_check CHECK ((jsonb_typeof(about) = 'object'::text))
);

COMMENT ON TABLE public.findings IS 'What does not fit and somebody has to look at; nothing was refused because of it. 疑点：不因此拒绝，但须有人查看。';

COMMENT ON COLUMN public.findings.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.findings.key IS 'Key of the finding within its filing. 疑点的键。';

COMMENT ON COLUMN public.findings.code IS 'What was found. 代码。';

COMMENT ON COLUMN public.findings.about IS 'What it is about. 关于。';

COMMENT ON COLUMN public.findings.opened_on IS 'Legal day on which it began. 产生日。';

COMMENT ON COLUMN public.findings.closed_on IS 'Legal day on which it ended; null while open. 了结日；未了结为空。';

CREATE TABLE public.granted_before (
    act_id uuid NOT NULL,
    body_hash bytea NOT NULL,
    filing_id uuid NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    receipt_number text,
    workflow_id text NOT NULL,
    run_id text NOT NULL,
    brought_by uuid NOT NULL,
    brought_as text NOT NULL,
    brought_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.granted_before IS 'Acts that were granted before the log was set back, with the proof. 日志回退前已受理的行为及其证明。';

COMMENT ON COLUMN public.granted_before.act_id IS 'The act. 行为编号。';

COMMENT ON COLUMN public.granted_before.body_hash IS 'SHA-256 of what was asked. 所请求内容的哈希。';

COMMENT ON COLUMN public.granted_before.filing_id IS 'Its filing. 所属事项。';

COMMENT ON COLUMN public.granted_before.granted_at IS 'When it was granted first. 首次受理时刻。';

COMMENT ON COLUMN public.granted_before.receipt_number IS 'Receipt number that was told with it. 当时告知的回执号。';

COMMENT ON COLUMN public.granted_before.workflow_id IS 'Workflow whose history proves it. 作证的工作流。';

COMMENT ON COLUMN public.granted_before.run_id IS 'Run of that workflow. 该工作流的运行。';

COMMENT ON COLUMN public.granted_before.brought_by IS 'Who brought it. 提供人。';

COMMENT ON COLUMN public.granted_before.brought_as IS 'In which role. 以何角色。';

COMMENT ON COLUMN public.granted_before.brought_at IS 'When it was brought. 提供时刻。';

CREATE TABLE public.hold_releases (
    hold_id uuid NOT NULL,
    released_by uuid NOT NULL,
    reason text NOT NULL,
    released_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.hold_releases IS 'Who released a hold; with the second person it ends. 解除人；第二人后解除。';

COMMENT ON COLUMN public.hold_releases.hold_id IS 'The hold. 所指的保全。';

COMMENT ON COLUMN public.hold_releases.released_by IS 'Who released it. 解除人。';

COMMENT ON COLUMN public.hold_releases.reason IS 'Why. 理由。';

COMMENT ON COLUMN public.hold_releases.released_at IS 'When. 解除时刻。';

CREATE TABLE public.holds (
    hold_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    reason text NOT NULL,
    placed_by uuid NOT NULL,
    placed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.holds IS 'Legal holds: a filing, and what is below it, is kept. 证据保全：事项及其下级不得删除。';

COMMENT ON COLUMN public.holds.hold_id IS 'Id of the hold. 保全编号。';

COMMENT ON COLUMN public.holds.filing_id IS 'What is held; filings below it too. 被保全的事项，含其下级。';

COMMENT ON COLUMN public.holds.reason IS 'Why. 理由。';

COMMENT ON COLUMN public.holds.placed_by IS 'Who placed it. 作出人。';

COMMENT ON COLUMN public.holds.placed_at IS 'When. 作出时刻。';

CREATE VIEW public.holds_in_force AS
 SELECT hold_id,
    filing_id,
    reason,
    placed_by,
    placed_at
   FROM public.holds h
  WHERE (( SELECT count(*) AS count
           FROM public.hold_releases r
          WHERE (r.hold_id = h.hold_id)) < 2);

COMMENT ON VIEW public.holds_in_force IS 'Holds that fewer than two people have released. 尚未由两人解除的保全。';

COMMENT ON COLUMN public.holds_in_force.hold_id IS 'Id of the hold. 保全编号。';

COMMENT ON COLUMN public.holds_in_force.filing_id IS 'What is held; filings below it too. 被保全的事项，含其下级。';

COMMENT ON COLUMN public.holds_in_force.reason IS 'Why. 理由。';

COMMENT ON COLUMN public.holds_in_force.placed_by IS 'Who placed it. 作出人。';

COMMENT ON COLUMN public.holds_in_force.placed_at IS 'When. 作出时刻。';

CREATE VIEW public.held_filings AS
 WITH RECURSIVE held AS (
         SELECT holds_in_force.filing_id,
            holds_in_force.hold_id
           FROM public.holds_in_force
        UNION
         SELECT f.filing_id,
            held_1.hold_id
           FROM (public.filings f
             JOIN held held_1 ON ((f.parent_id = held_1.filing_id)))
        )
 SELECT filing_id,
    hold_id
   FROM held;

COMMENT ON VIEW public.held_filings IS 'Every filing under a hold that is in force. 处于有效保全之下的全部事项。';

COMMENT ON COLUMN public.held_filings.filing_id IS 'The filing. 事项编号。';

COMMENT ON COLUMN public.held_filings.hold_id IS 'The hold that keeps it. 所属保全。';

CREATE TABLE public.histories (
    content_hash bytea NOT NULL,
    compressed bytea NOT NULL,
    bytes integer NOT NULL,
    dictionary_hash bytea NOT NULL,
    stored_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT histories_bytes_check CHECK ((bytes > 0)),
    CONSTRAINT histories_content_hash_check CHECK ((octet_length(content_hash) = 32))
);
ALTER TABLE ONLY public.histories ALTER COLUMN compressed SET STORAGE EXTERNAL;

COMMENT ON TABLE public.histories IS 'Events of runs as Temporal had them: protobuf, compressed. A run that went on has several parts. Temporal 流程历史的各段（protobuf，已压缩）。';

COMMENT ON COLUMN public.histories.content_hash IS 'SHA-256 of the part before it was compressed. 压缩前内容的 SHA-256。';

COMMENT ON COLUMN public.histories.compressed IS 'temporal.api.history.v1.History, compressed with zstd and the dictionary. 以 zstd 及字典压缩的历史。';

COMMENT ON COLUMN public.histories.bytes IS 'Its size before it was compressed. 压缩前字节数。';

COMMENT ON COLUMN public.histories.dictionary_hash IS 'The dictionary it is read with. 所用字典。';

COMMENT ON COLUMN public.histories.stored_at IS 'When it was stored. 存入时刻。';

CREATE TABLE public.history_copies (
    copy_number bigint NOT NULL,
    workflow_id text NOT NULL,
    run_id uuid NOT NULL,
    workflow_type text NOT NULL,
    filing_id uuid,
    first_event integer NOT NULL,
    last_event integer NOT NULL,
    content_hash bytea NOT NULL,
    history_hash bytea NOT NULL,
    follows bytea,
    closed_as text,
    continued_from uuid,
    first_event_at timestamp with time zone NOT NULL,
    last_event_at timestamp with time zone NOT NULL,
    code_versions text[] NOT NULL,
    sdk_version text NOT NULL,
    plugin jsonb NOT NULL,
    copied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT history_copies_check CHECK ((last_event >= first_event)),
    CONSTRAINT history_copies_check1 CHECK (((follows IS NULL) = (first_event = 1))),
    CONSTRAINT history_copies_closed_as_check CHECK ((closed_as = ANY (ARRAY['completed'::text, 'continued_as_new'::text, 'failed'::text, 'canceled'::text, 'terminated'::text, 'timed_out'::text]))),
    CONSTRAINT history_copies_first_event_check CHECK ((first_event > 0)),
    CONSTRAINT history_copies_history_hash_check CHECK ((octet_length(history_hash) = 32)),
    CONSTRAINT history_copies_plugin_check CHECK ((jsonb_typeof(plugin) = 'object'::text))
);

COMMENT ON TABLE public.history_copies IS 'Which histories were copied, and how far. A run that goes on is copied again: the next row adds what came since. 已复制的流程历史及其进度；继续运行的流程逐段追加。';

COMMENT ON COLUMN public.history_copies.copy_number IS 'Order of copying. 复制次序。';

COMMENT ON COLUMN public.history_copies.workflow_id IS 'Temporal''s name of the workflow. Temporal 的工作流编号。';

COMMENT ON COLUMN public.history_copies.run_id IS 'Temporal''s name of this run of it. 该次运行的编号。';

COMMENT ON COLUMN public.history_copies.workflow_type IS 'Which workflow it is: Declaration, Licence, Payout, Settlement, Opening, Nightly. 工作流种类。';

COMMENT ON COLUMN public.history_copies.filing_id IS 'The filing that the run carries; null for a run of none. 所办理的事项；无则为空。';

COMMENT ON COLUMN public.history_copies.first_event IS 'Number of the first event of this part. 本段首个历史事件的序号。';

COMMENT ON COLUMN public.history_copies.last_event IS 'Number of the last event: so far the run is copied. 本段末个历史事件的序号。';

COMMENT ON COLUMN public.history_copies.content_hash IS 'The part: events first_event to last_event. 本段内容。';

COMMENT ON COLUMN public.history_copies.history_hash IS 'SHA-256 of the history from event 1 to last_event. 自第 1 个事件至 last_event 的历史的 SHA-256。';

COMMENT ON COLUMN public.history_copies.follows IS 'history_hash of the row that this part continues; null where it begins with event 1. 所接续的一行；自第 1 个事件起则为空。';

COMMENT ON COLUMN public.history_copies.closed_as IS 'How the run ended; null while it goes on. 结束方式；运行中为空。';

COMMENT ON COLUMN public.history_copies.continued_from IS 'The run that this one goes on from. 所接续的运行。';

COMMENT ON COLUMN public.history_copies.first_event_at IS 'Instant of event 1. 首个事件的时刻。';

COMMENT ON COLUMN public.history_copies.last_event_at IS 'Instant of the last event. 末个事件的时刻。';

COMMENT ON COLUMN public.history_copies.code_versions IS 'Commits of the workers that carried it, in their order. 所用程序版本（提交号），按先后。';

COMMENT ON COLUMN public.history_copies.sdk_version IS 'Temporal SDK that last said its name in it. Temporal SDK 版本。';

COMMENT ON COLUMN public.history_copies.plugin IS 'How the program that copied was set up: commit, converter, sandbox, modules passed through. 复制程序的设置。';

COMMENT ON COLUMN public.history_copies.copied_at IS 'When it was copied. 复制时刻。';

ALTER TABLE public.history_copies ALTER COLUMN copy_number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.history_copies_copy_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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

COMMENT ON TABLE public.identities IS 'What a filing says is its own of the outside world: vouchers, office numbers, live offers. 事项所持的外部标识。';

COMMENT ON COLUMN public.identities.what IS 'Kind of identity. 标识种类。';

COMMENT ON COLUMN public.identities.value IS 'The identity in its normal form. 标识（规范写法）。';

COMMENT ON COLUMN public.identities.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.identities.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.identities.since_on IS 'First day it is held. 起始日。';

COMMENT ON COLUMN public.identities.until_on IS 'Last day it is held; null while held. 截止日。';

COMMENT ON COLUMN public.identities.held_order IS 'Order in which filings came to hold it. 持有先后。';

ALTER TABLE public.identities ALTER COLUMN held_order ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.identities_held_order_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.import_rows (
    import_id uuid NOT NULL,
    line integer NOT NULL,
    patent_number text NOT NULL,
    outcome text NOT NULL,
    act_id uuid,
    filing_id uuid,
    reasons jsonb DEFAULT '[]'::jsonb NOT NULL,
    warnings jsonb DEFAULT '[]'::jsonb NOT NULL,
    CONSTRAINT import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['good'::text, 'refused'::text, 'imported'::text, 'known'::text, 'awaits_countersignature'::text])))
);

COMMENT ON TABLE public.import_rows IS 'What came of each row of such a table. 批量表各行的结果。';

COMMENT ON COLUMN public.import_rows.import_id IS 'The sending. 所属送交。';

COMMENT ON COLUMN public.import_rows.line IS 'Line of the file. 文件中的行号。';

COMMENT ON COLUMN public.import_rows.patent_number IS 'Its patent, as far as it could be read. 可辨认的专利号。';

COMMENT ON COLUMN public.import_rows.outcome IS 'good: can be asked for; refused; imported; known: it was imported before; awaits_countersignature. 可导入、未通过、已导入、此前已导入、待会签。';

COMMENT ON COLUMN public.import_rows.act_id IS 'The act that it is. 对应的行为。';

COMMENT ON COLUMN public.import_rows.filing_id IS 'The declaration that it made, or had made before. 形成的声明。';

COMMENT ON COLUMN public.import_rows.reasons IS 'Why it was refused: code, place and facts. 未通过的原因：代码、位置与事实。';

COMMENT ON COLUMN public.import_rows.warnings IS 'What was warned of. 提示事项。';

CREATE TABLE public.imports (
    import_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    role text NOT NULL,
    sent_by uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    body bytea,
    content_hash text NOT NULL,
    rows integer NOT NULL,
    state text DEFAULT 'checking'::text NOT NULL,
    sent_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamp with time zone,
    moved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT imports_body_check CHECK ((octet_length(body) <= 10485760)),
    CONSTRAINT imports_check CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
    CONSTRAINT imports_check1 CHECK (((confirmed_at IS NULL) = (state = ANY (ARRAY['checking'::text, 'checked'::text])))),
    CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
    CONSTRAINT imports_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT imports_rows_check CHECK ((rows >= 0)),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['checking'::text, 'checked'::text, 'taking'::text, 'done'::text])))
);

COMMENT ON TABLE public.imports IS 'Tables of declarations sent by the console or the API. 经控制台或接口送来的声明批量表。';

COMMENT ON COLUMN public.imports.import_id IS 'Id of the sending; the same request has the same. 送交编号，同一请求编号相同。';

COMMENT ON COLUMN public.imports.owner_id IS 'Whose it is: the organisation, or the person where he acts for himself. 归属单位或本人。';

COMMENT ON COLUMN public.imports.role IS 'In which role it was sent. 以何角色送交。';

COMMENT ON COLUMN public.imports.sent_by IS 'Who sent it. 送交人。';

COMMENT ON COLUMN public.imports.name IS 'Name of the file. 文件名。';

COMMENT ON COLUMN public.imports.kind IS 'csv or xlsx, by its content. 按内容判定的格式：csv 或 xlsx。';

COMMENT ON COLUMN public.imports.body IS 'The file as it came; none: its time is over. 原始文件；空为保存期满已清除。';

COMMENT ON COLUMN public.imports.content_hash IS 'SHA-256 of the file in hex. 文件的 SHA-256。';

COMMENT ON COLUMN public.imports.rows IS 'How many rows it has. 行数。';

COMMENT ON COLUMN public.imports.state IS 'checking, checked, taking (its good rows are asked for), done. 核对中、已核对、导入中、已完成。';

COMMENT ON COLUMN public.imports.sent_at IS 'When it came. 送达时刻。';

COMMENT ON COLUMN public.imports.confirmed_by IS 'Who asked for its good rows. 确认导入的人。';

COMMENT ON COLUMN public.imports.confirmed_at IS 'When that was. 确认时刻。';

COMMENT ON COLUMN public.imports.moved_at IS 'When it last went on; long ago while it is under way: it was interrupted. 最近推进时刻；进行中而久未推进即已中断。';

CREATE TABLE public.known_devices (
    account_id uuid NOT NULL,
    device_hash bytea NOT NULL,
    first_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.known_devices IS 'From where an account signed in before: nobody else''s failures keep it out. 账户曾用的设备；他人的失败不影响它登录。';

COMMENT ON COLUMN public.known_devices.account_id IS 'The account. 账户。';

COMMENT ON COLUMN public.known_devices.device_hash IS 'Keyed hash of the device''s cookie. 设备 Cookie 的带密钥散列。';

COMMENT ON COLUMN public.known_devices.first_at IS 'First sign-in. 首次登录时刻。';

COMMENT ON COLUMN public.known_devices.last_at IS 'Last sign-in. 最近登录时刻。';

CREATE TABLE public.licences (
    licence_id uuid NOT NULL,
    declaration_id uuid NOT NULL,
    licensee uuid NOT NULL,
    n integer NOT NULL,
    running boolean NOT NULL,
    open boolean NOT NULL,
    CONSTRAINT licences_n_check CHECK ((n > 0))
);

COMMENT ON TABLE public.licences IS 'Each licensee''s notices under a declaration. 各被许可人在声明下的许可。';

COMMENT ON COLUMN public.licences.licence_id IS 'The licence. 许可。';

COMMENT ON COLUMN public.licences.declaration_id IS 'The declaration. 声明。';

COMMENT ON COLUMN public.licences.licensee IS 'Who gave notice. 被许可人。';

COMMENT ON COLUMN public.licences.n IS 'The n-th notice of this licensee under this declaration. 第几次通知。';

COMMENT ON COLUMN public.licences.running IS 'Whether the licence is effective now. 现在是否有效。';

COMMENT ON COLUMN public.licences.open IS 'Whether it is not yet decided. 是否未定。';

CREATE TABLE public.listing_counts (
    status text NOT NULL,
    region text NOT NULL,
    price_form text NOT NULL,
    patent_kind text NOT NULL,
    section text NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.listing_counts IS 'How many announced offers have which values; the number is the sum of the parts. 已公告声明按检索项的件数；各分量之和。';

COMMENT ON COLUMN public.listing_counts.status IS 'offered or ended. 可被许可或已终止。';

COMMENT ON COLUMN public.listing_counts.region IS 'Province of the first owner; empty where none is known. 第一专利权人所在省份；不详为空。';

COMMENT ON COLUMN public.listing_counts.price_form IS 'Form of the royalty as announced last. 最近公告的许可费形式。';

COMMENT ON COLUMN public.listing_counts.patent_kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';

COMMENT ON COLUMN public.listing_counts.section IS 'Section of the International Patent Classification; empty where none is stated. 国际专利分类部；未填为空。';

COMMENT ON COLUMN public.listing_counts.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.listing_counts.count IS 'Came less went. 进入减离开。';

CREATE TABLE public.listings (
    declaration_id uuid NOT NULL,
    patent_number text NOT NULL,
    patent_kind text NOT NULL,
    title text NOT NULL,
    patentees text NOT NULL,
    classification text,
    subclass text GENERATED ALWAYS AS ("left"(classification, 4)) STORED,
    region text,
    platform text,
    price_form text NOT NULL,
    status text,
    announced_on date,
    found_title text GENERATED ALWAYS AS (public.found(title)) STORED NOT NULL,
    found_patentees text GENERATED ALWAYS AS (public.found(patentees)) STORED NOT NULL,
    grams text[] GENERATED ALWAYS AS (public.grams(public.found(((title || '|'::text) || patentees)))) STORED NOT NULL,
    CONSTRAINT listings_check CHECK (((announced_on IS NULL) = (status IS NULL))),
    CONSTRAINT listings_status_check CHECK ((status = ANY (ARRAY['offered'::text, 'ended'::text])))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.listings ALTER COLUMN grams SET STATISTICS 3000;

COMMENT ON TABLE public.listings IS 'What of each declaration is searched and listed; public is what has a status. 声明的检索与列表内容；有状态者方可公开。';

COMMENT ON COLUMN public.listings.declaration_id IS 'The declaration. 声明。';

COMMENT ON COLUMN public.listings.patent_number IS 'Patent number in its normal form. 专利号（规范写法）。';

COMMENT ON COLUMN public.listings.patent_kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';

COMMENT ON COLUMN public.listings.title IS 'Title as it was declared. 声明所载名称。';

COMMENT ON COLUMN public.listings.patentees IS 'Names of the owners that are organisations. 单位专利权人名称。';

COMMENT ON COLUMN public.listings.classification IS 'Main class of the International Patent Classification. 主分类号。';

COMMENT ON COLUMN public.listings.subclass IS 'Its first four characters. 分类号小类。';

COMMENT ON COLUMN public.listings.region IS 'Province of the first owner. 第一专利权人所在省份。';

COMMENT ON COLUMN public.listings.platform IS 'Sub-platform that it came through. 所属分平台。';

COMMENT ON COLUMN public.listings.price_form IS 'Form of the royalty as announced last. 最近公告的许可费形式。';

COMMENT ON COLUMN public.listings.status IS 'offered: notices can be given; ended; null: not announced, so not public. 可被许可、已终止；空为未公告，不公开。';

COMMENT ON COLUMN public.listings.announced_on IS 'Day of announcement. 公告日。';

COMMENT ON COLUMN public.listings.found_title IS 'Title as it is searched. 检索用名称。';

COMMENT ON COLUMN public.listings.found_patentees IS 'Names as they are searched. 检索用权利人名称。';

COMMENT ON COLUMN public.listings.grams IS 'Each two characters that follow each other in them. 其中相邻两字。';

CREATE TABLE public.log_entries (
    "position" bigint NOT NULL,
    source text NOT NULL,
    key text NOT NULL,
    hash bytea NOT NULL,
    sequence_number bigint,
    sealed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_entries_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT log_entries_position_check CHECK (("position" >= 0))
);

COMMENT ON TABLE public.log_entries IS 'The entries of the Merkle log, in order. Merkle 日志的条目。';

COMMENT ON COLUMN public.log_entries."position" IS 'Place in the log, from 0. 日志中的位置，自 0 起。';

COMMENT ON COLUMN public.log_entries.source IS 'What kind of row is proved, such as event or document. 所证明记录的种类。';

COMMENT ON COLUMN public.log_entries.key IS 'The key of the row, as JSON. 记录的键，JSON。';

COMMENT ON COLUMN public.log_entries.hash IS 'Hash of the row; of an event the hash of its chain. 记录的哈希；事件为其链上哈希。';

COMMENT ON COLUMN public.log_entries.sequence_number IS 'Sequence number of an event; null of what is none, or was taken back from the published log. 事件的序号；其他种类，或自已发布日志取回的，为空。';

COMMENT ON COLUMN public.log_entries.sealed_at IS 'When the entry was made. 入日志时刻。';

CREATE TABLE public.log_set_backs (
    first_position bigint NOT NULL,
    end_position bigint NOT NULL,
    said_by uuid NOT NULL,
    reason text NOT NULL,
    taken_back_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_set_backs_check CHECK ((end_position > first_position)),
    CONSTRAINT log_set_backs_first_position_check CHECK ((first_position >= 0))
);

COMMENT ON TABLE public.log_set_backs IS 'Entries of the log that a database which was set back had lost, taken back from what was published. 数据库被恢复到较早状态后，自已发布日志取回的条目。';

COMMENT ON COLUMN public.log_set_backs.first_position IS 'First of them. 起始位置。';

COMMENT ON COLUMN public.log_set_backs.end_position IS 'The first after them. 其后第一条的位置。';

COMMENT ON COLUMN public.log_set_backs.said_by IS 'Who took them back. 取回人。';

COMMENT ON COLUMN public.log_set_backs.reason IS 'Why the database was set back. 数据库被恢复的原因。';

COMMENT ON COLUMN public.log_set_backs.taken_back_at IS 'When. 时刻。';

CREATE TABLE public.matched_deliveries (
    delivery_id uuid NOT NULL,
    act_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    matched_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.matched_deliveries IS 'What became of an unmatched delivery. 未匹配投递的去向。';

COMMENT ON COLUMN public.matched_deliveries.delivery_id IS 'Number of the delivery. 投递编号。';

COMMENT ON COLUMN public.matched_deliveries.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.matched_deliveries.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.matched_deliveries.matched_at IS 'When its act was recorded. 匹配时刻。';

CREATE TABLE public.membership_ends (
    membership_id uuid NOT NULL,
    ended_by uuid NOT NULL,
    reason text NOT NULL,
    ended_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.membership_ends IS 'A role that ended, or a proposal that was declined. 已终止的授权，或被驳回的提议。';

COMMENT ON COLUMN public.membership_ends.membership_id IS 'What ended. 所终止的权限。';

COMMENT ON COLUMN public.membership_ends.ended_by IS 'Who ended it; one person is enough. 终止人；一人即可。';

COMMENT ON COLUMN public.membership_ends.reason IS 'Why. 理由。';

COMMENT ON COLUMN public.membership_ends.ended_at IS 'When. 终止时刻。';

CREATE TABLE public.membership_grants (
    membership_id uuid NOT NULL,
    granted_by uuid NOT NULL,
    granted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.membership_grants IS 'With this it counts; neither who proposed it nor whose it is. 授予后生效；授予人既非提议人，也非本人。';

COMMENT ON COLUMN public.membership_grants.membership_id IS 'What is granted. 所授予的权限。';

COMMENT ON COLUMN public.membership_grants.granted_by IS 'Who granted it. 授予人。';

COMMENT ON COLUMN public.membership_grants.granted_at IS 'When. 授予时刻。';

CREATE TABLE public.memberships (
    membership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    party_id uuid NOT NULL,
    role text NOT NULL,
    organisation_id uuid,
    region text,
    platform text,
    proposed_by uuid NOT NULL,
    proposed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.memberships IS 'Proposed: an account in a role, for an organisation where the role has one. 拟授予账户的角色及其所代表的单位。';

COMMENT ON COLUMN public.memberships.membership_id IS 'Id of the membership. 授权编号。';

COMMENT ON COLUMN public.memberships.account_id IS 'The account. 账户。';

COMMENT ON COLUMN public.memberships.party_id IS 'Its person. 账户所属的人。';

COMMENT ON COLUMN public.memberships.role IS 'The role. 角色。';

COMMENT ON COLUMN public.memberships.organisation_id IS 'For which organisation. 所代表的单位。';

COMMENT ON COLUMN public.memberships.region IS 'Only for this region. 仅限该地区。';

COMMENT ON COLUMN public.memberships.platform IS 'Only for this platform. 仅限该平台。';

COMMENT ON COLUMN public.memberships.proposed_by IS 'Who proposed it. 提议人。';

COMMENT ON COLUMN public.memberships.proposed_at IS 'When. 提议时刻。';

CREATE VIEW public.memberships_in_force AS
 SELECT m.membership_id,
    m.account_id,
    m.party_id,
    m.role,
    m.organisation_id,
    m.region,
    m.platform,
    g.granted_at
   FROM ((public.memberships m
     JOIN public.membership_grants g USING (membership_id))
     JOIN public.accounts a ON (((a.account_id = m.account_id) AND (a.state = 'active'::text))))
  WHERE (NOT (EXISTS ( SELECT
           FROM public.membership_ends e
          WHERE (e.membership_id = m.membership_id))));

COMMENT ON VIEW public.memberships_in_force IS 'Granted by a second person, not ended, of an active account. 已由第二人授予、未终止且账户有效的授权。';

COMMENT ON COLUMN public.memberships_in_force.membership_id IS 'Id of the membership. 授权编号。';

COMMENT ON COLUMN public.memberships_in_force.account_id IS 'The account. 账户。';

COMMENT ON COLUMN public.memberships_in_force.party_id IS 'Its person. 账户所属的人。';

COMMENT ON COLUMN public.memberships_in_force.role IS 'The role. 角色。';

COMMENT ON COLUMN public.memberships_in_force.organisation_id IS 'For which organisation. 所代表的单位。';

COMMENT ON COLUMN public.memberships_in_force.region IS 'Only for this region. 仅限该地区。';

COMMENT ON COLUMN public.memberships_in_force.platform IS 'Only for this platform. 仅限该平台。';

COMMENT ON COLUMN public.memberships_in_force.granted_at IS 'Since when it counts. 生效时刻。';

CREATE TABLE public.notice_receipts (
    licence_id uuid NOT NULL,
    receipt_number text NOT NULL
);

COMMENT ON TABLE public.notice_receipts IS 'Receipt numbers of notices. 通知回执。';

COMMENT ON COLUMN public.notice_receipts.licence_id IS 'The licence. 许可。';

COMMENT ON COLUMN public.notice_receipts.receipt_number IS 'Number with which the notice was answered. 回执号。';

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

COMMENT ON TABLE public.offers IS 'What each declaration offers. 各声明的要约内容。';

COMMENT ON COLUMN public.offers.declaration_id IS 'The declaration. 声明。';

COMMENT ON COLUMN public.offers.patent_number IS 'Patent number in its normal form. 专利号（规范写法）。';

COMMENT ON COLUMN public.offers.live IS 'Whether it counts now. 现在是否有效。';

COMMENT ON COLUMN public.offers.in_force_from IS 'First day in force. 生效日。';

COMMENT ON COLUMN public.offers.ended_on IS 'Last day; null while in force. 终止日。';

COMMENT ON COLUMN public.offers.terms IS 'Terms of the offer, all versions. 条件，含各版本。';

COMMENT ON COLUMN public.offers.terms_version IS 'Version of the terms in force. 现行条件版本。';

COMMENT ON COLUMN public.offers.licensor IS 'The first patentee. 第一专利权人。';

COMMENT ON COLUMN public.offers.patent_last_day IS 'Last day of the patent term. 专利权期限届满日。';

COMMENT ON COLUMN public.offers.right_ended_on IS 'Day on which the patent right ended. 专利权终止日。';

COMMENT ON COLUMN public.offers.right_end_provisional IS 'Whether that end may be undone. 该终止是否可能恢复。';

COMMENT ON COLUMN public.offers.regime IS 'statutory, or pilot: a listing without the effects of the law. 法定或试点。';

COMMENT ON COLUMN public.offers.warnings IS 'Codes of what was warned of. 提醒代码。';

COMMENT ON COLUMN public.offers.origin IS 'How the declaration came here: submitted here, or taken over. 来源。';

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

COMMENT ON TABLE public.outbox IS 'Messages that acts leave behind for other filings and for workers. 待发消息。';

COMMENT ON COLUMN public.outbox.id IS 'Number of the message. 消息编号。';

COMMENT ON COLUMN public.outbox.topic IS 'What it is about. 主题。';

COMMENT ON COLUMN public.outbox.key IS 'Key that makes it one message. 唯一键。';

COMMENT ON COLUMN public.outbox.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.outbox.payload IS 'Its content. 内容。';

COMMENT ON COLUMN public.outbox.created_at IS 'When the act left it. 产生时刻。';

COMMENT ON COLUMN public.outbox.next_try_at IS 'Not tried again before. 下次尝试时刻。';

COMMENT ON COLUMN public.outbox.sent_at IS 'When it arrived; null while it waits. 送达时刻。';

COMMENT ON COLUMN public.outbox.attempts IS 'How often it was tried. 尝试次数。';

COMMENT ON COLUMN public.outbox.last_error IS 'What the last try said. 最后的错误。';

COMMENT ON COLUMN public.outbox.quarantined IS 'Whether it waits for a person. 是否隔离待人处理。';

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

COMMENT ON TABLE public.parties IS 'Persons and organisations; what is known of persons is sealed. 当事人；自然人信息加密。';

COMMENT ON COLUMN public.parties.party_id IS 'The person or organisation. 当事人。';

COMMENT ON COLUMN public.parties.kind IS 'person or organisation. 自然人或组织。';

COMMENT ON COLUMN public.parties.public_name IS 'Name of an organisation. 组织名称。';

COMMENT ON COLUMN public.parties.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.parties.sealed IS 'What is known of a person, sealed with the person''s own key. 加密的自然人信息。';

COMMENT ON COLUMN public.parties.created_at IS 'When it was added. 添加时刻。';

CREATE TABLE public.party_keys (
    party_id uuid NOT NULL,
    sealed_key bytea NOT NULL
);

COMMENT ON TABLE public.party_keys IS 'Keys of persons; without its key a person is erased. 自然人密钥；删去即抹除。';

COMMENT ON COLUMN public.party_keys.party_id IS 'The person or organisation. 当事人。';

COMMENT ON COLUMN public.party_keys.sealed_key IS 'The person''s key, sealed with the master key. 以主密钥加密的个人密钥。';

CREATE VIEW public.parties_proved AS
 SELECT party_id,
    kind,
    public_name,
    credit_code,
    encode(sha256(sealed), 'hex'::text) AS sealed_hash,
    created_at,
    ((sealed IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM public.party_keys k
          WHERE (k.party_id = p.party_id))))) AS is_erased
   FROM public.parties p;

COMMENT ON VIEW public.parties_proved IS 'What of a party the log proves. 日志所证明的当事人内容。';

COMMENT ON COLUMN public.parties_proved.party_id IS 'The person or organisation. 当事人。';

COMMENT ON COLUMN public.parties_proved.kind IS 'person or organisation. 自然人或组织。';

COMMENT ON COLUMN public.parties_proved.public_name IS 'Name of an organisation. 组织名称。';

COMMENT ON COLUMN public.parties_proved.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.parties_proved.sealed_hash IS 'SHA-256 of what is sealed of a person. 加密内容的 SHA-256。';

COMMENT ON COLUMN public.parties_proved.created_at IS 'When it was added. 添加时刻。';

COMMENT ON COLUMN public.parties_proved.is_erased IS 'Whether something is sealed and its key is gone. 是否密钥已删。';

CREATE TABLE public.patent_versions (
    id bigint NOT NULL,
    patent_number text NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    filed_on date,
    granted_on date,
    status text NOT NULL,
    source text NOT NULL,
    facts jsonb NOT NULL,
    brought_by uuid,
    brought_on date DEFAULT ((clock_timestamp() AT TIME ZONE 'Asia/Shanghai'::text))::date NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.patent_versions IS 'Every version of register evidence, the newest last. 登记簿证据的各个版本。';

COMMENT ON COLUMN public.patent_versions.id IS 'In the order in which they were brought. 序号。';

COMMENT ON COLUMN public.patent_versions.patent_number IS 'The patent, in its canonical form. 专利号。';

COMMENT ON COLUMN public.patent_versions.title IS 'Title of the invention. 名称。';

COMMENT ON COLUMN public.patent_versions.kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';

COMMENT ON COLUMN public.patent_versions.filed_on IS 'Filing day. 申请日。';

COMMENT ON COLUMN public.patent_versions.granted_on IS 'Day of grant. 授权公告日。';

COMMENT ON COLUMN public.patent_versions.status IS 'Legal status. 法律状态。';

COMMENT ON COLUMN public.patent_versions.source IS 'Where it was read. 来源。';

COMMENT ON COLUMN public.patent_versions.facts IS 'All facts that were stated. 全部事实。';

COMMENT ON COLUMN public.patent_versions.brought_by IS 'Who brought it; null where nobody was named. 提供人。';

COMMENT ON COLUMN public.patent_versions.brought_on IS 'Day on which it was brought. 提供之日。';

COMMENT ON COLUMN public.patent_versions.recorded_at IS 'When it was written down. 记录时刻。';

ALTER TABLE public.patent_versions ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.patent_versions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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

COMMENT ON TABLE public.patents IS 'Register evidence of each patent, as it was last stated. 专利登记簿证据。';

COMMENT ON COLUMN public.patents.patent_number IS 'Patent number in its normal form. 专利号（规范写法）。';

COMMENT ON COLUMN public.patents.title IS 'Title of the invention. 名称。';

COMMENT ON COLUMN public.patents.kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';

COMMENT ON COLUMN public.patents.filed_on IS 'Filing day. 申请日。';

COMMENT ON COLUMN public.patents.granted_on IS 'Day of grant. 授权公告日。';

COMMENT ON COLUMN public.patents.status IS 'Legal status. 法律状态。';

COMMENT ON COLUMN public.patents.source IS 'Where it was read. 来源。';

COMMENT ON COLUMN public.patents.facts IS 'All facts that were stated. 全部事实。';

ALTER TABLE public.postings ALTER COLUMN posting_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.postings_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.price_counts (
    counted_as text NOT NULL,
    measure text NOT NULL,
    price_form text NOT NULL,
    region text NOT NULL,
    band bigint NOT NULL,
    price bigint NOT NULL,
    part smallint NOT NULL,
    count bigint NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE public.price_counts IS 'How many have exactly that announced price; the number is the sum of the parts. 各公告价格的件数；各分量之和。';

COMMENT ON COLUMN public.price_counts.counted_as IS 'offered, ended or licensed. 可被许可、已终止、已生效许可。';

COMMENT ON COLUMN public.price_counts.measure IS 'amount, unit_price or rate. 固定部分、单件提成或提成率。';

COMMENT ON COLUMN public.price_counts.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';

COMMENT ON COLUMN public.price_counts.region IS 'Province; empty where none is known; * everywhere. 省份；不详为空；* 为全国。';

COMMENT ON COLUMN public.price_counts.band IS 'The band in which it lies. 所在的档。';

COMMENT ON COLUMN public.price_counts.price IS 'In fen, or in millionths of a percent. 金额（分）或提成率（百万分之一个百分点）。';

COMMENT ON COLUMN public.price_counts.part IS 'Which of eight parts. 八个分量之一。';

COMMENT ON COLUMN public.price_counts.count IS 'Came less went. 进入减离开。';

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

COMMENT ON TABLE public.receipts IS 'Money that arrived for a licence, with what went back of it. 各许可的到账。';

COMMENT ON COLUMN public.receipts.receipt_id IS 'The receipt: money that arrived for one licence. 到账编号。';

COMMENT ON COLUMN public.receipts.licence_id IS 'The licence. 许可。';

COMMENT ON COLUMN public.receipts.fen IS 'What arrived, in fen. 到账金额，以分计。';

COMMENT ON COLUMN public.receipts.reversed_fen IS 'What went back of it, in fen. 冲回金额，以分计。';

COMMENT ON COLUMN public.receipts.received_on IS 'Day on which the money arrived. 到账日。';

COMMENT ON COLUMN public.receipts.confirmed IS 'Whether the licensor''s finance confirmed it. 财务是否确认。';

COMMENT ON COLUMN public.receipts.bank_key IS 'Bank line it came by; null if booked before receipts named theirs. 所属银行流水；此前入账的可为空。';

CREATE TABLE public.refused_lines (
    line_id uuid NOT NULL,
    origin text NOT NULL,
    file text NOT NULL,
    line integer NOT NULL,
    source text,
    event_id text,
    body text NOT NULL,
    reasons jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT refused_lines_origin_check CHECK ((origin = ANY (ARRAY['import'::text, 'deliver'::text]))),
    CONSTRAINT refused_lines_reasons_check CHECK ((jsonb_typeof(reasons) = 'array'::text))
);

COMMENT ON TABLE public.refused_lines IS 'Lines that were refused, with their reasons, until somebody has seen to them. 不予办理的行及其理由。';

COMMENT ON COLUMN public.refused_lines.line_id IS 'Number of the line. 行编号。';

COMMENT ON COLUMN public.refused_lines.origin IS 'import or deliver: which command read it. 由哪一命令读入。';

COMMENT ON COLUMN public.refused_lines.file IS 'Name of the file. 文件名。';

COMMENT ON COLUMN public.refused_lines.line IS 'Its place in the file. 文件中的行号。';

COMMENT ON COLUMN public.refused_lines.source IS 'Who sent it, or whose row it is. 来源。';

COMMENT ON COLUMN public.refused_lines.event_id IS 'The sender''s id of the event. 发送方的事件编号。';

COMMENT ON COLUMN public.refused_lines.body IS 'The line as it came, at most 10,000 characters. 原文，最多一万字。';

COMMENT ON COLUMN public.refused_lines.reasons IS 'Why it was refused: code, place and facts. 不予办理的理由。';

COMMENT ON COLUMN public.refused_lines.received_at IS 'When it came. 收到时刻。';

CREATE TABLE public.replays (
    replay_number bigint NOT NULL,
    run_id uuid NOT NULL,
    history_hash bytea NOT NULL,
    last_event integer NOT NULL,
    code_version text NOT NULL,
    passed boolean NOT NULL,
    why text,
    replayed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT replays_history_hash_check CHECK ((octet_length(history_hash) = 32))
);

COMMENT ON TABLE public.replays IS 'Stored histories that the nightly audit replayed, by code version. 夜间重放的历史及所用程序版本。';

COMMENT ON COLUMN public.replays.replay_number IS 'Order of the replays. 重放次序。';

COMMENT ON COLUMN public.replays.run_id IS 'The run. 运行编号。';

COMMENT ON COLUMN public.replays.history_hash IS 'SHA-256 of the history that was replayed. 所重放历史的 SHA-256。';

COMMENT ON COLUMN public.replays.last_event IS 'How far the history went. 历史的末个事件序号。';

COMMENT ON COLUMN public.replays.code_version IS 'Commit of the code it was replayed with. 重放所用程序的提交号。';

COMMENT ON COLUMN public.replays.passed IS 'Whether it replayed and its payloads agreed. 是否通过。';

COMMENT ON COLUMN public.replays.why IS 'Why it did not pass. 未通过的原因。';

COMMENT ON COLUMN public.replays.replayed_at IS 'When. 重放时刻。';

ALTER TABLE public.replays ALTER COLUMN replay_number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.replays_replay_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.requests (
    key_hash bytea NOT NULL,
    body_hash bytea NOT NULL,
    asked_by uuid NOT NULL,
    operation text NOT NULL,
    answer jsonb NOT NULL,
    answered_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT requests_answer_check CHECK ((jsonb_typeof(answer) = 'object'::text)),
    CONSTRAINT requests_body_hash_check CHECK ((octet_length(body_hash) = 32)),
    CONSTRAINT requests_key_hash_check CHECK ((octet_length(key_hash) = 32))
);

COMMENT ON TABLE public.requests IS 'Requests of programs that were answered; one that is sent again gets the same answer. 已答复的程序请求；重复提交得到同一答复。';

COMMENT ON COLUMN public.requests.key_hash IS 'Keyed hash of who asked and of the Idempotency-Key. 请求人与 Idempotency-Key 的带密钥散列。';

COMMENT ON COLUMN public.requests.body_hash IS 'Keyed hash of what was asked for. 请求内容的带密钥散列。';

COMMENT ON COLUMN public.requests.asked_by IS 'Who asked, or made the key that asked. 请求人，或所用密钥的建立人。';

COMMENT ON COLUMN public.requests.operation IS 'Operation of the interface. 接口操作。';

COMMENT ON COLUMN public.requests.answer IS 'What was answered, without secrets, which nobody keeps. 答复内容，不含任何保密值。';

COMMENT ON COLUMN public.requests.answered_at IS 'When. 答复时刻。';

CREATE TABLE public.saved_views (
    view_id uuid NOT NULL,
    account_id uuid NOT NULL,
    organisation_id uuid,
    role text NOT NULL,
    list text NOT NULL,
    name text NOT NULL,
    narrowed jsonb NOT NULL,
    is_shared boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT saved_views_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 40))),
    CONSTRAINT saved_views_narrowed_check CHECK ((jsonb_typeof(narrowed) = 'object'::text)),
    CONSTRAINT shared_views_have_an_organisation CHECK (((NOT is_shared) OR (organisation_id IS NOT NULL)))
);

COMMENT ON TABLE public.saved_views IS 'What narrows a list, kept by a person under a name. 个人命名保存的列表筛选。';

COMMENT ON COLUMN public.saved_views.view_id IS 'Id of the view. 视图编号。';

COMMENT ON COLUMN public.saved_views.account_id IS 'Whose it is. 所属账户。';

COMMENT ON COLUMN public.saved_views.organisation_id IS 'For which organisation the person acted; none: for himself. 保存时所代表的单位；空为本人。';

COMMENT ON COLUMN public.saved_views.role IS 'In which role; lists differ by it. 保存时的身份；列表因身份而异。';

COMMENT ON COLUMN public.saved_views.list IS 'Address of the list. 列表地址。';

COMMENT ON COLUMN public.saved_views.name IS 'What its owner calls it. 名称。';

COMMENT ON COLUMN public.saved_views.narrowed IS 'What narrows the list, as it stands in its address. 地址中的筛选条件。';

COMMENT ON COLUMN public.saved_views.is_shared IS 'Whether the others of the organisation in that role see it. 是否供本单位同身份人员使用。';

COMMENT ON COLUMN public.saved_views.created_at IS 'When it was saved. 保存时刻。';

COMMENT ON COLUMN public.saved_views.updated_at IS 'When it was last renamed or shared. 最近改名或者共用的时刻。';

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.schema_migrations IS 'Migrations that were applied. 已应用的迁移。';

COMMENT ON COLUMN public.schema_migrations.name IS 'Name of the file. 文件名。';

COMMENT ON COLUMN public.schema_migrations.checksum IS 'SHA-256 of the file. 文件摘要。';

COMMENT ON COLUMN public.schema_migrations.applied_at IS 'When. 时刻。';

CREATE TABLE public.sequence_numbers (
    sequence_number bigint NOT NULL,
    filing_id uuid NOT NULL,
    version integer NOT NULL,
    CONSTRAINT sequence_numbers_sequence_number_check CHECK ((sequence_number > 0))
);

COMMENT ON TABLE public.sequence_numbers IS 'The one order over all events. 全部事件的统一次序。';

COMMENT ON COLUMN public.sequence_numbers.sequence_number IS 'Place in that order, without gaps. 序号，无缺号。';

COMMENT ON COLUMN public.sequence_numbers.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.sequence_numbers.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

CREATE TABLE public.sessions (
    token_hash bytea NOT NULL,
    account_id uuid NOT NULL,
    membership_id uuid,
    device_hash bytea,
    browser text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    seen_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_as text,
    CONSTRAINT sessions_check CHECK (((ended_at IS NULL) = (ended_as IS NULL))),
    CONSTRAINT sessions_ended_as_check CHECK ((ended_as = ANY (ARRAY['signed_out'::text, 'everywhere'::text, 'replaced'::text, 'idle'::text, 'erased'::text]))),
    CONSTRAINT sessions_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

COMMENT ON TABLE public.sessions IS 'Who is signed in; of a token only its hash is kept. 登录会话；令牌只存散列。';

COMMENT ON COLUMN public.sessions.token_hash IS 'SHA-256 of the token in the cookie. Cookie 中令牌的 SHA-256。';

COMMENT ON COLUMN public.sessions.account_id IS 'Whose session. 所属账户。';

COMMENT ON COLUMN public.sessions.membership_id IS 'In which role; another role is another session. 所用授权；换角色即换会话。';

COMMENT ON COLUMN public.sessions.device_hash IS 'Keyed hash of the device. 设备的带密钥散列。';

COMMENT ON COLUMN public.sessions.browser IS 'Family of the browser; no address is kept. 浏览器类别；不存地址。';

COMMENT ON COLUMN public.sessions.created_at IS 'When it began. 开始时刻。';

COMMENT ON COLUMN public.sessions.seen_at IS 'When it was last used. 最近使用时刻。';

COMMENT ON COLUMN public.sessions.ends_at IS 'When it ends however much it is used. 无论是否使用均终止的时刻。';

COMMENT ON COLUMN public.sessions.ended_at IS 'When it ended. 终止时刻。';

COMMENT ON COLUMN public.sessions.ended_as IS 'How it ended. 终止方式。';

CREATE TABLE public.settlements (
    settlement_id uuid NOT NULL,
    authority uuid NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL
);

COMMENT ON TABLE public.settlements IS 'One scheme, one year, one authority. 一机关一方案一年度。';

COMMENT ON COLUMN public.settlements.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.settlements.authority IS 'The authority that settles the scheme. 结算机关。';

COMMENT ON COLUMN public.settlements.scheme IS 'The scheme, by its id. 补助方案编号。';

COMMENT ON COLUMN public.settlements.year IS 'Calendar year. 年度。';

CREATE TABLE public.sign_in_failures (
    bucket bytea NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    free_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_failures_failures_check CHECK ((failures >= 0))
);

COMMENT ON TABLE public.sign_in_failures IS 'How often a sign-in failed, and how long the next one waits. 登录失败次数与下次须等待的时间。';

COMMENT ON COLUMN public.sign_in_failures.bucket IS 'Keyed hash of name and origin, name and device, or name. 登录名与来源、登录名与设备或登录名的带密钥散列。';

COMMENT ON COLUMN public.sign_in_failures.failures IS 'Failures in a row; a day of quiet forgets them. 连续失败次数；静默一日后清零。';

COMMENT ON COLUMN public.sign_in_failures.last_at IS 'The last one. 最近一次时刻。';

COMMENT ON COLUMN public.sign_in_failures.free_at IS 'From when the next one is looked at. 何时起受理下一次。';

CREATE TABLE public.stated_terms (
    filing_id uuid NOT NULL,
    declaration_id uuid NOT NULL,
    counted_as text,
    price_form text,
    region text NOT NULL,
    amount bigint,
    unit_price bigint,
    rate bigint,
    years bigint,
    licences bigint,
    received bigint,
    CONSTRAINT stated_terms_amount_check CHECK ((amount >= 0)),
    CONSTRAINT stated_terms_counted_as_check CHECK ((counted_as = ANY (ARRAY['offered'::text, 'ended'::text, 'licensed'::text]))),
    CONSTRAINT stated_terms_rate_check CHECK ((rate >= 0)),
    CONSTRAINT stated_terms_unit_price_check CHECK ((unit_price >= 0)),
    CONSTRAINT stated_terms_years_check CHECK ((years >= 0))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.stated_terms IS 'The terms by which each offer, or licence that took effect, is counted. 计入统计的声明或已生效许可的条件。';

COMMENT ON COLUMN public.stated_terms.filing_id IS 'Declaration or licence. 声明或许可。';

COMMENT ON COLUMN public.stated_terms.declaration_id IS 'The declaration that it is, or is below. 所属声明。';

COMMENT ON COLUMN public.stated_terms.counted_as IS 'offered, ended, or licensed; null: not counted, so not public. 可被许可、已终止、已生效许可；空为不计入，不公开。';

COMMENT ON COLUMN public.stated_terms.price_form IS 'Form of the royalty as announced. 公告的许可费形式。';

COMMENT ON COLUMN public.stated_terms.region IS 'Province of the first owner; empty where none is known. 第一专利权人所在省份；不详为空。';

COMMENT ON COLUMN public.stated_terms.amount IS 'Fixed part of the announced price in fen: lump sum, sum of instalments, entry fee. 公告价格的固定部分（分）：一次总付、分期合计、入门费。';

COMMENT ON COLUMN public.stated_terms.unit_price IS 'Announced royalty per unit of the first year in fen. 公告的首年单件提成（分）。';

COMMENT ON COLUMN public.stated_terms.rate IS 'Announced rate of the first year in millionths of a percent. 公告的首年提成率（百万分之一个百分点）。';

COMMENT ON COLUMN public.stated_terms.years IS 'Started years of the term; nought: until the patent ends. 许可期限（不足一年计一年）；零为至专利权终止。';

COMMENT ON COLUMN public.stated_terms.licences IS 'How many licences of the declaration took effect. 该声明已生效的许可件数。';

COMMENT ON COLUMN public.stated_terms.received IS 'Royalty that has arrived of the licence in fen; never shown by itself. 该许可已到账的许可费（分），不单独公布。';

CREATE TABLE public.subsidy_lines (
    settlement_id uuid NOT NULL,
    line_key text NOT NULL,
    credit_code text NOT NULL,
    payer text NOT NULL,
    settled_fen bigint NOT NULL,
    carried_fen bigint NOT NULL,
    paid_fen bigint NOT NULL
);

COMMENT ON TABLE public.subsidy_lines IS 'Lines of a settlement''s list, by beneficiary and payer. 名单各行。';

COMMENT ON COLUMN public.subsidy_lines.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.subsidy_lines.line_key IS 'Key of the line in ledger and list, as rules/ makes it. 账目行的键。';

COMMENT ON COLUMN public.subsidy_lines.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';

COMMENT ON COLUMN public.subsidy_lines.payer IS 'Who bears this part of a subsidy, by its name in the scheme. 出资方，按方案中的名称。';

COMMENT ON COLUMN public.subsidy_lines.settled_fen IS 'What the list gives, in fen. 名单金额，以分计。';

COMMENT ON COLUMN public.subsidy_lines.carried_fen IS 'What was carried over from other runs, in fen. 结转，以分计。';

COMMENT ON COLUMN public.subsidy_lines.paid_fen IS 'What was paid of the line, in fen. 已付，以分计。';

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

COMMENT ON TABLE public.subsidy_payments IS 'Lines of treasury or bank that paid subsidies, or brought them back. 补助的拨付与退回流水。';

COMMENT ON COLUMN public.subsidy_payments.authority IS 'The authority that settles the scheme. 结算机关。';

COMMENT ON COLUMN public.subsidy_payments.payer IS 'Who bears this part of a subsidy, by its name in the scheme. 出资方，按方案中的名称。';

COMMENT ON COLUMN public.subsidy_payments.bank_serial IS 'Serial of the treasury''s or bank''s line. 流水号。';

COMMENT ON COLUMN public.subsidy_payments.settlement_id IS 'The settlement of one scheme and year. 年度结算。';

COMMENT ON COLUMN public.subsidy_payments.line_key IS 'Key of the line in ledger and list, as rules/ makes it. 账目行的键。';

COMMENT ON COLUMN public.subsidy_payments.act_id IS 'The act that wrote the row; in the audit log, the act asked for. 写入本行的行为；审计日志中为所请求的行为。';

COMMENT ON COLUMN public.subsidy_payments.fen IS 'Amount in fen, a hundredth of a yuan. 金额，以分计。';

COMMENT ON COLUMN public.subsidy_payments.came_back IS 'Whether the money came back. 是否退回。';

CREATE TABLE public.task_assignments (
    organisation_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    key text NOT NULL,
    assigned_to uuid,
    assigned_by uuid NOT NULL,
    assigned_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.task_assignments IS 'Who of an organisation does which task now. 单位内部任务现由谁办理。';

COMMENT ON COLUMN public.task_assignments.organisation_id IS 'Whose people divide it. 分工的单位。';

COMMENT ON COLUMN public.task_assignments.filing_id IS 'Filing of the task. 任务所属事项。';

COMMENT ON COLUMN public.task_assignments.key IS 'Key of the task within its filing. 任务的键。';

COMMENT ON COLUMN public.task_assignments.assigned_to IS 'Who does it; none: given back. 办理人；空为已退回。';

COMMENT ON COLUMN public.task_assignments.assigned_by IS 'Who said so last. 最近分派人。';

COMMENT ON COLUMN public.task_assignments.assigned_at IS 'When. 最近分派时刻。';

CREATE TABLE public.task_handovers (
    id bigint NOT NULL,
    organisation_id uuid NOT NULL,
    filing_id uuid NOT NULL,
    key text NOT NULL,
    given_from uuid,
    given_to uuid,
    given_by uuid NOT NULL,
    given_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.task_handovers IS 'Every change of who does a task. 任务办理人的每次变更。';

COMMENT ON COLUMN public.task_handovers.id IS 'Number of the line. 行号。';

COMMENT ON COLUMN public.task_handovers.organisation_id IS 'Whose people. 所属单位。';

COMMENT ON COLUMN public.task_handovers.filing_id IS 'Filing of the task. 任务所属事项。';

COMMENT ON COLUMN public.task_handovers.key IS 'Key of the task within its filing. 任务的键。';

COMMENT ON COLUMN public.task_handovers.given_from IS 'Who did it before; none: nobody. 原办理人；空为无人。';

COMMENT ON COLUMN public.task_handovers.given_to IS 'Who does it from now on; none: nobody. 新办理人；空为无人。';

COMMENT ON COLUMN public.task_handovers.given_by IS 'Who changed it. 变更人。';

COMMENT ON COLUMN public.task_handovers.given_at IS 'When. 变更时刻。';

ALTER TABLE public.task_handovers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.task_handovers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
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

COMMENT ON TABLE public.tasks IS 'What somebody has to do, with its deadline and article. 待办任务。';

COMMENT ON COLUMN public.tasks.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.tasks.key IS 'Key of the task within its filing. 任务的键。';

COMMENT ON COLUMN public.tasks.what IS 'What is to be done. 事项。';

COMMENT ON COLUMN public.tasks.role IS 'Who has to do it. 责任角色。';

COMMENT ON COLUMN public.tasks.basis IS 'legal: by law; service: promised by the platform. 法定或服务期限。';

COMMENT ON COLUMN public.tasks.article IS 'Article that asks for it. 条款。';

COMMENT ON COLUMN public.tasks.by_on IS 'Last day; null without a deadline. 最后一日；无期限为空。';

COMMENT ON COLUMN public.tasks.provisional IS 'Whether the day may still move. 是否暂定。';

COMMENT ON COLUMN public.tasks.opened_on IS 'Legal day on which it began. 产生日。';

COMMENT ON COLUMN public.tasks.closed_on IS 'Legal day on which it ended; null while open. 了结日；未了结为空。';

COMMENT ON COLUMN public.tasks.closed_how IS 'How it ended. 如何了结。';

CREATE TABLE public.unmatched_deliveries (
    delivery_id uuid NOT NULL,
    source text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    event jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT unmatched_deliveries_event_check CHECK ((jsonb_typeof(event) = 'object'::text))
);

COMMENT ON TABLE public.unmatched_deliveries IS 'Delivered events that named nothing we know, as they came. 未匹配的投递，保持原样。';

COMMENT ON COLUMN public.unmatched_deliveries.delivery_id IS 'Number of the delivery. 投递编号。';

COMMENT ON COLUMN public.unmatched_deliveries.source IS 'Who sent it. 来源。';

COMMENT ON COLUMN public.unmatched_deliveries.event_id IS 'The sender''s id of the event. 发送方的事件编号。';

COMMENT ON COLUMN public.unmatched_deliveries.type IS 'Type of the event. 事件类型。';

COMMENT ON COLUMN public.unmatched_deliveries.event IS 'The event as it came. 事件原文。';

COMMENT ON COLUMN public.unmatched_deliveries.received_at IS 'When it came. 收到时刻。';

CREATE TABLE public.unsealed (
    id bigint NOT NULL,
    source text NOT NULL,
    key text NOT NULL,
    left_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.unsealed IS 'Rows that are not in the log yet. 尚未入日志的记录。';

COMMENT ON COLUMN public.unsealed.id IS 'Number of the line. 编号。';

COMMENT ON COLUMN public.unsealed.source IS 'What kind of row is proved, such as event or document. 所证明记录的种类。';

COMMENT ON COLUMN public.unsealed.key IS 'The key of the row, as JSON. 记录的键，JSON。';

COMMENT ON COLUMN public.unsealed.left_at IS 'When the row was written. 写入时刻。';

ALTER TABLE public.unsealed ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unsealed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.unsequenced (
    recorded_at timestamp with time zone NOT NULL,
    filing_id uuid NOT NULL,
    version integer NOT NULL,
    transaction_id xid8 DEFAULT pg_current_xact_id() NOT NULL
);

COMMENT ON TABLE public.unsequenced IS 'Events that have no sequence number yet. 尚未编号的事件。';

COMMENT ON COLUMN public.unsequenced.recorded_at IS 'When it was written down. 记录时刻。';

COMMENT ON COLUMN public.unsequenced.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';

COMMENT ON COLUMN public.unsequenced.version IS 'Place of the event within its filing, from 1. 事件在本事项内的序号，自 1 起。';

COMMENT ON COLUMN public.unsequenced.transaction_id IS 'Transaction that left the row. 写入它的事务。';

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_pkey PRIMARY KEY (absence_id);

ALTER TABLE ONLY public.account_identities
    ADD CONSTRAINT account_identities_pkey PRIMARY KEY (issuer, subject_hash);

ALTER TABLE ONLY public.account_passkeys
    ADD CONSTRAINT account_passkeys_pkey PRIMARY KEY (credential_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_account_id_party_id_key UNIQUE (account_id, party_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_invitation_hash_key UNIQUE (invitation_hash);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.act_counts
    ADD CONSTRAINT act_counts_pkey PRIMARY KEY (recorded_on, kind, part);

ALTER TABLE ONLY public.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (act_id);

ALTER TABLE ONLY public.adjustments
    ADD CONSTRAINT adjustments_pkey PRIMARY KEY (settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (key_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_results
    ADD CONSTRAINT audit_results_night_step_key UNIQUE (night, step);

ALTER TABLE ONLY public.audit_results
    ADD CONSTRAINT audit_results_pkey PRIMARY KEY (result_number);

ALTER TABLE ONLY public.band_counts
    ADD CONSTRAINT band_counts_pkey PRIMARY KEY (counted_as, measure, region, price_form, band, part);

ALTER TABLE ONLY public.bank_line_parts
    ADD CONSTRAINT bank_line_parts_pkey PRIMARY KEY (bank_key, filing_id);

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_pkey PRIMARY KEY (bank_key);

ALTER TABLE ONLY public.bank_lines
    ADD CONSTRAINT bank_lines_whole UNIQUE (bank_key, fen);

ALTER TABLE ONLY public.beneficiary_profiles
    ADD CONSTRAINT beneficiary_profiles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_bulk_id_filing_id_key UNIQUE (bulk_id, filing_id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_pkey PRIMARY KEY (bulk_id, number);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_pkey PRIMARY KEY (bulk_id);

ALTER TABLE ONLY public.calendar_tables
    ADD CONSTRAINT calendar_tables_number_key UNIQUE (number);

ALTER TABLE ONLY public.calendar_tables
    ADD CONSTRAINT calendar_tables_pkey PRIMARY KEY (year);

ALTER TABLE ONLY public.calendar_tables_withdrawn
    ADD CONSTRAINT calendar_tables_withdrawn_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.checkpoints
    ADD CONSTRAINT checkpoints_pkey PRIMARY KEY (size);

ALTER TABLE ONLY public.claimed_receipts
    ADD CONSTRAINT claimed_receipts_pkey PRIMARY KEY (claim_id, receipt_id);

ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (claim_id);

ALTER TABLE ONLY public.code_mails
    ADD CONSTRAINT code_mails_pkey PRIMARY KEY (link_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_pkey PRIMARY KEY (link_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.cosignatures
    ADD CONSTRAINT cosignatures_pkey PRIMARY KEY (size, witness);

ALTER TABLE ONLY public.counters
    ADD CONSTRAINT counters_pkey PRIMARY KEY (scope);

ALTER TABLE ONLY public.credit_codes
    ADD CONSTRAINT credit_codes_pkey PRIMARY KEY (credit_code);

ALTER TABLE ONLY public.deadline_calendars
    ADD CONSTRAINT deadline_calendars_pkey PRIMARY KEY (calendar_id);

ALTER TABLE ONLY public.deadline_calendars
    ADD CONSTRAINT deadline_calendars_secret_hash_key UNIQUE (secret_hash);

ALTER TABLE ONLY public.delivered_events
    ADD CONSTRAINT delivered_events_pkey PRIMARY KEY (source, event_id);

ALTER TABLE ONLY public.deliveries_seen_to
    ADD CONSTRAINT deliveries_seen_to_pkey PRIMARY KEY (kept_id, seen_by);

ALTER TABLE ONLY public.dictionaries
    ADD CONSTRAINT dictionaries_pkey PRIMARY KEY (dictionary_hash);

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (content_hash);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (draft_id);

ALTER TABLE ONLY public.ended_deliveries
    ADD CONSTRAINT ended_deliveries_pkey PRIMARY KEY (kept_id);

ALTER TABLE ONLY public.entitlement_items
    ADD CONSTRAINT entitlement_items_pkey PRIMARY KEY (scheme, beneficiary, year, item_id);

ALTER TABLE ONLY public.entitlement_lines
    ADD CONSTRAINT entitlement_lines_pkey PRIMARY KEY (line_id);

ALTER TABLE ONLY public.entitlement_years
    ADD CONSTRAINT entitlement_years_pkey PRIMARY KEY (scheme, beneficiary, year);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_act_id_key UNIQUE (act_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (filing_id, version);

ALTER TABLE ONLY public.filing_ages
    ADD CONSTRAINT filing_ages_pkey PRIMARY KEY (kind, stage, since_on, part);

ALTER TABLE ONLY public.filing_counts
    ADD CONSTRAINT filing_counts_pkey PRIMARY KEY (kind, stage, region, platform, part);

ALTER TABLE ONLY public.filing_parties
    ADD CONSTRAINT filing_parties_pkey PRIMARY KEY (party_id, relation, begun_at, filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.filings
    ADD CONSTRAINT filings_workflow_id_key UNIQUE (workflow_id);

ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (filing_id, key);

ALTER TABLE ONLY public.granted_before
    ADD CONSTRAINT granted_before_pkey PRIMARY KEY (act_id, brought_as);

ALTER TABLE ONLY public.histories
    ADD CONSTRAINT histories_pkey PRIMARY KEY (content_hash);

ALTER TABLE ONLY public.history_copies
    ADD CONSTRAINT history_copies_pkey PRIMARY KEY (copy_number);

ALTER TABLE ONLY public.history_copies
    ADD CONSTRAINT history_copies_run_id_history_hash_key UNIQUE (run_id, history_hash);

ALTER TABLE ONLY public.hold_releases
    ADD CONSTRAINT hold_releases_pkey PRIMARY KEY (hold_id, released_by);

ALTER TABLE ONLY public.holds
    ADD CONSTRAINT holds_pkey PRIMARY KEY (hold_id);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (what, value, filing_id);

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (import_id);

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_pkey PRIMARY KEY (account_id, device_hash);

ALTER TABLE ONLY public.licences
    ADD CONSTRAINT licences_pkey PRIMARY KEY (licence_id);

ALTER TABLE ONLY public.listing_counts
    ADD CONSTRAINT listing_counts_pkey PRIMARY KEY (status, region, price_form, patent_kind, section, part);

ALTER TABLE ONLY public.listings
    ADD CONSTRAINT listings_pkey PRIMARY KEY (declaration_id);

ALTER TABLE ONLY public.log_entries
    ADD CONSTRAINT log_entries_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY public.log_entries
    ADD CONSTRAINT log_entries_sequence_number_key UNIQUE (sequence_number);

ALTER TABLE ONLY public.log_set_backs
    ADD CONSTRAINT log_set_backs_pkey PRIMARY KEY (first_position);

ALTER TABLE ONLY public.matched_deliveries
    ADD CONSTRAINT matched_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.membership_ends
    ADD CONSTRAINT membership_ends_pkey PRIMARY KEY (membership_id);

ALTER TABLE ONLY public.membership_grants
    ADD CONSTRAINT membership_grants_pkey PRIMARY KEY (membership_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (membership_id);

ALTER TABLE ONLY public.notice_receipts
    ADD CONSTRAINT notice_receipts_pkey PRIMARY KEY (licence_id);

ALTER TABLE ONLY public.notice_receipts
    ADD CONSTRAINT notice_receipts_receipt_number_key UNIQUE (receipt_number);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (declaration_id);

ALTER TABLE ONLY public.licences
    ADD CONSTRAINT one_licence_per_notice UNIQUE (declaration_id, licensee, n);

ALTER TABLE ONLY public.entitlement_lines
    ADD CONSTRAINT one_line_of_a_licence UNIQUE (act_id, scheme, beneficiary, year, licence_id);

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

ALTER TABLE ONLY public.patent_versions
    ADD CONSTRAINT patent_versions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.patents
    ADD CONSTRAINT patents_pkey PRIMARY KEY (patent_number);

ALTER TABLE ONLY public.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (posting_id);

ALTER TABLE ONLY public.price_counts
    ADD CONSTRAINT price_counts_pkey PRIMARY KEY (counted_as, measure, region, price_form, band, price, part);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (receipt_id);

ALTER TABLE ONLY public.refused_lines
    ADD CONSTRAINT refused_lines_pkey PRIMARY KEY (line_id);

ALTER TABLE ONLY public.replays
    ADD CONSTRAINT replays_pkey PRIMARY KEY (replay_number);

ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_pkey PRIMARY KEY (key_hash);

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_pkey PRIMARY KEY (view_id);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sequence_numbers
    ADD CONSTRAINT sequence_numbers_filing_id_version_key UNIQUE (filing_id, version);

ALTER TABLE ONLY public.sequence_numbers
    ADD CONSTRAINT sequence_numbers_pkey PRIMARY KEY (sequence_number);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.settlements
    ADD CONSTRAINT settlements_pkey PRIMARY KEY (settlement_id);

ALTER TABLE ONLY public.sign_in_failures
    ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (bucket);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT sign_in_name_is_free UNIQUE (name_hash);

ALTER TABLE ONLY public.stated_terms
    ADD CONSTRAINT stated_terms_pkey PRIMARY KEY (filing_id);

ALTER TABLE ONLY public.subsidy_lines
    ADD CONSTRAINT subsidy_lines_pkey PRIMARY KEY (settlement_id, line_key);

ALTER TABLE ONLY public.adjustments_taken
    ADD CONSTRAINT taken_once PRIMARY KEY (settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.task_assignments
    ADD CONSTRAINT task_assignments_pkey PRIMARY KEY (organisation_id, filing_id, key);

ALTER TABLE ONLY public.task_handovers
    ADD CONSTRAINT task_handovers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (filing_id, key);

ALTER TABLE ONLY public.unmatched_deliveries
    ADD CONSTRAINT unmatched_deliveries_pkey PRIMARY KEY (delivery_id);

ALTER TABLE ONLY public.unsealed
    ADD CONSTRAINT unsealed_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.unsequenced
    ADD CONSTRAINT unsequenced_pkey PRIMARY KEY (recorded_at, filing_id, version);

CREATE INDEX absences_in_force ON public.absences USING btree (organisation_id, until_on, absence_id) WHERE (ended_at IS NULL);

CREATE INDEX account_passkeys_account ON public.account_passkeys USING btree (account_id, added_at);

CREATE INDEX accounts_party ON public.accounts USING btree (party_id);

CREATE INDEX adjustments_scheme ON public.adjustments USING btree (authority, scheme);

CREATE INDEX adjustments_taken_by ON public.adjustments_taken USING btree (taken_by);

CREATE INDEX api_keys_of_organisation ON public.api_keys USING btree (organisation_id, created_at, key_id);

CREATE INDEX audit_log_act ON public.audit_log USING btree (act_kind, at, id);

CREATE INDEX audit_log_act_outcome ON public.audit_log USING btree (act_kind, outcome, at, id);

CREATE INDEX audit_log_at ON public.audit_log USING btree (at, id);

CREATE INDEX audit_log_filing ON public.audit_log USING btree (filing_id, at, id) WHERE (filing_id IS NOT NULL);

CREATE INDEX audit_log_outcome ON public.audit_log USING btree (outcome, at, id);

CREATE INDEX audit_log_who ON public.audit_log USING btree (who, at, id);

CREATE INDEX audit_log_who_act ON public.audit_log USING btree (who, act_kind, at, id);

CREATE INDEX audit_log_who_outcome ON public.audit_log USING btree (who, outcome, at, id);

CREATE INDEX audit_results_step ON public.audit_results USING btree (step, result_number);

CREATE INDEX bank_line_parts_filing ON public.bank_line_parts USING btree (filing_id);

CREATE INDEX bank_lines_filing ON public.bank_lines USING btree (filing_id);

CREATE INDEX bank_lines_serial ON public.bank_lines USING btree (split_part(bank_key, ' '::text, '-1'::integer));

CREATE INDEX beneficiary_profiles_of ON public.beneficiary_profiles USING btree (party_id, from_on, id);

CREATE INDEX bulks_of_organisation ON public.bulks USING btree (organisation_id, role, created_at DESC, bulk_id DESC);

CREATE INDEX bulks_under_way ON public.bulks USING btree (created_at, bulk_id) WHERE (stage = ANY (ARRAY['trying'::text, 'doing'::text, 'signing'::text]));

CREATE INDEX claimed_receipts_receipt ON public.claimed_receipts USING btree (receipt_id);

CREATE INDEX claimed_receipts_settlement ON public.claimed_receipts USING btree (settlement_id);

CREATE INDEX claims_credit_code ON public.claims USING btree (credit_code);

CREATE INDEX claims_settlement ON public.claims USING btree (settlement_id, credit_code);

CREATE INDEX code_mails_due ON public.code_mails USING btree (next_try_at) WHERE (sealed_to IS NOT NULL);

CREATE INDEX consent_links_asked ON public.consent_links USING btree (code_asked_at, link_id) WHERE ((code_asked_at IS NOT NULL) AND (proved_at IS NULL) AND (ended_at IS NULL));

CREATE INDEX consent_links_document ON public.consent_links USING btree (document_hash) WHERE (document_hash IS NOT NULL);

CREATE INDEX consent_links_draft ON public.consent_links USING btree (draft_id, made_at);

CREATE INDEX deadline_calendars_in_use ON public.deadline_calendars USING btree (account_id, created_at, calendar_id) WHERE (ended_at IS NULL);

CREATE INDEX drafts_of_account ON public.drafts USING btree (account_id, updated_at DESC) WHERE (ended_at IS NULL);

CREATE INDEX drafts_of_organisation ON public.drafts USING btree (organisation_id, updated_at DESC) WHERE (ended_at IS NULL);

CREATE INDEX entitlement_items_licence ON public.entitlement_items USING btree (licence_id);

CREATE INDEX entitlement_lines_year ON public.entitlement_lines USING btree (scheme, beneficiary, year, line_id);

CREATE INDEX events_determined ON public.events USING btree (filing_id, version) WHERE ((body #> '{made,determinations}'::text[]) <> '[]'::jsonb);

CREATE INDEX events_moved ON public.events USING btree (filing_id, version) WHERE ((body #> '{made,moved}'::text[]) IS NOT NULL);

CREATE INDEX events_naming_payouts ON public.events USING gin (public.named_in_payout(body)) WHERE (kind = ANY (ARRAY['payout:facts_stated'::text, 'payout:objection_decided'::text, 'payout:surroundings_changed'::text, 'payout:fact_corrected'::text, 'payout:countersigned'::text, 'payout:taken_over'::text, 'payout:paid'::text]));

CREATE INDEX filing_parties_filing ON public.filing_parties USING btree (filing_id);

CREATE INDEX filings_declaration ON public.filings USING btree (declaration_id, begun_at, filing_id);

CREATE INDEX filings_due_by ON public.filings USING btree (legal_clock, due_by, filing_id) WHERE (due_by IS NOT NULL);

CREATE INDEX filings_kind ON public.filings USING btree (kind, filing_id);

CREATE INDEX filings_kind_newest ON public.filings USING btree (kind, begun_at, filing_id) INCLUDE (stage, region, platform, due_by);

CREATE INDEX filings_kind_stage ON public.filings USING btree (kind, stage, filing_id);

CREATE INDEX filings_kind_stage_newest ON public.filings USING btree (kind, stage, begun_at, filing_id) INCLUDE (region, platform, due_by);

CREATE INDEX filings_newest ON public.filings USING btree (begun_at, filing_id) INCLUDE (kind, stage, region, platform, due_by);

CREATE INDEX filings_parent_id ON public.filings USING btree (parent_id, filing_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX filings_platform_newest ON public.filings USING btree (platform, begun_at, filing_id) INCLUDE (kind, stage, region, due_by) WHERE (platform IS NOT NULL);

CREATE INDEX filings_region_newest ON public.filings USING btree (region, begun_at, filing_id) INCLUDE (kind, stage, platform, due_by);

CREATE INDEX filings_stage ON public.filings USING btree (stage, filing_id);

CREATE INDEX findings_open ON public.findings USING btree (opened_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX findings_open_of_code ON public.findings USING btree (code, opened_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX granted_before_filing ON public.granted_before USING btree (filing_id) WHERE (receipt_number IS NOT NULL);

CREATE INDEX history_copies_filing_id ON public.history_copies USING btree (filing_id, copy_number);

CREATE INDEX history_copies_follows ON public.history_copies USING btree (run_id, follows);

CREATE INDEX history_copies_workflow_id ON public.history_copies USING btree (workflow_id, copy_number);

CREATE INDEX holds_filing ON public.holds USING btree (filing_id);

CREATE INDEX identities_filing ON public.identities USING btree (filing_id);

CREATE INDEX import_rows_outcome ON public.import_rows USING btree (import_id, outcome, line);

CREATE INDEX imports_kept_files ON public.imports USING btree (moved_at) WHERE (body IS NOT NULL);

CREATE INDEX imports_newest ON public.imports USING btree (sent_at, import_id);

CREATE INDEX imports_owner_newest ON public.imports USING btree (owner_id, sent_at, import_id);

CREATE INDEX imports_under_way ON public.imports USING btree (state, import_id) WHERE (state = ANY (ARRAY['checking'::text, 'taking'::text]));

CREATE INDEX licences_declaration ON public.licences USING btree (declaration_id, licence_id);

CREATE INDEX licences_licensee ON public.licences USING btree (licensee);

CREATE INDEX listings_classification ON public.listings USING btree (status, classification);

CREATE INDEX listings_grams ON public.listings USING gin (grams) WITH (fastupdate=off);

CREATE INDEX listings_newest ON public.listings USING btree (status, announced_on, declaration_id);

CREATE INDEX listings_patent_number ON public.listings USING btree (patent_number);

CREATE INDEX listings_price_form ON public.listings USING btree (status, price_form, announced_on, declaration_id);

CREATE INDEX listings_region ON public.listings USING btree (status, region, announced_on, declaration_id);

CREATE INDEX listings_subclass ON public.listings USING btree (status, subclass, announced_on, declaration_id);

CREATE INDEX log_entries_key ON public.log_entries USING btree (source, key, "position");

CREATE INDEX memberships_account ON public.memberships USING btree (account_id);

CREATE INDEX memberships_organisation ON public.memberships USING btree (organisation_id);

CREATE INDEX offers_licensor ON public.offers USING btree (licensor);

CREATE INDEX offers_patent_number ON public.offers USING btree (patent_number);

CREATE UNIQUE INDEX one_claim_per_claimant_and_year ON public.claims USING btree (scheme, year, credit_code) WHERE live;

CREATE UNIQUE INDEX one_claim_per_receipt ON public.claimed_receipts USING btree (receipt_id, scheme, side, owner) WHERE live;

CREATE INDEX outbox_next ON public.outbox USING btree (id) WHERE ((sent_at IS NULL) AND (NOT quarantined));

CREATE INDEX outbox_quarantined ON public.outbox USING btree (id) WHERE (quarantined AND (sent_at IS NULL));

CREATE INDEX outbox_unsent ON public.outbox USING btree (filing_id, id) WHERE (sent_at IS NULL);

CREATE INDEX parties_by_name ON public.parties USING btree (kind, public_name, party_id);

CREATE INDEX parties_name ON public.parties USING gin (public.searched(public_name) public.gin_trgm_ops);

CREATE INDEX patent_versions_of ON public.patent_versions USING btree (patent_number, brought_on, id);

CREATE INDEX patents_title ON public.patents USING gin (public.searched(title) public.gin_trgm_ops);

CREATE INDEX postings_filing ON public.postings USING btree (filing_id, line_key);

CREATE INDEX postings_transaction ON public.postings USING btree (transaction_id);

CREATE INDEX receipts_bank_key ON public.receipts USING btree (bank_key);

CREATE INDEX receipts_licence ON public.receipts USING btree (licence_id);

CREATE INDEX refused_lines_received_at ON public.refused_lines USING btree (received_at, line_id);

CREATE INDEX refused_lines_source ON public.refused_lines USING btree (source, event_id);

CREATE INDEX replays_run_id ON public.replays USING btree (run_id, replay_number);

CREATE UNIQUE INDEX saved_views_of_account ON public.saved_views USING btree (account_id, organisation_id, role, list, public.searched(name)) NULLS NOT DISTINCT;

CREATE UNIQUE INDEX saved_views_shared ON public.saved_views USING btree (organisation_id, role, list, public.searched(name)) WHERE is_shared;

CREATE INDEX sessions_of_account ON public.sessions USING btree (account_id, created_at);

CREATE INDEX stated_terms_declaration ON public.stated_terms USING btree (declaration_id);

CREATE INDEX subsidy_lines_claimant ON public.subsidy_lines USING btree (settlement_id, credit_code);

CREATE INDEX subsidy_payments_serial ON public.subsidy_payments USING btree (bank_serial);

CREATE INDEX subsidy_payments_settlement ON public.subsidy_payments USING btree (settlement_id);

CREATE INDEX task_assignments_of_person ON public.task_assignments USING btree (organisation_id, assigned_to);

CREATE INDEX tasks_open ON public.tasks USING btree (by_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX tasks_open_in_order ON public.tasks USING btree (role, COALESCE(by_on, 'infinity'::date), filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX tasks_open_of_role ON public.tasks USING btree (role, by_on, filing_id, key) WHERE (closed_on IS NULL);

CREATE INDEX unmatched_deliveries_received_at ON public.unmatched_deliveries USING btree (received_at, delivery_id);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.acts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.adjustments FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.adjustments_taken FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_results FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.beneficiary_profiles FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.calendar_tables_withdrawn FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.checkpoints FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.cosignatures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.deliveries_seen_to FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dictionaries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ended_deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.entitlement_lines FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.granted_before FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.histories FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.history_copies FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.hold_releases FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.holds FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.log_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.log_set_backs FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.matched_deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.membership_ends FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.membership_grants FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.memberships FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.patent_versions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.postings FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.refused_lines FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON public.replays FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.requests FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.sequence_numbers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.task_handovers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.unmatched_deliveries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER by_another BEFORE INSERT ON public.membership_grants FOR EACH ROW EXECUTE FUNCTION public.grant_by_another();

CREATE TRIGGER count_act AFTER INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.count_act();

CREATE TRIGGER count_listing AFTER INSERT OR DELETE OR UPDATE ON public.listings FOR EACH ROW EXECUTE FUNCTION public.count_listing();

CREATE TRIGGER count_moved AFTER UPDATE ON public.filings FOR EACH ROW WHEN (((old.stage <> new.stage) OR (old.region IS DISTINCT FROM new.region) OR (old.platform IS DISTINCT FROM new.platform))) EXECUTE FUNCTION public.count_filing();

CREATE TRIGGER count_new AFTER INSERT ON public.filings FOR EACH ROW EXECUTE FUNCTION public.count_filing();

CREATE TRIGGER count_terms AFTER INSERT OR UPDATE ON public.stated_terms FOR EACH ROW EXECUTE FUNCTION public.count_terms();

CREATE TRIGGER forget_passkeys AFTER UPDATE OF state, name_hash ON public.accounts FOR EACH ROW WHEN (((new.state = 'erased'::text) OR ((old.name_hash IS NOT NULL) AND (new.name_hash IS NULL)))) EXECUTE FUNCTION public.forget_passkeys();

CREATE TRIGGER forget_saved_views AFTER UPDATE OF state ON public.accounts FOR EACH ROW WHEN ((new.state = 'erased'::text)) EXECUTE FUNCTION public.forget_saved_views();

CREATE TRIGGER hand_over AFTER INSERT OR UPDATE ON public.task_assignments FOR EACH ROW EXECUTE FUNCTION public.hand_over_task();

CREATE TRIGGER keep_listing_changed AFTER UPDATE ON public.filings FOR EACH ROW WHEN (((new.kind = 'declaration'::text) AND ((old.stage <> new.stage) OR (old.region IS DISTINCT FROM new.region) OR (old.platform IS DISTINCT FROM new.platform) OR ((old."position" -> 'offer'::text) IS DISTINCT FROM (new."position" -> 'offer'::text)) OR ((old."position" -> 'particulars'::text) IS DISTINCT FROM (new."position" -> 'particulars'::text))))) EXECUTE FUNCTION public.keep_listing();

CREATE TRIGGER keep_listing_new AFTER INSERT ON public.filings FOR EACH ROW WHEN ((new.kind = 'declaration'::text)) EXECUTE FUNCTION public.keep_listing();

CREATE TRIGGER keep_parties_changed AFTER UPDATE ON public.filings FOR EACH ROW WHEN (
        CASE new.kind
            WHEN 'declaration'::text THEN (((old."position" #> '{offer,owners}'::text[]) IS DISTINCT FROM (new."position" #> '{offer,owners}'::text[])) OR ((old."position" -> 'particulars'::text) IS DISTINCT FROM (new."position" -> 'particulars'::text)))
            WHEN 'licence'::text THEN (((old."position" -> 'licensors'::text) IS DISTINCT FROM (new."position" -> 'licensors'::text)) OR ((old."position" -> 'licensees'::text) IS DISTINCT FROM (new."position" -> 'licensees'::text)))
            WHEN 'payout'::text THEN ((old."position" -> 'lines'::text) IS DISTINCT FROM (new."position" -> 'lines'::text))
            ELSE ((old."position" -> 'claims'::text) IS DISTINCT FROM (new."position" -> 'claims'::text))
        END) EXECUTE FUNCTION public.keep_parties();

CREATE TRIGGER keep_parties_new AFTER INSERT ON public.filings FOR EACH ROW EXECUTE FUNCTION public.keep_parties();

CREATE TRIGGER keep_terms_changed AFTER UPDATE ON public.filings FOR EACH ROW WHEN ((((new.kind = ANY (ARRAY['declaration'::text, 'licence'::text])) AND ((old.stage <> new.stage) OR (old.region IS DISTINCT FROM new.region))) OR ((new.kind = 'declaration'::text) AND ((old."position" -> 'offer'::text) IS DISTINCT FROM (new."position" -> 'offer'::text))) OR ((new.kind = 'licence'::text) AND (((old."position" -> 'receipts'::text) IS DISTINCT FROM (new."position" -> 'receipts'::text)) OR ((old."position" -> 'terms_version'::text) IS DISTINCT FROM (new."position" -> 'terms_version'::text)) OR ((old."position" -> 'effective_on'::text) IS DISTINCT FROM (new."position" -> 'effective_on'::text)))))) EXECUTE FUNCTION public.keep_terms();

CREATE TRIGGER keep_terms_new AFTER INSERT ON public.filings FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['declaration'::text, 'licence'::text]))) EXECUTE FUNCTION public.keep_terms();

CREATE TRIGGER move_below AFTER UPDATE ON public.filings FOR EACH ROW WHEN (((old.region IS DISTINCT FROM new.region) OR (old.platform IS DISTINCT FROM new.platform))) EXECUTE FUNCTION public.move_below();

CREATE TRIGGER move_filings AFTER INSERT ON public.beneficiary_profiles FOR EACH ROW EXECUTE FUNCTION public.move_filings();

CREATE TRIGGER place_changed BEFORE UPDATE ON public.filings FOR EACH ROW WHEN (((old.stage <> new.stage) OR ((new.kind = 'declaration'::text) AND (((old."position" #> '{offer,owners}'::text[]) IS DISTINCT FROM (new."position" #> '{offer,owners}'::text[])) OR ((old."position" -> 'particulars'::text) IS DISTINCT FROM (new."position" -> 'particulars'::text)))))) EXECUTE FUNCTION public.place_filing();

CREATE TRIGGER place_new BEFORE INSERT ON public.filings FOR EACH ROW EXECUTE FUNCTION public.place_filing();

CREATE TRIGGER postings_sum_to_zero AFTER INSERT ON public.postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_imbalance();

CREATE TRIGGER seal AFTER INSERT ON public.audit_log FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('audit_log', 'id');

CREATE TRIGGER seal AFTER INSERT ON public.audit_results FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('audit_result', 'result_number');

CREATE TRIGGER seal AFTER INSERT ON public.beneficiary_profiles FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('profile', 'id');

CREATE TRIGGER seal AFTER UPDATE ON public.calendar_tables FOR EACH ROW WHEN ((new.approved_by IS NOT NULL)) EXECUTE FUNCTION public.leave_unsealed('calendar', 'year');

CREATE TRIGGER seal AFTER INSERT ON public.calendar_tables_withdrawn FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('calendar_withdrawn', 'id');

CREATE TRIGGER seal AFTER INSERT ON public.delivered_events FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('delivered_event', 'source', 'event_id');

CREATE TRIGGER seal AFTER INSERT ON public.deliveries_seen_to FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('delivery_seen_to', 'kept_id', 'seen_by');

CREATE TRIGGER seal AFTER INSERT ON public.dictionaries FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('dictionary', 'dictionary_hash');

CREATE TRIGGER seal AFTER INSERT ON public.documents FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('document', 'content_hash');

CREATE TRIGGER seal AFTER INSERT ON public.ended_deliveries FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('ended_delivery', 'kept_id');

CREATE TRIGGER seal AFTER INSERT ON public.entitlement_lines FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('entitlement_line', 'line_id');

CREATE TRIGGER seal AFTER INSERT ON public.granted_before FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('granted_before', 'act_id', 'brought_as');

CREATE TRIGGER seal AFTER INSERT ON public.histories FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('history_part', 'content_hash');

CREATE TRIGGER seal AFTER INSERT ON public.history_copies FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('history', 'copy_number');

CREATE TRIGGER seal AFTER INSERT ON public.hold_releases FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('hold_release', 'hold_id', 'released_by');

CREATE TRIGGER seal AFTER INSERT ON public.holds FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('hold', 'hold_id');

CREATE TRIGGER seal AFTER INSERT ON public.log_set_backs FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('set_back', 'first_position');

CREATE TRIGGER seal AFTER INSERT ON public.matched_deliveries FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('matched_delivery', 'delivery_id');

CREATE TRIGGER seal AFTER INSERT ON public.membership_ends FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('membership_end', 'membership_id');

CREATE TRIGGER seal AFTER INSERT ON public.membership_grants FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('membership_grant', 'membership_id');

CREATE TRIGGER seal AFTER INSERT ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('membership', 'membership_id');

CREATE TRIGGER seal AFTER INSERT ON public.parties FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('party', 'party_id');

CREATE TRIGGER seal AFTER INSERT ON public.patent_versions FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('patent_version', 'id');

CREATE TRIGGER seal AFTER INSERT ON public.refused_lines FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('refused_line', 'line_id');

CREATE TRIGGER seal AFTER INSERT ON public.unmatched_deliveries FOR EACH ROW EXECUTE FUNCTION public.leave_unsealed('unmatched_delivery', 'delivery_id');

CREATE TRIGGER within_line AFTER INSERT ON public.bank_line_parts FOR EACH ROW EXECUTE FUNCTION public.refuse_more_than_the_line();

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.absences
    ADD CONSTRAINT absences_told_by_fkey FOREIGN KEY (told_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.account_identities
    ADD CONSTRAINT account_identities_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.account_passkeys
    ADD CONSTRAINT account_passkeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.adjustments_taken
    ADD CONSTRAINT adjustments_taken_settlement_id_version_credit_code_payer_fkey FOREIGN KEY (settlement_id, version, credit_code, payer) REFERENCES public.adjustments(settlement_id, version, credit_code, payer);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.bank_line_parts
    ADD CONSTRAINT bank_line_parts_of_one_line FOREIGN KEY (bank_key, line_fen) REFERENCES public.bank_lines(bank_key, fen);

ALTER TABLE ONLY public.beneficiary_profiles
    ADD CONSTRAINT beneficiary_profiles_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.bulk_items
    ADD CONSTRAINT bulk_items_bulk_id_fkey FOREIGN KEY (bulk_id) REFERENCES public.bulks(bulk_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_signed_as_fkey FOREIGN KEY (signed_as) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.bulks
    ADD CONSTRAINT bulks_signed_by_fkey FOREIGN KEY (signed_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.code_mails
    ADD CONSTRAINT code_mails_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.code_mails
    ADD CONSTRAINT code_mails_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.consent_links(link_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_code_by_fkey FOREIGN KEY (code_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_document_hash_fkey FOREIGN KEY (document_hash) REFERENCES public.documents(content_hash);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.drafts(draft_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.cosignatures
    ADD CONSTRAINT cosignatures_size_fkey FOREIGN KEY (size) REFERENCES public.checkpoints(size);

ALTER TABLE ONLY public.deadline_calendars
    ADD CONSTRAINT deadline_calendars_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.deadline_calendars
    ADD CONSTRAINT deadline_calendars_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.histories
    ADD CONSTRAINT histories_dictionary_hash_fkey FOREIGN KEY (dictionary_hash) REFERENCES public.dictionaries(dictionary_hash);

ALTER TABLE ONLY public.history_copies
    ADD CONSTRAINT history_copies_content_hash_fkey FOREIGN KEY (content_hash) REFERENCES public.histories(content_hash);

ALTER TABLE ONLY public.hold_releases
    ADD CONSTRAINT hold_releases_hold_id_fkey FOREIGN KEY (hold_id) REFERENCES public.holds(hold_id);

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(import_id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_sent_by_fkey FOREIGN KEY (sent_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.matched_deliveries
    ADD CONSTRAINT matched_deliveries_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES public.unmatched_deliveries(delivery_id);

ALTER TABLE ONLY public.membership_ends
    ADD CONSTRAINT membership_ends_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.membership_ends
    ADD CONSTRAINT membership_ends_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.membership_grants
    ADD CONSTRAINT membership_grants_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.membership_grants
    ADD CONSTRAINT membership_grants_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_account_id_party_id_fkey FOREIGN KEY (account_id, party_id) REFERENCES public.accounts(account_id, party_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.party_keys
    ADD CONSTRAINT party_keys_party_id_fkey FOREIGN KEY (party_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_bank_key_fkey FOREIGN KEY (bank_key) REFERENCES public.bank_lines(bank_key);

ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.saved_views
    ADD CONSTRAINT saved_views_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(account_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.memberships(membership_id);

ALTER TABLE ONLY public.task_assignments
    ADD CONSTRAINT task_assignments_assigned_by_fkey FOREIGN KEY (assigned_by) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.task_assignments
    ADD CONSTRAINT task_assignments_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES public.parties(party_id);

ALTER TABLE ONLY public.task_assignments
    ADD CONSTRAINT task_assignments_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES public.parties(party_id);

GRANT SELECT,INSERT ON TABLE public.calendar_tables TO engine;
GRANT SELECT ON TABLE public.calendar_tables TO auditor;

GRANT UPDATE(approved_by) ON TABLE public.calendar_tables TO engine;

REVOKE ALL ON FUNCTION public.approve_calendar(p_year integer, p_who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.approve_calendar(p_year integer, p_who uuid) TO engine;

GRANT SELECT,INSERT,UPDATE ON TABLE public.filings TO engine;
GRANT SELECT ON TABLE public.filings TO auditor;

REVOKE ALL ON FUNCTION public.delete_saved_view(p_view_id uuid, p_account_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_saved_view(p_view_id uuid, p_account_id uuid) TO engine;

REVOKE ALL ON FUNCTION public.erase_party(p_party_id uuid, p_who uuid, p_role text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.erase_party(p_party_id uuid, p_who uuid, p_role text) TO engine;

REVOKE ALL ON FUNCTION public.forget_import_files(p_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_import_files(p_before timestamp with time zone) TO engine;

REVOKE ALL ON FUNCTION public.forget_passkeys() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_sign_ins(p_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_sign_ins(p_before timestamp with time zone) TO engine;

REVOKE ALL ON FUNCTION public.hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[]) TO engine;

REVOKE ALL ON FUNCTION public.put_parties(p_filing public.filings) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.put_terms(p_filing public.filings) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.removable_replays(p_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.removable_replays(p_before timestamp with time zone) TO engine;
GRANT ALL ON FUNCTION public.removable_replays(p_before timestamp with time zone) TO auditor;

REVOKE ALL ON FUNCTION public.remove_passkey(p_credential_id bytea, p_account_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_passkey(p_credential_id bytea, p_account_id uuid) TO engine;

REVOKE ALL ON FUNCTION public.remove_replays(p_before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_replays(p_before timestamp with time zone) TO engine;

REVOKE ALL ON FUNCTION public.withdraw_calendar(p_year integer, p_who uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.withdraw_calendar(p_year integer, p_who uuid) TO engine;

GRANT SELECT,INSERT ON TABLE public.absences TO engine;
GRANT SELECT ON TABLE public.absences TO auditor;

GRANT UPDATE(ended_by) ON TABLE public.absences TO engine;

GRANT UPDATE(ended_at) ON TABLE public.absences TO engine;

GRANT SELECT,INSERT ON TABLE public.account_identities TO engine;

GRANT SELECT(issuer) ON TABLE public.account_identities TO auditor;

GRANT SELECT(account_id) ON TABLE public.account_identities TO auditor;

GRANT SELECT(linked_by) ON TABLE public.account_identities TO auditor;

GRANT SELECT(linked_at) ON TABLE public.account_identities TO auditor;

GRANT SELECT,INSERT ON TABLE public.account_passkeys TO engine;

GRANT SELECT(account_id) ON TABLE public.account_passkeys TO auditor;

GRANT UPDATE(sign_count) ON TABLE public.account_passkeys TO engine;
GRANT SELECT(sign_count) ON TABLE public.account_passkeys TO auditor;

GRANT SELECT(browser) ON TABLE public.account_passkeys TO auditor;

GRANT SELECT(added_at) ON TABLE public.account_passkeys TO auditor;

GRANT UPDATE(challenge_made_at) ON TABLE public.account_passkeys TO engine;
GRANT SELECT(challenge_made_at) ON TABLE public.account_passkeys TO auditor;

GRANT UPDATE(used_at) ON TABLE public.account_passkeys TO engine;
GRANT SELECT(used_at) ON TABLE public.account_passkeys TO auditor;

GRANT SELECT,INSERT ON TABLE public.accounts TO engine;

GRANT SELECT(account_id) ON TABLE public.accounts TO auditor;

GRANT SELECT(party_id) ON TABLE public.accounts TO auditor;

GRANT UPDATE(name_hash) ON TABLE public.accounts TO engine;

GRANT UPDATE(sealed_name) ON TABLE public.accounts TO engine;

GRANT UPDATE(password_hash) ON TABLE public.accounts TO engine;

GRANT UPDATE(sealed_totp) ON TABLE public.accounts TO engine;

GRANT UPDATE(sealed_totp_offer) ON TABLE public.accounts TO engine;

GRANT UPDATE(totp_step) ON TABLE public.accounts TO engine;
GRANT SELECT(totp_step) ON TABLE public.accounts TO auditor;

GRANT UPDATE(recovery_hashes) ON TABLE public.accounts TO engine;

GRANT UPDATE(invitation_hash) ON TABLE public.accounts TO engine;

GRANT UPDATE(invitation_ends_at) ON TABLE public.accounts TO engine;
GRANT SELECT(invitation_ends_at) ON TABLE public.accounts TO auditor;

GRANT UPDATE(language) ON TABLE public.accounts TO engine;
GRANT SELECT(language) ON TABLE public.accounts TO auditor;

GRANT SELECT(is_demo) ON TABLE public.accounts TO auditor;

GRANT UPDATE(state) ON TABLE public.accounts TO engine;
GRANT SELECT(state) ON TABLE public.accounts TO auditor;

GRANT SELECT(created_by) ON TABLE public.accounts TO auditor;

GRANT SELECT(created_at) ON TABLE public.accounts TO auditor;

GRANT SELECT ON TABLE public.act_counts TO engine;
GRANT SELECT ON TABLE public.act_counts TO auditor;

GRANT SELECT,INSERT ON TABLE public.acts TO engine;
GRANT SELECT ON TABLE public.acts TO auditor;

GRANT SELECT,INSERT ON TABLE public.adjustments TO engine;
GRANT SELECT ON TABLE public.adjustments TO auditor;

GRANT SELECT,INSERT ON TABLE public.adjustments_taken TO engine;
GRANT SELECT ON TABLE public.adjustments_taken TO auditor;

GRANT SELECT,INSERT ON TABLE public.api_keys TO engine;

GRANT SELECT(key_id) ON TABLE public.api_keys TO auditor;

GRANT SELECT(organisation_id) ON TABLE public.api_keys TO auditor;

GRANT SELECT(role) ON TABLE public.api_keys TO auditor;

GRANT SELECT(name) ON TABLE public.api_keys TO auditor;

GRANT SELECT(scopes) ON TABLE public.api_keys TO auditor;

GRANT SELECT(created_by) ON TABLE public.api_keys TO auditor;

GRANT SELECT(created_at) ON TABLE public.api_keys TO auditor;

GRANT SELECT(ends_on) ON TABLE public.api_keys TO auditor;

GRANT UPDATE(last_used_on) ON TABLE public.api_keys TO engine;
GRANT SELECT(last_used_on) ON TABLE public.api_keys TO auditor;

GRANT UPDATE(ended_by) ON TABLE public.api_keys TO engine;
GRANT SELECT(ended_by) ON TABLE public.api_keys TO auditor;

GRANT UPDATE(ended_at) ON TABLE public.api_keys TO engine;
GRANT SELECT(ended_at) ON TABLE public.api_keys TO auditor;

GRANT SELECT,INSERT ON TABLE public.audit_log TO engine;
GRANT SELECT ON TABLE public.audit_log TO auditor;

GRANT SELECT,INSERT ON TABLE public.audit_results TO engine;
GRANT SELECT ON TABLE public.audit_results TO auditor;

GRANT SELECT ON TABLE public.band_counts TO engine;
GRANT SELECT ON TABLE public.band_counts TO auditor;

GRANT SELECT,INSERT ON TABLE public.bank_line_parts TO engine;
GRANT SELECT ON TABLE public.bank_line_parts TO auditor;

GRANT SELECT,INSERT ON TABLE public.bank_lines TO engine;
GRANT SELECT ON TABLE public.bank_lines TO auditor;

GRANT SELECT ON TABLE public.bank_lines_left TO engine;
GRANT SELECT ON TABLE public.bank_lines_left TO auditor;

GRANT SELECT,INSERT ON TABLE public.beneficiary_profiles TO engine;
GRANT SELECT ON TABLE public.beneficiary_profiles TO auditor;

GRANT SELECT,INSERT ON TABLE public.bulk_items TO engine;
GRANT SELECT ON TABLE public.bulk_items TO auditor;

GRANT UPDATE(act_id) ON TABLE public.bulk_items TO engine;

GRANT UPDATE(trial) ON TABLE public.bulk_items TO engine;

GRANT UPDATE(outcome) ON TABLE public.bulk_items TO engine;

GRANT UPDATE(signed) ON TABLE public.bulk_items TO engine;

GRANT UPDATE(refusals) ON TABLE public.bulk_items TO engine;

GRANT SELECT,INSERT ON TABLE public.bulks TO engine;
GRANT SELECT ON TABLE public.bulks TO auditor;

GRANT UPDATE(act_kind) ON TABLE public.bulks TO engine;

GRANT UPDATE(body) ON TABLE public.bulks TO engine;

GRANT UPDATE(reason) ON TABLE public.bulks TO engine;

GRANT UPDATE(stage) ON TABLE public.bulks TO engine;

GRANT UPDATE(signed_by) ON TABLE public.bulks TO engine;

GRANT UPDATE(signed_as) ON TABLE public.bulks TO engine;

GRANT SELECT ON TABLE public.calendar_tables_withdrawn TO engine;
GRANT SELECT ON TABLE public.calendar_tables_withdrawn TO auditor;

GRANT SELECT,INSERT ON TABLE public.checkpoints TO engine;
GRANT SELECT ON TABLE public.checkpoints TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.claimed_receipts TO engine;
GRANT SELECT ON TABLE public.claimed_receipts TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.claims TO engine;
GRANT SELECT ON TABLE public.claims TO auditor;

GRANT SELECT,INSERT ON TABLE public.events TO engine;
GRANT SELECT ON TABLE public.events TO auditor;

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

GRANT SELECT,INSERT ON TABLE public.code_mails TO engine;

GRANT SELECT(link_id) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(asked_by) ON TABLE public.code_mails TO engine;
GRANT SELECT(asked_by) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(asked_at) ON TABLE public.code_mails TO engine;
GRANT SELECT(asked_at) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(sealed_to) ON TABLE public.code_mails TO engine;

GRANT UPDATE(tries) ON TABLE public.code_mails TO engine;
GRANT SELECT(tries) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(next_try_at) ON TABLE public.code_mails TO engine;
GRANT SELECT(next_try_at) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(sent_at) ON TABLE public.code_mails TO engine;
GRANT SELECT(sent_at) ON TABLE public.code_mails TO auditor;

GRANT UPDATE(given_up_at) ON TABLE public.code_mails TO engine;
GRANT SELECT(given_up_at) ON TABLE public.code_mails TO auditor;

GRANT SELECT,INSERT ON TABLE public.consent_links TO engine;

GRANT SELECT(link_id) ON TABLE public.consent_links TO auditor;

GRANT SELECT(draft_id) ON TABLE public.consent_links TO auditor;

GRANT SELECT(account_id) ON TABLE public.consent_links TO auditor;

GRANT SELECT(organisation_id) ON TABLE public.consent_links TO auditor;

GRANT SELECT(made_by) ON TABLE public.consent_links TO auditor;

GRANT SELECT(party_id) ON TABLE public.consent_links TO auditor;

GRANT SELECT(content_hash) ON TABLE public.consent_links TO auditor;

GRANT SELECT(made_at) ON TABLE public.consent_links TO auditor;

GRANT SELECT(ends_at) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(code_asked_at) ON TABLE public.consent_links TO engine;
GRANT SELECT(code_asked_at) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(code_hash) ON TABLE public.consent_links TO engine;

GRANT UPDATE(code_by) ON TABLE public.consent_links TO engine;
GRANT SELECT(code_by) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(code_ends_at) ON TABLE public.consent_links TO engine;
GRANT SELECT(code_ends_at) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(tries) ON TABLE public.consent_links TO engine;
GRANT SELECT(tries) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(proof_hash) ON TABLE public.consent_links TO engine;

GRANT UPDATE(proved_at) ON TABLE public.consent_links TO engine;
GRANT SELECT(proved_at) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(ended_at) ON TABLE public.consent_links TO engine;
GRANT SELECT(ended_at) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(ended_as) ON TABLE public.consent_links TO engine;
GRANT SELECT(ended_as) ON TABLE public.consent_links TO auditor;

GRANT UPDATE(document_hash) ON TABLE public.consent_links TO engine;
GRANT SELECT(document_hash) ON TABLE public.consent_links TO auditor;

GRANT SELECT,INSERT ON TABLE public.cosignatures TO engine;
GRANT SELECT ON TABLE public.cosignatures TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.counters TO engine;
GRANT SELECT ON TABLE public.counters TO auditor;

GRANT SELECT,INSERT ON TABLE public.credit_codes TO engine;
GRANT SELECT ON TABLE public.credit_codes TO auditor;

GRANT SELECT,INSERT ON TABLE public.deadline_calendars TO engine;

GRANT SELECT(calendar_id) ON TABLE public.deadline_calendars TO auditor;

GRANT SELECT(account_id) ON TABLE public.deadline_calendars TO auditor;

GRANT SELECT(membership_id) ON TABLE public.deadline_calendars TO auditor;

GRANT SELECT(language) ON TABLE public.deadline_calendars TO auditor;

GRANT SELECT(created_at) ON TABLE public.deadline_calendars TO auditor;

GRANT UPDATE(last_used_on) ON TABLE public.deadline_calendars TO engine;
GRANT SELECT(last_used_on) ON TABLE public.deadline_calendars TO auditor;

GRANT UPDATE(ended_at) ON TABLE public.deadline_calendars TO engine;
GRANT SELECT(ended_at) ON TABLE public.deadline_calendars TO auditor;

GRANT SELECT,INSERT ON TABLE public.delivered_events TO engine;
GRANT SELECT ON TABLE public.delivered_events TO auditor;

GRANT SELECT,INSERT ON TABLE public.deliveries_seen_to TO engine;
GRANT SELECT ON TABLE public.deliveries_seen_to TO auditor;

GRANT SELECT,INSERT ON TABLE public.dictionaries TO engine;
GRANT SELECT ON TABLE public.dictionaries TO auditor;

GRANT SELECT,INSERT ON TABLE public.documents TO engine;
GRANT SELECT ON TABLE public.documents TO auditor;

GRANT SELECT,INSERT ON TABLE public.drafts TO engine;

GRANT SELECT(draft_id) ON TABLE public.drafts TO auditor;

GRANT SELECT(account_id) ON TABLE public.drafts TO auditor;

GRANT SELECT(organisation_id) ON TABLE public.drafts TO auditor;

GRANT SELECT(act_kind) ON TABLE public.drafts TO auditor;

GRANT SELECT(filing_id) ON TABLE public.drafts TO auditor;

GRANT UPDATE(fields) ON TABLE public.drafts TO engine;

GRANT UPDATE(version) ON TABLE public.drafts TO engine;
GRANT SELECT(version) ON TABLE public.drafts TO auditor;

GRANT SELECT(created_at) ON TABLE public.drafts TO auditor;

GRANT UPDATE(updated_at) ON TABLE public.drafts TO engine;
GRANT SELECT(updated_at) ON TABLE public.drafts TO auditor;

GRANT UPDATE(updated_by) ON TABLE public.drafts TO engine;
GRANT SELECT(updated_by) ON TABLE public.drafts TO auditor;

GRANT UPDATE(ended_at) ON TABLE public.drafts TO engine;
GRANT SELECT(ended_at) ON TABLE public.drafts TO auditor;

GRANT UPDATE(ended_as) ON TABLE public.drafts TO engine;
GRANT SELECT(ended_as) ON TABLE public.drafts TO auditor;

GRANT UPDATE(saved_by_page) ON TABLE public.drafts TO engine;
GRANT SELECT(saved_by_page) ON TABLE public.drafts TO auditor;

GRANT SELECT,INSERT ON TABLE public.ended_deliveries TO engine;
GRANT SELECT ON TABLE public.ended_deliveries TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.entitlement_items TO engine;
GRANT SELECT ON TABLE public.entitlement_items TO auditor;

GRANT SELECT,INSERT ON TABLE public.entitlement_lines TO engine;
GRANT SELECT ON TABLE public.entitlement_lines TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.entitlement_years TO engine;
GRANT SELECT ON TABLE public.entitlement_years TO auditor;

GRANT SELECT ON TABLE public.filing_ages TO engine;
GRANT SELECT ON TABLE public.filing_ages TO auditor;

GRANT SELECT ON TABLE public.filing_counts TO engine;
GRANT SELECT ON TABLE public.filing_counts TO auditor;

GRANT SELECT ON TABLE public.filing_parties TO engine;
GRANT SELECT ON TABLE public.filing_parties TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.findings TO engine;
GRANT SELECT ON TABLE public.findings TO auditor;

GRANT SELECT,INSERT ON TABLE public.granted_before TO engine;
GRANT SELECT ON TABLE public.granted_before TO auditor;

GRANT SELECT,INSERT ON TABLE public.hold_releases TO engine;
GRANT SELECT ON TABLE public.hold_releases TO auditor;

GRANT SELECT,INSERT ON TABLE public.holds TO engine;
GRANT SELECT ON TABLE public.holds TO auditor;

GRANT SELECT ON TABLE public.holds_in_force TO engine;
GRANT SELECT ON TABLE public.holds_in_force TO auditor;

GRANT SELECT ON TABLE public.held_filings TO engine;
GRANT SELECT ON TABLE public.held_filings TO auditor;

GRANT SELECT,INSERT ON TABLE public.histories TO engine;
GRANT SELECT ON TABLE public.histories TO auditor;

GRANT SELECT,INSERT ON TABLE public.history_copies TO engine;
GRANT SELECT ON TABLE public.history_copies TO auditor;

GRANT SELECT ON TABLE public.identities TO engine;
GRANT SELECT ON TABLE public.identities TO auditor;

GRANT SELECT,INSERT ON TABLE public.import_rows TO engine;
GRANT SELECT ON TABLE public.import_rows TO auditor;

GRANT UPDATE(outcome) ON TABLE public.import_rows TO engine;

GRANT UPDATE(act_id) ON TABLE public.import_rows TO engine;

GRANT UPDATE(filing_id) ON TABLE public.import_rows TO engine;

GRANT UPDATE(reasons) ON TABLE public.import_rows TO engine;

GRANT UPDATE(warnings) ON TABLE public.import_rows TO engine;

GRANT SELECT,INSERT ON TABLE public.imports TO engine;
GRANT SELECT ON TABLE public.imports TO auditor;

GRANT UPDATE(state) ON TABLE public.imports TO engine;

GRANT UPDATE(confirmed_by) ON TABLE public.imports TO engine;

GRANT UPDATE(confirmed_at) ON TABLE public.imports TO engine;

GRANT UPDATE(moved_at) ON TABLE public.imports TO engine;

GRANT SELECT,INSERT ON TABLE public.known_devices TO engine;
GRANT SELECT ON TABLE public.known_devices TO auditor;

GRANT UPDATE(last_at) ON TABLE public.known_devices TO engine;

GRANT SELECT,INSERT,UPDATE ON TABLE public.licences TO engine;
GRANT SELECT ON TABLE public.licences TO auditor;

GRANT SELECT ON TABLE public.listing_counts TO engine;
GRANT SELECT ON TABLE public.listing_counts TO auditor;

GRANT SELECT ON TABLE public.listings TO engine;
GRANT SELECT ON TABLE public.listings TO auditor;

GRANT SELECT,INSERT ON TABLE public.log_entries TO engine;
GRANT SELECT ON TABLE public.log_entries TO auditor;

GRANT SELECT,INSERT ON TABLE public.log_set_backs TO engine;
GRANT SELECT ON TABLE public.log_set_backs TO auditor;

GRANT SELECT,INSERT ON TABLE public.matched_deliveries TO engine;
GRANT SELECT ON TABLE public.matched_deliveries TO auditor;

GRANT SELECT,INSERT ON TABLE public.membership_ends TO engine;
GRANT SELECT ON TABLE public.membership_ends TO auditor;

GRANT SELECT,INSERT ON TABLE public.membership_grants TO engine;
GRANT SELECT ON TABLE public.membership_grants TO auditor;

GRANT SELECT,INSERT ON TABLE public.memberships TO engine;
GRANT SELECT ON TABLE public.memberships TO auditor;

GRANT SELECT ON TABLE public.memberships_in_force TO engine;
GRANT SELECT ON TABLE public.memberships_in_force TO auditor;

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

GRANT SELECT ON TABLE public.parties_proved TO engine;
GRANT SELECT ON TABLE public.parties_proved TO auditor;

GRANT SELECT,INSERT ON TABLE public.patent_versions TO engine;
GRANT SELECT ON TABLE public.patent_versions TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.patents TO engine;
GRANT SELECT ON TABLE public.patents TO auditor;

GRANT SELECT ON TABLE public.price_counts TO engine;
GRANT SELECT ON TABLE public.price_counts TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.receipts TO engine;
GRANT SELECT ON TABLE public.receipts TO auditor;

GRANT SELECT,INSERT ON TABLE public.refused_lines TO engine;
GRANT SELECT ON TABLE public.refused_lines TO auditor;

GRANT SELECT,INSERT ON TABLE public.replays TO engine;
GRANT SELECT ON TABLE public.replays TO auditor;

GRANT SELECT,INSERT ON TABLE public.requests TO engine;

GRANT SELECT(asked_by) ON TABLE public.requests TO auditor;

GRANT SELECT(operation) ON TABLE public.requests TO auditor;

GRANT SELECT(answer) ON TABLE public.requests TO auditor;

GRANT SELECT(answered_at) ON TABLE public.requests TO auditor;

GRANT SELECT,INSERT ON TABLE public.saved_views TO engine;

GRANT SELECT(view_id) ON TABLE public.saved_views TO auditor;

GRANT SELECT(account_id) ON TABLE public.saved_views TO auditor;

GRANT SELECT(organisation_id) ON TABLE public.saved_views TO auditor;

GRANT SELECT(role) ON TABLE public.saved_views TO auditor;

GRANT SELECT(list) ON TABLE public.saved_views TO auditor;

GRANT UPDATE(name) ON TABLE public.saved_views TO engine;

GRANT UPDATE(is_shared) ON TABLE public.saved_views TO engine;
GRANT SELECT(is_shared) ON TABLE public.saved_views TO auditor;

GRANT SELECT(created_at) ON TABLE public.saved_views TO auditor;

GRANT UPDATE(updated_at) ON TABLE public.saved_views TO engine;
GRANT SELECT(updated_at) ON TABLE public.saved_views TO auditor;

GRANT SELECT ON TABLE public.schema_migrations TO engine;
GRANT SELECT ON TABLE public.schema_migrations TO auditor;

GRANT SELECT,INSERT ON TABLE public.sequence_numbers TO engine;
GRANT SELECT ON TABLE public.sequence_numbers TO auditor;

GRANT SELECT,INSERT ON TABLE public.sessions TO engine;

GRANT SELECT(account_id) ON TABLE public.sessions TO auditor;

GRANT SELECT(membership_id) ON TABLE public.sessions TO auditor;

GRANT SELECT(browser) ON TABLE public.sessions TO auditor;

GRANT SELECT(created_at) ON TABLE public.sessions TO auditor;

GRANT UPDATE(seen_at) ON TABLE public.sessions TO engine;
GRANT SELECT(seen_at) ON TABLE public.sessions TO auditor;

GRANT SELECT(ends_at) ON TABLE public.sessions TO auditor;

GRANT UPDATE(ended_at) ON TABLE public.sessions TO engine;
GRANT SELECT(ended_at) ON TABLE public.sessions TO auditor;

GRANT UPDATE(ended_as) ON TABLE public.sessions TO engine;
GRANT SELECT(ended_as) ON TABLE public.sessions TO auditor;

GRANT SELECT,INSERT ON TABLE public.settlements TO engine;
GRANT SELECT ON TABLE public.settlements TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.sign_in_failures TO engine;
GRANT SELECT ON TABLE public.sign_in_failures TO auditor;

GRANT SELECT ON TABLE public.stated_terms TO engine;
GRANT SELECT ON TABLE public.stated_terms TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.subsidy_lines TO engine;
GRANT SELECT ON TABLE public.subsidy_lines TO auditor;

GRANT SELECT,INSERT ON TABLE public.subsidy_payments TO engine;
GRANT SELECT ON TABLE public.subsidy_payments TO auditor;

GRANT SELECT,INSERT ON TABLE public.task_assignments TO engine;
GRANT SELECT ON TABLE public.task_assignments TO auditor;

GRANT UPDATE(assigned_to) ON TABLE public.task_assignments TO engine;

GRANT UPDATE(assigned_by) ON TABLE public.task_assignments TO engine;

GRANT UPDATE(assigned_at) ON TABLE public.task_assignments TO engine;

GRANT SELECT ON TABLE public.task_handovers TO engine;
GRANT SELECT ON TABLE public.task_handovers TO auditor;

GRANT SELECT,INSERT,UPDATE ON TABLE public.tasks TO engine;
GRANT SELECT ON TABLE public.tasks TO auditor;

GRANT SELECT,INSERT ON TABLE public.unmatched_deliveries TO engine;
GRANT SELECT ON TABLE public.unmatched_deliveries TO auditor;

GRANT SELECT,INSERT,DELETE ON TABLE public.unsealed TO engine;
GRANT SELECT ON TABLE public.unsealed TO auditor;

GRANT SELECT,INSERT,DELETE ON TABLE public.unsequenced TO engine;
GRANT SELECT ON TABLE public.unsequenced TO auditor;
