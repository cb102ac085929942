-- Kept histories and results of audits get into the log; and who took back what a database that was set back had lost.

CREATE TRIGGER seal AFTER INSERT ON history_copies
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('history', 'copy_number');
CREATE TRIGGER seal AFTER INSERT ON histories
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('history_part', 'content_hash');
CREATE TRIGGER seal AFTER INSERT ON dictionaries
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('dictionary', 'dictionary_hash');
CREATE TRIGGER seal AFTER INSERT ON audit_results
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('audit_result', 'result_number');

INSERT INTO unsealed (source, key) SELECT 'dictionary', '[' || to_json(dictionary_hash) || ']' FROM dictionaries;
INSERT INTO unsealed (source, key) SELECT 'history_part', '[' || to_json(content_hash) || ']' FROM histories;
INSERT INTO unsealed (source, key) SELECT 'history', '[' || copy_number || ']' FROM history_copies ORDER BY copy_number;
INSERT INTO unsealed (source, key)
    SELECT 'audit_result', '[' || result_number || ']' FROM audit_results ORDER BY result_number;

-- Entries that were published and then lost stay in the log: what they proved is gone, and this says so for ever.
CREATE TABLE log_set_backs (
    first_position bigint      PRIMARY KEY CHECK (first_position >= 0),
    end_position   bigint      NOT NULL CHECK (end_position > first_position),
    said_by        uuid        NOT NULL,
    reason         text        NOT NULL,
    taken_back_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_set_backs
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON log_set_backs
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('set_back', 'first_position');
GRANT SELECT, INSERT ON log_set_backs TO engine;
GRANT SELECT ON log_set_backs TO auditor;
COMMENT ON TABLE log_set_backs IS 'Entries of the log that a database which was set back had lost, taken back from what was published. 数据库被恢复到较早状态后，自已发布日志取回的条目。';
COMMENT ON COLUMN log_set_backs.first_position IS 'First of them. 起始位置。';
COMMENT ON COLUMN log_set_backs.end_position IS 'The first after them. 其后第一条的位置。';
COMMENT ON COLUMN log_set_backs.said_by IS 'Who took them back. 取回人。';
COMMENT ON COLUMN log_set_backs.reason IS 'Why the database was set back. 数据库被恢复的原因。';
COMMENT ON COLUMN log_set_backs.taken_back_at IS 'When. 时刻。';
