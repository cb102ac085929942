"""A read model of so many filings, made by SQL in the shape of the bulletin: few titles, owners and regions have most.

The same each time, whatever the machine. Rows are what recording leaves; of events there is none.
"""

from database.pool import open_pool

PARTIES = 10_000
_THINGS = (
    "锂离子电池 太阳能电池 光伏组件 永磁同步电机 工业机器人 数控机床 半导体芯片 显示面板 图像识别 语音合成 "
    "深度学习模型 区块链数据 无线通信 天线阵列 光纤传感器 激光雷达 无人机 新能源汽车 充电桩 燃料电池 风力发电机组 "
    "变压器 断路器 污水处理 空气净化 固体废物 生物质 催化剂 高分子材料 石墨烯 碳纤维 铝合金 不锈钢 混凝土 "
    "预制构件 桥梁 隧道 盾构机 起重机 挖掘机 拖拉机 收割机 水稻 小麦 玉米 蔬菜 果树 茶叶 中药组合物 疫苗 "
    "单克隆抗体 医用导管 骨科植入物 牙科器械 超声成像 核磁共振 血糖监测 康复训练 智能家居 空调器 冰箱 洗衣机 "
    "电饭煲 照明灯具 LED灯 服装面料 纺织机械 皮革 包装盒 食品饮料 乳制品 白酒 水产养殖 饲料 农药 化肥 灌溉 温室 "
    "物流分拣 仓储货架 电梯 自动门 地下管网 燃气阀门 液压泵 轴承 齿轮箱 焊接 铸造 3D打印 表面涂层 薄膜 胶黏剂 "
    "陶瓷 玻璃 木材 造纸 印刷"
)
_PARTS = (
    "隔膜 正极材料 负极材料 电解液 控制系统 检测装置 监测方法 冷却结构 散热器 外壳 支架 夹具 传动机构 驱动电路 "
    "电源模块 信号处理 数据传输 故障诊断 路径规划 参数优化 预测模型 识别算法 加密方法 存储介质 管理平台 安装结构 "
    "密封圈 连接件 过滤器 搅拌器 干燥设备 清洗设备 切割设备 打磨设备 喷涂设备 回收工艺 合成工艺 提取工艺 发酵工艺 "
    "热处理工艺 防腐层 复合层 传感器 执行器 遥控器 显示器 摄像头 电缆 接头 阀体 泵体 叶片 转子 定子 线圈 磁体 "
    "基板 焊点 引线 封装"
)
_FORMS = "free lump_sum lump_sum lump_sum lump_sum instalments running running entry_plus_running"
_STAGES = (
    "in_force in_force in_force in_force in_force in_force in_force in_force in_force in_force in_force in_force "
    "in_force submitted filed draft returned withdrawn expired expired patent_ended patent_ended terminated "
    "withdrawal_filed"
)
_LICENCE_STAGES = "effective effective effective awaiting_payment expired not_concluded"
_PLATFORMS = "广州知识产权交易中心 深圳知识产权保护中心 横琴国际知识产权交易中心 佛山分平台 东莞分平台"
_CLASSES = (
    "H01M G06F H04L G01N A61B B65D H02J G06Q C02F B01D H04W G06T A61K G06N B60L F24F H01L C08L B23K E04B A01G "
    "H05K G02B F16K B29C C12N A23L B66C E21B F03D"
)
_CODES = "44 44 44 32 32 11 33 33 31 37 51 42 43 34 61 50 12 35 41 13 21 22 23 36 45 53 52 14 62 65 46 64 15 63 54"
_CITIES = "广东 深圳 江苏 苏州 北京 浙江 杭州 上海 山东 四川 湖北 湖南 安徽 陕西 重庆 天津 福建 河南 河北 辽宁"
_FIELDS = (
    "理工大学 电子科技有限公司 新材料股份有限公司 农业科学研究院 智能装备有限公司 医药有限公司 电力研究院 "
    "交通大学 环保工程有限公司"
)

