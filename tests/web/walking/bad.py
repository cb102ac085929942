"""What an attacker, a careless person or a broken program types into a field."""

BAD = {
    "html": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;",
    "template": "{{ 1337*1337 }}${1337*1337}{% include 'layout.html' %}#{1337*1337}",
    "sql": "1'; DROP TABLE events; --",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "header": "x\r\nSet-Cookie: session=evil",
    "wide": "＜ｓｃｒｉｐｔ＞１２，３４５．６７８９",
    "nul": "a\x00b",
    "control": "a\x07\x1b[31m\u202e\ufeff\u2028b",
    "private": "\ue000\U000f0000",
    "huge": "长" * 350_000,
    "number": "1e309",
    "not_a_number": "NaN",
    "negative": "-1",
    "far_day": "9999-12-31",
    "way_up": "../../../../etc/passwd",
    "id": "00000000-0000-0000-0000-000000000000",
}
"""By what each of them is; ``huge`` has one megabyte."""
