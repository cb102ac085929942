-- What a filing says is its own of the outside world: the live declaration of a patent, the one unfinished licence of a
-- licensee, a payer's voucher, the numbers of offices. A late fact of an authority can make two filings say the same; both
-- are told, and two people decide. What a person begins is refused where another filing has it.

CREATE TABLE identities (
    what       text   NOT NULL,
    value      text   NOT NULL,
    filing_id  uuid   NOT NULL,
    act_id     uuid   NOT NULL,                -- the act that says so
    since_on   date   NOT NULL,
    until_on   date   CHECK (until_on >= since_on),
    held_order bigint GENERATED ALWAYS AS IDENTITY,   -- who was recorded to have it first
    PRIMARY KEY (what, value, filing_id)
);
CREATE INDEX identities_filing ON identities (filing_id);
GRANT SELECT ON identities TO engine;          -- no INSERT: hold_identities is the only way, and it looks at the others
GRANT SELECT ON identities TO auditor;

CREATE FUNCTION identities_shared(p_filing_id uuid)
    RETURNS TABLE (what text, value text, filing_id uuid, "on" date, until_on date, was_first boolean)
    LANGUAGE plpgsql STABLE AS $$
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

CREATE FUNCTION hold_identities(p_filing_id uuid, p_held jsonb, p_alone text[])
    RETURNS TABLE (what text, value text, filing_id uuid, "on" date, until_on date, was_first boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
REVOKE EXECUTE ON FUNCTION hold_identities FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_identities TO engine;

-- From here on the keys ask only what a person begins.
DROP INDEX one_live_declaration_per_patent;
DROP INDEX one_open_licence_per_licensee;

INSERT INTO identities (what, value, filing_id, act_id, since_on)
SELECT 'live_declaration', o.patent_number, o.declaration_id, e.act_id, e.legal_on
FROM offers o JOIN events e ON e.filing_id = o.declaration_id AND e.version = 1 WHERE o.live;
INSERT INTO identities (what, value, filing_id, act_id, since_on, until_on)
SELECT 'unfinished_licence', l.declaration_id || ':' || l.licensee, l.licence_id, e.act_id, e.legal_on,
       greatest((f.position ->> 'term_ends_on')::date, e.legal_on)
FROM licences l JOIN events e ON e.filing_id = l.licence_id AND e.version = 1 JOIN filings f ON f.filing_id = l.licence_id
WHERE l.running OR l.open;
INSERT INTO identities (what, value, filing_id, act_id, since_on)
SELECT 'voucher', e.body #>> '{act,voucher}', e.filing_id, e.act_id, e.legal_on
FROM events e WHERE e.kind = 'licence:paid' AND e.body #>> '{act,voucher}' IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO identities (what, value, filing_id, act_id, since_on)
SELECT numbered.what, upper(regexp_replace(normalize(numbered.value, NFKC), '\s', '', 'g')), e.filing_id, e.act_id, e.legal_on
FROM events e
CROSS JOIN LATERAL (VALUES
    ('declaration_number', e.body #>> '{act,declaration_number}'),
    ('office_receipt_number', e.body #>> '{act,office_receipt_number}'),
    ('recordal_number', e.body #>> '{act,recordal_number}'),
    ('registration_number', e.body #>> '{act,registration_number}'),
    ('permit_number', CASE WHEN e.body #>> '{act,kind}' = 'permit_issued' THEN e.body #>> '{act,number}' END)
) numbered (what, value)
JOIN filings f ON f.filing_id = e.filing_id
WHERE numbered.value IS NOT NULL
ON CONFLICT DO NOTHING;

-- Which filings carry a number is what they say is their own.
DROP INDEX events_office_number;
DROP FUNCTION office_number;

-- A line that is booked is answered with where it is booked.
CREATE OR REPLACE FUNCTION book_bank_line(p_bank_line jsonb, p_filing_id uuid, p_act_id uuid) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    line     bank_lines := jsonb_populate_record(NULL::bank_lines, p_bank_line);
    part_fen bigint := p_bank_line ->> 'part_fen';
    booked   uuid;
BEGIN
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

-- What an event said, so that the same event with another content is told from a repeat.
CREATE TABLE delivered_events (
    source    text NOT NULL,
    event_id  text NOT NULL,
    content   uuid NOT NULL,                   -- of what it says, in the normal form of its names
    act_id    uuid NOT NULL,
    filing_id uuid NOT NULL,
    PRIMARY KEY (source, event_id)
);
GRANT SELECT, INSERT ON delivered_events TO engine;
GRANT SELECT ON delivered_events TO auditor;
