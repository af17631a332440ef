"""One human of the world, with what they did and what was done about them."""

from dataclasses import dataclass, field

from handoff.generate.plans import Plan
from handoff.generate.world import Company, Patch

NEW, MQL, ACCEPTED, WORKING = "Open - Not Contacted", "MQL", "Accepted", "Working - Contacted"
REJECTED, UNQUALIFIED, RECYCLED, NURTURE = "Rejected", "Unqualified", "Recycled", "Nurture"
CONVERTED = "Closed - Converted"


@dataclass(slots=True)
class Touch:
    """What sales did: a task or an event, or a task still to do."""

    happened: int
    kind: str
    owner: str
    subject: str
    is_automated: bool = False
    is_done: bool = True
    written: int = 0


@dataclass(slots=True)
class Handoff:
    """The truth about one handoff."""

    raised: int
    kind: str
    form: str = ""
    activity_id: str = ""
    story: str = ""
    assigned: int = 0
    first_owner: str = ""
    reassigned: int = 0


@dataclass(slots=True)
class Person:
    """One human and everything known of them."""

    key: str
    plan: Plan
    patch: Patch
    company: Company | None
    first: str
    last: str
    email: str
    title: str
    function: str
    seniority: str
    created: int = 0
    lead_id: str = ""
    contact_id: str = ""
    marketo_id: str = ""
    lead_source: str = ""
    owner: str = ""
    stories: list[str] = field(default_factory=list)
    changes: list[tuple[int, int, str, str, str]] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    handoffs: list[Handoff] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    last_engaged: int = 0
    first_seen: int = 0
    converted: int = 0
    converted_account: str = ""
    opportunity_id: str = ""
    is_opted_out: bool = False
    campaigns: list[tuple[int, str, str, bool]] = field(default_factory=list)
