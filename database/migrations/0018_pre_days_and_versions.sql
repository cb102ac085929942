-- Which legal day was asked for stands in the audit log; a profile that was stated wrongly is stated again, and both stay.
SET lock_timeout = '4s';

ALTER TABLE audit_log ADD COLUMN legal_on date;
COMMENT ON COLUMN audit_log.legal_on IS 'Legal day of the act that was asked for; null of a read, and of lines of before. 法定日。';

-- One day could have one profile; code of before goes on adding rows and reads the newest by its first day.
ALTER TABLE beneficiary_profiles DROP CONSTRAINT beneficiary_profiles_pkey;
ALTER TABLE beneficiary_profiles ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
CREATE INDEX beneficiary_profiles_of ON beneficiary_profiles (party_id, from_on, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON beneficiary_profiles
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON COLUMN beneficiary_profiles.id IS 'In the order in which they were stated; of one first day the last holds. 序号，同一起始日以最后一条为准。';

-- A call that sets its window is one act that changes the years of many licences.
ALTER TABLE entitlement_lines DROP CONSTRAINT entitlement_lines_act_id_scheme_beneficiary_year_key;
ALTER TABLE entitlement_lines
    ADD CONSTRAINT one_line_of_a_licence UNIQUE (act_id, scheme, beneficiary, year, licence_id);
