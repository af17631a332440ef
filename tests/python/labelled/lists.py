"""The words of the labelled set, written down from how companies, CRMs and web forms look. Shared with nobody."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_WORDS = _words(
    """
    Alder Amber Anchor Arrow Ash Aurora Beacon Birch Blue Bold Bright Brook Canyon Cedar Clear Cobalt Copper
    Coral Crest Crown Delta Dune Eagle East Echo Elm Ember Falcon Fern Flint Forge Fox Frost Garnet Glen Granite
    Green Grove Harbor Haven Hazel Heron High Horizon Iron Ivory Jade Juniper Kestrel Lake Lark Laurel Linden
    Lunar Lynx Maple Marble Meadow Mesa Metro Mill Moss North Oak Ocean Olive Onyx Opal Orchard Osprey Palm
    Pearl Pine Pioneer Prairie Quartz Quill Raven Red Ridge River Robin Rowan Ruby Sable Sage Sierra Silver
    Slate Solar Sparrow Spruce Sterling Stone Summit Swift Terra Thorn Timber Topaz Trident Tulip Umber Vale
    Velvet Verdant Vista Walnut West Willow Zephyr
    """
)
SECOND_WORDS = _words(
    """
    Analytics Aerospace Automation Bank Bearings Biotech Brewing Capital Ceramics Chemicals Clinics Coatings
    Components Construction Controls Cosmetics Dairy Data Dental Design Diagnostics Dynamics Education
    Electronics Energy Engineering Fabrics Farms Fasteners Film Finance Fitness Foods Foundry Freight Furniture
    Games Genetics Glass Health Holdings Hotels Hydraulics Imaging Industries Insurance Irrigation Labs Leasing
    Lighting Logistics Machines Marine Materials Media Medical Metals Mining Mobility Motors Networks Nutrition
    Optics Outdoor Packaging Paper Partners Pharma Photonics Plastics Power Press Printing Properties Pumps Rail
    Realty Recycling Research Robotics Roofing Safety Seeds Semiconductors Shipping Software Solutions Steel
    Studios Supply Surgical Systems Technologies Telecom Textiles Tools Toys Trading Transport Travel Valves
    Ventures Water Wines Works
    """
)
FAMILY_NAMES = _words(
    """
    Müller Schröder Größl Fröhlich Jäger Krämer Köhler Bäcker Gärtner Böhm Lefèvre Gérard Bérenger Châtel Moreau
    Dubois García Núñez Ibáñez Muñoz Peña Álvarez Gonçalves Simões Magalhães Åkesson Sjöberg Öhman Lindström
    Ødegård Bjørnsen Sørensen Kjær Łukasik Wójcik Żak Dvořák Říha Novotný Szűcs Kovács Çelik Yılmaz Öztürk Rossi
    Bianchi Conti Ferrari Jansen Bakker Smit Visser Brown Wilson Taylor Clark Hughes Ward Turner Parker Bennett
    Foster
    """
)
CJK_NAMES = {
    "JP": _words("高橋商事 青葉電機 富士見製作所 桜井化学 北斗システム ヤマトデータ サクラ工業 ミナト物流"),
    "CN": _words("华星科技 东方数据 长江机械 明月软件 金桥物流 海蓝电子 天山能源 新云网络"),
    "KR": _words("한빛전자 미래소프트 동해물산 서울데이터 대한로봇 청솔화학"),
}
CJK_PLACES = {
    "JP": _words("東京 大阪 京都 名古屋 札幌 仙台 広島 福岡 神戸 横浜 新潟 金沢"),
    "CN": _words("北京 上海 广州 深圳 成都 武汉 南京 杭州 西安 天津 青岛 厦门"),
    "KR": _words("서울 부산 대구 인천 광주 대전 울산 수원 제주 전주 청주 강릉"),
}
# country → (share of companies, top level, how the country is written, forms as written on the register, sloppier ones)
COUNTRIES: dict[str, tuple[int, str, tuple[str, ...], dict[str, tuple[str, ...]]]] = {
    "US": (
        30,
        "com",
        ("United States", "USA", "US", "U.S.", "United States of America", "usa"),
        {"Inc.": ("Inc", "Incorporated", ", Inc."), "LLC": ("L.L.C.", "llc"), "Corporation": ("Corp.", "Corp")},
    ),
    "GB": (
        10,
        "co.uk",
        ("United Kingdom", "UK", "GB", "Great Britain", "England"),
        {"Ltd": ("Limited", "Ltd.", "LTD"), "PLC": ("plc",)},
    ),
    "DE": (
        12,
        "de",
        ("Germany", "DE", "Deutschland", "GERMANY", "DEU"),
        {
            "GmbH": ("G.m.b.H.", "gmbh", "GMBH"),
            "AG": ("A.G.", "ag"),
            "GmbH & Co. KG": ("GmbH & Co KG", "GmbH und Co. KG"),
        },
    ),
    "FR": (
        7,
        "fr",
        ("France", "FR", "FRANCE"),
        {"SAS": ("S.A.S.", "sas"), "SARL": ("S.A.R.L.", "Sarl"), "SA": ("S.A.",)},
    ),
    "IT": (4, "it", ("Italy", "Italia", "IT"), {"S.p.A.": ("SpA", "spa"), "S.r.l.": ("Srl", "SRL")}),
    "ES": (4, "es", ("Spain", "España", "ES"), {"S.L.": ("SL", "s.l."), "S.A.": ("SA",)}),
    "NL": (4, "nl", ("Netherlands", "The Netherlands", "NL", "Nederland"), {"B.V.": ("BV", "bv"), "N.V.": ("NV",)}),
    "SE": (3, "se", ("Sweden", "Sverige", "SE"), {"AB": ("ab", "Aktiebolag")}),
    "DK": (2, "dk", ("Denmark", "Danmark", "DK"), {"A/S": ("AS", "a/s"), "ApS": ("APS", "aps")}),
    "NO": (2, "no", ("Norway", "Norge", "NO"), {"AS": ("A/S", "as"), "ASA": ("asa",)}),
    "FI": (1, "fi", ("Finland", "Suomi", "FI"), {"Oy": ("OY", "oy"), "Oyj": ("oyj",)}),
    "PL": (
        3,
        "pl",
        ("Poland", "Polska", "PL"),
        {"Sp. z o.o.": ("sp. z o.o.", "Sp z o o", "SP. Z O.O."), "S.A.": ("SA",)},
    ),
    "CZ": (2, "cz", ("Czech Republic", "Czechia", "CZ"), {"s.r.o.": ("s. r. o.", "sro"), "a.s.": ("as", "a. s.")}),
    "HU": (1, "hu", ("Hungary", "HU"), {"Kft.": ("Kft", "KFT")}),
    "MX": (2, "com.mx", ("Mexico", "México", "MX"), {"S.A. de C.V.": ("SA de CV", "S.A. DE C.V.")}),
    "BR": (2, "com.br", ("Brazil", "Brasil", "BR"), {"Ltda.": ("Ltda", "LTDA")}),
    "IN": (3, "in", ("India", "IN", "IND"), {"Pvt. Ltd.": ("Private Limited", "Pvt Ltd", "PVT LTD")}),
    "SG": (1, "sg", ("Singapore", "SG"), {"Pte. Ltd.": ("Pte Ltd", "PTE LTD")}),
    "AU": (3, "com.au", ("Australia", "AU", "AUS"), {"Pty Ltd": ("Pty. Ltd.", "Pty Limited", "PTY LTD")}),
    "TR": (1, "com.tr", ("Turkey", "Türkiye", "TR"), {"A.Ş.": ("AS", "A.S.")}),
    "JP": (1, "jp", ("Japan", "JP", "日本"), {"株式会社": ("(株)", "㈱")}),
    "CN": (1, "cn", ("China", "CN", "中国"), {"有限公司": ("有限公司",)}),
    "KR": (1, "kr", ("South Korea", "Korea", "KR"), {"주식회사": ("(주)", "㈜")}),
}
FREE_MAIL = (
    "gmail.com",
    "outlook.com",
    "yahoo.com",
    "hotmail.com",
    "gmx.de",
    "web.de",
    "icloud.com",
    "orange.fr",
    "qq.com",
)
FREE_MAIL_SLIPS = ("gmial.com", "gamil.com", "hotmial.com", "yaho.com", "outlok.com")
ACCESS_PROVIDERS = ("comcast.net", "verizon.net", "btinternet.com", "t-online.de", "wanadoo.fr")
# Companies whose names hold a mail provider's: a match by part of a domain takes them for private.
PROVIDER_IN_NAME = (
    "oliverwyman",
    "livewellfoods",
    "yahootools",
    "gmailing",
    "aolanimal",
    "hotmailroom",
    "maccosmetics",
)
SHARED_MAILBOXES = ("info", "sales", "contact", "office", "support")
NOBODYS_COMPANIES = (
    "n/a",
    "N/A",
    "none",
    "self",
    "Self-employed",
    "Freelance",
    "student",
    "test",
    "-",
    "private",
    "unknown",
)
GIVEN_NAMES = _words(
    """
    Ana Ben Chloe Dan Eva Finn Gus Hana Ivo Jane Kai Lea Max Nora Otto Pia Quin Rosa Sam Tara
    """
)
DEPARTMENTS = ("Sales", "IT department", "Purchasing", "HQ", "Berlin office", "R&D")
