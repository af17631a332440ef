"""The lives of people: what they do, and what sales does about it.

Each person is lived once from start to end. Whatever would happen after the world's last moment does not happen.
"""

from collections.abc import Callable
from random import Random

from handoff.generate import words
from handoff.generate.clock import DAY, HOUR
from handoff.generate.persons import (
    ACCEPTED,
    CONVERTED,
    MQL,
    NEW,
    NURTURE,
    RECYCLED,
    REJECTED,
    UNQUALIFIED,
    WORKING,
    Handoff,
    Person,
    Touch,
)
from handoff.generate.plans import Plan
from handoff.generate.remains import Remains
from handoff.generate.world import Weighted, World

MINUTE = 60
WORK_DAY = 8 * HOUR

_FUNCTIONS: Weighted[str] = Weighted(
    [
        ("data", 14),
        ("engineering", 15),
        ("it", 15),
        ("operations", 14),
        ("finance", 12),
        ("marketing", 17),
        ("procurement", 6),
        ("hr", 9),
    ]
)
_SENIORITIES: Weighted[str] = Weighted(
    [("individual", 56), ("manager", 26), ("director", 10), ("vp", 5), ("c_level", 3)]
)
_STRONG_FUNCTIONS: Weighted[str] = Weighted([("data", 50), ("engineering", 27), ("it", 18), ("operations", 5)])
_STRONG_SENIORITIES: Weighted[str] = Weighted([("manager", 40), ("director", 34), ("vp", 16), ("c_level", 10)])
_LEAD_SOURCES: Weighted[str] = Weighted(words.LEAD_SOURCES)
_PAGES: Weighted[str] = Weighted(
    [
        ("blog", 34),
        ("product", 20),
        ("docs", 10),
        ("integrations", 8),
        ("compare", 3),
        ("pricing", 5),
        ("careers", 4),
        ("other", 16),
    ]
)
_KEEN_PAGES: Weighted[str] = Weighted(
    [("product", 28), ("pricing", 24), ("integrations", 16), ("compare", 12), ("docs", 12), ("blog", 8)]
)
_RAISE_DELAYS: Weighted[tuple[int, int]] = Weighted(
    [
        ((2 * MINUTE, 14 * MINUTE), 52),
        ((15 * MINUTE, HOUR), 20),
        ((HOUR, WORK_DAY), 18),
        ((WORK_DAY, 4 * WORK_DAY), 10),
    ]
)
_OTHER_DELAYS: Weighted[tuple[int, int]] = Weighted(
    [((10 * MINUTE, 2 * HOUR), 40), ((2 * HOUR, WORK_DAY), 38), ((WORK_DAY, 5 * WORK_DAY), 22)]
)
_STAGES = (
    ("Qualification", 10),
    ("Needs Analysis", 25),
    ("Proposal/Price Quote", 65),
    ("Negotiation/Review", 90),
)
_LEVELS = {"unengaged": (0, 1), "light": (1, 2), "medium": (3, 6), "committee_member": (4, 6)}


