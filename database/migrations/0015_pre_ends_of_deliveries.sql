-- Lines of tables and deliveries that were refused, and how they and what was unmatched ended (decision 0139).
CREATE TABLE refused_lines (
    line_id     uuid        PRIMARY KEY,       -- from origin and what the line says
    origin      text        NOT NULL CHECK (origin IN ('import', 'deliver')),
    file        text        NOT NULL,
    line        integer     NOT NULL,
    source      text,
    event_id    text,
    body        text        NOT NULL,
    reasons     jsonb       NOT NULL CHECK (jsonb_typeof(reasons) = 'array'),
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX refused_lines_received_at ON refused_lines (received_at, line_id);
CREATE INDEX refused_lines_source ON refused_lines (source, event_id);
GRANT SELECT, INSERT ON refused_lines TO engine;
GRANT SELECT ON refused_lines TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refused_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE refused_lines IS 'Lines that were refused, with their reasons, until somebody has seen to them. 不予办理的行及其理由。';
COMMENT ON COLUMN refused_lines.line_id IS 'Number of the line. 行编号。';
COMMENT ON COLUMN refused_lines.origin IS 'import or deliver: which command read it. 由哪一命令读入。';
COMMENT ON COLUMN refused_lines.file IS 'Name of the file. 文件名。';
COMMENT ON COLUMN refused_lines.line IS 'Its place in the file. 文件中的行号。';
COMMENT ON COLUMN refused_lines.source IS 'Who sent it, or whose row it is. 来源。';
COMMENT ON COLUMN refused_lines.event_id IS 'The sender''s id of the event. 发送方的事件编号。';
COMMENT ON COLUMN refused_lines.body IS 'The line as it came, at most 10,000 characters. 原文，最多一万字。';
COMMENT ON COLUMN refused_lines.reasons IS 'Why it was refused: code, place and facts. 不予办理的理由。';
COMMENT ON COLUMN refused_lines.received_at IS 'When it came. 收到时刻。';

CREATE TABLE ended_deliveries (
    kept_id  uuid        PRIMARY KEY,          -- of a refused line, or of an unmatched delivery
    ended_by uuid,
    reason   text,
    act_id   uuid,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (act_id IS NOT NULL OR (ended_by IS NOT NULL AND reason IS NOT NULL))
);
GRANT SELECT, INSERT ON ended_deliveries TO engine;
GRANT SELECT ON ended_deliveries TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ended_deliveries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE ended_deliveries IS 'How a refused line or an unmatched delivery ended. 不予办理的行和未匹配投递的了结。';
COMMENT ON COLUMN ended_deliveries.kept_id IS 'The line or the delivery. 所了结的行或投递。';
COMMENT ON COLUMN ended_deliveries.ended_by IS 'Who saw to it; null where the same line was taken later. 办理人。';
COMMENT ON COLUMN ended_deliveries.reason IS 'What was done about it. 处理说明。';
COMMENT ON COLUMN ended_deliveries.act_id IS 'The act that it became. 所成的行为。';
COMMENT ON COLUMN ended_deliveries.ended_at IS 'When it ended. 了结时刻。';
