-- Tables of declarations that came by the console or the API: kept while they are checked, asked for and told.

CREATE TABLE imports (
    import_id     uuid        PRIMARY KEY,
    owner_id      uuid        NOT NULL REFERENCES parties,
    role          text        NOT NULL,
    sent_by       uuid        NOT NULL REFERENCES parties (party_id),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind          text        NOT NULL CHECK (kind IN ('csv', 'xlsx')),
    body          bytea       NOT NULL CHECK (octet_length(body) <= 10485760),
    content_hash  text        NOT NULL,
    rows          integer     NOT NULL CHECK (rows >= 0),
    state         text        NOT NULL DEFAULT 'checking' CHECK (state IN ('checking', 'checked', 'taking', 'done')),
    sent_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed_by  uuid        REFERENCES parties (party_id),
    confirmed_at  timestamptz,
    moved_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
    CHECK ((confirmed_at IS NULL) = (state IN ('checking', 'checked')))
);
CREATE INDEX imports_newest ON imports (sent_at, import_id);
CREATE INDEX imports_owner_newest ON imports (owner_id, sent_at, import_id);
CREATE INDEX imports_under_way ON imports (state, import_id) WHERE state IN ('checking', 'taking');
GRANT SELECT, INSERT ON imports TO engine;
GRANT UPDATE (state, confirmed_by, confirmed_at, moved_at) ON imports TO engine;
GRANT SELECT ON imports TO auditor;

CREATE TABLE import_rows (
    import_id     uuid        NOT NULL REFERENCES imports,
    line          integer     NOT NULL,
    patent_number text        NOT NULL,
    outcome       text        NOT NULL
        CHECK (outcome IN ('good', 'refused', 'imported', 'known', 'awaits_countersignature')),
    act_id        uuid,
    filing_id     uuid,
    reasons       jsonb       NOT NULL DEFAULT '[]',
    warnings      jsonb       NOT NULL DEFAULT '[]',
    PRIMARY KEY (import_id, line)
);
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, line);
GRANT SELECT, INSERT ON import_rows TO engine;
GRANT UPDATE (outcome, act_id, filing_id, reasons, warnings) ON import_rows TO engine;
GRANT SELECT ON import_rows TO auditor;

COMMENT ON TABLE imports IS 'Tables of declarations sent by the console or the API. 经控制台或接口送来的声明批量表。';
COMMENT ON COLUMN imports.import_id IS 'Id of the sending; the same request has the same. 送交编号，同一请求编号相同。';
COMMENT ON COLUMN imports.owner_id IS 'Whose it is: the organisation, or the person where he acts for himself. 归属单位或本人。';
COMMENT ON COLUMN imports.role IS 'In which role it was sent. 以何角色送交。';
COMMENT ON COLUMN imports.sent_by IS 'Who sent it. 送交人。';
COMMENT ON COLUMN imports.name IS 'Name of the file. 文件名。';
COMMENT ON COLUMN imports.kind IS 'csv or xlsx, by its content. 按内容判定的格式：csv 或 xlsx。';
COMMENT ON COLUMN imports.body IS 'The file as it came. 原文件。';
COMMENT ON COLUMN imports.content_hash IS 'SHA-256 of the file in hex. 文件的 SHA-256。';
COMMENT ON COLUMN imports.rows IS 'How many rows it has. 行数。';
COMMENT ON COLUMN imports.state IS 'checking, checked, taking (its good rows are asked for), done. 核对中、已核对、导入中、已完成。';
COMMENT ON COLUMN imports.sent_at IS 'When it came. 送达时刻。';
COMMENT ON COLUMN imports.confirmed_by IS 'Who asked for its good rows. 确认导入的人。';
COMMENT ON COLUMN imports.confirmed_at IS 'When that was. 确认时刻。';
COMMENT ON COLUMN imports.moved_at IS 'When it last went on; long ago while it is under way: it was interrupted. 最近推进时刻；进行中而久未推进即已中断。';
COMMENT ON TABLE import_rows IS 'What came of each row of such a table. 批量表各行的结果。';
COMMENT ON COLUMN import_rows.import_id IS 'The sending. 所属送交。';
COMMENT ON COLUMN import_rows.line IS 'Line of the file. 文件中的行号。';
COMMENT ON COLUMN import_rows.patent_number IS 'Its patent, as far as it could be read. 可辨认的专利号。';
COMMENT ON COLUMN import_rows.outcome IS 'good: can be asked for; refused; imported; known: it was imported before; awaits_countersignature. 可导入、未通过、已导入、此前已导入、待会签。';
COMMENT ON COLUMN import_rows.act_id IS 'The act that it is. 对应的行为。';
COMMENT ON COLUMN import_rows.filing_id IS 'The declaration that it made, or had made before. 形成的声明。';
COMMENT ON COLUMN import_rows.reasons IS 'Why it was refused: code, place and facts. 未通过的原因：代码、位置与事实。';
COMMENT ON COLUMN import_rows.warnings IS 'What was warned of. 提示事项。';
