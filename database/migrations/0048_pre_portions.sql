-- Lists of keys, addresses of deadlines and absences are read a portion at a time, in the order of these.
SET lock_timeout = '4s';

CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id, created_at, key_id);
DROP INDEX api_keys_organisation;
CREATE INDEX deadline_calendars_in_use ON deadline_calendars (account_id, created_at, calendar_id) WHERE ended_at IS NULL;
DROP INDEX deadline_calendars_of_account;
CREATE INDEX absences_in_force ON absences (organisation_id, until_on, absence_id) WHERE ended_at IS NULL;
DROP INDEX absences_of_organisation;
