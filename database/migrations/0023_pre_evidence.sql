-- Histories outlive Temporal's retention: every run's, compressed, named by the hash of what it says (decision 0184).
CREATE TABLE dictionaries (
    dictionary_hash bytea       PRIMARY KEY CHECK (dictionary_hash = sha256(content)),
    content         bytea       NOT NULL,
    added_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON dictionaries TO engine;
GRANT SELECT ON dictionaries TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dictionaries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE dictionaries IS 'What compressed histories are read with; without it they cannot be read. 压缩字典，缺之则无法解读流程历史。';
COMMENT ON COLUMN dictionaries.dictionary_hash IS 'SHA-256 of the dictionary. 字典的 SHA-256。';
COMMENT ON COLUMN dictionaries.content IS 'The dictionary, in the format of zstd. 字典内容（zstd 格式）。';
COMMENT ON COLUMN dictionaries.added_at IS 'When it was first used. 首次使用时刻。';

CREATE TABLE histories (
    content_hash    bytea       PRIMARY KEY CHECK (octet_length(content_hash) = 32),
    compressed      bytea       NOT NULL,
    bytes           int         NOT NULL CHECK (bytes > 0),
    dictionary_hash bytea       NOT NULL REFERENCES dictionaries,
    stored_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE histories ALTER COLUMN compressed SET STORAGE EXTERNAL;  -- compressed already
GRANT SELECT, INSERT ON histories TO engine;
GRANT SELECT ON histories TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON histories
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE histories IS 'Events of runs as Temporal had them: protobuf, compressed. A run that went on has several parts. Temporal 流程历史的各段（protobuf，已压缩）。';
COMMENT ON COLUMN histories.content_hash IS 'SHA-256 of the part before it was compressed. 压缩前内容的 SHA-256。';
COMMENT ON COLUMN histories.compressed IS 'temporal.api.history.v1.History, compressed with zstd and the dictionary. 以 zstd 及字典压缩的历史。';
COMMENT ON COLUMN histories.bytes IS 'Its size before it was compressed. 压缩前字节数。';
COMMENT ON COLUMN histories.dictionary_hash IS 'The dictionary it is read with. 所用字典。';
COMMENT ON COLUMN histories.stored_at IS 'When it was stored. 存入时刻。';

CREATE TABLE history_copies (
    copy_number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workflow_id    text        NOT NULL,
    run_id         uuid        NOT NULL,
    workflow_type  text        NOT NULL,
    filing_id      uuid,
    first_event    int         NOT NULL CHECK (first_event > 0),
    last_event     int         NOT NULL CHECK (last_event >= first_event),
    content_hash   bytea       NOT NULL REFERENCES histories,
    history_hash   bytea       NOT NULL CHECK (octet_length(history_hash) = 32),
    follows        bytea       CHECK ((follows IS NULL) = (first_event = 1)),
    closed_as      text        CHECK (closed_as IN ('completed', 'continued_as_new', 'failed', 'canceled', 'terminated', 'timed_out')),
    continued_from uuid,
    first_event_at timestamptz NOT NULL,
    last_event_at  timestamptz NOT NULL,
    code_versions  text[]      NOT NULL,
    sdk_version    text        NOT NULL,
    plugin         jsonb       NOT NULL CHECK (jsonb_typeof(plugin) = 'object'),
    copied_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (run_id, history_hash)
);
CREATE INDEX history_copies_filing_id ON history_copies (filing_id, copy_number);
CREATE INDEX history_copies_workflow_id ON history_copies (workflow_id, copy_number);
CREATE INDEX history_copies_follows ON history_copies (run_id, follows);
GRANT SELECT, INSERT ON history_copies TO engine;
GRANT SELECT ON history_copies TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history_copies
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE history_copies IS 'Which histories were copied, and how far. A run that goes on is copied again: the next row adds what came since. 已复制的流程历史及其进度；继续运行的流程逐段追加。';
COMMENT ON COLUMN history_copies.copy_number IS 'Order of copying. 复制次序。';
COMMENT ON COLUMN history_copies.workflow_id IS 'Temporal''s name of the workflow. Temporal 的工作流编号。';
COMMENT ON COLUMN history_copies.run_id IS 'Temporal''s name of this run of it. 该次运行的编号。';
COMMENT ON COLUMN history_copies.workflow_type IS 'Which workflow it is: Declaration, Licence, Payout, Settlement, Opening, Nightly. 工作流种类。';
COMMENT ON COLUMN history_copies.filing_id IS 'The filing that the run carries; null for a run of none. 所办理的事项；无则为空。';
COMMENT ON COLUMN history_copies.first_event IS 'Number of the first event of this part. 本段首个历史事件的序号。';
COMMENT ON COLUMN history_copies.last_event IS 'Number of the last event: so far the run is copied. 本段末个历史事件的序号。';
COMMENT ON COLUMN history_copies.content_hash IS 'The part: events first_event to last_event. 本段内容。';
COMMENT ON COLUMN history_copies.history_hash IS 'SHA-256 of the history from event 1 to last_event. 自第 1 个事件至 last_event 的历史的 SHA-256。';
COMMENT ON COLUMN history_copies.follows IS 'history_hash of the row that this part continues; null where it begins with event 1. 所接续的一行；自第 1 个事件起则为空。';
COMMENT ON COLUMN history_copies.closed_as IS 'How the run ended; null while it goes on. 结束方式；运行中为空。';
COMMENT ON COLUMN history_copies.continued_from IS 'The run that this one goes on from. 所接续的运行。';
COMMENT ON COLUMN history_copies.first_event_at IS 'Instant of event 1. 首个事件的时刻。';
COMMENT ON COLUMN history_copies.last_event_at IS 'Instant of the last event. 末个事件的时刻。';
COMMENT ON COLUMN history_copies.code_versions IS 'Commits of the workers that carried it, in their order. 所用程序版本（提交号），按先后。';
COMMENT ON COLUMN history_copies.sdk_version IS 'Temporal SDK that last said its name in it. Temporal SDK 版本。';
COMMENT ON COLUMN history_copies.plugin IS 'How the program that copied was set up: commit, converter, sandbox, modules passed through. 复制程序的设置。';
COMMENT ON COLUMN history_copies.copied_at IS 'When it was copied. 复制时刻。';

-- What each audit of the night found; a fault is a row too (decision 0186).
CREATE TABLE audit_results (
    result_number bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    night         uuid        NOT NULL,
    step          text        NOT NULL,
    outcome       text        NOT NULL CHECK (outcome IN ('agrees', 'differs', 'fault')),
    report        jsonb       NOT NULL CHECK (jsonb_typeof(report) = 'object'),
    code_version  text        NOT NULL,
    began_at      timestamptz NOT NULL,
    ended_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (night, step)
);
CREATE INDEX audit_results_step ON audit_results (step, result_number);
GRANT SELECT, INSERT ON audit_results TO engine;
GRANT SELECT ON audit_results TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_results
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE audit_results IS 'What the audits of each night found. 每夜审计的结果。';
COMMENT ON COLUMN audit_results.result_number IS 'Order of the results. 结果次序。';
COMMENT ON COLUMN audit_results.night IS 'The run of the nightly workflow. 当夜运行的编号。';
COMMENT ON COLUMN audit_results.step IS 'Which audit: archive, replay, reconcile and so on. 审计步骤。';
COMMENT ON COLUMN audit_results.outcome IS 'agrees, differs, or fault: it could not be done. 一致、不一致或未能完成。';
COMMENT ON COLUMN audit_results.report IS 'Counts and the first differences, or the fault. 计数与差异（前若干条），或故障。';
COMMENT ON COLUMN audit_results.code_version IS 'Commit of the program that audited. 审计程序的提交号。';
COMMENT ON COLUMN audit_results.began_at IS 'When it began. 开始时刻。';
COMMENT ON COLUMN audit_results.ended_at IS 'When it ended. 结束时刻。';

-- Which code has carried which history to its end, so that a failure can name the last version that did.
CREATE TABLE replays (
    replay_number bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id        uuid        NOT NULL,
    history_hash  bytea       NOT NULL CHECK (octet_length(history_hash) = 32),
    last_event    int         NOT NULL,
    code_version  text        NOT NULL,
    passed        boolean     NOT NULL,
    why           text,
    replayed_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX replays_run_id ON replays (run_id, replay_number);
GRANT SELECT, INSERT ON replays TO engine;
GRANT SELECT ON replays TO auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON replays
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE replays IS 'Stored histories that the nightly audit replayed, by code version. 夜间重放的历史及所用程序版本。';
COMMENT ON COLUMN replays.replay_number IS 'Order of the replays. 重放次序。';
COMMENT ON COLUMN replays.run_id IS 'The run. 运行编号。';
COMMENT ON COLUMN replays.history_hash IS 'SHA-256 of the history that was replayed. 所重放历史的 SHA-256。';
COMMENT ON COLUMN replays.last_event IS 'How far the history went. 历史的末个事件序号。';
COMMENT ON COLUMN replays.code_version IS 'Commit of the code it was replayed with. 重放所用程序的提交号。';
COMMENT ON COLUMN replays.passed IS 'Whether it replayed and its payloads agreed. 是否通过。';
COMMENT ON COLUMN replays.why IS 'Why it did not pass. 未通过的原因。';
COMMENT ON COLUMN replays.replayed_at IS 'When. 重放时刻。';
