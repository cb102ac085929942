"""``audit verify``, ``seal``, ``proof``: the signed log, for those inside and outside."""
