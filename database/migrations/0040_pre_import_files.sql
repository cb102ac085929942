-- The file of a table goes after its time; what came of each row, and the file's hash, stay (decision 0262).
SET lock_timeout = '4s';

ALTER TABLE imports ALTER COLUMN body DROP NOT NULL;
CREATE INDEX imports_kept_files ON imports (moved_at) WHERE body IS NOT NULL;

CREATE FUNCTION forget_import_files(p_before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
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
REVOKE EXECUTE ON FUNCTION forget_import_files FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_import_files TO engine;

COMMENT ON COLUMN imports.body IS 'The file as it came; none: its time is over. 原始文件；空为保存期满已清除。';
