"""Where somebody sits: the province-level divisions of China by their names in pinyin, and what lies outside them."""

PROVINCES = (
    "anhui", "beijing", "chongqing", "fujian", "gansu", "guangdong", "guangxi", "guizhou", "hainan", "hebei",
    "heilongjiang", "henan", "hong_kong", "hubei", "hunan", "inner_mongolia", "jiangsu", "jiangxi", "jilin", "liaoning",
    "macao", "ningxia", "qinghai", "shaanxi", "shandong", "shanghai", "shanxi", "sichuan", "taiwan", "tianjin",
    "xinjiang", "xizang", "yunnan", "zhejiang",
)
REGIONS = (*PROVINCES, "national", "abroad")
"""The first part of every region; ``national`` is all of China."""
