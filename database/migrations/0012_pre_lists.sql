-- What lists read: each order and each filter has its index, so that none of a million rows is looked at in vain.

-- Open tasks by their day, of everybody and of one role.
DROP INDEX tasks_open;
CREATE INDEX tasks_open ON tasks (by_on, filing_id, key) WHERE closed_on IS NULL;
CREATE INDEX tasks_open_of_role ON tasks (role, by_on, filing_id, key) WHERE closed_on IS NULL;

DROP INDEX findings_open;
CREATE INDEX findings_open ON findings (opened_on, filing_id, key) WHERE closed_on IS NULL;

-- Those that wait for a day, of one clock: without the clock, a clock that few have reads all the others' first.
DROP INDEX filings_due_by;
CREATE INDEX filings_due_by ON filings (legal_clock, due_by, filing_id) WHERE due_by IS NOT NULL;

-- By id, of one kind, of one stage, of both.
DROP INDEX filings_kind_stage;
CREATE INDEX filings_kind ON filings (kind, filing_id);
CREATE INDEX filings_stage ON filings (stage, filing_id);
CREATE INDEX filings_kind_stage ON filings (kind, stage, filing_id);

-- Messages that wait for a person.
CREATE INDEX outbox_quarantined ON outbox (id) WHERE quarantined AND sent_at IS NULL;

-- Titles and names as they are looked for: however wide, in capitals or not, with blanks or without.
CREATE FUNCTION searched(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS
    $$ SELECT lower(regexp_replace(normalize($1, NFKC), '\s', '', 'g')) $$;

-- A part of them, three characters or more; and the same name.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX patents_title ON patents USING gin (searched(title) gin_trgm_ops);
CREATE INDEX parties_name ON parties USING gin (searched(public_name) gin_trgm_ops);
CREATE INDEX parties_by_name ON parties (kind, public_name, party_id);
