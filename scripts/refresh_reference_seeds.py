"""Write the seeds that are public facts: domains, shared mailboxes, countries, legal forms, holidays.

Reads the lists inside the installed packages `disposable-email-domains`, `tldextract`, `babel` and `holidays` (no
request is made) and the curated lists below. Writes seeds/reference/*.csv, seeds/reference/SOURCES.md and
seeds/rules/handoff_sla/rule_holidays.csv under the project folder, always the same for the same package versions.

Usage: python scripts/refresh_reference_seeds.py [--check] [--project DIR]
Exit 0: written, or with --check nothing would change. Exit 1: with --check a file would change (named on standard
error). Exit 2: a package or its list is missing.
"""

from __future__ import annotations

import argparse
import csv
import importlib.metadata
import importlib.util
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


HOLIDAY_YEARS = range(2024, 2029)
# calendar -> (country, part of it, words for the notes)
HOLIDAY_CALENDARS = {
    "americas": ("US", "NY", "United States, state of New York"),
    "emea": ("DE", None, "Germany, nationwide"),
    "apac": ("AU", "NSW", "Australia, New South Wales"),
}

# Mail providers that anybody may join, by registrable domain. Curated from the providers' own sites, 2026-11.
FREE_MAIL_DOMAINS = _words(
    """
    126.com 139.com 163.com aim.com aliyun.com aol.co.uk aol.com aol.de aol.fr aol.it att.net.mx bigpond.com
    bk.ru bol.com.br centrum.cz email.com email.cz email.de excite.com fastmail.com fastmail.fm foxmail.com
    freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net googlemail.com hanmail.net
    hey.com hotmail.be hotmail.ca hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.ar hotmail.com.au
    hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com icloud.com ig.com.br
    inbox.com inbox.lv inbox.ru interia.pl keemail.me laposte.net libero.it list.ru live.be live.ca live.cn
    live.co.uk live.com live.com.ar live.com.au live.com.mx live.de live.dk live.fr live.it live.jp live.nl
    live.se lycos.com mac.com mail.com mail.de mail.ee mail.ru mailbox.org me.com msn.com myyahoo.com naver.com
    o2.pl onet.pl outlook.at outlook.be outlook.co.id outlook.com outlook.com.au outlook.com.br outlook.de
    outlook.dk outlook.es outlook.fr outlook.it outlook.jp outlook.pt outlook.sa passport.com pm.me posteo.de
    posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com runbox.com
    sapo.pt seznam.cz sina.cn sina.com sohu.com t-online.de terra.com.br terra.es tiscali.it tuta.com tuta.io
    tutamail.com tutanota.com tutanota.de ukr.net uol.com.br usa.net virgilio.it walla.co.il walla.com web.de
    windowslive.com wp.pl ya.ru yahoo.ca yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.nz
    yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.cn
    yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.vn
    yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl yahoo.ro
    yahoo.se yandex.com yandex.kz yandex.ru yandex.ua yeah.net ymail.com zoho.com zohomail.com zohomail.eu
    """
)

# Access providers whose customers get an address: a private address, though not free mail. Same source and date.
ISP_MAIL_DOMAINS = _words(
    """
    alice.it arcor.de att.net bellsouth.net bluewin.ch blueyonder.co.uk btinternet.com btopenworld.com
    cegetel.net charter.net chello.at chello.nl club-internet.fr comcast.net cox.net earthlink.net free.fr
    frontier.com frontiernet.net home.nl iinet.net.au juno.com kabelmail.de kpnmail.nl mindspring.com neuf.fr
    ntlworld.com numericable.fr on.net optonline.net optusnet.com.au orange.es orange.fr ozemail.com.au
    planet.nl prodigy.net ptd.net q.com quicknet.nl roadrunner.com rogers.com rr.com sbcglobal.net sfr.fr
    shaw.ca sky.com skynet.be sympatico.ca talktalk.net telefonica.net telenet.be telia.com telus.net tin.it
    tpg.com.au unitymedia.de upcmail.nl verizon.net videotron.ca virgin.net virginmedia.com vodafone.de
    vodafone.it voila.fr wanadoo.es wanadoo.fr westnet.com.au windstream.net xs4all.nl xtra.co.nz ziggo.nl
    zonnet.nl
    """
)

