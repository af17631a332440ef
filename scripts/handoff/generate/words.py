"""Words the demo world is made of. People and companies are invented: names are drawn from common parts."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    """
    Ada Alina Amara Anders Anneke Arjun Beatriz Benno Bruno Camila Carla Chidi Clara Dario Deepa Elena Elias
    Emeka Emil Esther Farid Fiona Freya Gideon Greta Hanna Hiro Ida Ines Isla Ivan Jamal Jana Jonas Juno Kaito
    Karin Keiko Lars Leila Lena Liam Lucia Malik Mara Marek Mateo Maya Mei Milan Mina Nadia Niko Noor Oscar
    Otto Paula Petra Priya Quinn Rafael Ravi Rosa Ruben Sana Selma Silas Simon Sofia Soren Talia Tariq Tessa
    Theo Tomas Uma Vera Viktor Wanda Yara Yusuf Zoe
    """
)

LAST_NAMES = _words(
    """
    Abara Adler Almeida Andrade Arendt Baptiste Barros Becker Bellamy Berg Bianchi Blom Brandt Calder Castell
    Chandra Cole Corrigan Dahl Darrow Delacroix Demir Draper Eklund Engel Faber Falk Farrow Ferrari Fontaine
    Frost Galvan Garner Ghosh Grant Haas Halloran Hartley Hoffmann Holt Ibarra Ito Jansen Joshi Kaplan Keller
    Kimura Kowal Kramer Lang Larsen Lemaire Lindqvist Lowell Mackay Marin Mbeki Mercer Moreau Nakano Navarro
    Neumann Novak Okafor Olsen Ortega Pace Park Petrov Quintero Rahman Ramsay Reyes Richter Rossi Sandoval
    Sato Schreiber Sharma Silva Soto Steiner Tanaka Thorne Vance Varga Vogel Wagner Weiss Whitlock Yilmaz
    Zeller
    """
)

COMPANY_BEGINNINGS = _words(
    """
    alder amber anchor apex arbor argent ashen aster auburn azure beacon birch blue bold bramble bright bronze
    brook cedar cinder clear cliff cloud cobalt copper coral crescent crest crystal dawn delta drift dune east
    elder ember ever fair fern field flint forge frost garnet glen gold granite green gray harbor haven hazel
    heath high hollow iron ivory jade juniper keen kestrel lake lark laurel linden lumen maple marble meadow
    mist moss noble north oak ocean olive onyx opal orchid osprey pearl pine plum prairie quartz quiet raven
    red ridge river rowan saffron sage shadow silver sky slate solar south spruce star stone storm summit
    swift tall teal thistle timber topaz true umber vale velvet vista west willow winter wren
    """
)

COMPANY_ENDINGS = _words(
    """
    bank bridge brook craft crest dale field flow forge fork gate grove guard haven helm hill hive hold lane
    leaf light line link loop mark mead mere mill mont moor path peak point port quay reach ridge root run
    shore side span spire spring stead stream stride tide trail vale vault view ward wave way well wharf wood
    works yard
    """
)

COMPANY_KINDS = _words(
    """
    Logistics Foods Insurance Health Retail Energy Media Freight Bancorp Robotics Textiles Analytics Pharma
    Travel Payments Mobility Software Networks Airlines Materials Grocers Telecom Motors Realty Education
    Research Hotels Utilities Games
    """
)

INDUSTRY_OF_KIND = {
    "Logistics": "Transportation",
    "Foods": "Food & Beverage",
    "Insurance": "Insurance",
    "Health": "Healthcare",
    "Retail": "Retail",
    "Energy": "Energy",
    "Media": "Media",
    "Freight": "Transportation",
    "Bancorp": "Banking",
    "Robotics": "Manufacturing",
    "Textiles": "Manufacturing",
    "Analytics": "Technology",
    "Pharma": "Biotechnology",
    "Travel": "Hospitality",
    "Payments": "Finance",
    "Mobility": "Transportation",
    "Software": "Technology",
    "Networks": "Telecommunications",
    "Airlines": "Transportation",
    "Materials": "Manufacturing",
    "Grocers": "Retail",
    "Telecom": "Telecommunications",
    "Motors": "Manufacturing",
    "Realty": "Construction",
    "Education": "Education",
    "Research": "Consulting",
    "Hotels": "Hospitality",
    "Utilities": "Utilities",
    "Games": "Entertainment",
}

# (country, domain ending, region, weight); a region is a sales team's patch.
COUNTRIES = (
    ("United States", ".com", "americas", 40),
    ("Canada", ".ca", "americas", 5),
    ("Brazil", ".com.br", "americas", 3),
    ("Mexico", ".com.mx", "americas", 2),
    ("Germany", ".de", "emea", 12),
    ("United Kingdom", ".co.uk", "emea", 9),
    ("France", ".fr", "emea", 6),
    ("Netherlands", ".nl", "emea", 3),
    ("Spain", ".es", "emea", 3),
    ("Sweden", ".se", "emea", 2),
    ("Australia", ".com.au", "apac", 8),
    ("Japan", ".co.jp", "apac", 3),
    ("Singapore", ".com.sg", "apac", 2),
    ("India", ".in", "apac", 2),
)

FREE_MAIL = (
    "gmail.com",
    "outlook.com",
    "yahoo.com",
    "hotmail.com",
    "gmx.de",
    "icloud.com",
    "web.de",
    "proton.me",
)
DISPOSABLE_MAIL = ("mailinator.com", "guerrillamail.com", "yopmail.com", "10minutemail.com")
UNIVERSITY_DOMAINS = ("northlake.edu", "cedarvalley.edu", "harborstate.edu", "uni-lindental.de")

OWN_DOMAIN = "northwindmetrics.com"
COMPETITOR_DOMAINS = ("rivaldata.example", "observantly.example")
VENDOR_TITLES = ("Account Executive", "Sales Development Representative", "Business Development Representative")

# function -> seniority -> titles. Titles name their function and level plainly: the truth has to be unambiguous.
TITLES: dict[str, dict[str, tuple[str, ...]]] = {
    "data": {
        "c_level": ("Chief Data Officer",),
        "vp": ("VP Data", "Vice President of Data & Analytics"),
        "director": ("Director of Data Engineering", "Head of Data Platform"),
        "manager": ("Data Engineering Manager", "Analytics Manager"),
        "individual": ("Data Engineer", "Senior Data Engineer", "Analytics Engineer", "Data Analyst"),
    },
    "engineering": {
        "c_level": ("Chief Technology Officer", "CTO"),
        "vp": ("VP Engineering",),
        "director": ("Director of Engineering",),
        "manager": ("Engineering Manager",),
        "individual": ("Software Engineer", "Senior Software Engineer", "Site Reliability Engineer"),
    },
    "it": {
        "c_level": ("Chief Information Officer", "CIO"),
        "vp": ("VP Information Technology",),
        "director": ("Director of IT", "IT-Leiter"),
        "manager": ("IT Manager",),
        "individual": ("Systems Administrator", "IT Specialist"),
    },
    "finance": {
        "c_level": ("Chief Financial Officer", "CFO"),
        "vp": ("VP Finance",),
        "director": ("Director of Finance",),
        "manager": ("Finance Manager",),
        "individual": ("Financial Analyst", "Accountant"),
    },
    "marketing": {
        "c_level": ("Chief Marketing Officer",),
        "vp": ("VP Marketing",),
        "director": ("Director of Marketing",),
        "manager": ("Marketing Manager", "Responsable Marketing"),
        "individual": ("Marketing Specialist",),
    },
    "operations": {
        "c_level": ("Chief Operating Officer",),
        "vp": ("VP Operations",),
        "director": ("Director of Operations",),
        "manager": ("Operations Manager",),
        "individual": ("Operations Analyst",),
    },
    "procurement": {
        "director": ("Director of Procurement",),
        "manager": ("Procurement Manager",),
        "individual": ("Procurement Specialist",),
    },
    "hr": {"manager": ("HR Manager",), "individual": ("Recruiter",)},
}

PAGES_OF_INTEREST: dict[str, tuple[str, ...]] = {
    "blog": ("/blog/what-is-data-observability", "/blog/five-broken-pipelines", "/blog/schema-drift"),
    "product": ("/product/monitors", "/product/lineage", "/product/alerting", "/product/anomaly-detection"),
    "docs": ("/docs/quick-start", "/docs/connect-a-warehouse", "/docs/api"),
    "integrations": ("/integrations/snowflake", "/integrations/bigquery", "/integrations/airflow"),
    "compare": ("/compare/rivaldata", "/compare/build-or-buy"),
    "pricing": ("/pricing",),
    "careers": ("/careers",),
    "other": ("/", "/about", "/customers", "/security"),
}

HAND_RAISE_FORMS = ("Request a demo", "Contact sales", "Request pricing")
REFERRERS = (
    "",
    "",
    "https://www.google.com/",
    "https://www.linkedin.com/",
    "https://duckduckgo.com/",
    "https://www.bing.com/",
)
ASSISTANTS = (
    "https://chatgpt.com/",
    "https://www.perplexity.ai/search",
    "https://claude.ai/",
    "https://gemini.google.com/app",
    "https://copilot.microsoft.com/",
)
REVIEW_SITES = ("https://www.g2.com/categories/data-observability", "https://www.capterra.com/p/104217/")
TERMS_OF_NAMES = (
    "northwind metrics",
    "northwind metrics pricing",
    "rivaldata alternatives",
    "observantly vs northwind",
)
SEARCH_TERMS = ("data observability", "pipeline monitoring", "data quality alerts", "schema drift detection")
UTM_TAILS = (
    "?utm_source=google&utm_medium=cpc&utm_campaign=observability-brand",
    "?utm_source=linkedin&utm_medium=paid-social&utm_campaign=heads-of-data",
    "?utm_source=newsletter&utm_medium=email&utm_campaign=monthly-digest",
)

HUMAN_AGENTS = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile",
)
BOT_AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36",
    "python-requests/2.31.0",
)

LEAD_SOURCES = (  # (text in the CRM, weight)
    ("Web", 22),
    ("Organic Search", 12),
    ("Paid Search", 14),
    ("LinkedIn Ads", 9),
    ("Webinar", 10),
    ("Trade Show", 8),
    ("Content", 8),
    ("Partner Referral", 4),
    ("Customer Referral", 3),
    ("Purchased List", 4),
    ("Email", 3),
    ("Outbound", 3),
)

# (team, region, time zone, share of representatives, hours as local seconds)
TEAMS = (
    ("SDR Americas", "americas", "America/New_York", 0.50, ((32_400, 61_200),)),
    ("SDR EMEA", "emea", "Europe/Berlin", 0.32, ((32_400, 45_000), (48_600, 64_800))),
    ("SDR APAC", "apac", "Australia/Sydney", 0.18, ((30_600, 61_200),)),
)

CAMPAIGNS = (  # (name, type, yearly cost in USD, runs every n months)
    ("Data Observability Webinar", "Webinar", 6_000, 2),
    ("Heads of Data Dinner", "Trade Show", 28_000, 6),
    ("Pipeline Summit", "Conference", 60_000, 12),
    ("LinkedIn Heads of Data", "Advertisement", 45_000, 3),
    ("Observability Guide", "Content", 9_000, 4),
    ("Monthly Digest", "Email", 2_000, 1),
)
