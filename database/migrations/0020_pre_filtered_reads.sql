-- The audit log is read in the order of its instants: each filter, and each two of them, has its index, and a day is a
-- part of each. Granted acts write no line, so these are paid for by what is refused, read, or done to the registers.
DROP INDEX audit_log_filing, audit_log_who;
CREATE INDEX audit_log_at ON audit_log (at, id);
CREATE INDEX audit_log_filing ON audit_log (filing_id, at, id) WHERE filing_id IS NOT NULL;
CREATE INDEX audit_log_who ON audit_log (who, at, id);
CREATE INDEX audit_log_act ON audit_log (act_kind, at, id);
CREATE INDEX audit_log_outcome ON audit_log (outcome, at, id);
CREATE INDEX audit_log_who_act ON audit_log (who, act_kind, at, id);
CREATE INDEX audit_log_who_outcome ON audit_log (who, outcome, at, id);
CREATE INDEX audit_log_act_outcome ON audit_log (act_kind, outcome, at, id);

-- Of a list, the lines of one claimant.
CREATE INDEX subsidy_lines_claimant ON subsidy_lines (settlement_id, credit_code);
