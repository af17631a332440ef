{{ config(materialized='table') }}

-- Grain: change of a record's status at or before as_of, from whatever the sources have, and how it is known.
{%- set told_in_full = ['source_change_id', 'old_status', 'reason', 'changed_by'] %}
{%- set tellers = [
    {'model': 'int_status_changes_told', 'change_source': "'history'", 'tells': told_in_full},
    {'model': 'int_first_statuses_inferred', 'change_source': "'history'", 'tells': []},
    {'model': 'int_conversion_statuses_inferred', 'change_source': "'conversion'", 'tells': []},
    {'model': 'int_status_changes_observed', 'change_source': 'change_source', 'tells': ['old_status']},
    {'model': 'int_response_statuses_found', 'change_source': "'response'", 'tells': []},
] %}
with

changes as (

    {% for teller in tellers %}
        select
            change_key,
            source_system,
            record_key,
            person_id,
            changed_at,
            changed_at_precision,
            new_status,
            {% for column in told_in_full %}
                {% if column in teller.tells %}
                    {{ column }},
                {% else %}
                    cast(null as {{ dbt.type_string() }}) as {{ column }},
                {% endif %}
            {% endfor %}
            {{ teller.change_source }} as change_source
        from {{ ref(teller.model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    *,
    -- a campaign has words of its own: its "registered" is no status of the CRM's
    case when change_source = 'response' then 'campaign_member' else source_system end as status_vocabulary
from changes
where changed_at <= {{ as_of() }}
