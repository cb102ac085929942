-- Who of an organisation does which task, and who is away: the console's own data, no act of law (decision 0251). Each
-- organisation divides its own work; a task that two of them see has somebody in each.

CREATE TABLE task_assignments (
    organisation_id uuid        NOT NULL REFERENCES parties,
    filing_id       uuid        NOT NULL,
    key             text        NOT NULL,
    assigned_to     uuid        REFERENCES parties,
    assigned_by     uuid        NOT NULL REFERENCES parties,
    assigned_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (organisation_id, filing_id, key)
);
CREATE INDEX task_assignments_of_person ON task_assignments (organisation_id, assigned_to);
GRANT SELECT, INSERT ON task_assignments TO engine;
GRANT UPDATE (assigned_to, assigned_by, assigned_at) ON task_assignments TO engine;
GRANT SELECT ON task_assignments TO auditor;
COMMENT ON TABLE task_assignments IS 'Who of an organisation does which task now. 单位内部任务现由谁办理。';
COMMENT ON COLUMN task_assignments.organisation_id IS 'Whose people divide it. 分工的单位。';
COMMENT ON COLUMN task_assignments.filing_id IS 'Filing of the task. 任务所属事项。';
COMMENT ON COLUMN task_assignments.key IS 'Key of the task within its filing. 任务的键。';
COMMENT ON COLUMN task_assignments.assigned_to IS 'Who does it; none: given back. 办理人；空为已退回。';
COMMENT ON COLUMN task_assignments.assigned_by IS 'Who said so last. 最近分派人。';
COMMENT ON COLUMN task_assignments.assigned_at IS 'When. 最近分派时刻。';

-- Written by the table above itself, so that no way of assigning is without its line.
CREATE TABLE task_handovers (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid        NOT NULL,
    filing_id       uuid        NOT NULL,
    key             text        NOT NULL,
    given_from      uuid,
    given_to        uuid,
    given_by        uuid        NOT NULL,
    given_at        timestamptz NOT NULL
);
GRANT SELECT ON task_handovers TO engine, auditor;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON task_handovers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON TABLE task_handovers IS 'Every change of who does a task. 任务办理人的每次变更。';
COMMENT ON COLUMN task_handovers.id IS 'Number of the line. 行号。';
COMMENT ON COLUMN task_handovers.organisation_id IS 'Whose people. 所属单位。';
COMMENT ON COLUMN task_handovers.filing_id IS 'Filing of the task. 任务所属事项。';
COMMENT ON COLUMN task_handovers.key IS 'Key of the task within its filing. 任务的键。';
COMMENT ON COLUMN task_handovers.given_from IS 'Who did it before; none: nobody. 原办理人；空为无人。';
COMMENT ON COLUMN task_handovers.given_to IS 'Who does it from now on; none: nobody. 新办理人；空为无人。';
COMMENT ON COLUMN task_handovers.given_by IS 'Who changed it. 变更人。';
COMMENT ON COLUMN task_handovers.given_at IS 'When. 变更时刻。';

CREATE FUNCTION hand_over_task() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO task_handovers (organisation_id, filing_id, key, given_from, given_to, given_by, given_at)
    VALUES (NEW.organisation_id, NEW.filing_id, NEW.key, CASE WHEN TG_OP = 'UPDATE' THEN OLD.assigned_to END,
        NEW.assigned_to, NEW.assigned_by, NEW.assigned_at);
    RETURN NULL;
END $$;
CREATE TRIGGER hand_over AFTER INSERT OR UPDATE ON task_assignments
    FOR EACH ROW EXECUTE FUNCTION hand_over_task();

CREATE TABLE absences (
    absence_id      uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES parties,
    party_id        uuid        NOT NULL REFERENCES parties,
    from_on         date        NOT NULL,
    until_on        date        NOT NULL CHECK (until_on >= from_on),
    told_by         uuid        NOT NULL REFERENCES parties,
    told_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_by        uuid        REFERENCES parties,
    ended_at        timestamptz,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX absences_of_organisation ON absences (organisation_id, until_on) WHERE ended_at IS NULL;
GRANT SELECT, INSERT ON absences TO engine;
GRANT UPDATE (ended_by, ended_at) ON absences TO engine;
GRANT SELECT ON absences TO auditor;
COMMENT ON TABLE absences IS 'Who of an organisation is away, from which day to which. 单位人员的缺勤期间。';
COMMENT ON COLUMN absences.absence_id IS 'Id of the absence. 缺勤编号。';
COMMENT ON COLUMN absences.organisation_id IS 'From which organisation. 所属单位。';
COMMENT ON COLUMN absences.party_id IS 'Who is away. 缺勤人。';
COMMENT ON COLUMN absences.from_on IS 'First day. 首日。';
COMMENT ON COLUMN absences.until_on IS 'Last day. 末日。';
COMMENT ON COLUMN absences.told_by IS 'Who entered it. 登记人。';
COMMENT ON COLUMN absences.told_at IS 'When. 登记时刻。';
COMMENT ON COLUMN absences.ended_by IS 'Who took it back. 撤销人。';
COMMENT ON COLUMN absences.ended_at IS 'When. 撤销时刻。';

-- Tasks without a day stand last, and a page can begin among them: no key of an index compares with null.
CREATE INDEX tasks_open_in_order ON tasks (role, (coalesce(by_on, 'infinity'::date)), filing_id, key)
    WHERE closed_on IS NULL;
CREATE INDEX findings_open_of_code ON findings (code, opened_on, filing_id, key) WHERE closed_on IS NULL;
