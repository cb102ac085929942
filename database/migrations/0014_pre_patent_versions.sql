-- Every version of register evidence, with who brought it and when; what acts are judged by is the newest, in patents.

CREATE TABLE patent_versions (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patent_number text        NOT NULL,
    title         text        NOT NULL,
    kind          text        NOT NULL,
    filed_on      date,
    granted_on    date,
    status        text        NOT NULL,
    source        text        NOT NULL,
    facts         jsonb       NOT NULL,
    brought_by    uuid,                        -- null: nobody was named
    brought_on    date        NOT NULL DEFAULT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX patent_versions_of ON patent_versions (patent_number, brought_on, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON patent_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON patent_versions TO engine;
GRANT SELECT ON patent_versions TO auditor;

INSERT INTO patent_versions (patent_number, title, kind, filed_on, granted_on, status, source, facts)
SELECT patent_number, title, kind, filed_on, granted_on, status, source, facts FROM patents;

COMMENT ON TABLE patent_versions IS 'Every version of register evidence, the newest last. 登记簿证据的各个版本。';
COMMENT ON COLUMN patent_versions.id IS 'In the order in which they were brought. 序号。';
COMMENT ON COLUMN patent_versions.patent_number IS 'The patent, in its canonical form. 专利号。';
COMMENT ON COLUMN patent_versions.title IS 'Title of the invention. 名称。';
COMMENT ON COLUMN patent_versions.kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';
COMMENT ON COLUMN patent_versions.filed_on IS 'Filing day. 申请日。';
COMMENT ON COLUMN patent_versions.granted_on IS 'Day of grant. 授权公告日。';
COMMENT ON COLUMN patent_versions.status IS 'Legal status. 法律状态。';
COMMENT ON COLUMN patent_versions.source IS 'Where it was read. 来源。';
COMMENT ON COLUMN patent_versions.facts IS 'All facts that were stated. 全部事实。';
COMMENT ON COLUMN patent_versions.brought_by IS 'Who brought it; null where nobody was named. 提供人。';
COMMENT ON COLUMN patent_versions.brought_on IS 'Day on which it was brought. 提供之日。';
COMMENT ON COLUMN patent_versions.recorded_at IS 'When it was written down. 记录时刻。';