class Lives:
    """Lives people one after another and writes what remains of them."""

    def __init__(self, world: World, details: Random) -> None:
        self.world = world
        # What colours a visit, drawn apart: it changes nobody's life.
        self.details = details
        self.remains = Remains(world)
        self.clock = world.clock
        self.random = world.random
        self.until = world.until
        self.people = 0
        self._marketo_number = 1_000_000
        self._activity_number = 500_000_000
        self._order = 0
        folder = world.folder
        self._visits = folder["marketo/activity_visit_webpage"]
        self._forms = folder["marketo/activity_fill_out_form"]
        self._shared_email = ""
        self._clock_changes = {
            region: world.clock.clock_change_days(patch.zone, world.start + 30 * DAY, world.until - 20 * DAY)
            for region, patch in world.patches.items()
        }

    # ---- a life

    def live(self, plan: Plan) -> None:
        """Live one person's plan and write every row of theirs."""
        person = self._born(plan)
        journey = plan.journey
        if journey.startswith("raise_") or journey == "spam_raise":
            self._live_to_raise(person)
        elif journey in ("woke_first", "woke_up"):
            self._live_in_a_committee(person)
        elif journey in ("threshold_worked", "threshold_now"):
            self._live_to_threshold(person)
        elif journey.startswith("sales_made"):
            self._live_without_handoff(person)
        else:
            self._live_plainly(person)
        self._make_noise(person)
        self.remains.write(person)

    def _born(self, plan: Plan) -> Person:
        world, random = self.world, self.random
        self.people += 1
        strong = plan.journey.startswith(("raise", "threshold", "sales_made"))
        function = plan.function or (_STRONG_FUNCTIONS if strong else _FUNCTIONS).draw(random)
        levels = words.TITLES[function]
        seniority = plan.seniority or (_STRONG_SENIORITIES if strong else _SENIORITIES).draw(random)
        if seniority not in levels:
            seniority = "manager"
        title = world.choose(levels[seniority])
        company = plan.company
        patch = company.patch if company else world.patches[world.choose(("americas", "americas", "emea", "apac"))]
        first, last = world.choose(words.FIRST_NAMES), world.choose(words.LAST_NAMES)
        if plan.kind == "student":
            domain = world.choose(words.UNIVERSITY_DOMAINS)
            function, seniority = "unknown", "student"
            title = world.choose(("Student", "PhD Student", "Graduate Student"))
        elif plan.kind == "competitor":
            domain = world.choose(words.COMPETITOR_DOMAINS)
        elif plan.kind == "employee":
            domain = words.OWN_DOMAIN
        elif plan.kind == "disposable":
            domain = world.choose(words.DISPOSABLE_MAIL)
        elif plan.kind == "bot":
            domain, title = world.choose(words.FREE_MAIL), ""
            first, last = _gibberish(random), _gibberish(random)
        elif plan.identity == "free_mail" or company is None:
            domain = world.choose(words.FREE_MAIL)
        else:
            domain = company.domain
        if plan.kind == "vendor":
            function, seniority, title = "sales", "individual", world.choose(words.VENDOR_TITLES)
        if plan.identity == "shared_mailbox":
            self._shared_email = self._shared_email if self._shared_email.endswith(f"@{domain}") else f"info@{domain}"
            email = self._shared_email
        else:
            email = world.new_email(first, last, domain)
        person = Person(f"P{self.people:07d}", plan, patch, company, first, last, email, title, function, seniority)
        person.lead_source = _LEAD_SOURCES.draw(random)
        person.is_opted_out = random() < 0.03
        has_crm = plan.identity != "marketo_only" and plan.journey != "raise_outside_crm"
        is_sales_made = plan.journey.startswith("sales_made")
        if company is not None and (plan.identity == "contact_only" or is_sales_made):
            person.contact_id = world.ids["contact"].take()
        elif has_crm:
            person.lead_id = world.ids["lead"].take()
        is_second_at_mailbox = plan.identity == "shared_mailbox" and plan.journey == "unengaged"
        if plan.identity != "no_marketo" and not is_second_at_mailbox and not is_sales_made:
            self._marketo_number += 1
            person.marketo_id = str(self._marketo_number)
        if plan.identity != "plain":
            person.stories.append(plan.identity)
        if plan.journey not in ("unengaged", "light", "medium"):
            person.stories.append(plan.journey)
        if plan.kind != "buyer":
            person.stories.append(plan.kind)
        return person

    # ---- journeys

    def _enter(self, person: Person, created: int) -> None:
        """The person becomes known, and somebody or nobody owns them."""
        world = self.world
        person.created = created
        person.first_seen = person.first_seen or created
        if person.contact_id:
            assert person.company is not None
            world.open_account(person.company, created - DAY)
            person.owner = person.company.account_owner
            self._change(person, created, "Owner", person.owner, world.integration_user)
            return
        draw = self.random()
        patch = person.patch
        if person.plan.journey == "unengaged" and draw < 0.06:
            person.owner = patch.former_representative
        elif draw < 0.55:
            person.owner = patch.queue
        else:
            person.owner = world.choose(patch.representatives)
        self._change(person, created, "Owner", person.owner, world.integration_user)
        self._change(person, created, "Status", NEW, world.integration_user)

    def _live_plainly(self, person: Person) -> None:
        world, random, journey = self.world, self.random, person.plan.journey
        zone = person.patch.zone
        recent = journey in ("committee_member", "busy_one")
        if recent:
            created = world.between(self.until - 120 * DAY, self.until - 40 * DAY)
        else:
            created = self.clock.active_moment(world.start + 2 * DAY, self.until - HOUR, zone, random)
        self._enter(person, created)
        if not person.marketo_id:
            return
        low, high = _LEVELS.get(journey, (1, 3))
        sessions = world.between(low, high + 1)
        if journey == "busy_one":
            sessions = 12
        begin = self.until - 26 * DAY if recent else created + int(random() ** 2 * (self.until - created))
        end = self.until - HOUR if recent else min(self.until - MINUTE, begin + 75 * DAY)
        for _ in range(sessions):
            self._session(person, self.clock.active_moment(begin, end, zone, random), journey == "busy_one")
        if journey in ("medium", "committee_member", "busy_one", "light") and random() < 0.4:
            form = world.choose(("Download guide", "Newsletter", "Webinar registration", "Download guide"))
            self._fill_form(person, self.clock.active_moment(begin, end, zone, random), form)
        if journey == "committee_member":
            self._fill_form(person, self.clock.active_moment(begin, end, zone, random), "Download guide")
        if journey == "reload_burst":
            self._reload(person, self.clock.active_moment(created, self.until - HOUR, zone, random))

    def _live_to_raise(self, person: Person) -> None:
        world, random, journey = self.world, self.random, person.plan.journey
        raised, story = self._moment_of_raise(person)
        known_before = random() < 0.55 or person.contact_id or person.plan.identity in ("merged_pair", "merged_chain")
        lead_time = world.between(25 * DAY, 110 * DAY) if known_before else world.between(0, 12 * DAY)
        first_seen = max(world.start + DAY, raised - lead_time)
        person.first_seen = first_seen
        zone = person.patch.zone
        if known_before or journey in ("raise_after_touches", "raise_again_after_recycling"):
            self._enter(person, min(first_seen, raised - 10 * DAY) if raised - 12 * DAY > world.start else first_seen)
            person.first_seen = min(person.first_seen, person.created)
        is_spam = journey == "spam_raise"
        if is_spam:
            self._bot_burst(person, raised - 20, words.BOT_AGENTS[2], world.between(3, 12))
        else:
            for _ in range(world.between(0, 4)):
                self._session(person, self.clock.active_moment(first_seen, raised - 26 * HOUR, zone, random), False)
            self._session_before_raise(person, raised)
        form = world.choose(words.HAND_RAISE_FORMS)
        agent = words.BOT_AGENTS[2] if is_spam else ""
        activity_id = self._fill_form(person, raised, form, agent)
        handoff = Handoff(raised, "spam" if is_spam else "hand_raise", form, activity_id, story)
        person.handoffs.append(handoff)
        if not person.created:
            # A form of somebody unknown makes the lead: it is born after the raise that brought it.
            self._enter(person, raised + world.between(40, 100))
            person.stories.append("lead_born_of_raise")
        if journey == "raise_after_touches":
            for days in (world.between(5, 8), world.between(2, 4)):
                self._touch(person, raised - days * DAY, 0, "call", self._representative(person))
        if person.plan.kind in ("buyer", "customer") and person.lead_id + person.contact_id:
            script = {"raise_again_after_recycling": "recycle"}.get(journey, journey)
            closed = self._follow_up(person, handoff, script)
            if journey == "raise_again_after_recycling" and closed:
                again = self._business_moment(person, closed + 65 * DAY, closed + 110 * DAY)
                if again <= self.until:
                    self._session_before_raise(person, again)
                    form = world.choose(words.HAND_RAISE_FORMS)
                    second = Handoff(again, "hand_raise", form, self._fill_form(person, again, form), "second_cycle")
                    person.handoffs.append(second)
                    self._follow_up(person, second, "raise_worked")

    def _moment_of_raise(self, person: Person) -> tuple[int, str]:
        world, random, journey = self.world, self.random, person.plan.journey
        zone = person.patch.zone
        low, high = world.start + 20 * DAY, self.until - DAY
        if journey == "raise_recent":
            return self.clock.active_moment(self.until - 9 * DAY, self.until - HOUR, zone, random), "recent"
        if journey == "raise_again_after_recycling":
            return self._business_moment(person, low, max(low + DAY, self.until - 190 * DAY)), "recycled"
        days = self._clock_changes[person.patch.region]
        if journey == "raise_at_clock_change" and days:
            # Friday evening or the weekend of the change: the answer comes under the other offset.
            day = world.choose(days) - world.choose((2, 1, 0))
            second = world.between(18 * HOUR, 22 * HOUR) if (day + 3) % 7 == 4 else world.between(9 * HOUR, 20 * HOUR)
            return self.clock.local_moment(day, second, zone), "clock_change"
        if journey == "raise_on_weekend":
            day = world.between(low, high - 7 * DAY) // DAY
            day += 5 + int(random() * 2) - (day + 3) % 7
            return self.clock.local_moment(day, world.between(8 * HOUR, 21 * HOUR), zone), "weekend"
        return self.clock.active_moment(low, high, zone, random), journey.removeprefix("raise_")

    def _business_moment(self, person: Person, low: int, high: int) -> int:
        return self.clock.active_moment(low, high, person.patch.zone, self.random)

    def _live_to_threshold(self, person: Person) -> None:
        world, random = self.world, self.random
        zone = person.patch.zone
        if person.plan.journey == "threshold_now":
            keen = world.between(self.until - 20 * DAY, self.until - 12 * DAY)
        else:
            keen = world.between(world.start + 25 * DAY, self.until - 15 * DAY)
        self._enter(person, max(world.start + DAY, keen - world.between(5 * DAY, 90 * DAY)))
        low, high = max(person.created, keen - 2 * DAY), keen + 9 * DAY
        for _ in range(world.between(3, 6)):
            self._session(person, self.clock.active_moment(low, high, zone, random), True)
        self._fill_form(person, self.clock.active_moment(low, high, zone, random), "Download guide")
        if random() < 0.6:
            self._fill_form(person, self.clock.active_moment(low, high, zone, random), "Webinar registration")
        if person.plan.journey == "threshold_now" or random() < 0.35:
            self._fill_form(person, self.clock.active_moment(high - 2 * DAY, high, zone, random), "Start a trial")
        handoff = Handoff(high + world.between(MINUTE, 20 * MINUTE), "threshold", story="threshold")
        person.handoffs.append(handoff)
        self._follow_up(person, handoff, "raise_never_touched" if random() < 0.15 else "threshold")

    def _live_in_a_committee(self, person: Person) -> None:
        """Several of one enterprise look at us within a few weeks; sales works the one who looks most."""
        world, random, awake = self.world, self.random, person.plan.awake
        zone = person.patch.zone
        is_first = person.plan.journey == "woke_first"
        self._enter(person, max(world.start + DAY, awake - world.between(20 * DAY, 80 * DAY)))
        for _ in range(6 if is_first else world.between(4, 6)):
            self._session(person, self.clock.active_moment(awake - 9 * DAY, awake, zone, random), is_first)
        self._fill_form(person, self.clock.active_moment(awake - 6 * DAY, awake, zone, random), "Download guide")
        if is_first:
            self._fill_form(person, self.clock.active_moment(awake - 2 * DAY, awake, zone, random), "Start a trial")
            handoff = Handoff(awake + world.between(MINUTE, 20 * MINUTE), "account_ready", story="account_ready")
            person.handoffs.append(handoff)
            self._follow_up(person, handoff, "threshold")

    def _live_without_handoff(self, person: Person) -> None:
        """Sales finds, opens and perhaps wins a deal of its own: demand that marketing never saw."""
        world = self.world
        created = self._business_moment(person, world.start + 5 * DAY, self.until - 120 * DAY)
        person.lead_source = "Outbound"
        self._enter(person, created)
        moment = created
        for _ in range(3):
            moment = self._touch(person, moment, world.between(HOUR, 2 * WORK_DAY), "call", person.owner)
        won = person.plan.journey == "sales_made_win"
        self._opportunity(person, moment + DAY, "won" if won else "open", True)

    # ---- what a buyer does

    def _session_before_raise(self, person: Person, raised: int) -> None:
        moment = raised - self.world.between(4 * MINUTE, 12 * MINUTE)
        self._visit(person, moment, self.world.choose(words.PAGES_OF_INTEREST["product"]), "", "visit_human", True)
        self._visit(person, moment + 90, "/pricing", "", "visit_human", False)

    def _session(self, person: Person, moment: int, is_keen: bool) -> None:
        random = self.random
        pages = 1 + int(random() * random() * 6) + (2 if is_keen else 0)
        agent = self.world.choose(words.HUMAN_AGENTS)
        for place in range(pages):
            kind = (_KEEN_PAGES if is_keen else _PAGES).draw(random)
            page = self.world.choose(words.PAGES_OF_INTEREST[kind])
            self._visit(person, moment, page, agent, "visit_human", place == 0)
            moment += 15 + int(random() * 170)

    def _visit(self, person: Person, moment: int, page: str, agent: str, kind: str, opens_session: bool) -> None:
        if moment > self.until:
            return
        if not person.marketo_id:
            return
        self._activity_number += 1
        referrer = term = query = ""
        if opens_session:
            referrer = self.world.choose(words.REFERRERS)
            if "google" in referrer and self.random() < 0.3:
                term = self.world.choose(words.SEARCH_TERMS)
            if self.random() < 0.18:
                query = self.world.choose(words.UTM_TAILS)
            referrer, term = self._coloured(person, kind, referrer, term)
        synced = self.world.synced
        self._visits.add(
            id=self._activity_number,
            activity_date=self.clock.marketo(moment),
            activity_type_id=1,
            lead_id=person.marketo_id,
            primary_attribute_value=page,
            webpage_url=page + query,
            referrer_url=referrer,
            search_engine="google" if term else "",
            search_query=term,
            query_parameters=query[1:],
            user_agent=agent or words.HUMAN_AGENTS[0],
            _fivetran_synced=synced,
        )
        person.counts[kind] = person.counts.get(kind, 0) + 1
        if kind in ("visit_human", "visit_reload"):
            person.pages[page] = person.pages.get(page, 0) + 1
        if kind == "visit_human" and page != "/careers" and moment > person.last_engaged:
            person.last_engaged = moment
        if moment < person.first_seen or not person.first_seen:
            person.first_seen = moment

    def _coloured(self, person: Person, kind: str, referrer: str, term: str) -> tuple[str, str]:
        """Where the visit came from: now and then an assistant, a site of reviews, or a search for a name."""
        draw = self.details.random()
        if kind != "visit_human" or draw >= 0.16:
            return referrer, term
        if draw < 0.05:
            person.counts["arrival_assistant"] = person.counts.get("arrival_assistant", 0) + 1
            return self.details.choice(words.ASSISTANTS), ""
        if draw < 0.07:
            return self.details.choice(words.REVIEW_SITES), ""
        return ("https://www.google.com/", self.details.choice(words.TERMS_OF_NAMES)) if term else (referrer, term)

    def _fill_form(self, person: Person, moment: int, form: str, agent: str = "") -> str:
        if moment > self.until or not person.marketo_id:
            return ""
        self._activity_number += 1
        activity_id = str(self._activity_number)
        page = "/" + form.lower().replace(" ", "-")
        self._forms.add(
            id=activity_id,
            activity_date=self.clock.marketo(moment),
            activity_type_id=2,
            lead_id=person.marketo_id,
            primary_attribute_value_id=1000 + len(form),
            primary_attribute_value=form,
            webform_id=1000 + len(form),
            webpage_url=page,
            user_agent=agent or words.HUMAN_AGENTS[0],
            _fivetran_synced=self.world.synced,
        )
        kind = "form_bot" if agent else "form_human"
        person.counts[kind] = person.counts.get(kind, 0) + 1
        if not agent and form in words.HAND_RAISE_FORMS:
            person.counts["hand_raise"] = person.counts.get("hand_raise", 0) + 1
        if not agent and moment > person.last_engaged:
            person.last_engaged = moment
        if moment < person.first_seen or not person.first_seen:
            person.first_seen = moment
        return activity_id

    def _scan(self, person: Person) -> None:
        """A scanner that looks like a browser: all pages within seconds, and the field that no person sees."""
        low, high = person.created, self.until - HOUR
        moment = self.clock.active_moment(low, high, person.patch.zone, self.details.random)
        pages = [page for pages in words.PAGES_OF_INTEREST.values() for page in pages]
        for place, page in enumerate(pages):
            self._visit(person, moment + place // 3, page, words.HUMAN_AGENTS[1], "visit_burst", False)
        self._fill_form(person, moment + 20, "Honeypot", words.HUMAN_AGENTS[1])

    def _bot_burst(self, person: Person, moment: int, agent: str, visits: int) -> None:
        for place in range(visits):
            page = self.world.choose(words.PAGES_OF_INTEREST["product"] + ("/pricing",))
            self._visit(person, moment + place // 4, page, agent, "visit_bot", False)

    def _reload(self, person: Person, moment: int) -> None:
        for place in range(40):
            self._visit(person, moment + place * 12, "/pricing", "", "visit_reload", False)

    def _make_noise(self, person: Person) -> None:
        """Campaigns, newsletters and robots: what happens to anybody."""
        world, random, plan = self.world, self.random, person.plan
        if plan.kind == "bot":
            return
        zone = person.patch.zone
        if plan.journey == "link_scanner":
            agent = world.choose(words.BOT_AGENTS)
            for _ in range(3):
                moment = self.clock.active_moment(person.created, self.until - HOUR, zone, random)
                self._bot_burst(person, moment, agent, world.between(6, 16))
            self._scan(person)
        if not person.lead_id and not person.contact_id:
            return
        if random() < (0.04 if plan.journey == "unengaged" else 0.15):
            moment = self.clock.active_moment(person.created, self.until, zone, random)
            campaign = world.campaign_running(moment)
            if campaign:
                responded = random() < (0.2 if plan.journey == "unengaged" else 0.6)
                person.campaigns.append((moment, campaign.campaign_id, campaign.kind, responded))
                if responded:
                    person.last_engaged = max(person.last_engaged, moment)
        if random() < 0.2:
            moment = self.clock.active_moment(person.created, self.until, zone, random)
            person.touches.append(Touch(moment, "email", world.integration_user, "Email: Monthly digest", True))
        if random() < 0.05 and person.owner.startswith("005"):
            written = self.clock.active_moment(person.created, self.until, zone, random)
            due = written + world.between(1, 20) * DAY
            person.touches.append(Touch(due, "call", person.owner, "Call back", False, False, written))

    # ---- what sales does

    def _representative(self, person: Person) -> str:
        if person.owner.startswith("005") and person.owner != person.patch.former_representative:
            return person.owner
        return self.world.choose(person.patch.representatives)

    def _change(self, person: Person, moment: int, name: str, value: str, by: str) -> None:
        self._order += 1
        person.changes.append((moment, self._order, name, value, by))
        if name == "Owner":
            person.owner = value

    def _touch(self, person: Person, start: int, delay: int, kind: str, by: str) -> int:
        patch = person.patch
        moment = self.clock.after_working(start, delay, patch.zone, patch.hours)
        subject = {"call": "Call", "email": "Email: Re: your request", "meeting": "Discovery call"}[kind]
        person.touches.append(Touch(moment, kind, by, subject))
        return moment

    def _follow_up(self, person: Person, handoff: Handoff, script: str) -> int:
        """Sales works a handoff by the script. Returns when it closed, 0 if it stays open."""
        world, random, patch = self.world, self.random, person.patch
        raised = handoff.raised
        known = max(raised, person.created)
        if person.lead_id:
            self._change(person, known + world.between(60, 240), "Status", MQL, world.integration_user)
        needs_owner = not person.owner.startswith("005") or person.owner == patch.former_representative
        handoff.assigned = known
        if script == "raise_never_touched" and random() < 0.5:
            handoff.assigned = 0 if needs_owner else known
            handoff.first_owner = "" if needs_owner else person.owner
            return 0
        if needs_owner:
            owner = world.choose(patch.representatives)
            by_robot = random() < 0.75
            handoff.assigned = (
                known + world.between(2 * MINUTE, 15 * MINUTE)
                if by_robot
                else self.clock.after_working(known, world.between(5 * MINUTE, 90 * MINUTE), patch.zone, patch.hours)
            )
            self._change(person, handoff.assigned, "Owner", owner, world.integration_user)
        handoff.first_owner = person.owner
        if script == "raise_never_touched":
            return 0
        working_from = handoff.assigned
        if script == "raise_reassigned":
            others = [user for user in patch.representatives if user != person.owner]
            delay = world.between(HOUR, 6 * HOUR)
            handoff.reassigned = self.clock.after_working(working_from, delay, patch.zone, patch.hours)
            self._change(person, handoff.reassigned, "Owner", world.choose(others), handoff.first_owner)
            working_from = handoff.reassigned
        if script == "raise_automated_mail_first" or random() < 0.25:
            moment = raised + world.between(2 * MINUTE, 6 * MINUTE)
            person.touches.append(
                Touch(moment, "email", world.integration_user, "Email: Thank you for your request", True)
            )
        delays = _OTHER_DELAYS if handoff.kind == "threshold" else _RAISE_DELAYS
        owner = person.owner
        kind = "call" if random() < 0.62 else "email"
        touched = self._touch(person, working_from + 30, world.between(*delays.draw(random)), kind, owner)
        moment = touched
        for _ in range(world.between(0, 4)):
            kind = "call" if random() < 0.5 else "email"
            moment = self._touch(person, moment, world.between(HOUR, 2 * WORK_DAY), kind, owner)
        if not person.lead_id:
            return 0
        return self._outcome(person, script, owner, touched, moment)

    def _outcome(self, person: Person, script: str, owner: str, touched: int, last_touch: int) -> int:
        world, random, patch, clock = self.world, self.random, person.patch, self.clock
        draw = random()
        if script != "recycle" and draw >= 0.72:
            if draw < 0.88:
                closed = clock.after_working(touched, world.between(MINUTE, 6 * HOUR), patch.zone, patch.hours)
                status = REJECTED if random() < 0.75 else UNQUALIFIED
                self._change(person, closed, "Status", status, owner)
                self._note(person, "rejected_at" if status == REJECTED else "disqualified_at", closed)
                return closed
            return 0  # nobody answers, nobody decides
        accepted = clock.after_working(touched, world.between(MINUTE, 4 * HOUR), patch.zone, patch.hours)
        self._change(person, accepted, "Status", ACCEPTED, owner)
        self._note(person, "accepted_at", accepted)
        worked = clock.after_working(max(accepted, last_touch), world.between(HOUR, 9 * HOUR), patch.zone, patch.hours)
        self._change(person, worked, "Status", WORKING, owner)
        if script != "recycle" and random() < 0.56:
            if random() < 0.1:
                missed = clock.after_working(worked, world.between(WORK_DAY, 3 * WORK_DAY), patch.zone, patch.hours)
                begins = missed // 1800 * 1800
                person.touches.append(Touch(begins, "no_show", owner, "Discovery call", False, False, worked))
                worked = missed
            met = clock.after_working(worked, world.between(WORK_DAY, 7 * WORK_DAY), patch.zone, patch.hours)
            met = met // 1800 * 1800
            person.touches.append(Touch(met, "meeting", owner, "Discovery call", False, True, worked))
            self._note(person, "meeting_held_at", met + 1800)
            if random() < 0.6:
                converted = clock.after_working(met + HOUR, world.between(HOUR, 4 * WORK_DAY), patch.zone, patch.hours)
                self._convert(person, converted, owner)
                return converted
            worked = met
        closed = clock.after_working(
            worked + (12 if script == "recycle" else world.between(4, 25)) * DAY, HOUR, patch.zone, patch.hours
        )
        status = RECYCLED if script == "recycle" else world.choose((RECYCLED, NURTURE, NURTURE, UNQUALIFIED))
        self._change(person, closed, "Status", status, owner)
        self._note(person, "disqualified_at" if status == UNQUALIFIED else "recycled_at", closed)
        return closed

    def _note(self, person: Person, what: str, moment: int) -> None:
        if moment <= self.until and what not in person.outcomes:
            person.outcomes[what] = self.clock.salesforce(moment)

    def _convert(self, person: Person, moment: int, owner: str) -> None:
        if moment > self.until:
            return
        world = self.world
        company = person.company or world.add_company("mixed", has_account=False)
        person.company = company
        world.open_account(company, moment)
        person.converted = moment
        person.contact_id = world.ids["contact"].take()
        person.converted_account = company.account_id
        person.stories.append("converted")
        self._change(person, moment, "Status", CONVERTED, owner)
        draw = self.random()
        fate = "won" if draw < 0.3 else "lost" if draw < 0.68 else "open"
        person.opportunity_id = self._opportunity(person, moment, fate, self.random() < 0.8)
        world.folder["truth/conversions"].add(
            lead_id=person.lead_id,
            contact_id=person.contact_id,
            account_id=company.account_id,
            opportunity_id=person.opportunity_id,
            converted_at=self.clock.salesforce(moment),
            truth_person=person.key,
        )

    def _opportunity(self, person: Person, created: int, fate: str, has_contact_role: bool) -> str:
        """A deal, stage by stage. Returns its id."""
        world, clock, company = self.world, self.clock, person.company
        if created > self.until:
            return ""
        assert company is not None
        opportunity_id = world.ids["opportunity"].take()
        seller = company.account_owner
        size = 1 if company.employees < 100 else 3 if company.employees < 1_000 else 10
        amount = size * world.between(8, 26) * 1_000
        stages = [(created, *_STAGES[0])]
        moment = created
        for stage, probability in _STAGES[1 : (2 + int(self.random() * 3)) if fate == "lost" else 4]:
            moment += world.between(4, 22) * DAY
            stages.append((moment, stage, probability))
        if fate in ("won", "lost"):
            moment += world.between(2, 20) * DAY
            stages.append((moment, "Closed Won" if fate == "won" else "Closed Lost", 100 if fate == "won" else 0))
        stages = [stage for stage in stages if stage[0] <= self.until]
        last, stage_name, probability = stages[-1]
        is_closed = stage_name.startswith("Closed")
        close_date = clock.date(last if is_closed else min(self.until + 80 * DAY, created + 75 * DAY))
        for at, stage, likely in stages:
            world.folder["salesforce/opportunity_history"].add(
                id=world.ids["opportunity_history"].take(),
                opportunity_id=opportunity_id,
                stage_name=stage,
                amount=amount,
                probability=likely,
                close_date=close_date,
                created_date=clock.salesforce(at),
                created_by_id=seller,
                is_deleted="false",
                system_modstamp=clock.salesforce(at),
                _fivetran_synced=world.synced,
            )
        is_customer = person.plan.kind == "customer"
        world.folder["salesforce/opportunity"].add(
            id=opportunity_id,
            account_id=company.account_id,
            name=f"{company.name} - New Business",
            stage_name=stage_name,
            amount=amount,
            currency_iso_code="USD",
            probability=probability,
            close_date=close_date,
            is_closed="true" if is_closed else "false",
            is_won="true" if stage_name == "Closed Won" else "false",
            type="Existing Business" if is_customer else "New Business",
            lead_source=person.lead_source,
            owner_id=seller,
            **world.tail(created, seller, last),
        )
        if has_contact_role:
            role = "Decision Maker" if person.seniority in ("vp", "c_level", "director") else "Evaluator"
            world.folder["salesforce/opportunity_contact_role"].add(
                id=world.ids["role"].take(),
                opportunity_id=opportunity_id,
                contact_id=person.contact_id,
                role=role,
                is_primary="true",
                **world.tail(created, seller, created),
            )
        closed_text = clock.salesforce(last) if is_closed else ""
        person.outcomes.setdefault("opportunity_id", opportunity_id)
        person.outcomes.setdefault("opportunity_created_at", clock.salesforce(created))
        if stage_name == "Closed Won":
            company.customer_since = min(company.customer_since or last, last)
        if is_closed:
            person.outcomes.setdefault("won_at" if stage_name == "Closed Won" else "lost_at", closed_text)
        world.folder["truth/opportunities"].add(
            opportunity_id=opportunity_id,
            account_id=company.account_id,
            created_at=clock.salesforce(created),
            closed_at=closed_text,
            is_won="true" if stage_name == "Closed Won" else "false",
            has_contact_role="true" if has_contact_role else "false",
            has_handoff_before="true" if person.handoffs else "false",
            story=person.plan.journey,
        )
        return opportunity_id


def _gibberish(random: Callable[[], float]) -> str:
    return "".join("bcdfghjklmnpqrstvwxz"[int(random() * 20)] for _ in range(8)).capitalize()