# Free mail, mistyped as people most often mistype it. Nobody's company is called so; curated, 2026-11.
MISTYPED_MAIL_DOMAINS = _words(
    """
    gamil.com gmai.com gmail.cm gmail.co gmail.con gmaill.com gmal.com gmial.com gmil.com gnail.com gmaul.com
    hotmai.com hotmal.com hotmail.co hotmail.con hotmial.com hotmil.com hotnail.com homail.com icloud.co
    icloud.con iclod.com outlok.com outloo.com outlook.co outlook.con outllook.com yaho.com yahoo.co yahoo.con
    yahooo.com yhaoo.com yhoo.com ymial.com
    """
)

# Local parts that belong to a role, not to a person (RFC 2142 and common practice in en, de, fr, es). Two people
# writing from one of these stay two.
ROLE_MAILBOXES = _words(
    """
    abuse accounting accounts accountspayable accountsreceivable admin administracion administration
    administrator all anfrage ap ar asistencia atencion billing bookkeeping buchhaltung buero bureau business
    careers ceo comercial commercial compras compta comptabilite contact contacto contactus contato
    customer-service customercare customers customerservice data dev devnull devops direccion direction einkauf
    email empfang enquiries enquiry events everyone export facturacion facture finance ftp gerencia hello help
    helpdesk hi hostmaster hr info informacion information inquiries inquiry invoice invoices it jobs kontakt
    kundenservice legal list list-request mail mailbox maildaemon mailer-daemon mailerdaemon marketing media
    mktg news newsletter no-reply no.reply noc noreply office oficina operations orders partner partners payroll
    pedidos personal post postmaster prensa press presse privacy procurement purchase purchasing recepcion
    reception recruiting recruitment registrar reservas reservations root rrhh sales secretaria secretariat
    security sekretariat service serviceclient services servicio shop soporte spam staff subscribe support
    sysadmin team tech technical techsupport test unsubscribe usenet uucp ventas vertrieb webmaster welcome work
    www zentrale
    """
)

# Languages in which CRM users write countries; the names are CLDR's.
COUNTRY_LANGUAGES = _words(
    "ar bg cs da de el en es et fi fr he hr hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh"
)
# Names in use that CLDR does not give.
MORE_COUNTRY_NAMES = {
    "AE": ("uae", "emirates"),
    "BA": ("bosnia",),
    "CD": ("drc", "dr congo", "democratic republic of congo", "democratic republic of the congo"),
    "CG": ("republic of the congo",),
    "CI": ("ivory coast",),
    "CZ": ("czech republic",),
    "FM": ("micronesia",),
    "GB": (
        "great britain",
        "britain",
        "england",
        "scotland",
        "wales",
        "northern ireland",
        "u k",
        "gb",
        "großbritannien",
    ),
    "HK": ("hong kong", "hong kong sar"),
    "IR": ("islamic republic of iran",),
    "KP": ("dpr korea", "democratic people's republic of korea"),
    "KR": ("korea", "republic of korea", "korea, republic of", "south korea"),
    "LA": ("lao people's democratic republic",),
    "MD": ("republic of moldova",),
    "MK": ("macedonia", "fyrom"),
    "MM": ("burma",),
    "MO": ("macau", "macao"),
    "NL": ("holland", "the netherlands"),
    "PS": ("palestine", "state of palestine"),
    "RU": ("russian federation",),
    "SY": ("syrian arab republic",),
    "SZ": ("swaziland",),
    "TR": ("turkey", "turkiye"),
    "TW": ("taiwan, province of china", "republic of china"),
    "TZ": ("united republic of tanzania",),
    "US": ("u.s.", "u.s.a.", "america", "united states of america", "the united states", "estados unidos de américa"),
    "VA": ("vatican", "holy see"),
    "VE": ("bolivarian republic of venezuela",),
    "VN": ("viet nam",),
}

