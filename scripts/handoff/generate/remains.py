"""What remains of a life: the rows the CRM and the marketing system hold, and the truth behind them."""

from handoff.generate import words
from handoff.generate.clock import DAY, HOUR
from handoff.generate.persons import CONVERTED, NEW, Person
from handoff.generate.world import Company, World

MINUTE = 60


# What each kind of person is kept out of sales' hands for.
_EXCLUSIONS = {
    "student": "student",
    "competitor": "competitor",
    "employee": "employee",
    "vendor": "vendor",
    "partner": "partner",
    "customer": "customer",
    "disposable": "disposable_email",
    "bot": "spam",
}


class Remains:
    """Writes people into the tables and counts their stories."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = world.clock
        self.random = world.random
        self.until = world.until
        self.story_counts: dict[str, int] = {}
        # Whether somebody works for a customer is known once everybody's deals are.
        self._people: list[tuple[dict[str, object], Company | None]] = []

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

    def finish(self) -> None:
        """Write who everybody was, once the world is over."""
        for row, company in self._people:
            if company:
                row["account_id"] = company.account_id
                if company.customer_since and not row["expected_exclusion"]:
                    row["expected_exclusion"] = "customer"
                    row["customer_since"] = self.clock.salesforce(company.customer_since)
            self.world.folder["truth/people"].add(**row)
        for story, told in sorted(self.story_counts.items()):
            self.world.folder["truth/stories"].add(story=story, people=told)

    def _write_lead(self, person: Person, changes: list[tuple[int, int, str, str, str]], is_deleted: bool) -> None:
        world, clock = self.world, self.clock
        history = world.folder["salesforce/lead_history"]
        state = {"Status": "", "Owner": ""}
        last = person.created
        history.add(
            id=world.ids["history"].take(),
            lead_id=person.lead_id,
            field="created",
            created_date=clock.salesforce(person.created),
            created_by_id=world.integration_user,
            is_deleted="false",
            _fivetran_synced=world.synced,
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
                    id=world.ids["history"].take(),
                    lead_id=person.lead_id,
                    field=name,
                    old_value=names.get(old, "Unassigned Leads"),
                    new_value=names.get(value, "Unassigned Leads"),
                    created_date=at,
                    created_by_id=by,
                    is_deleted="false",
                    _fivetran_synced=world.synced,
                )
            history.add(
                id=world.ids["history"].take(),
                lead_id=person.lead_id,
                field=name,
                old_value=old,
                new_value=value,
                created_date=at,
                created_by_id=by,
                is_deleted="false",
                _fivetran_synced=world.synced,
            )
            if value == CONVERTED:
                history.add(
                    id=world.ids["history"].take(),
                    lead_id=person.lead_id,
                    field="leadConverted",
                    created_date=at,
                    created_by_id=by,
                    is_deleted="false",
                    _fivetran_synced=world.synced,
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
            id=lead_id,
            first_name=person.first,
            last_name=person.last,
            title=person.title,
            company=name or "[not provided]",
            email=email,
            website=website,
            country=country,
            industry=industry,
            number_of_employees=employees,
            annual_revenue=revenue,
            lead_source=person.lead_source,
            status=status,
            owner_id=owner,
            has_opted_out_of_email="true" if person.is_opted_out else "false",
            is_converted="true" if is_converted else "false",
            converted_date=self.clock.date(person.converted) if is_converted else "",
            converted_contact_id=person.contact_id if is_converted else "",
            converted_account_id=person.converted_account if is_converted else "",
            converted_opportunity_id=person.opportunity_id if is_converted else "",
            master_record_id=master,
            **world.tail(created, world.integration_user, modified, is_deleted),
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
                    id=world.ids["history"].take(),
                    contact_id=contact_id,
                    field="Owner",
                    old_value=owner,
                    new_value=seller,
                    created_date=self.clock.salesforce(modified),
                    created_by_id=owner,
                    is_deleted="false",
                    _fivetran_synced=world.synced,
                )
                owner = seller
        world.folder["salesforce/contact"].add(
            id=contact_id,
            account_id=company.account_id,
            first_name=person.first,
            last_name=person.last,
            title=person.title,
            department=person.function.capitalize(),
            email=person.email,
            mailing_country=company.country,
            lead_source=person.lead_source,
            owner_id=owner,
            has_opted_out_of_email="true" if person.is_opted_out else "false",
            **world.tail(created, world.integration_user, modified),
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
                    id=world.ids["event"].take(),
                    who_id=record,
                    account_id=account,
                    owner_id=touch.owner,
                    subject=touch.subject,
                    type="Meeting",
                    event_subtype="Event",
                    start_date_time=clock.salesforce(at),
                    end_date_time=clock.salesforce(at + 1800),
                    activity_date_time=clock.salesforce(at),
                    activity_date=clock.date(at),
                    duration_in_minutes=30,
                    no_show_c="true" if touch.kind == "no_show" and at <= until else "false",
                    **world.tail(written, touch.owner, max(written, min(at + 1800, until))),
                )
                continue
            if touch.is_done and at > until:
                continue
            is_call = touch.kind == "call"
            world.folder["salesforce/task"].add(
                id=world.ids["task"].take(),
                who_id=record,
                account_id=account,
                owner_id=touch.owner,
                subject=touch.subject,
                status="Completed" if touch.is_done else "Not Started",
                is_closed="true" if touch.is_done else "false",
                priority="Normal",
                activity_date=clock.date(at),
                completed_date_time=clock.salesforce(at) if touch.is_done else "",
                task_subtype="Call" if is_call else "Email",
                type="Call" if is_call else "Email",
                call_type="Outbound" if is_call and touch.is_done else "",
                call_duration_in_seconds=world.between(20, 900) if is_call and touch.is_done else "",
                call_disposition=world.choose(("Connected", "Left voicemail", "No answer"))
                if is_call and touch.is_done
                else "",
                **world.tail(written, touch.owner, written),
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
                kind = "campaign_response_lost" if person.plan.identity == "deleted" else "campaign_response"
                person.counts[kind] = person.counts.get(kind, 0) + 1
            world.folder["salesforce/campaign_member"].add(
                id=world.ids["campaign_member"].take(),
                campaign_id=campaign_id,
                lead_id="" if is_contact else person.lead_id,
                contact_id=person.contact_id if is_contact else "",
                status=status,
                has_responded="true" if responded else "false",
                first_responded_date=clock.date(moment) if responded else "",
                **world.tail(moment, world.integration_user, moment),
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
                    world.folder["truth/merges"].add(
                        source_system="salesforce",
                        losing_record_id=loser,
                        surviving_record_id=survivor,
                        merged_at=at,
                        truth_person=person.key,
                        chain_length=chain,
                    )
                    if survivor_is_main:
                        world.folder["salesforce/lead_history"].add(
                            id=world.ids["history"].take(),
                            lead_id=survivor,
                            field="leadMerged",
                            created_date=at,
                            created_by_id=world.integration_user,
                            is_deleted="false",
                            _fivetran_synced=world.synced,
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
            id=person.marketo_id,
            created_at=clock.marketo(created),
            updated_at=clock.marketo(max(created, min(person.last_engaged, self.until))),
            email=person.email,
            first_name=person.first,
            last_name=person.last,
            title=person.title,
            company=company.name if company else "asdf" if person.plan.kind == "bot" else "",
            website=f"www.{company.domain}" if company and self.random() < 0.5 else "",
            country=company.country if company else "",
            industry=company.industry if company else "",
            number_of_employees=str(company.employees) if company and self.random() < 0.5 else "",
            lead_source=person.lead_source,
            unsubscribed="true" if person.is_opted_out else "false",
            sfdc_type=kind,
            sfdc_lead_id=lead_id,
            sfdc_contact_id=contact_id,
            sfdc_account_id=company.account_id if company and contact_id else "",
            _fivetran_synced=world.synced,
        )
        self._write_record(person, "marketo", "lead", person.marketo_id, "current")

    # ---- the truth

    def _write_record(self, person: Person, system: str, record_type: str, record_id: str, disposition: str) -> None:
        self.world.folder["truth/record_persons"].add(
            source_system=system,
            record_type=record_type,
            record_id=record_id,
            truth_person=person.key,
            expected_disposition=disposition,
        )

    def _write_truth(self, person: Person) -> None:
        plan, company = person.plan, person.company
        folder = self.world.folder
        row: dict[str, object] = {
            "truth_person": person.key,
            "kind": plan.kind,
            "region": person.patch.region,
            "company_domain": company.domain if company else "",
            "job_function": person.function,
            "seniority": person.seniority,
            "journey": plan.journey,
            "stories": ";".join(person.stories),
            "expected_exclusion": _EXCLUSIONS.get(plan.kind, ""),
        }
        self._people.append((row, company))
        for story in person.stories:
            self.story_counts[story] = self.story_counts.get(story, 0) + 1
        for kind in sorted(person.counts):
            folder["truth/activities"].add(
                truth_person=person.key,
                kind=kind,
                activities=person.counts[kind],
            )
        for page in sorted(person.pages):
            folder["truth/content"].add(truth_person=person.key, page=page, visits=person.pages[page])
        if person.outcomes:
            folder["truth/outcomes"].add(
                truth_person=person.key,
                **person.outcomes,
            )
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
                truth_person=person.key,
                handoff_number=number,
                kind=handoff.kind,
                marketo_activity_id=handoff.activity_id,
                marketo_lead_id=person.marketo_id,
                record_id=person.contact_id or person.lead_id,
                raised_at=clock.salesforce(raised),
                form_name=handoff.form,
                story=handoff.story,
                region=person.patch.region,
                is_weekend="true" if clock.is_weekend(raised, person.patch.zone) else "false",
                assigned_at=clock.salesforce(assigned) if assigned else "",
                first_owner_id=owner,
                reassigned_at=clock.salesforce(reassigned) if reassigned else "",
                owner_id=self._owner_at(person, first[0] if first else until),
                first_human_touch_at=clock.salesforce(first[0]) if first else "",
                touch_kind=first[1] if first else "",
                touch_rep_id=first[2] if first else "",
                touches_before=before,
                automated_before_touch=automated,
            )

    def _owner_at(self, person: Person, moment: int) -> str:
        owner = ""
        if not person.lead_id and not person.contact_id:
            return owner  # nobody owns whom the CRM does not know
        for at, _, name, value, _ in sorted(person.changes):
            if at <= moment and name == "Owner":
                owner = value
        return owner
