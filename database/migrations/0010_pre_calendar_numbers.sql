-- Holiday tables in the order of their approval: each fact says under which it was derived, so that what a later table
-- moved is told, listed, and derived again by an audit.
ALTER TABLE calendar_tables ADD COLUMN number int UNIQUE CHECK (number > 0);   -- null: proposed, or approved before there were numbers
ALTER TABLE calendar_tables ADD COLUMN approved_at timestamptz;

CREATE TABLE calendar_tables_withdrawn (
    year         int         NOT NULL,
    body         jsonb       NOT NULL,
    loaded_by    uuid        NOT NULL,
    loaded_at    timestamptz NOT NULL,
    withdrawn_by uuid        NOT NULL,
    withdrawn_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON calendar_tables_withdrawn TO engine, auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_tables_withdrawn
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Runs as its owner, since it is the only way to a delete: of what nobody has approved, and it keeps what was proposed.
CREATE FUNCTION withdraw_calendar(p_year int, p_who uuid) RETURNS uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH gone AS (
        DELETE FROM calendar_tables WHERE year = p_year AND approved_by IS NULL RETURNING year, body, loaded_by, loaded_at
    )
    INSERT INTO calendar_tables_withdrawn (year, body, loaded_by, loaded_at, withdrawn_by)
    SELECT year, body, loaded_by, loaded_at, p_who FROM gone RETURNING loaded_by
$$;
REVOKE ALL ON FUNCTION withdraw_calendar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_calendar TO engine;

-- Numbers one table at a time, while no act is under way: whoever begins after it sees it. As its owner, so that nobody
-- else gives numbers.
CREATE FUNCTION approve_calendar(p_year int, p_who uuid) RETURNS SETOF calendar_tables
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('calendar', 0));
    RETURN QUERY UPDATE calendar_tables SET
        approved_by = p_who, approved_at = clock_timestamp(),
        number = (SELECT coalesce(max(number), 0) + 1 FROM calendar_tables)
    WHERE year = p_year AND approved_by IS NULL RETURNING *;
END $$;
REVOKE ALL ON FUNCTION approve_calendar FROM PUBLIC;
GRANT EXECUTE ON FUNCTION approve_calendar TO engine;

-- The beginning of an act: the locked filing, the table under which it is derived, and what time it is now, which within a
-- filing whose last instant lies ahead of the clock is not when the act is recorded.
CREATE FUNCTION begin_act(p_filing_id uuid, p_act_id uuid, p_since int)
    RETURNS TABLE (
        kind text, workflow_id text, parent_id uuid, head int, head_hash bytea, stage text, "position" jsonb,
        known_filing_id uuid, known_body_hash bytea, known_answer jsonb,
        events recorded_event[], recorded_at timestamptz, calendar int, present timestamptz
    ) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('calendar', 0));
    RETURN QUERY SELECT o.*, (SELECT coalesce(max(number), 0) FROM calendar_tables), clock_timestamp()
    FROM open_filing(p_filing_id, p_act_id, p_since) o;
END $$;

-- What a new table moved.
CREATE INDEX events_moved ON events (filing_id, version) WHERE body #> '{made,moved}' IS NOT NULL;