# Legal forms of companies: form | where it stands (end, start, both; attached: without a blank, at either end) |
# where it is used | how it is written. Curated from ISO 20275 (Entity Legal Forms) and the registers' own pages,
# 2026-11.
LEGAL_FORMS = """
inc | end | US CA PH JP | Inc., Incorporated
corp | end | US CA PH | Corp., Corporation
co | end | US CN JP KR | Co., Company, & Co., & Company, and Company, and Co., Companies
llc | end | US AE RU | LLC, L.L.C., Limited Liability Company, Limited Liability Co.
lllp | end | US | LLLP
llp | end | US GB IN SG | LLP, L.L.P., Limited Liability Partnership
lp | end | US CA GB | LP, L.P., Limited Partnership
pllc | end | US | PLLC, P.L.L.C.
pc | end | US | P.C., Professional Corporation
pbc | end | US | PBC, Public Benefit Corporation
ltd | end | GB IE CA IN NZ HK | Ltd., Limited, Ltd Co., Limited Company, Co. Ltd., Company Limited, Corp. Ltd.
unltd | end | GB IE | Unlimited, Unltd., ULC
plc | end | GB IE NG | PLC, P.L.C., Public Limited Company
cic | end | GB | CIC, Community Interest Company
dac | end | IE | DAC, Designated Activity Company
clg | end | IE | CLG
pty ltd | end | AU ZA BW | Pty Ltd., Pty. Limited, Proprietary Limited, Pty, (Pty) Ltd
pte ltd | end | SG | Pte Ltd., Pte. Limited, Private Ltd, Pte
pvt ltd | end | IN PK LK BD | Pvt Ltd., Private Limited, Pvt. Limited, (P) Ltd, Pvt, P Ltd., OPC Private Limited
sdn bhd | end | MY BN | Sdn. Bhd., Sendirian Berhad
bhd | end | MY | Bhd., Berhad
pt | start | ID | PT, P.T., Perseroan Terbatas
tbk | end | ID | Tbk., (Persero) Tbk, Persero
cc | end | ZA NA | CC, Close Corporation
nl | end | AU | No Liability
gmbh | end | DE AT CH LI | GmbH, G.m.b.H., mbH, Ges.m.b.H., GesmbH, Gesellschaft mit beschränkter Haftung, gGmbH
gmbh co kg | end | DE AT | GmbH & Co. KG, GmbH & Co KG, GmbH und Co. KG, GmbH & Co. OHG, GmbH & Co. KGaA, mbH & Co. KG
gmbh co kg | end | DE AT | GmbH Co KG
ag | end | DE AT CH LI | AG, A.G., Aktiengesellschaft, gAG
ag co kg | end | DE | AG & Co. KG, AG & Co. KGaA, SE & Co. KGaA, SE & Co. KG
kgaa | end | DE | KGaA
ug | end | DE | UG, UG (haftungsbeschränkt), Unternehmergesellschaft, UG haftungsbeschränkt
kg | end | DE AT CH | KG, Kommanditgesellschaft, & Co. KG, und Co. KG
ohg | end | DE AT | OHG, OG, Offene Handelsgesellschaft
gbr | end | DE | GbR, Gesellschaft bürgerlichen Rechts
eg | end | DE AT | eG, eingetragene Genossenschaft
ev | end | DE | e.V., eingetragener Verein
ek | end | DE | e.K., e.Kfm., e.Kfr.
se | end | EU | SE, S.E., Societas Europaea
sce | end | EU | SCE
sa | end | FR BE CH LU ES PT BR PL GR RO AR MX CL PE CO | S.A., Société Anonyme, Sociedad Anónima, Sociedade Anónima
sa | end | FR BE CH LU ES PT BR PL GR RO AR MX CL PE CO | S/A, Spółka Akcyjna
sas | end | FR CO AR | SAS, S.A.S., Société par actions simplifiée, Sociedad por Acciones Simplificada
sasu | end | FR | SASU
sarl | end | FR LU CH MA TN SN | SARL, S.A.R.L., S.à r.l., Sàrl, Société à responsabilité limitée
eurl | end | FR DZ | EURL, E.U.R.L.
sci | end | FR | SCI
snc | end | FR IT BE | SNC, S.N.C.
scop | end | FR | SCOP
sca | end | FR LU BE | SCA, S.C.A.
cie | end | FR CH | et Cie, & Cie, et Compagnie
spa | end | IT DZ CL | S.p.A., Società per Azioni, Sociedad por Acciones
srl | end | IT RO AR BO | S.r.l., Srl, Società a responsabilità limitata, S.R.L.S., Srls, S.R.L. a socio unico
scarl | end | IT | S.c.a.r.l., Scarl, Soc. Coop., Società Cooperativa
sl | end | ES | S.L., Sociedad Limitada, Sociedad de Responsabilidad Limitada
slu | end | ES | S.L.U., SLU, S.L. Unipersonal
sau | end | ES AR | S.A.U., SAU
slp | end | ES | S.L.P., SLP
s coop | end | ES | S. Coop., Sociedad Cooperativa, S.Coop.
lda | end | PT AO MZ | Lda., Limitada, Unipessoal Lda.
ltda | end | BR CO CL | Ltda., Ltda ME, Ltda EPP, EIRELI, ME, EPP
sgps | end | PT | SGPS, SGPS S.A.
sa de cv | end | MX SV HN | S.A. de C.V., SA de CV, S.A.B. de C.V., S.A.P.I. de C.V.
sa de cv | end | MX SV HN | Sociedad Anónima de Capital Variable
s de rl | end | MX HN | S. de R.L. de C.V., S. de R.L., S de RL de CV
sc | end | MX | S.C.
sac | end | PE | S.A.C., SAC, S.A.A.
eirl | end | PE CL | E.I.R.L., EIRL
ca | end | VE EC | C.A., Compañía Anónima, Cía. Ltda., Cia Ltda, y Cía
bv | end | NL BE | B.V., BV, Besloten Vennootschap, Besloten Vennootschap met beperkte aansprakelijkheid, BVBA
bv | end | NL BE | B.V.B.A., SPRL, S.P.R.L.
nv | end | NL BE | N.V., NV, Naamloze Vennootschap
vof | end | NL BE | V.O.F., VOF
cv nl | end | NL BE | C.V., Coöperatief U.A., Coöperatie U.A.
vzw | end | BE | VZW, ASBL
ab | both | SE FI | AB, Aktiebolag, Aktiebolaget, AB (publ), A.B.
hb | end | SE | HB, Handelsbolag
as | both | NO DK CZ SK EE LV TR | AS, A/S, a.s., Aksjeselskap, Aktieselskab, A.Ş., Anonim Şirketi, akciová společnost
asa | end | NO | ASA, Allmennaksjeselskap
ans | end | NO | ANS
enk | end | NO | ENK
aps | end | DK | ApS, Anpartsselskab
ivs | end | DK | IVS
is | end | DK | I/S, Interessentskab
ps | end | DK | P/S, K/S, Kommanditselskab
oy | both | FI | Oy, O.Y., Osakeyhtiö, Oy Ab, Ab Oy, Ltd Oy
oyj | end | FI | Oyj, Julkinen osakeyhtiö, Abp, Oyj Abp
ky | end | FI | Ky, Kommandiittiyhtiö
ehf | end | IS | ehf., einkahlutafélag
hf | end | IS | hf., hlutafélag, ohf.
ou | both | EE | OÜ, Osaühing
sia | both | LV | SIA, Sabiedrība ar ierobežotu atbildību
uab | both | LT | UAB, Uždaroji akcinė bendrovė
mb | both | LT | MB, Mažoji bendrija
sp z oo | end | PL | Sp. z o.o., Sp z oo, Spółka z o.o., Spółka z ograniczoną odpowiedzialnością, Sp. z o.o. Sp. k.
sp z oo | end | PL | Spzoo
sp k | end | PL | Sp. k., Sp.k., Spółka komandytowa, Sp. j., Spółka jawna, Sp. p.
psa | end | PL | P.S.A., Prosta Spółka Akcyjna
sro | end | CZ SK | s.r.o., s. r. o., spol. s r.o., spoločnosť s ručením obmedzeným, společnost s ručením omezeným
vos | end | CZ SK | v.o.s., k.s.
kft | end | HU | Kft., Korlátolt Felelősségű Társaság
zrt | end | HU | Zrt., Nyrt., Rt., Zártkörűen Működő Részvénytársaság
bt | end | HU | Bt., Betéti Társaság, Kkt.
doo | end | HR SI RS BA ME MK | d.o.o., DOO, društvo s ograničenom odgovornošću, družba z omejeno odgovornostjo
doo | end | HR SI RS BA ME MK | d.o.o.e.l., j.d.o.o.
dd | end | HR SI BA | d.d., dioničko društvo, delniška družba
ad | end | BG RS ME MK | AD, A.D., EAD, АД, ЕАД
ood | end | BG | OOD, ООД, EOOD, ЕООД
shpk | end | AL XK | Sh.p.k., SHPK, Sh.a.
ae | end | GR CY | A.E., Α.Ε., Ανώνυμη Εταιρεία, A.B.E.E., Α.Β.Ε.Ε.
epe | end | GR | E.P.E., Ε.Π.Ε.
ike | end | GR | I.K.E., Ι.Κ.Ε.
ltd sti | end | TR | Ltd. Şti., Limited Şirketi, Tic. Ltd. Şti., San. ve Tic. A.Ş., San. ve Tic. Ltd. Şti.
ltd sti | end | TR | Ticaret A.Ş.
ooo | both | RU KZ BY | OOO, ООО, Общество с ограниченной ответственностью
ao | both | RU KZ | AO, АО, ZAO, ЗАО, OAO, ОАО, PAO, ПАО, НАО, Акционерное общество, Публичное акционерное общество
ip | start | RU | ИП
tov | both | UA | TOV, ТОВ, Товариство з обмеженою відповідальністю
prat | both | UA | ПрАТ, PrAT, ПАТ
too | both | KZ | TOO, ТОО
bm | end | IL | בע"מ, בעמ
fze | end | AE | FZE, FZ-LLC, FZCO, FZC, FZ LLC, DMCC
wll | end | QA BH KW | W.L.L., WLL
saog | end | OM EG | SAOG, SAOC, S.A.E., SAE
psc | end | AE JO | PJSC, PSC, P.J.S.C.
jsc | end | RU VN KZ GE | JSC, OJSC, CJSC, Joint Stock Company, Public Joint Stock Company
kk | both | JP | K.K., KK, Kabushiki Kaisha, Kabushiki Gaisha, Kabushiki-gaisha
gk | both | JP | G.K., GK, Godo Kaisha
kk jp | attached | JP | 株式会社, ㈱, 株
yk jp | attached | JP | 有限会社, ㈲
gk jp | attached | JP | 合同会社, 合资会社, 合資会社
kk jp | both | JP | 株式会社, 株, ㈱
co ltd cn | end | CN TW HK | Co Limited, Company Ltd
ltd cn | attached | CN TW HK | 有限公司, 有限责任公司, 有限責任公司, 股份有限公司, 公司
ltd kr | attached | KR | 주식회사, 유한회사, ㈜, 유한책임회사
ltd kr | both | KR | 주식회사, 유한회사, 주, 유한책임회사
cong ty | start | VN | Công ty TNHH, Công ty Cổ phần, Công ty TNHH MTV, CTCP
ltd th | end | TH | PCL, Public Company Limited
ltd th | attached | TH | บริษัท, จำกัด, จำกัด (มหาชน)
"""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def email_domain_rows() -> list[tuple[str, str]]:
    """Each domain once; a provider we know by name is never called disposable."""
    from disposable_email_domains import blocklist

    kinds = {domain.strip().lower(): "disposable" for domain in blocklist}
    kinds |= {domain: "isp" for domain in ISP_MAIL_DOMAINS}
    kinds |= {domain: "free" for domain in MISTYPED_MAIL_DOMAINS}
    kinds |= {domain: "free" for domain in FREE_MAIL_DOMAINS}
    return sorted(kinds.items())