_NUMBER = """'202010' || lpad(n::text, 6, '0') || '.' || substr('0123456789X', 1 + (18 + n / 100000 % 10 * 8
    + n / 10000 % 10 * 9 + n / 1000 % 10 * 2 + n / 100 % 10 * 3 + n / 10 % 10 * 4 + n % 10 * 5) % 11, 1)"""
"""The patent's number with its check character."""
_DATA = """
SELECT setseed(0.42);
INSERT INTO parties (party_id, kind, public_name, credit_code)
    SELECT md5(n::text)::uuid, 'organisation',
           {cities} || {sign} || {sign} || {fields}, '91' || {codes} || lpad(n::text, 14, '0')
    FROM generate_series(1, {parties}) n;
INSERT INTO patents (patent_number, title, kind, status, source, facts)
    SELECT {number},
           '一种' || CASE WHEN random() < 0.1 THEN {sign} || {sign} ELSE '' END
               || {things} || CASE WHEN random() < 0.5 THEN '用' ELSE '的' END
               || {parts}
               || (ARRAY['', '及其制备方法', '的制造方法', '、装置及存储介质', '（改进型）', '与应用'])
                  [1 + (random() * 5)::int],
           CASE WHEN random() < 0.6 THEN 'invention' ELSE 'utility_model' END, 'granted', 'benchmark', '{{}}'
    FROM generate_series(1, {declarations}) n;
INSERT INTO offers (declaration_id, patent_number, live, in_force_from, terms, terms_version, licensor,
                    right_end_provisional, regime, warnings, origin)
    SELECT md5('d' || n)::uuid, {number}, true, from_on,
           jsonb_build_object(
               'patent_number', {number}, 'patent_kind', 'invention',
               'regime', 'statutory', 'granted_on', '2021-06-01', 'in_force_from', from_on, 'ended_on', '2040-01-01',
               'owners', jsonb_build_array(jsonb_build_object('party_id', owner, 'is_person', false, 'share', null)),
               'terms', jsonb_build_array(jsonb_build_object('version', 1, 'from_on', from_on,
                   'royalty', jsonb_build_object('form', {forms}, 'amount', (1 + n % 97) * 50000),
                   'term', jsonb_build_object('form', 'years_from_effect', 'years', 5)))),
           1, owner, false, 'statutory', '[]', 'direct'
    FROM (SELECT n, date '2021-06-01' + (random() * 2000)::int AS from_on,
                 md5((1 + ({parties} - 1) * power(random(), 3))::int::text)::uuid AS owner
          FROM generate_series(1, {declarations}) n) made;
INSERT INTO licences (licence_id, declaration_id, licensee, n, running, open)
    SELECT md5('l' || n)::uuid, md5('d' || (1 + ({declarations} - 1) * power(random(), 2))::int)::uuid,
           md5((1 + ({parties} - 1) * power(random(), 3))::int::text)::uuid, n, false, false
    FROM generate_series(1, {licences}) n;
INSERT INTO filings (filing_id, kind, workflow_id, parent_id, head, head_hash, stage, position, due_by, legal_clock,
                     updated_at, begun_at, stage_since, declaration_id)
    SELECT declaration_id, 'declaration', 'declaration:' || declaration_id, NULL, 1, sha256('x'), stage,
           jsonb_build_object('stage', stage, 'offer', terms, 'particulars', jsonb_build_object(
               'title', title, 'main_classification', {classes} || (random() * 90)::int || '/00',
               'sub_platform', CASE WHEN random() < 0.3 THEN {platforms} END), 'deadlines', deadlines),
           CASE WHEN stage <> ALL ('{{draft,withdrawn,expired,terminated}}') THEN due END,
           CASE WHEN random() < 0.00001 THEN 'acts' ELSE 'timer' END, at, at, at, declaration_id
    FROM (SELECT *, {stages} AS stage, in_force_from::timestamptz - interval '40 days' AS at,
                 jsonb_build_array(
               jsonb_build_object('key', 'a', 'what', 'status_check', 'role', 'operator', 'basis', 'service',
                                  'article', 'D-34', 'by', due, 'provisional', false, 'because', ''),
               jsonb_build_object('key', 'b', 'what', 'annual_fee', 'role', 'licensor', 'basis', 'legal',
                                  'article', 'IR-115', 'by', due + 400, 'provisional', false, 'because', ''))
                 AS deadlines
          FROM (SELECT *, date '2026-12-01' + (random() * 900)::int AS due
                FROM offers JOIN patents USING (patent_number)) o) made;
INSERT INTO filings (filing_id, kind, workflow_id, parent_id, head, head_hash, stage, position, due_by, legal_clock,
                     updated_at, begun_at, stage_since, declaration_id)
    SELECT licence_id, 'licence', 'licence:' || licence_id, declaration_id, 1, sha256('x'), stage,
           jsonb_build_object('stage', stage, 'licensee', licensee, 'licensors', jsonb_build_array(
               jsonb_build_object('party_id', licensor, 'until_on', null)), 'deadlines', jsonb_build_array(
               jsonb_build_object('key', 'b', 'what', 'report_sales', 'role', 'licensee', 'basis', 'legal',
                                  'article', 'contract', 'by', due, 'provisional', false, 'because', ''))),
           CASE WHEN stage <> ALL ('{{expired,not_concluded}}') THEN due END, 'timer', at, at, at, declaration_id
    FROM (SELECT *, {licence_stages} AS stage,
                 date '2026-12-01' + (random() * 900)::int AS due,
                 timestamptz '2026-11-30' - random() * interval '1800 days' AS at
          FROM licences JOIN offers USING (declaration_id)) made;
UPDATE offers o SET live = f.stage = ANY ('{{in_force,submitted,filed,returned,withdrawal_filed}}')
    FROM filings f WHERE f.filing_id = o.declaration_id AND f.stage <> 'in_force';
UPDATE filings f SET region = seat, platform = position #>> '{{particulars,sub_platform}}'
    FROM offers o JOIN (SELECT party_id, region_of(party_id) AS seat FROM parties) p ON p.party_id = o.licensor
    WHERE f.filing_id = o.declaration_id;
UPDATE filings f SET region = above.region, platform = above.platform FROM filings above
    WHERE above.filing_id = f.parent_id AND f.kind = 'licence';
INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how)
    SELECT filing_id, 'a', 'status_check', 'operator', 'service', 'D-34', due_by, false, date '2026-11-20',
           CASE WHEN due_by > date '2026-12-20' THEN date '2026-12-01' END,
           CASE WHEN due_by > date '2026-12-20' THEN 'done' END FROM filings WHERE due_by IS NOT NULL;
INSERT INTO findings (filing_id, key, code, about, opened_on, closed_on)
    SELECT filing_id, 'a', 'announced_without_recorded_filing', '{{}}', due_by, NULL
    FROM filings WHERE due_by < date '2027-02-20';
INSERT INTO identities (what, value, filing_id, act_id, since_on)
    SELECT 'declaration_number', 'KF' || n, md5('d' || n)::uuid, md5('a' || n)::uuid, date '2026-11-20'
    FROM generate_series(1, {declarations}) n;
INSERT INTO filing_parties (party_id, relation, begun_at, filing_id)
    SELECT licensor, 'licensor', begun_at, filing_id FROM offers JOIN filings USING (declaration_id)
    UNION ALL SELECT licensee, 'licensee', begun_at, filing_id FROM licences JOIN filings ON filing_id = licence_id;
INSERT INTO listings (declaration_id, patent_number, patent_kind, title, patentees, classification, region, platform,
                      price_form, status, announced_on)
    SELECT told.*, CASE WHEN status IS NOT NULL THEN in_force_from END
    FROM (SELECT declaration_id, patent_number, patents.kind, title, public_name,
                 position #>> '{{particulars,main_classification}}', region, platform,
                 terms #>> '{{terms,-1,royalty,form}}',
                 CASE WHEN stage IN ('in_force', 'withdrawal_filed') THEN 'offered'
                      WHEN stage NOT IN ('draft', 'submitted', 'returned', 'filed') THEN 'ended' END AS status
          FROM offers JOIN patents USING (patent_number) JOIN filings USING (declaration_id)
          JOIN parties ON party_id = licensor WHERE filings.kind = 'declaration') told
    JOIN LATERAL (SELECT in_force_from FROM offers o WHERE o.declaration_id = told.declaration_id) announced ON true;
INSERT INTO filing_counts (kind, stage, region, platform, part, count)
    SELECT kind, stage, coalesce(region, ''), coalesce(platform, ''), 0, count(*) FROM filings GROUP BY 1, 2, 3, 4;
INSERT INTO filing_ages (kind, stage, since_on, part, count)
    SELECT kind, stage, date_trunc('week', stage_since AT TIME ZONE 'Asia/Shanghai')::date, 0, count(*) FROM filings
    GROUP BY 1, 2, 3;
INSERT INTO act_counts (recorded_on, kind, part, count)
    SELECT day, kind || ':act', part, 1000
    FROM generate_series(date '2021-01-01', date '2026-11-30', interval '1 day') day,
           generate_series(0, 3) part, unnest(ARRAY['declaration', 'licence', 'payout', 'settlement']) kind;
"""
_CHOICES = {
    "cities": (_CITIES, 1.5), "fields": (_FIELDS, 1.0), "codes": (_CODES, 2.0), "things": (_THINGS, 2.0),
    "parts": (_PARTS, 1.5), "forms": (_FORMS, 1.0), "stages": (_STAGES, 1.0), "classes": (_CLASSES, 2.0),
    "platforms": (_PLATFORMS, 2.0), "licence_stages": (_LICENCE_STAGES, 1.0),
}  # fmt: skip
"""Words, and how much the first of them are preferred; 1: all alike."""
_FILLED_AT_ONCE = ("filings", "listings", "filing_parties", "patents", "offers", "licences", "tasks")
"""Their indexes are made when the rows are there: one by one they take longer than everything else."""


