-- Requests of programs that were answered, so that one which is sent again gets the same answer and does nothing twice
-- (decision 0260). Acts of filings are not here: they are named by themselves.

CREATE TABLE requests (
    key_hash    bytea       PRIMARY KEY CHECK (octet_length(key_hash) = 32),
    body_hash   bytea       NOT NULL CHECK (octet_length(body_hash) = 32),
    asked_by    uuid        NOT NULL REFERENCES parties,
    operation   text        NOT NULL,
    answer      jsonb       NOT NULL CHECK (jsonb_typeof(answer) = 'object'),
    answered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON requests TO engine;
GRANT SELECT (asked_by, operation, answer, answered_at) ON requests TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON requests
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE requests IS 'Requests of programs that were answered; one that is sent again gets the same answer. 已答复的程序请求；重复提交得到同一答复。';
COMMENT ON COLUMN requests.key_hash IS 'Keyed hash of who asked and of the Idempotency-Key. 请求人与 Idempotency-Key 的带密钥散列。';
COMMENT ON COLUMN requests.body_hash IS 'Keyed hash of what was asked for. 请求内容的带密钥散列。';
COMMENT ON COLUMN requests.asked_by IS 'Who asked, or made the key that asked. 请求人，或所用密钥的建立人。';
COMMENT ON COLUMN requests.operation IS 'Operation of the interface. 接口操作。';
COMMENT ON COLUMN requests.answer IS 'What was answered, without secrets, which nobody keeps. 答复内容，不含任何保密值。';
COMMENT ON COLUMN requests.answered_at IS 'When. 答复时刻。';
