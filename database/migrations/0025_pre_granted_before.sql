-- What the log had granted before it was set back, as Temporal's histories prove it: brought by a repair (decision 0194).
CREATE TABLE granted_before (
    act_id         uuid        NOT NULL,
    body_hash      bytea       NOT NULL,       -- of the act as it was asked; another body has no such grant
    filing_id      uuid        NOT NULL,
    granted_at     timestamptz NOT NULL,
    receipt_number text,                       -- with which a notice was answered
    workflow_id    text        NOT NULL,
    run_id         text        NOT NULL,
    brought_by     uuid        NOT NULL,
    brought_as     text        NOT NULL,       -- only an operator vouches for the day of the grant
    brought_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (act_id, brought_as)
);
CREATE INDEX granted_before_filing ON granted_before (filing_id) WHERE receipt_number IS NOT NULL;
GRANT SELECT, INSERT ON granted_before TO engine;
GRANT SELECT ON granted_before TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON granted_before
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal AFTER INSERT ON granted_before
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('granted_before', 'act_id', 'brought_as');
COMMENT ON TABLE granted_before IS 'Acts that were granted before the log was set back, with the proof. 日志回退前已受理的行为及其证明。';
COMMENT ON COLUMN granted_before.act_id IS 'The act. 行为编号。';
COMMENT ON COLUMN granted_before.body_hash IS 'SHA-256 of what was asked. 所请求内容的哈希。';
COMMENT ON COLUMN granted_before.filing_id IS 'Its filing. 所属事项。';
COMMENT ON COLUMN granted_before.granted_at IS 'When it was granted first. 首次受理时刻。';
COMMENT ON COLUMN granted_before.receipt_number IS 'Receipt number that was told with it. 当时告知的回执号。';
COMMENT ON COLUMN granted_before.workflow_id IS 'Workflow whose history proves it. 作证的工作流。';
COMMENT ON COLUMN granted_before.run_id IS 'Run of that workflow. 该工作流的运行。';
COMMENT ON COLUMN granted_before.brought_by IS 'Who brought it. 提供人。';
COMMENT ON COLUMN granted_before.brought_as IS 'In which role. 以何角色。';
COMMENT ON COLUMN granted_before.brought_at IS 'When it was brought. 提供时刻。';
