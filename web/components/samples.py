"""What the page of all parts shows; none of it is of a real filing."""

from datetime import date
from typing import Any

import segno


def sample_facts() -> dict[str, Any]:
    """Days, amounts and a code for ``components.html``; its words are in ``web/locale/samples.yaml``."""
    return {
        "days": {
            "submitted": date(2026, 3, 2),
            "announced": date(2026, 4, 14),
            "noticed": date(2026, 5, 20),
            "effective": date(2026, 5, 26),
            "applied": date(2026, 6, 12),
            "recordal": date(2026, 8, 26),
            "fee": date(2027, 2, 5),
            "ended": date(2029, 5, 25),
        },
        "fen": {"paid": 1_000_000, "share": 462_264, "subsidy": 100_000, "back": -50_000, "large": 123_456_789_012},
        "months": [f"2026-{month:02}" for month in range(1, 13)],
        "announced": [12, 18, 9, 22, 31, 27, 35, 30, 41, 38, 44, 52],
        "licensed": [1, 3, 2, 6, 9, 8, 14, 12, None, 19, 21, 26],
        "regions": [142, 118, 75, 3, 0],
        "code": segno.make("https://example.org/verify/KF2026-00417-1").matrix,
        "hostile": "<script>alert(1)</script>{{ 7*7 }}\"'>",
    }