def suffix_snapshot() -> str:
    found = importlib.util.find_spec("tldextract")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("tldextract is not installed")
    return Path(found.origin).with_name(".tld_set_snapshot").read_text(encoding="utf-8")


def suffix_version(snapshot: str) -> str:
    stamps = [line.removeprefix("// VERSION:").strip() for line in snapshot.splitlines() if "// VERSION:" in line]
    return stamps[0] if stamps else "unknown"


def public_suffix_rows(snapshot: str) -> list[tuple[str, str]]:
    """The ICANN section's rules, each in its Unicode and its Punycode form, without `*.` and `!`."""
    section = snapshot.split("===BEGIN ICANN DOMAINS===")[1].split("===END ICANN DOMAINS===")[0]
    kinds: dict[str, str] = {}
    for line in section.splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        rule = line.split()[0]
        kind = "exception" if rule.startswith("!") else "wildcard" if rule.startswith("*.") else "normal"
        suffix = rule.removeprefix("!").removeprefix("*.").lower()
        kinds[suffix] = kind
        kinds[".".join(punycode(label) for label in suffix.split("."))] = kind
    return sorted(kinds.items())


def punycode(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def country_rows() -> list[tuple[str, str]]:
    """Names and codes of countries, each that means one country only."""
    from babel import Locale
    from babel.core import get_global

    codes: dict[str, set[str]] = {}
    for language in COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"):
                codes.setdefault(name.lower(), set()).add(code)
                codes.setdefault(code.lower(), set()).add(code)
    for alias, (code, *others) in get_global("territory_aliases").items():
        if len(alias) in (2, 3) and alias.isalpha() and not others:
            codes.setdefault(alias.lower(), set()).add(code)
    for code, names in MORE_COUNTRY_NAMES.items():
        codes |= {name: {code} for name in names}
    return sorted((name, *found) for name, found in codes.items() if len(found) == 1)


def legal_form_rows() -> list[tuple[str, str, str, str]]:
    """Each spelling of a legal form, where it stands in a name, the form it is, and where it is used."""
    rows = set()
    for line in LEGAL_FORMS.strip().splitlines():
        form, position, countries, spellings = (part.strip() for part in line.split(" | "))
        rows |= {(spelling.strip().lower(), position, form, countries) for spelling in spellings.split(", ")}
    return sorted(rows)


def holiday_rows(present: Path) -> list[tuple[str, ...]]:
    """The public holidays of our calendars; rows of any other calendar are somebody's own and stay as they are."""
    import holidays

    rows: list[tuple[str, ...]] = []
    for calendar_id, (country, part, _) in HOLIDAY_CALENDARS.items():
        days = holidays.country_holidays(country, subdiv=part, years=HOLIDAY_YEARS, language="en_US")
        rows += [(calendar_id, day.isoformat(), name, "", "") for day, name in sorted(days.items())]
    if present.is_file():
        with present.open(newline="", encoding="utf-8") as stream:
            rows += [tuple(row) for row in list(csv.reader(stream))[1:] if row and row[0] not in HOLIDAY_CALENDARS]
    return rows


def sources_text(snapshot: str) -> str:
    def version(package: str) -> str:
        return f"{package} {importlib.metadata.version(package)}"

    calendars = "; ".join(f"`{calendar_id}` {words}" for calendar_id, (_, _, words) in HOLIDAY_CALENDARS.items())
    suffixes = (
        f"Public Suffix List (publicsuffix.org, MPL-2.0) of {suffix_version(snapshot)}, "
        f"as bundled with {version('tldextract')}"
    )
    rows = (
        ("`reference_public_suffixes.csv`", "ICANN section, Unicode and Punycode", suffixes),
        (
            "`reference_email_domains.csv`, disposable",
            "domains of throw-away mail",
            f"{version('disposable-email-domains')} (CC0)",
        ),
        (
            "`reference_email_domains.csv`, free and isp",
            "well-known providers, by registrable domain",
            "curated in the script, 2026-11; they win over the disposable list",
        ),
        (
            "`reference_role_mailboxes.csv`",
            "local parts of shared mailboxes",
            "RFC 2142 and common practice in four languages, curated in the script, 2026-11",
        ),
        (
            "`reference_countries.csv`",
            f"names of countries in {len(COUNTRY_LANGUAGES)} languages, two- and three-letter codes",
            f"CLDR, as bundled with {version('babel')} (BSD-3-Clause); names in use beside it curated in the script",
        ),
        (
            "`reference_legal_forms.csv`",
            "legal forms of companies, as people write them",
            "ISO 20275 (Entity Legal Forms) and the registers' own pages, curated in the script, 2026-11",
        ),
        (
            "`../rules/handoff_sla/rule_holidays.csv`",
            f"public holidays {HOLIDAY_YEARS[0]} to {HOLIDAY_YEARS[-1]}: {calendars}",
            f"{version('holidays')} (MIT)",
        ),
    )
    return (
        "# Where the reference seeds come from\n\n"
        "Written by `scripts/refresh_reference_seeds.py`; do not edit the CSV files by hand.\n\n"
        "| file | what | source |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    )


def reference_files(project: Path) -> dict[str, str]:
    """Every file this script writes: path inside the project, and its whole text."""
    snapshot = suffix_snapshot()
    holidays_file = "seeds/rules/handoff_sla/rule_holidays.csv"
    return {
        "seeds/reference/reference_email_domains.csv": csv_text(("domain", "domain_kind"), email_domain_rows()),
        "seeds/reference/reference_public_suffixes.csv": csv_text(
            ("suffix", "rule_kind"), public_suffix_rows(snapshot)
        ),
        "seeds/reference/reference_role_mailboxes.csv": csv_text(
            ("local_part",), ((part,) for part in sorted(set(ROLE_MAILBOXES)))
        ),
        "seeds/reference/reference_countries.csv": csv_text(("country_name", "country_code"), country_rows()),
        "seeds/reference/reference_legal_forms.csv": csv_text(
            ("spelling", "form_position", "legal_form", "used_in"), legal_form_rows()
        ),
        "seeds/reference/SOURCES.md": sources_text(snapshot),
        holidays_file: csv_text(
            ("calendar_id", "holiday_date", "holiday_name", "opens_at", "closes_at"),
            holiday_rows(project / holidays_file),
        ),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the seeds that are public facts.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    parser.add_argument("--project", type=Path, default=Path(__file__).resolve().parent.parent)
    options = parser.parse_args(arguments)
    try:
        files = reference_files(options.project)
    except (ImportError, OSError, IndexError) as problem:
        print(f"could not read the packaged lists: {problem}", file=sys.stderr)
        return 2
    changed = [
        name
        for name, text in files.items()
        if not (options.project / name).is_file() or (options.project / name).read_text(encoding="utf-8") != text
    ]
    for name in changed:
        if options.check:
            print(
                f"{name} is not what the installed packages say; run scripts/refresh_reference_seeds.py",
                file=sys.stderr,
            )
            continue
        (options.project / name).parent.mkdir(parents=True, exist_ok=True)
        (options.project / name).write_text(files[name], encoding="utf-8")
        print(f"wrote {name}", file=sys.stderr)
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
