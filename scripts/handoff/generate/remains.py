"""What remains of a life: the rows the CRM and the marketing system hold, and the truth behind them."""

from handoff.generate import words
from handoff.generate.clock import DAY, HOUR
from handoff.generate.persons import CONVERTED, NEW, Person
from handoff.generate.world import World

MINUTE = 60
_OUTCOMES = (
    "accepted_at",
    "rejected_at",
    "recycled_at",
    "disqualified_at",
    "meeting_held_at",
    "opportunity_id",
    "opportunity_created_at",
    "won_at",
    "lost_at",
)


class Remains:
    """Writes people into the tables and counts their stories."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = world.clock
        self.random = world.random
        self.until = world.until
        self.story_counts: dict[str, int] = {}

    # ---- what remains

    def write(self, person: Person) -> None:
        """Write every row and every truth of a person whose life is over."""
        changes = sorted(change for change in person.changes if change[0] <= self.until)
        is_deleted = person.plan.identity == "deleted" or (person.plan.kind == "bot" and self.random() < 0.3)
        if person.lead_id and person.created <= self.until:
            self._write_lead(person, changes, is_deleted)
        elif person.contact_id:
            self._write_contact(person, person.created, person.owner)
        if person.converted:
            self._write_contact(person, person.converted, person.company.account_owner if person.company else "")
        self._write_touches(person)
        self._write_campaigns(person)
        self._write_other_records(person)
        if person.marketo_id:
            self._write_marketo(person)
        self._write_truth(person)

    def _write_lead(self, person: Person, changes: list[tuple[int, int, str, str, str]], is_deleted: bool) -> None:
        world, clock = self.world, self.clock
        history = world.folder["salesforce/lead_history"]
        state = {"Status": "", "Owner": ""}
        last = person.created
        history.add(
            (
                world.ids["history"].take(),
                person.lead_id,
                "created",
                "",
                "",
                clock.salesforce(person.created),
                world.integration_user,
                "false",
                world.synced,
            )
        )
        for moment, _, name, value, by in changes:
            old = state[name]
            state[name] = value
            last = moment
            if moment == person.created or old == value:
                continue
            at = clock.salesforce(moment)
            if name == "Owner" and self.random() < 0.5:
                names = world.user_names
                history.add(
                    (
                        world.ids["history"].take(),
                        person.lead_id,
                        name,
                        names.get(old, "Unassigned Leads"),
                        names.get(value, "Unassigned Leads"),
                        at,
                        by,
                        "false",
                        world.synced,
                    )
                )
            history.add((world.ids["history"].take(), person.lead_id, name, old, value, at, by, "false", world.synced))
            if value == CONVERTED:
                history.add(
                    (
                        world.ids["history"].take(),
                        person.lead_id,
                        "leadConverted",
                        "",
                        "",
                        at,
                        by,
                        "false",
                        world.synced,
                    )
                )
        self._write_lead_row(
            person,
            person.lead_id,
            person.email,
            person.created,
            last,
            state["Status"],
            state["Owner"],
            "",
            is_deleted,
        )
        self._write_record(person, "salesforce", "lead", person.lead_id, "deleted" if is_deleted else "current")

    def _write_lead_row(
        self,
        person: Person,
        lead_id: str,
        email: str,
        created: int,
        modified: int,
        status: str,
        owner: str,
        master: str,
        is_deleted: bool,
    ) -> None:
        world, company = self.world, person.company
        is_converted = bool(person.converted) and lead_id == person.lead_id
        name, website, country, industry, employees, revenue = "", "", "", "", "", ""
        if company:
            name, country = company.name, company.country
            if self.random() < 0.8:
                website, industry = f"www.{company.domain}", company.industry
                employees, revenue = str(company.employees), str(company.revenue)
        elif person.plan.kind == "student":
            name = "University"
        elif person.plan.kind == "bot":
            name = "asdf"
        world.folder["salesforce/lead"].add(
            (
                lead_id,
                person.first,
                person.last,
                person.title,
                name or "[not provided]",
                email,
                "",
                website,
                country,
                industry,
                employees,
                revenue,
                person.lead_source,
                status,
                owner,
                "true" if person.is_opted_out else "false",
                "true" if is_converted else "false",
                self.clock.date(person.converted) if is_converted else "",
                person.contact_id if is_converted else "",
                person.converted_account if is_converted else "",
                person.opportunity_id if is_converted else "",
                master,
                *world.tail(created, world.integration_user, modified, is_deleted),
            )
        )

    def _write_contact(self, person: Person, created: int, owner: str) -> None:
        world, company = self.world, person.company
        assert company is not None
        contact_id = person.contact_id
        modified = created
        if created + 10 * DAY < self.until and self.random() < 0.1:
            modified = created + 9 * DAY
            seller = self.world.choose(person.patch.account_owners)
            if seller != owner:
                world.folder["salesforce/contact_history"].add(
                    (
                        world.ids["history"].take(),
                        contact_id,
                        "Owner",
                        owner,
                        seller,
                        self.clock.salesforce(modified),
                        owner,
                        "false",
                        world.synced,
                    )
                )
                owner = seller
        world.folder["salesforce/contact"].add(
            (
                contact_id,
                company.account_id,
                person.first,
                person.last,
                person.title,
                person.function.capitalize(),
                person.email,
                "",
                company.country,
                person.lead_source,
                owner,
                "true" if person.is_opted_out else "false",
                "",
                *world.tail(created, world.integration_user, modified),
            )
        )
        self._write_record(person, "salesforce", "contact", contact_id, "current")

    def _write_touches(self, person: Person) -> None:
        """Salesforce moves a converted lead's tasks and events to its contact."""
        world, clock, until = self.world, self.clock, self.until
        record = person.contact_id or person.lead_id
        if not record:
            person.touches.clear()
            return
        account = person.company.account_id if person.company and person.contact_id else ""
        for touch in person.touches:
            written = touch.written or touch.happened
            if written > until:
                continue
            at = touch.happened
            if touch.kind in ("meeting", "no_show"):
                world.folder["salesforce/event"].add(
                    (
                        world.ids["event"].take(),
                        record,
                        "",
                        account,
                        touch.owner,
                        touch.subject,
                        "Meeting",
                        "Event",
                        clock.salesforce(at),
                        clock.salesforce(at + 1800),
                        clock.salesforce(at),
                        clock.date(at),
                        30,
                        "true" if touch.kind == "no_show" and at <= until else "false",
                        *world.tail(written, touch.owner, max(written, min(at + 1800, until))),
                    )
                )
                continue
            if touch.is_done and at > until:
                continue
            is_call = touch.kind == "call"
            world.folder["salesforce/task"].add(
                (
                    world.ids["task"].take(),
                    record,
                    "",
                    account,
                    touch.owner,
                    touch.subject,
                    "Completed" if touch.is_done else "Not Started",
                    "true" if touch.is_done else "false",
                    "Normal",
                    clock.date(at),
                    clock.salesforce(at) if touch.is_done else "",
                    "Call" if is_call else "Email",
                    "Call" if is_call else "Email",
                    "Outbound" if is_call and touch.is_done else "",
                    world.between(20, 900) if is_call and touch.is_done else "",
                    world.choose(("Connected", "Left voicemail", "No answer")) if is_call and touch.is_done else "",
                    *world.tail(written, touch.owner, written),
                )
            )

    def _write_campaigns(self, person: Person) -> None:
        world, clock = self.world, self.clock
        for moment, campaign_id, kind, responded in person.campaigns:
            if moment > self.until:
                continue
            is_contact = bool(person.contact_id) and (not person.converted or moment >= person.converted)
            if not is_contact and not person.lead_id:
                continue
            status = "Sent"
            if responded:
                status = "Attended" if kind in ("Webinar", "Trade Show", "Conference") else "Responded"
                person.counts["campaign_response"] = person.counts.get("campaign_response", 0) + 1
            world.folder["salesforce/campaign_member"].add(
                (
                    world.ids["campaign_member"].take(),
                    campaign_id,
                    "" if is_contact else person.lead_id,
                    person.contact_id if is_contact else "",
                    status,
                    "true" if responded else "false",
                    clock.date(moment) if responded else "",
                    *world.tail(moment, world.integration_user, moment),
                )
            )

    def _write_other_records(self, person: Person) -> None:
        """Second and third records of one human: merged away, or still standing under the same address."""
        world, identity = self.world, person.plan.identity
        if not person.lead_id and identity != "contact_only":
            return
        queue = person.patch.queue
        if identity in ("merged_pair", "merged_chain"):
            chain = 1 if identity == "merged_pair" else 2
            survivor, survivor_is_main = person.lead_id, True
            gap = 0
            for length in range(chain, 0, -1):
                # The chain's last loser joins the main lead; an earlier one joins that loser before it goes.
                loser = world.ids["lead"].take()
                created = min(person.created + world.between(HOUR, 2 * DAY), self.until - MINUTE)
                merged = person.created + (9 - length * 2) * DAY - gap
                gap = 3 * DAY
                if merged <= created:
                    merged = created + HOUR
                email = person.email
                if merged <= self.until and self.random() < 0.5:
                    email = world.new_email(person.first, person.last, world.choose(words.FREE_MAIL))
                is_merged = merged <= self.until
                self._write_lead_row(
                    person,
                    loser,
                    email,
                    created,
                    merged if is_merged else created,
                    NEW,
                    queue,
                    survivor if is_merged else "",
                    is_merged,
                )
                self._write_record(person, "salesforce", "lead", loser, "merged" if is_merged else "current")
                if is_merged:
                    at = self.clock.salesforce(merged)
                    world.folder["truth/merges"].add(("salesforce", loser, survivor, at, person.key, chain))
                    if survivor_is_main:
                        world.folder["salesforce/lead_history"].add(
                            (
                                world.ids["history"].take(),
                                survivor,
                                "leadMerged",
                                "",
                                "",
                                at,
                                world.integration_user,
                                "false",
                                world.synced,
                            )
                        )
                survivor, survivor_is_main = loser, False
        elif identity in ("lead_twice", "lead_of_known_contact"):
            created = min(person.created + world.between(2 * DAY, 30 * DAY), self.until - MINUTE)
            if identity == "lead_of_known_contact" and person.company and not person.contact_id:
                world.open_account(person.company, created - DAY)
                person.contact_id = world.ids["contact"].take()
                self._write_contact(person, created, person.company.account_owner)
            elif identity == "lead_twice":
                second = world.ids["lead"].take()
                self._write_lead_row(person, second, person.email, created, created, NEW, queue, "", False)
                self._write_record(person, "salesforce", "lead", second, "current")

    def _write_marketo(self, person: Person) -> None:
        world, clock, company = self.world, self.clock, person.company
        is_linked = person.plan.identity not in ("marketo_by_email", "deleted")
        contact_id = person.contact_id if is_linked else ""
        lead_id = person.lead_id if is_linked else ""
        created = person.first_seen or person.created
        if not created:
            created = person.created = clock.active_moment(
                world.start, self.until - HOUR, person.patch.zone, self.random
            )
        kind = "Contact" if contact_id else "Lead" if lead_id else ""
        world.folder["marketo/lead"].add(
            (
                person.marketo_id,
                clock.marketo(created),
                clock.marketo(max(created, min(person.last_engaged, self.until))),
                person.email,
                person.first,
                person.last,
                person.title,
                company.name if company else "asdf" if person.plan.kind == "bot" else "",
                f"www.{company.domain}" if company and self.random() < 0.5 else "",
                company.country if company else "",
                company.industry if company else "",
                str(company.employees) if company and self.random() < 0.5 else "",
                "",
                person.lead_source,
                "true" if person.is_opted_out else "false",
                kind,
                lead_id,
                contact_id,
                company.account_id if company and contact_id else "",
                world.synced,
            )
        )
        self._write_record(person, "marketo", "lead", person.marketo_id, "current")

    # ---- the truth

    def _write_record(self, person: Person, system: str, record_type: str, record_id: str, disposition: str) -> None:
        self.world.folder["truth/record_persons"].add((system, record_type, record_id, person.key, disposition))

    def _write_truth(self, person: Person) -> None:
        world, plan, company = self.world, person.plan, person.company
        folder = world.folder
        is_at_company = bool(company) and plan.identity != "free_mail"
        exclusion = {
            "student": "student",
            "competitor": "competitor",
            "employee": "employee",
            "vendor": "vendor",
            "partner": "partner",
            "customer": "customer",
            "disposable": "disposable_email",
            "bot": "spam",
        }.get(plan.kind, "")
        folder["truth/people"].add(
            (
                person.key,
                plan.kind,
                person.patch.region,
                company.domain if company and is_at_company else "",
                company.account_id if company and is_at_company else "",
                person.function,
                person.seniority,
                plan.journey,
                ";".join(person.stories),
                exclusion,
            )
        )
        for story in person.stories:
            self.story_counts[story] = self.story_counts.get(story, 0) + 1
        for kind in sorted(person.counts):
            folder["truth/activities"].add((person.key, kind, person.counts[kind]))
        if person.outcomes:
            folder["truth/outcomes"].add((person.key, *(person.outcomes.get(name, "") for name in _OUTCOMES)))
        self._write_handoffs(person)
        if company:
            company.people += 1
            if plan.kind == "buyer" and person.last_engaged > self.until - 90 * DAY:
                company.engaged_people += 1
                company.engaged_functions.add(person.function)
                company.decision_maker_engaged |= person.seniority in ("vp", "c_level")

    def _write_handoffs(self, person: Person) -> None:
        clock, until = self.clock, self.until
        # A meeting has been held once it is over; a call or a mail counts when it was completed.
        done = sorted(
            (
                touch.happened + (1800 if touch.kind == "meeting" else 0),
                touch.kind,
                touch.owner,
                touch.is_automated,
            )
            for touch in person.touches
            if touch.is_done and touch.happened + (1800 if touch.kind == "meeting" else 0) <= until
        )
        for number, handoff in enumerate(person.handoffs, start=1):
            raised = handoff.raised
            if raised > until:
                continue
            human = [touch for touch in done if not touch[3] and touch[0] >= raised]
            first = human[0] if human else None
            before = sum(1 for touch in done if not touch[3] and touch[0] < raised)
            automated = sum(
                1 for touch in done if touch[3] and raised <= touch[0] and (not first or touch[0] < first[0])
            )
            assigned = handoff.assigned if handoff.assigned <= until else 0
            reassigned = handoff.reassigned if handoff.reassigned <= until else 0
            owner = handoff.first_owner if assigned else ""
            self.world.folder["truth/handoffs"].add(
                (
                    person.key,
                    number,
                    handoff.kind,
                    handoff.activity_id,
                    person.marketo_id,
                    person.contact_id or person.lead_id,
                    clock.salesforce(raised),
                    handoff.form,
                    handoff.story,
                    person.patch.region,
                    "true" if clock.is_weekend(raised, person.patch.zone) else "false",
                    clock.salesforce(assigned) if assigned else "",
                    owner,
                    clock.salesforce(reassigned) if reassigned else "",
                    self._owner_at(person, first[0] if first else until),
                    clock.salesforce(first[0]) if first else "",
                    first[1] if first else "",
                    first[2] if first else "",
                    before,
                    automated,
                )
            )

    def _owner_at(self, person: Person, moment: int) -> str:
        owner = ""
        for at, _, name, value, _ in sorted(person.changes):
            if at <= moment and name == "Owner":
                owner = value
        return owner
