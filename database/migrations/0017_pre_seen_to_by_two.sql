-- What an authority, a bank or a court told is put away by two people, each with a name (decision 0163).
CREATE TABLE deliveries_seen_to (
    kept_id uuid        NOT NULL,              -- of a refused line, or of an unmatched delivery
    seen_by uuid        NOT NULL,
    reason  text        NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kept_id, seen_by)
);
GRANT SELECT, INSERT ON deliveries_seen_to TO engine;
GRANT SELECT ON deliveries_seen_to TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deliveries_seen_to
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE deliveries_seen_to IS 'Who said that a delivery needs nothing more; with the second person it ends. 何人说明某投递无须再办；第二人说明后了结。';
COMMENT ON COLUMN deliveries_seen_to.kept_id IS 'The line or the delivery. 所指的行或投递。';
COMMENT ON COLUMN deliveries_seen_to.seen_by IS 'Who said so. 说明人。';
COMMENT ON COLUMN deliveries_seen_to.reason IS 'What was done about it. 处理说明。';
COMMENT ON COLUMN deliveries_seen_to.seen_at IS 'When it was said. 说明时刻。';

ALTER TABLE ended_deliveries ADD COLUMN signed_by uuid CHECK (signed_by <> ended_by);
COMMENT ON COLUMN ended_deliveries.signed_by IS 'The second person, where two put it away. 第二人。';
