-- What the console's lists, searches and counts need at a million filings. All of it follows from filings and the registers by
-- triggers, in the transaction of the act, so that no way of recording can leave it behind; audit compares it (decision 0215).
SET lock_timeout = '4s';

-- The functions that acts call are in PL/pgSQL, which keeps plans.

-- Where somebody sits, by province: as it was stated last, else by the place of registration in its credit code (GB 32100).
CREATE FUNCTION region_of(p_party_id uuid) RETURNS text STABLE LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    stated text := (SELECT split_part(region, '.', 1) FROM beneficiary_profiles b
                    WHERE b.party_id = p_party_id ORDER BY from_on DESC, id DESC LIMIT 1);
BEGIN
    RETURN coalesce(stated, (SELECT CASE substr(credit_code, 3, 2)
        WHEN '11' THEN 'beijing' WHEN '12' THEN 'tianjin' WHEN '13' THEN 'hebei' WHEN '14' THEN 'shanxi'
        WHEN '15' THEN 'inner_mongolia' WHEN '21' THEN 'liaoning' WHEN '22' THEN 'jilin' WHEN '23' THEN 'heilongjiang'
        WHEN '31' THEN 'shanghai' WHEN '32' THEN 'jiangsu' WHEN '33' THEN 'zhejiang' WHEN '34' THEN 'anhui'
        WHEN '35' THEN 'fujian' WHEN '36' THEN 'jiangxi' WHEN '37' THEN 'shandong' WHEN '41' THEN 'henan'
        WHEN '42' THEN 'hubei' WHEN '43' THEN 'hunan' WHEN '44' THEN 'guangdong' WHEN '45' THEN 'guangxi'
        WHEN '46' THEN 'hainan' WHEN '50' THEN 'chongqing' WHEN '51' THEN 'sichuan' WHEN '52' THEN 'guizhou'
        WHEN '53' THEN 'yunnan' WHEN '54' THEN 'xizang' WHEN '61' THEN 'shaanxi' WHEN '62' THEN 'gansu'
        WHEN '63' THEN 'qinghai' WHEN '64' THEN 'ningxia' WHEN '65' THEN 'xinjiang' WHEN '71' THEN 'taiwan'
        WHEN '81' THEN 'hong_kong' WHEN '82' THEN 'macao' END FROM parties p WHERE p.party_id = p_party_id));
END $$;