async def fill(url: str, filings: int) -> None:
    """Makes seven declarations to three licences in a migrated database without filings; ``url`` is the owner's."""
    async with await open_pool(url, 1) as pool, pool.acquire() as connection:
        await connection.execute(
            "SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '1GB'"
        )
        later = await connection.fetch(
            """SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS made FROM pg_index i
               WHERE i.indrelid = ANY($1::text[]::regclass[]) AND NOT i.indisunique""",
            list(_FILLED_AT_ONCE),
        )
        for index in later:
            await connection.execute(f"DROP INDEX {index['name']}")
        await connection.execute("ALTER TABLE filings DISABLE TRIGGER USER")
        data = _DATA.format(
            declarations=max(1, filings * 7 // 10),
            licences=filings * 3 // 10,
            parties=min(PARTIES, filings),
            number=_NUMBER,
            sign="chr(19968 + (random() * 3000)::int)",
            **{name: _one_of(words, skew) for name, (words, skew) in _CHOICES.items()},
        )
        for statement in data.split(";\n"):
            if statement.strip():
                await connection.execute(statement, timeout=3_600)
        for index in later:
            await connection.execute(index["made"], timeout=3_600)
        await connection.execute("ALTER TABLE filings ENABLE TRIGGER USER")
        kept = "parties, identities, findings, filing_counts, filing_ages, act_counts"
        await connection.execute(f"VACUUM (ANALYZE) {', '.join(_FILLED_AT_ONCE)}, {kept}", timeout=3_600)


def _one_of(words: str, skew: float) -> str:
    """One of the words, by chance."""
    array = ", ".join(f"'{word}'" for word in words.split())
    return f"(ARRAY[{array}])[1 + floor({len(words.split())} * power(random(), {skew}))::int]"
