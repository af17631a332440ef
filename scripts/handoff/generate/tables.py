"""The files of a generated world: their columns, the ids in them, and writers that count what they wrote."""

import csv
from pathlib import Path
from typing import IO

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_PAIRS = [_ALPHABET[i // 62] + _ALPHABET[i % 62] for i in range(62 * 62)]
_PAIR_BITS = [(i // 62 < 26) << 3 | (i % 62 < 26) << 4 for i in range(62 * 62)]

_SALESFORCE_TAIL = "is_deleted created_date created_by_id last_modified_date system_modstamp _fivetran_synced"

COLUMNS: dict[str, str] = {
    "salesforce/lead": (
        "id first_name last_name title company email phone website country industry number_of_employees "
        "annual_revenue lead_source status owner_id has_opted_out_of_email is_converted converted_date "
        "converted_contact_id converted_account_id converted_opportunity_id master_record_id " + _SALESFORCE_TAIL
    ),
    "salesforce/contact": (
        "id account_id first_name last_name title department email phone mailing_country lead_source owner_id "
        "has_opted_out_of_email master_record_id " + _SALESFORCE_TAIL
    ),
    "salesforce/account": (
        "id name website parent_id type industry number_of_employees annual_revenue billing_country owner_id "
        "is_target_account_c master_record_id " + _SALESFORCE_TAIL
    ),
    "salesforce/user": (
        "id username name first_name last_name email department title user_type manager_id time_zone_sid_key "
        "is_active created_date last_modified_date system_modstamp _fivetran_synced"
    ),
    "salesforce/task": (
        "id who_id what_id account_id owner_id subject status is_closed priority activity_date "
        "completed_date_time task_subtype type call_type call_duration_in_seconds call_disposition " + _SALESFORCE_TAIL
    ),
    "salesforce/event": (
        "id who_id what_id account_id owner_id subject type event_subtype start_date_time end_date_time "
        "activity_date_time activity_date duration_in_minutes no_show_c " + _SALESFORCE_TAIL
    ),
    "salesforce/campaign": (
        "id name type status start_date end_date budgeted_cost actual_cost currency_iso_code is_active "
        + _SALESFORCE_TAIL
    ),
    "salesforce/campaign_member": (
        "id campaign_id lead_id contact_id status has_responded first_responded_date " + _SALESFORCE_TAIL
    ),
    "salesforce/opportunity": (
        "id account_id name stage_name amount currency_iso_code probability close_date is_closed is_won type "
        "lead_source owner_id " + _SALESFORCE_TAIL
    ),
    "salesforce/opportunity_history": (
        "id opportunity_id stage_name amount probability close_date created_date created_by_id is_deleted "
        "system_modstamp _fivetran_synced"
    ),
    "salesforce/opportunity_contact_role": ("id opportunity_id contact_id role is_primary " + _SALESFORCE_TAIL),
    "salesforce/lead_history": "id lead_id field old_value new_value created_date created_by_id "
    "is_deleted _fivetran_synced",
    "salesforce/contact_history": "id contact_id field old_value new_value created_date "
    "created_by_id is_deleted _fivetran_synced",
    "marketo/lead": (
        "id created_at updated_at email first_name last_name title company website country industry "
        "number_of_employees annual_revenue lead_source unsubscribed sfdc_type sfdc_lead_id sfdc_contact_id "
        "sfdc_account_id _fivetran_synced"
    ),
    "marketo/activity_visit_webpage": (
        "id activity_date activity_type_id lead_id campaign_id primary_attribute_value_id "
        "primary_attribute_value webpage_url referrer_url search_engine search_query query_parameters "
        "user_agent _fivetran_synced"
    ),
    "marketo/activity_fill_out_form": (
        "id activity_date activity_type_id lead_id campaign_id primary_attribute_value_id "
        "primary_attribute_value webform_id webpage_url referrer_url query_parameters user_agent "
        "_fivetran_synced"
    ),
    "truth/people": (
        "truth_person kind region company_domain account_id job_function seniority journey stories expected_exclusion "
        "customer_since"
    ),
    "truth/record_persons": "source_system record_type record_id truth_person expected_disposition",
    "truth/merges": "source_system losing_record_id surviving_record_id merged_at truth_person chain_length",
    "truth/conversions": "lead_id contact_id account_id opportunity_id converted_at truth_person",
    "truth/handoffs": (
        "truth_person handoff_number kind marketo_activity_id marketo_lead_id record_id raised_at form_name "
        "story region is_weekend assigned_at first_owner_id reassigned_at owner_id first_human_touch_at "
        "touch_kind touch_rep_id touches_before automated_before_touch"
    ),
    "truth/outcomes": (
        "truth_person accepted_at rejected_at recycled_at disqualified_at meeting_held_at opportunity_id "
        "opportunity_created_at won_at lost_at"
    ),
    "truth/opportunities": "opportunity_id account_id created_at closed_at is_won has_contact_role "
    "has_handoff_before story",
    "truth/accounts": (
        "account_id parent_account_id company_domain kind pattern people engaged_people engaged_functions "
        "decision_maker_engaged"
    ),
    "truth/activities": "truth_person kind activities",
    "truth/content": "truth_person page visits",
    "truth/stories": "story people",
    "truth/expected_counts": "source_system source_table rows",
}


class SalesforceIds:
    """Eighteen-character ids of one object, in order: prefix, pod, a counter in base 62, and "
    "Salesforce's check letters."""

    def __init__(self, prefix: str) -> None:
        self._head = f"{prefix}Hn00000"
        self._check = _check_letter(self._head[:5]) + _check_letter(self._head[5:])
        self._next = 62 * 62 + 1
        self._high = ""
        self._high_bits = 0
        self._high_of = -1

    def take(self) -> str:
        """The next id."""
        number = self._next
        self._next += 1
        high, low = divmod(number, 62 * 62)
        if high != self._high_of:
            self._high_of = high
            self._high = _ALPHABET[high // 3844 % 62] + _ALPHABET[high // 62 % 62] + _ALPHABET[high % 62]
            self._high_bits = sum(1 << place for place, letter in enumerate(self._high) if letter in _ALPHABET[:26])
        return f"{self._head}{self._high}{_PAIRS[low]}{self._check}{_CHECK[self._high_bits | _PAIR_BITS[low]]}"


def _check_letter(five: str) -> str:
    return _CHECK[sum(1 << place for place, letter in enumerate(five) if letter in _ALPHABET[:26])]


class Table:
    """One CSV file being written."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.rows = 0
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="", buffering=1 << 20)
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._columns = tuple(COLUMNS[name].split())
        self._writer.writerow(self._columns)

    def add(self, **row: object) -> None:
        """Write one row, by the names of its columns; a column not given stays empty."""
        self._writer.writerow([row.pop(column, "") for column in self._columns])
        if row:
            raise KeyError(f"{self.name} has no column {sorted(row)}")
        self.rows += 1

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class Folder:
    """All tables of one world under one folder."""

    def __init__(self, out: Path) -> None:
        self.tables = {name: Table(out, name) for name in COLUMNS}

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def close(self) -> None:
        """Finish every file."""
        for table in self.tables.values():
            table.close()
