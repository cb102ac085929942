-- The Merkle log over all events, and over what stands in no filing's chain but decides or proves (decision 0180).

CREATE TABLE log_entries (
    position        bigint      PRIMARY KEY CHECK (position >= 0),
    source          text        NOT NULL,
    key             text        NOT NULL,
    hash            bytea       NOT NULL CHECK (octet_length(hash) = 32),
    sequence_number bigint      UNIQUE,        -- of an event; null where it was taken back from what was published
    sealed_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX log_entries_key ON log_entries (source, key, position);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON log_entries TO engine;
GRANT SELECT ON log_entries TO auditor;

CREATE TABLE checkpoints (
    size     bigint      PRIMARY KEY CHECK (size > 0),
    root     bytea       NOT NULL CHECK (octet_length(root) = 32),
    subtrees bytea       NOT NULL,             -- all that is needed to go on from here
    note     text        NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON checkpoints TO engine;
GRANT SELECT ON checkpoints TO auditor;

CREATE TABLE cosignatures (
    size        bigint      NOT NULL REFERENCES checkpoints,
    witness     text        NOT NULL,
    line        text        NOT NULL,
    cosigned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (size, witness)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cosignatures
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON cosignatures TO engine;
GRANT SELECT ON cosignatures TO auditor;

-- What a trigger leaves behind with each row that no sequence number finds; events are found by theirs.
CREATE TABLE unsealed (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source  text        NOT NULL,
    key     text        NOT NULL,
    left_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, DELETE ON unsealed TO engine;
GRANT SELECT ON unsealed TO auditor;

CREATE FUNCTION leave_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part  text;
    parts text[] := '{}';
BEGIN
    FOR place IN 1 .. TG_NARGS - 1 LOOP
        EXECUTE format('SELECT to_json(($1).%I)::text', TG_ARGV[place]) INTO part USING NEW;
        parts := parts || part;
    END LOOP;
    INSERT INTO unsealed (source, key) VALUES (TG_ARGV[0], '[' || array_to_string(parts, ',') || ']');
    RETURN NULL;
END $$;

-- A withdrawn table had no key of its own: one year can be proposed and withdrawn many times.
ALTER TABLE calendar_tables_withdrawn ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
COMMENT ON COLUMN calendar_tables_withdrawn.id IS 'Number of the line. 编号。';

-- What of a party is proved. The auditor reads the hash of what is sealed, and whether its key is there.
CREATE VIEW parties_proved AS
SELECT party_id, kind, public_name, credit_code, encode(sha256(sealed), 'hex') AS sealed_hash, created_at,
       sealed IS NOT NULL AND NOT EXISTS (SELECT FROM party_keys k WHERE k.party_id = p.party_id) AS is_erased
FROM parties p;
GRANT SELECT ON parties_proved TO engine, auditor;

CREATE TRIGGER seal AFTER INSERT ON audit_log
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('audit_log', 'id');
CREATE TRIGGER seal AFTER INSERT ON patent_versions
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('patent_version', 'id');
CREATE TRIGGER seal AFTER UPDATE ON calendar_tables
    FOR EACH ROW WHEN (NEW.approved_by IS NOT NULL) EXECUTE FUNCTION leave_unsealed('calendar', 'year');
CREATE TRIGGER seal AFTER INSERT ON calendar_tables_withdrawn
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('calendar_withdrawn', 'id');
CREATE TRIGGER seal AFTER INSERT ON beneficiary_profiles
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('profile', 'id');
CREATE TRIGGER seal AFTER INSERT ON documents
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('document', 'content_hash');
CREATE TRIGGER seal AFTER INSERT ON parties
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('party', 'party_id');
CREATE TRIGGER seal AFTER INSERT ON delivered_events
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('delivered_event', 'source', 'event_id');
CREATE TRIGGER seal AFTER INSERT ON unmatched_deliveries
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('unmatched_delivery', 'delivery_id');
CREATE TRIGGER seal AFTER INSERT ON matched_deliveries
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('matched_delivery', 'delivery_id');
CREATE TRIGGER seal AFTER INSERT ON refused_lines
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('refused_line', 'line_id');
CREATE TRIGGER seal AFTER INSERT ON ended_deliveries
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('ended_delivery', 'kept_id');
CREATE TRIGGER seal AFTER INSERT ON deliveries_seen_to
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('delivery_seen_to', 'kept_id', 'seen_by');
CREATE TRIGGER seal AFTER INSERT ON entitlement_lines
    FOR EACH ROW EXECUTE FUNCTION leave_unsealed('entitlement_line', 'line_id');

-- What is there already.
INSERT INTO unsealed (source, key) SELECT 'audit_log', '[' || id || ']' FROM audit_log ORDER BY id;
INSERT INTO unsealed (source, key) SELECT 'patent_version', '[' || id || ']' FROM patent_versions ORDER BY id;
INSERT INTO unsealed (source, key)
    SELECT 'calendar', '[' || year || ']' FROM calendar_tables WHERE approved_by IS NOT NULL ORDER BY year;
INSERT INTO unsealed (source, key) SELECT 'calendar_withdrawn', '[' || id || ']' FROM calendar_tables_withdrawn;
INSERT INTO unsealed (source, key) SELECT 'profile', '[' || id || ']' FROM beneficiary_profiles ORDER BY id;
INSERT INTO unsealed (source, key) SELECT 'document', '[' || to_json(content_hash) || ']' FROM documents;
INSERT INTO unsealed (source, key) SELECT 'party', '[' || to_json(party_id) || ']' FROM parties;
INSERT INTO unsealed (source, key)
    SELECT 'delivered_event', '[' || to_json(source) || ',' || to_json(event_id) || ']' FROM delivered_events;
INSERT INTO unsealed (source, key)
    SELECT 'unmatched_delivery', '[' || to_json(delivery_id) || ']' FROM unmatched_deliveries;
INSERT INTO unsealed (source, key) SELECT 'matched_delivery', '[' || to_json(delivery_id) || ']' FROM matched_deliveries;
INSERT INTO unsealed (source, key) SELECT 'refused_line', '[' || to_json(line_id) || ']' FROM refused_lines;
INSERT INTO unsealed (source, key) SELECT 'ended_delivery', '[' || to_json(kept_id) || ']' FROM ended_deliveries;
INSERT INTO unsealed (source, key)
    SELECT 'delivery_seen_to', '[' || to_json(kept_id) || ',' || to_json(seen_by) || ']' FROM deliveries_seen_to;
INSERT INTO unsealed (source, key) SELECT 'entitlement_line', '[' || line_id || ']' FROM entitlement_lines ORDER BY line_id;

COMMENT ON TABLE log_entries IS 'The entries of the Merkle log, in order. Merkle 日志的条目。';
COMMENT ON COLUMN log_entries.position IS 'Place in the log, from 0. 日志中的位置，自 0 起。';
COMMENT ON COLUMN log_entries.source IS 'What kind of row is proved, such as event or document. 所证明记录的种类。';
COMMENT ON COLUMN log_entries.key IS 'The key of the row, as JSON. 记录的键，JSON。';
COMMENT ON COLUMN log_entries.hash IS 'Hash of the row; of an event the hash of its chain. 记录的哈希；事件为其链上哈希。';
COMMENT ON COLUMN log_entries.sequence_number IS 'Sequence number of an event; null of what is none, or was taken back from the published log. 事件的序号；其他种类，或自已发布日志取回的，为空。';
COMMENT ON COLUMN log_entries.sealed_at IS 'When the entry was made. 入日志时刻。';
COMMENT ON TABLE checkpoints IS 'Signed states of the log, each stored before it is published. 已签名的日志检查点，先存后发。';
COMMENT ON COLUMN checkpoints.size IS 'How many entries the log had. 条目数。';
COMMENT ON COLUMN checkpoints.root IS 'Root of its tree. 树根。';
COMMENT ON COLUMN checkpoints.subtrees IS 'Hashes of the full subtrees it is made of, the largest first, 32 bytes each. 各满子树的哈希，由大到小，各 32 字节。';
COMMENT ON COLUMN checkpoints.note IS 'The signed note that was published. 已发布的签名文本。';
COMMENT ON COLUMN checkpoints.made_at IS 'When it was signed. 签名时刻。';
COMMENT ON TABLE cosignatures IS 'What witnesses outside signed of checkpoints. 外部见证方对检查点的签名。';
COMMENT ON COLUMN cosignatures.size IS 'The checkpoint, by its size. 检查点，按条目数。';
COMMENT ON COLUMN cosignatures.witness IS 'Verifier key of the witness. 见证方的验证密钥。';
COMMENT ON COLUMN cosignatures.line IS 'Its line under the note. 其签名行。';
COMMENT ON COLUMN cosignatures.cosigned_at IS 'When it was received. 收到时刻。';
COMMENT ON TABLE unsealed IS 'Rows that are not in the log yet. 尚未入日志的记录。';
COMMENT ON COLUMN unsealed.id IS 'Number of the line. 编号。';
COMMENT ON COLUMN unsealed.source IS 'What kind of row is proved, such as event or document. 所证明记录的种类。';
COMMENT ON COLUMN unsealed.key IS 'The key of the row, as JSON. 记录的键，JSON。';
COMMENT ON COLUMN unsealed.left_at IS 'When the row was written. 写入时刻。';
COMMENT ON VIEW parties_proved IS 'What of a party the log proves. 日志所证明的当事人内容。';
COMMENT ON COLUMN parties_proved.party_id IS 'The person or organisation. 当事人。';
COMMENT ON COLUMN parties_proved.kind IS 'person or organisation. 自然人或组织。';
COMMENT ON COLUMN parties_proved.public_name IS 'Name of an organisation. 组织名称。';
COMMENT ON COLUMN parties_proved.credit_code IS 'Unified social credit code, 18 characters. 统一社会信用代码。';
COMMENT ON COLUMN parties_proved.sealed_hash IS 'SHA-256 of what is sealed of a person. 加密内容的 SHA-256。';
COMMENT ON COLUMN parties_proved.created_at IS 'When it was added. 添加时刻。';
COMMENT ON COLUMN parties_proved.is_erased IS 'Whether something is sealed and its key is gone. 是否密钥已删。';
