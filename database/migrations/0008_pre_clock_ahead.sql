-- A clock that was ahead once leaves instants of a day that has not come. What can be numbered is asked of the clock of
-- now; such an instant makes nothing wait.

-- Which transaction left the key: of instants ahead of the clock nothing else says whether an older writer still runs.
ALTER TABLE unsequenced ADD COLUMN transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id();

-- Gives the next sequence numbers to what waits, in the order of recorded_at. A writer that still runs may hold an
-- earlier instant than one that has committed, so only what is older than the beginning of every running writer is taken;
-- and what is ahead of the clock, once every writer that began before its own is done.
CREATE OR REPLACE FUNCTION sequence_events(p_limit int) RETURNS int LANGUAGE plpgsql AS $$
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
