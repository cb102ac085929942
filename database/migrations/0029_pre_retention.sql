-- What may go after its period (decision 0203): of the results of replays those that a newer one of the same run stands for.
-- They say with which code a history was replayed, which can be done again at any time, and are no entries of the log.
DROP TRIGGER append_only ON replays;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON replays
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION removable_replays(p_before timestamptz)
    RETURNS TABLE (replay_number bigint, is_held boolean)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT r.replay_number,
           EXISTS (SELECT FROM history_copies c JOIN held_filings h ON h.filing_id = c.filing_id WHERE c.run_id = r.run_id)
    FROM replays r
    WHERE r.passed AND r.replayed_at < p_before
      AND EXISTS (SELECT FROM replays newer
                  WHERE newer.run_id = r.run_id AND newer.passed AND newer.replay_number > r.replay_number)
$$;
REVOKE EXECUTE ON FUNCTION removable_replays FROM PUBLIC;
GRANT EXECUTE ON FUNCTION removable_replays TO engine, auditor;
COMMENT ON FUNCTION removable_replays IS
    'Results of replays from before that instant that a newer one stands for, and whether a hold keeps them. 可删除的重放结果，及是否被保全。';

-- The engine may not delete: only what this function removes can go, and no hold is placed meanwhile.
CREATE FUNCTION remove_replays(p_before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    removed bigint;
BEGIN
    LOCK TABLE holds IN SHARE MODE;
    DELETE FROM replays r USING removable_replays(p_before) gone
    WHERE r.replay_number = gone.replay_number AND NOT gone.is_held;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;
REVOKE EXECUTE ON FUNCTION remove_replays FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_replays TO engine;
COMMENT ON FUNCTION remove_replays IS
    'Removes results of replays from before that instant that a newer one stands for; holds win. 删除到期且已被取代的重放结果；保全优先。';
