-- What narrows a list, kept by a person under a name (decision 0258).

CREATE TABLE saved_views (
    view_id         uuid        PRIMARY KEY,
    account_id      uuid        NOT NULL REFERENCES accounts,
    organisation_id uuid        REFERENCES parties,
    role            text        NOT NULL,
    list            text        NOT NULL,
    name            text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
    narrowed        jsonb       NOT NULL CHECK (jsonb_typeof(narrowed) = 'object'),
    is_shared       boolean     NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT shared_views_have_an_organisation CHECK (NOT is_shared OR organisation_id IS NOT NULL)
);
-- One name once, however it is written: among one's own, and among those that the organisation shares.
CREATE UNIQUE INDEX saved_views_of_account ON saved_views (account_id, organisation_id, role, list, searched(name))
    NULLS NOT DISTINCT;
CREATE UNIQUE INDEX saved_views_shared ON saved_views (organisation_id, role, list, searched(name)) WHERE is_shared;
GRANT SELECT, INSERT ON saved_views TO engine;
GRANT UPDATE (name, is_shared, updated_at) ON saved_views TO engine;
GRANT SELECT (view_id, account_id, organisation_id, role, list, is_shared, created_at, updated_at)
    ON saved_views TO auditor;
COMMENT ON TABLE saved_views IS 'What narrows a list, kept by a person under a name. 个人命名保存的列表筛选。';
COMMENT ON COLUMN saved_views.view_id IS 'Id of the view. 视图编号。';
COMMENT ON COLUMN saved_views.account_id IS 'Whose it is. 所属账户。';
COMMENT ON COLUMN saved_views.organisation_id IS 'For which organisation the person acted; none: for himself. 保存时所代表的单位；空为本人。';
COMMENT ON COLUMN saved_views.role IS 'In which role; lists differ by it. 保存时的身份；列表因身份而异。';
COMMENT ON COLUMN saved_views.list IS 'Address of the list. 列表地址。';
COMMENT ON COLUMN saved_views.name IS 'What its owner calls it. 名称。';
COMMENT ON COLUMN saved_views.narrowed IS 'What narrows the list, as it stands in its address. 地址中的筛选条件。';
COMMENT ON COLUMN saved_views.is_shared IS 'Whether the others of the organisation in that role see it. 是否供本单位同身份人员使用。';
COMMENT ON COLUMN saved_views.created_at IS 'When it was saved. 保存时刻。';
COMMENT ON COLUMN saved_views.updated_at IS 'When it was last renamed or shared. 最近改名或者共用的时刻。';

-- The engine deletes through here alone, and only what its owner asks for.
CREATE FUNCTION delete_saved_view(p_view_id uuid, p_account_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM saved_views WHERE view_id = p_view_id AND account_id = p_account_id;
    RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION delete_saved_view FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_saved_view TO engine;

-- What somebody called things goes with the person.
CREATE FUNCTION forget_saved_views() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM saved_views WHERE account_id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER forget_saved_views AFTER UPDATE OF state ON accounts
    FOR EACH ROW WHEN (NEW.state = 'erased') EXECUTE FUNCTION forget_saved_views();