-- Text as it is searched: however wide, in capitals or not, without blanks; what is neither letter nor digit stands as one bar.
CREATE FUNCTION found(text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS
    $$ SELECT regexp_replace(regexp_replace(lower(normalize($1, NFKC)), '\s+', '', 'g'), '[^[:alnum:]]+', '|', 'g') $$;
-- What is looked for: the same, in parts between which anything may stand.
CREATE FUNCTION looked_for(text) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS
    $$ SELECT array_remove(regexp_split_to_array(lower(normalize($1, NFKC)), '[^[:alnum:]]+'), '') $$;
-- Each two characters that follow each other, and no bar.
CREATE FUNCTION grams(text) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(array_agg(DISTINCT gram), '{}')
    FROM (SELECT substr($1, n, 2) AS gram FROM generate_series(1, length($1) - 1) n) two WHERE position('|' IN gram) = 0
$$;

-- One line per declaration that offers something.
CREATE TABLE listings (
    declaration_id  uuid PRIMARY KEY,
    patent_number   text NOT NULL,
    patent_kind     text NOT NULL,
    title           text NOT NULL,
    patentees       text NOT NULL,
    classification  text,
    subclass        text GENERATED ALWAYS AS (left(classification, 4)) STORED,
    region          text,
    platform        text,
    price_form      text NOT NULL,
    status          text CHECK (status IN ('offered', 'ended')),
    announced_on    date CHECK ((announced_on IS NULL) = (status IS NULL)),
    found_title     text NOT NULL GENERATED ALWAYS AS (found(title)) STORED,
    found_patentees text NOT NULL GENERATED ALWAYS AS (found(patentees)) STORED,
    grams           text[] NOT NULL GENERATED ALWAYS AS (grams(found(title || '|' || patentees))) STORED
) WITH (fillfactor = 80);
GRANT SELECT ON listings TO engine, auditor;
-- Without so many the planner takes a rare pair of characters for a common one, and the other way round.
ALTER TABLE listings ALTER COLUMN grams SET STATISTICS 3000;
CREATE INDEX listings_grams ON listings USING gin (grams) WITH (fastupdate = off);
CREATE INDEX listings_newest ON listings (status, announced_on, declaration_id);
CREATE INDEX listings_region ON listings (status, region, announced_on, declaration_id);
CREATE INDEX listings_subclass ON listings (status, subclass, announced_on, declaration_id);
CREATE INDEX listings_classification ON listings (status, classification);
CREATE INDEX listings_price_form ON listings (status, price_form, announced_on, declaration_id);
CREATE INDEX listings_patent_number ON listings (patent_number);

-- Whose a filing is.
CREATE TABLE filing_parties (
    party_id  uuid        NOT NULL,
    relation  text        NOT NULL CHECK (relation IN
        ('licensor', 'co_owner', 'agent', 'licensee', 'unit', 'inventor', 'authority', 'claimant')),
    begun_at  timestamptz NOT NULL,
    filing_id uuid        NOT NULL,
    PRIMARY KEY (party_id, relation, begun_at, filing_id)
);
CREATE INDEX filing_parties_filing ON filing_parties (filing_id);
GRANT SELECT ON filing_parties TO engine, auditor;

-- How many filings stand where. Whoever records keeps one of eight parts of each number, so that acts hardly wait for each
-- other; the number is the sum of the parts.
CREATE TABLE filing_counts (
    kind     text     NOT NULL,
    stage    text     NOT NULL,
    region   text     NOT NULL,
    platform text     NOT NULL,
    part     smallint NOT NULL,
    count    bigint   NOT NULL,
    PRIMARY KEY (kind, stage, region, platform, part)
) WITH (fillfactor = 50);
GRANT SELECT ON filing_counts TO engine, auditor;

-- Since which week they stand there.
CREATE TABLE filing_ages (
    kind     text     NOT NULL,
    stage    text     NOT NULL,
    since_on date     NOT NULL,
    part     smallint NOT NULL,
    count    bigint   NOT NULL,
    PRIMARY KEY (kind, stage, since_on, part)
) WITH (fillfactor = 50);
GRANT SELECT ON filing_ages TO engine, auditor;

-- How many acts of each kind were granted on each day.
CREATE TABLE act_counts (
    recorded_on date     NOT NULL,
    kind        text     NOT NULL,
    part        smallint NOT NULL,
    count       bigint   NOT NULL,
    PRIMARY KEY (recorded_on, kind, part)
) WITH (fillfactor = 50);
GRANT SELECT ON act_counts TO engine, auditor;

-- When a filing began, since when it stands where it stands, and where it belongs.
ALTER TABLE filings ADD COLUMN begun_at timestamptz, ADD COLUMN stage_since timestamptz,
                    ADD COLUMN region text, ADD COLUMN platform text, ADD COLUMN declaration_id uuid;

-- What of the form is searched: as the position says it, or of positions of before as it was filed last.
CREATE FUNCTION particulars_of(p_filing_id uuid, p_position jsonb) RETURNS jsonb STABLE LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF p_position ? 'particulars' THEN
        RETURN p_position -> 'particulars';
    END IF;
    RETURN coalesce((
        SELECT jsonb_build_object('title', offer ->> 'title', 'main_classification', offer ->> 'main_classification',
                                  'sub_platform', offer ->> 'sub_platform', 'agency', offer #>> '{agency,party_id}')
        FROM (SELECT body #> '{act,offer}' AS offer FROM events
              WHERE filing_id = p_filing_id AND kind IN ('declaration:draft_saved', 'declaration:submitted',
                                                         'declaration:resubmitted', 'declaration:taken_over')
              ORDER BY kind = 'declaration:resubmitted' DESC, kind <> 'declaration:draft_saved' DESC, version DESC LIMIT 1
        ) filed), '{}');
END $$;

-- Where a filing belongs: a declaration to the region of its first owner and to the platform that it names, what is below it
-- to the same region, and to a platform of its own if its notice names one.
CREATE FUNCTION place_of(p_filing filings) RETURNS TABLE (region text, platform text) STABLE LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF p_filing.kind = 'declaration' THEN
        RETURN QUERY SELECT region_of((p_filing."position" #>> '{offer,owners,0,party_id}')::uuid),
                            particulars_of(p_filing.filing_id, p_filing."position") ->> 'sub_platform';
    ELSIF p_filing.kind = 'settlement' THEN
        RETURN QUERY SELECT region_of((p_filing."position" ->> 'authority')::uuid), NULL::text;
    ELSE
        RETURN QUERY SELECT above.region, coalesce(p_filing."position" ->> 'sub_platform', above.platform)
            FROM (SELECT) one LEFT JOIN filings above ON above.filing_id = p_filing.parent_id;
    END IF;
END $$;

-- The declaration that it is, or is below.
CREATE FUNCTION declaration_of(p_filing filings) RETURNS uuid STABLE LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RETURN CASE p_filing.kind
        WHEN 'declaration' THEN p_filing.filing_id
        WHEN 'licence' THEN p_filing.parent_id
        WHEN 'payout' THEN (SELECT coalesce(above.declaration_id, above.parent_id) FROM filings above
                            WHERE above.filing_id = p_filing.parent_id) END;
END $$;

-- Whose it is, as its position says it; a licence of before names no licensors, and has those of its declaration.
CREATE FUNCTION parties_of(p_filing filings) RETURNS TABLE (relation text, party_id uuid) STABLE LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    stood jsonb := p_filing."position";
BEGIN
    CASE p_filing.kind
    WHEN 'declaration' THEN
        RETURN QUERY SELECT CASE n WHEN 1 THEN 'licensor' ELSE 'co_owner' END, (owner ->> 'party_id')::uuid
            FROM jsonb_array_elements(stood #> '{offer,owners}') WITH ORDINALITY AS owners (owner, n)
            UNION SELECT 'agent', agency FROM (SELECT (particulars_of(p_filing.filing_id, stood) ->> 'agency')::uuid) named (agency)
            WHERE agency IS NOT NULL;
    WHEN 'licence' THEN
        RETURN QUERY SELECT CASE n WHEN 1 THEN 'licensor' ELSE 'co_owner' END, party
            FROM (SELECT (span ->> 'party_id')::uuid AS party, row_number() OVER (ORDER BY place) AS n
                  FROM jsonb_array_elements(stood -> 'licensors') WITH ORDINALITY AS spans (span, place)
                  WHERE span ->> 'until_on' IS NULL) now
            UNION SELECT above.relation, above.party_id FROM filing_parties above
            WHERE above.filing_id = p_filing.parent_id AND above.relation IN ('licensor', 'co_owner')
              AND coalesce(jsonb_array_length(stood -> 'licensors'), 0) = 0
            UNION SELECT above.relation, above.party_id FROM filing_parties above
            WHERE above.filing_id = p_filing.parent_id AND above.relation = 'agent'
            UNION SELECT 'licensee', (span ->> 'party_id')::uuid FROM jsonb_array_elements(stood -> 'licensees') AS span
            WHERE span ->> 'until_on' IS NULL
            UNION SELECT 'licensee', (stood ->> 'licensee')::uuid
            WHERE stood ? 'licensee' AND coalesce(jsonb_array_length(stood -> 'licensees'), 0) = 0;
    WHEN 'payout' THEN
        RETURN QUERY SELECT 'unit', (stood ->> 'unit')::uuid WHERE stood ? 'unit'
            UNION SELECT 'inventor', (line ->> 'party')::uuid FROM jsonb_array_elements(stood -> 'lines') AS line
            WHERE line ->> 'party' IS NOT NULL AND line ->> 'party' IS DISTINCT FROM stood ->> 'unit';
    ELSE
        RETURN QUERY SELECT 'authority', (stood ->> 'authority')::uuid WHERE stood ? 'authority'
            UNION SELECT 'claimant', (claim ->> 'claimant')::uuid FROM jsonb_array_elements(stood -> 'claims') AS claim;
    END CASE;
END $$;

-- The line of a declaration; only what was announced has a status, so that nothing else is ever public.
CREATE FUNCTION listing_of(p_filing filings) RETURNS TABLE (
        declaration_id uuid, patent_number text, patent_kind text, title text, patentees text, classification text,
        region text, platform text, price_form text, status text, announced_on date
    ) STABLE LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    offer jsonb := p_filing."position" -> 'offer';
    said  jsonb := particulars_of(p_filing.filing_id, p_filing."position");
    stood text  := CASE
        WHEN offer ->> 'in_force_from' IS NULL THEN NULL
        WHEN p_filing.stage IN ('in_force', 'withdrawal_filed') THEN 'offered'
        WHEN p_filing.stage IN ('patent_ended_provisional', 'patent_ended', 'withdrawn', 'terminated', 'revoked', 'expired')
            THEN 'ended' END;
BEGIN
    IF p_filing.kind = 'declaration' AND offer ->> 'patent_number' IS NOT NULL THEN
        RETURN QUERY SELECT
            p_filing.filing_id, offer ->> 'patent_number', offer ->> 'patent_kind',
            coalesce(said ->> 'title', (SELECT p.title FROM patents p WHERE p.patent_number = offer ->> 'patent_number'), ''),
            coalesce((SELECT string_agg((SELECT public_name FROM parties p WHERE p.party_id = (owner ->> 'party_id')::uuid),
                                        '；' ORDER BY n)
                      FROM jsonb_array_elements(offer -> 'owners') WITH ORDINALITY AS owners (owner, n)), ''),
            upper(regexp_replace(normalize(said ->> 'main_classification', NFKC), '\s', '', 'g')),
            p_filing.region, p_filing.platform, offer #>> '{terms,-1,royalty,form}', stood,
            CASE WHEN stood IS NOT NULL THEN (offer ->> 'in_force_from')::date END;
    END IF;
END $$;

-- All of them run as their owner: nobody else writes what they keep.
CREATE FUNCTION place_filing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.begun_at := coalesce(NEW.begun_at, NEW.updated_at);
        NEW.declaration_id := declaration_of(NEW);
    END IF;
    IF TG_OP = 'INSERT' OR NEW.stage <> OLD.stage THEN
        NEW.stage_since := NEW.updated_at;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.kind = 'declaration' THEN
        SELECT * INTO NEW.region, NEW.platform FROM place_of(NEW);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION count_filing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- In one order, so that acts that move filings in opposite directions do not wait for each other in a circle.
    INSERT INTO filing_counts AS c (kind, stage, region, platform, part, count)
    SELECT kind, stage, region, platform, pg_backend_pid() % 8, by
    FROM (VALUES (OLD.kind, OLD.stage, coalesce(OLD.region, ''), coalesce(OLD.platform, ''), -1),
                 (NEW.kind, NEW.stage, coalesce(NEW.region, ''), coalesce(NEW.platform, ''), 1))
        moved (kind, stage, region, platform, by)
    WHERE kind IS NOT NULL ORDER BY 1, 2, 3, 4
    ON CONFLICT (kind, stage, region, platform, part) DO UPDATE SET count = c.count + EXCLUDED.count;
    IF OLD.stage IS DISTINCT FROM NEW.stage THEN
        INSERT INTO filing_ages AS a (kind, stage, since_on, part, count)
        SELECT kind, stage, date_trunc('week', since AT TIME ZONE 'Asia/Shanghai')::date, pg_backend_pid() % 8, by
        FROM (VALUES (OLD.kind, OLD.stage, OLD.stage_since, -1), (NEW.kind, NEW.stage, NEW.stage_since, 1))
            moved (kind, stage, since, by)
        WHERE kind IS NOT NULL ORDER BY 1, 2, 3
        ON CONFLICT (kind, stage, since_on, part) DO UPDATE SET count = a.count + EXCLUDED.count;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION count_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO act_counts AS c (recorded_on, kind, part, count)
    VALUES ((NEW.recorded_at AT TIME ZONE 'Asia/Shanghai')::date, NEW.kind, pg_backend_pid() % 8, 1)
    ON CONFLICT (recorded_on, kind, part) DO UPDATE SET count = c.count + 1;
    RETURN NULL;
END $$;

CREATE FUNCTION put_parties(p_filing filings) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM filing_parties k WHERE k.filing_id = p_filing.filing_id
        AND NOT EXISTS (SELECT FROM parties_of(p_filing) o WHERE o.relation = k.relation AND o.party_id = k.party_id);
    INSERT INTO filing_parties (party_id, relation, begun_at, filing_id)
    SELECT o.party_id, o.relation, p_filing.begun_at, p_filing.filing_id FROM parties_of(p_filing) o ON CONFLICT DO NOTHING;
END $$;
REVOKE EXECUTE ON FUNCTION put_parties FROM PUBLIC;

CREATE FUNCTION keep_parties() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM put_parties(NEW);
    IF TG_OP = 'UPDATE' AND NEW.kind = 'declaration' THEN
        PERFORM put_parties(f) FROM filings f WHERE f.parent_id = NEW.filing_id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION keep_listing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO listings AS l (declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform,
                               price_form, status, announced_on)
    SELECT * FROM listing_of(NEW)
    ON CONFLICT (declaration_id) DO UPDATE SET
        patent_number = EXCLUDED.patent_number, patent_kind = EXCLUDED.patent_kind, title = EXCLUDED.title,
        patentees = EXCLUDED.patentees, classification = EXCLUDED.classification, region = EXCLUDED.region,
        platform = EXCLUDED.platform, price_form = EXCLUDED.price_form, status = EXCLUDED.status,
        announced_on = EXCLUDED.announced_on
    WHERE (l.patent_number, l.patent_kind, l.title, l.patentees, l.classification, l.region, l.platform, l.price_form,
           l.status, l.announced_on)
        IS DISTINCT FROM (EXCLUDED.patent_number, EXCLUDED.patent_kind, EXCLUDED.title, EXCLUDED.patentees,
                          EXCLUDED.classification, EXCLUDED.region, EXCLUDED.platform, EXCLUDED.price_form, EXCLUDED.status,
                          EXCLUDED.announced_on);
    RETURN NULL;
END $$;

-- A seat that is stated later is where the filings of that party belong from then on.
CREATE FUNCTION move_filings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE filings f SET region = region_of(NEW.party_id)
    WHERE f.filing_id IN (SELECT filing_id FROM filing_parties p
                          WHERE p.party_id = NEW.party_id AND p.relation IN ('licensor', 'authority'))
      AND f.kind IN ('declaration', 'settlement') AND f.region IS DISTINCT FROM region_of(NEW.party_id);
    RETURN NULL;
END $$;

-- What is below a filing belongs where the filing does.
CREATE FUNCTION move_below() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE filings f SET region = NEW.region, platform = coalesce(f."position" ->> 'sub_platform', NEW.platform)
    WHERE f.parent_id = NEW.filing_id;
    RETURN NULL;
END $$;

-- What was recorded before this migration: when it began is its first event; since when it stands where it stands was noted
-- nowhere, so it counts from its last event.
UPDATE filings f SET begun_at = coalesce((SELECT recorded_at FROM events e WHERE e.filing_id = f.filing_id AND e.version = 1),
                                         f.updated_at), stage_since = f.updated_at, declaration_id = declaration_of(f);
UPDATE filings f SET (region, platform) = (SELECT * FROM place_of(f)) WHERE kind IN ('declaration', 'settlement');
UPDATE filings f SET region = above.region, platform = coalesce(
    (SELECT body #>> '{act,sub_platform}' FROM events e WHERE e.filing_id = f.filing_id AND e.version = 1), above.platform)
    FROM filings above WHERE above.filing_id = f.parent_id AND f.kind = 'licence';
UPDATE filings f SET region = above.region, platform = above.platform
    FROM filings above WHERE above.filing_id = f.parent_id AND f.kind = 'payout';
INSERT INTO filing_parties (party_id, relation, begun_at, filing_id)
    SELECT o.party_id, o.relation, f.begun_at, f.filing_id FROM filings f CROSS JOIN LATERAL parties_of(f) o
    WHERE f.kind <> 'licence' ON CONFLICT DO NOTHING;
INSERT INTO filing_parties (party_id, relation, begun_at, filing_id)
    SELECT o.party_id, o.relation, f.begun_at, f.filing_id FROM filings f CROSS JOIN LATERAL parties_of(f) o
    WHERE f.kind = 'licence' ON CONFLICT DO NOTHING;
INSERT INTO listings (declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform,
                      price_form, status, announced_on)
    SELECT l.* FROM filings f CROSS JOIN LATERAL listing_of(f) l;
INSERT INTO filing_counts (kind, stage, region, platform, part, count)
    SELECT kind, stage, coalesce(region, ''), coalesce(platform, ''), 0, count(*) FROM filings GROUP BY 1, 2, 3, 4;
INSERT INTO filing_ages (kind, stage, since_on, part, count)
    SELECT kind, stage, date_trunc('week', stage_since AT TIME ZONE 'Asia/Shanghai')::date, 0, count(*) FROM filings
    GROUP BY 1, 2, 3;
INSERT INTO act_counts (recorded_on, kind, part, count)
    SELECT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date, kind, 0, count(*) FROM events GROUP BY 1, 2;

CREATE TRIGGER place_new BEFORE INSERT ON filings FOR EACH ROW EXECUTE FUNCTION place_filing();
CREATE TRIGGER place_changed BEFORE UPDATE ON filings FOR EACH ROW WHEN (
    OLD.stage <> NEW.stage OR NEW.kind = 'declaration' AND (
        (OLD."position" #> '{offer,owners}') IS DISTINCT FROM (NEW."position" #> '{offer,owners}')
        OR (OLD."position" -> 'particulars') IS DISTINCT FROM (NEW."position" -> 'particulars'))
) EXECUTE FUNCTION place_filing();
CREATE TRIGGER count_new AFTER INSERT ON filings FOR EACH ROW EXECUTE FUNCTION count_filing();
CREATE TRIGGER count_moved AFTER UPDATE ON filings FOR EACH ROW WHEN (
    OLD.stage <> NEW.stage OR OLD.region IS DISTINCT FROM NEW.region OR OLD.platform IS DISTINCT FROM NEW.platform
) EXECUTE FUNCTION count_filing();
CREATE TRIGGER keep_parties_new AFTER INSERT ON filings FOR EACH ROW EXECUTE FUNCTION keep_parties();
CREATE TRIGGER keep_parties_changed AFTER UPDATE ON filings FOR EACH ROW WHEN (
    CASE NEW.kind
        WHEN 'declaration' THEN (OLD."position" #> '{offer,owners}') IS DISTINCT FROM (NEW."position" #> '{offer,owners}')
            OR (OLD."position" -> 'particulars') IS DISTINCT FROM (NEW."position" -> 'particulars')
        WHEN 'licence' THEN (OLD."position" -> 'licensors') IS DISTINCT FROM (NEW."position" -> 'licensors')
            OR (OLD."position" -> 'licensees') IS DISTINCT FROM (NEW."position" -> 'licensees')
        WHEN 'payout' THEN (OLD."position" -> 'lines') IS DISTINCT FROM (NEW."position" -> 'lines')
        ELSE (OLD."position" -> 'claims') IS DISTINCT FROM (NEW."position" -> 'claims') END
) EXECUTE FUNCTION keep_parties();
CREATE TRIGGER keep_listing_new AFTER INSERT ON filings FOR EACH ROW WHEN (NEW.kind = 'declaration')
    EXECUTE FUNCTION keep_listing();
CREATE TRIGGER keep_listing_changed AFTER UPDATE ON filings FOR EACH ROW WHEN (NEW.kind = 'declaration' AND (
    OLD.stage <> NEW.stage OR OLD.region IS DISTINCT FROM NEW.region OR OLD.platform IS DISTINCT FROM NEW.platform
    OR (OLD."position" -> 'offer') IS DISTINCT FROM (NEW."position" -> 'offer')
    OR (OLD."position" -> 'particulars') IS DISTINCT FROM (NEW."position" -> 'particulars'))
) EXECUTE FUNCTION keep_listing();
CREATE TRIGGER move_below AFTER UPDATE ON filings FOR EACH ROW WHEN (
    OLD.region IS DISTINCT FROM NEW.region OR OLD.platform IS DISTINCT FROM NEW.platform
) EXECUTE FUNCTION move_below();
CREATE TRIGGER move_filings AFTER INSERT ON beneficiary_profiles FOR EACH ROW EXECUTE FUNCTION move_filings();
CREATE TRIGGER count_act AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION count_act();
ALTER TABLE filings ALTER COLUMN begun_at SET NOT NULL, ALTER COLUMN stage_since SET NOT NULL;

-- Newest first: of all, of a kind, of a stage, of a region, of a platform, of a declaration. What else lists are narrowed by
-- stands in them, so that what is left out is not looked up.
CREATE INDEX filings_newest ON filings (begun_at, filing_id) INCLUDE (kind, stage, region, platform, due_by);
CREATE INDEX filings_kind_newest ON filings (kind, begun_at, filing_id) INCLUDE (stage, region, platform, due_by);
CREATE INDEX filings_kind_stage_newest ON filings (kind, stage, begun_at, filing_id) INCLUDE (region, platform, due_by);
CREATE INDEX filings_region_newest ON filings (region, begun_at, filing_id) INCLUDE (kind, stage, platform, due_by);
CREATE INDEX filings_platform_newest ON filings (platform, begun_at, filing_id) INCLUDE (kind, stage, region, due_by)
    WHERE platform IS NOT NULL;
CREATE INDEX filings_declaration ON filings (declaration_id, begun_at, filing_id);

COMMENT ON COLUMN filings.begun_at IS 'When its first event was recorded. 首个事件的记录时刻。';
COMMENT ON COLUMN filings.stage_since IS 'Since when it stands in its stage. 进入现阶段的时刻。';
COMMENT ON COLUMN filings.region IS 'Province where it belongs: that of the first owner, of the authority. 所属省份：第一专利权人或主管部门所在地。';
COMMENT ON COLUMN filings.platform IS 'Sub-platform that it came through. 所属分平台。';
COMMENT ON COLUMN filings.declaration_id IS 'The declaration that it is, or is below. 所属声明。';
COMMENT ON TABLE listings IS 'What of each declaration is searched and listed; public is what has a status. 声明的检索与列表内容；有状态者方可公开。';
COMMENT ON COLUMN listings.declaration_id IS 'The declaration. 声明。';
COMMENT ON COLUMN listings.patent_number IS 'Patent number in its normal form. 专利号（规范写法）。';
COMMENT ON COLUMN listings.patent_kind IS 'invention, utility_model or design. 发明、实用新型、外观设计。';
COMMENT ON COLUMN listings.title IS 'Title as it was declared. 声明所载名称。';
COMMENT ON COLUMN listings.patentees IS 'Names of the owners that are organisations. 单位专利权人名称。';
COMMENT ON COLUMN listings.classification IS 'Main class of the International Patent Classification. 主分类号。';
COMMENT ON COLUMN listings.subclass IS 'Its first four characters. 分类号小类。';
COMMENT ON COLUMN listings.region IS 'Province of the first owner. 第一专利权人所在省份。';
COMMENT ON COLUMN listings.platform IS 'Sub-platform that it came through. 所属分平台。';
COMMENT ON COLUMN listings.price_form IS 'Form of the royalty as announced last. 最近公告的许可费形式。';
COMMENT ON COLUMN listings.status IS 'offered: notices can be given; ended; null: not announced, so not public. 可被许可、已终止；空为未公告，不公开。';
COMMENT ON COLUMN listings.announced_on IS 'Day of announcement. 公告日。';
COMMENT ON COLUMN listings.found_title IS 'Title as it is searched. 检索用名称。';
COMMENT ON COLUMN listings.found_patentees IS 'Names as they are searched. 检索用权利人名称。';
COMMENT ON COLUMN listings.grams IS 'Each two characters that follow each other in them. 其中相邻两字。';
COMMENT ON TABLE filing_parties IS 'Whose each filing is, as its position says. 事项归属的当事人。';
COMMENT ON COLUMN filing_parties.party_id IS 'The person or organisation. 当事人。';
COMMENT ON COLUMN filing_parties.relation IS 'What it is to the filing, such as licensor or licensee. 与事项的关系。';
COMMENT ON COLUMN filing_parties.begun_at IS 'When the filing began; by it lists are ordered. 事项开始时刻，列表以此排序。';
COMMENT ON COLUMN filing_parties.filing_id IS 'Filing: a declaration, licence, payout or settlement. 事项：声明、许可、发放或结算。';
COMMENT ON TABLE filing_counts IS 'How many filings stand where; the number is the sum of the parts. 各处事项数；各分量之和。';
COMMENT ON COLUMN filing_counts.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';
COMMENT ON COLUMN filing_counts.stage IS 'Stage of the main track. 主轨阶段。';
COMMENT ON COLUMN filing_counts.region IS 'Province; empty where none is known. 省份；不详为空。';
COMMENT ON COLUMN filing_counts.platform IS 'Sub-platform; empty where there is none. 分平台；无则为空。';
COMMENT ON COLUMN filing_counts.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN filing_counts.count IS 'Came less went. 进入减离开。';
COMMENT ON TABLE filing_ages IS 'Since which week how many filings stand where; the number is the sum of the parts. 各周起停留于各阶段的事项数；各分量之和。';
COMMENT ON COLUMN filing_ages.kind IS 'declaration, licence, payout or settlement. 种类：声明、许可、发放、结算。';
COMMENT ON COLUMN filing_ages.stage IS 'Stage of the main track. 主轨阶段。';
COMMENT ON COLUMN filing_ages.since_on IS 'Monday of the week in which they came there. 进入该阶段之周的周一。';
COMMENT ON COLUMN filing_ages.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN filing_ages.count IS 'Came less went. 进入减离开。';
COMMENT ON TABLE act_counts IS 'How many acts were granted on each day; the number is the sum of the parts. 每日受理的行为数；各分量之和。';
COMMENT ON COLUMN act_counts.recorded_on IS 'Day of recording in Asia/Shanghai. 记录日（北京时间）。';
COMMENT ON COLUMN act_counts.kind IS 'subject:past-tense, such as licence:receipt_booked. 事件名。';
COMMENT ON COLUMN act_counts.part IS 'Which of eight parts. 八个分量之一。';
COMMENT ON COLUMN act_counts.count IS 'So many acts. 行为数。';
