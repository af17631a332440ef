"""Write the seeds that are public facts: mail domains, public suffixes, shared mailboxes, holidays.

Reads the lists inside the installed packages `disposable-email-domains`, `tldextract` and `holidays` (no request is
made) and the curated lists below. Writes seeds/reference/*.csv, seeds/reference/SOURCES.md and
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
