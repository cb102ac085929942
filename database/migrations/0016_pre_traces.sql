-- From money that left or arrived back to the line of the bank: what somebody types has its index.

-- A line by its serial alone, and the lines next to it.
CREATE INDEX bank_lines_serial ON bank_lines (split_part(bank_key, ' ', -1));

-- Whom a fact of a payout names, as a line of a determination or as paid elsewhere, and the bank's serial of a payment.
CREATE FUNCTION named_in_payout(body jsonb) RETURNS jsonb IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT jsonb_path_query_array(body, '$.made.determinations[*].result[*].name')
        || jsonb_path_query_array(body, '$.act.paid_lines[*].party')
        || jsonb_path_query_array(body, '$.act.bank_serial')
        || jsonb_path_query_array(body, '$.act.replacement.bank_serial')
$$;
CREATE INDEX events_naming_payouts ON events USING gin (named_in_payout(body))
    WHERE kind IN ('payout:facts_stated', 'payout:objection_decided', 'payout:surroundings_changed',
                   'payout:fact_corrected', 'payout:countersigned', 'payout:taken_over', 'payout:paid');

CREATE INDEX subsidy_payments_serial ON subsidy_payments (bank_serial);
