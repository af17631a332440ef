{%- set of_a_record = [
    'activities', 'status_changes', 'assignments', 'touches', 'opportunity_contacts', 'campaign_members',
    'field_changes',
] -%}
with

staged as (

    {% for feed in every_staging_model() %}
        select
            source_system,
            source_table,
            source_row_number,
            row_key,
            disposition,
            reason_codes,
            {{ 'record_key' if feed.entity == 'people' else 'cast(null as varchar)' }} as person_record_key,
            {% set is_of_a_record = feed.entity in of_a_record or parent_links(feed.vendor, feed.table, 'person') -%}
            {{ 'record_key' if is_of_a_record else 'cast(null as varchar)' }} as parent_record_key,
            {{ 'account_id' if feed.entity == 'accounts' else 'cast(null as varchar)' }} as own_account_id,
            {{ 'parent_account_id' if feed.entity == 'accounts' else 'cast(null as varchar)' }} as parent_account_id
        from {{ ref(feed.model) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

merge_cycles as (

    select * from {{ ref('int_merge_cycles_found') }}

),

merged_records as (

    select * from {{ ref('int_record_merges_resolved') }}

),

merge_orphans as (  -- merged into a record that nobody has, or into a ring

    select merged_records.record_key
    from merged_records
    left join merge_cycles
        on merged_records.target_record_key = merge_cycles.record_key
    where
        merged_records.target_record_key is null
        or merge_cycles.record_key is not null

),

usable_records as (  -- of whatever time: a record that is not yet known at as_of is no reason to complain

    select distinct staged.person_record_key as record_key
    from staged
    left join merge_cycles
        on staged.person_record_key = merge_cycles.record_key
    where
        staged.disposition in ('current', 'merged')
        and staged.person_record_key is not null
        and merge_cycles.record_key is null

),

merges_told as (

    select * from {{ ref('int_record_cross_ids_collected') }}
    where link_method = 'merge'

),

landed_keys as (

    select distinct person_record_key as record_key
    from staged
    where person_record_key is not null

),

merged_away as (  -- of records that land no more, but it is told whose they are now

    select distinct merges_told.linked_record_key as record_key
    from merges_told
    inner join usable_records
        on merges_told.record_key = usable_records.record_key
    left join landed_keys
        on merges_told.linked_record_key = landed_keys.record_key
    where landed_keys.record_key is null

),

usable_accounts as (  -- of whatever time, too

    select distinct own_account_id as account_id
    from staged
    where
        disposition = 'current'
        and own_account_id is not null

),

orphans as (

    select * from {{ ref('int_orphan_rows_found') }}

),

hierarchies as (

    select * from {{ ref('int_account_parents_resolved') }}

),

judged as (

    select
        staged.source_system,
        staged.source_table,
        staged.source_row_number,
        staged.row_key,
        case
            when merge_cycles.record_key is not null and staged.disposition in ('current', 'merged') then 'quarantined'
            else staged.disposition
        end as disposition,
        staged.reason_codes,
        case
            when staged.disposition not in ('current', 'merged') then null
            when merge_cycles.record_key is not null then 'merge_cycle'
            when merge_orphans.record_key is not null then 'merge_orphan'
            when
                staged.parent_record_key is not null
                and usable_records.record_key is null
                and merged_away.record_key is null
                then 'unknown_parent'
            when orphans.source_row_number is not null then 'unknown_parent'
            when staged.parent_account_id is not null and usable_accounts.account_id is null then 'unknown_parent'
            when staged.parent_account_id = staged.own_account_id then 'parent_ring'
            when hierarchies.is_in_parent_ring then 'parent_ring'
            when hierarchies.is_cut_at_depth_limit then 'parents_too_deep'
        end as further_reason_code
    from staged
    left join merge_cycles
        on staged.person_record_key = merge_cycles.record_key
    left join merge_orphans
        on staged.person_record_key = merge_orphans.record_key
    left join usable_records
        on staged.parent_record_key = usable_records.record_key
    left join merged_away
        on staged.parent_record_key = merged_away.record_key
    left join orphans
        on
            staged.source_system = orphans.source_system
            and staged.source_table = orphans.source_table
            and staged.source_row_number = orphans.source_row_number
    left join usable_accounts
        on staged.parent_account_id = usable_accounts.account_id
    left join hierarchies
        on staged.own_account_id = hierarchies.account_id

),

dispositions as (

    select
        source_system,
        source_table,
        source_row_number,
        row_key,
        disposition,
        case
            when further_reason_code is null then coalesce(reason_codes, '')
            when coalesce(reason_codes, '') = '' then further_reason_code
            else reason_codes || ',' || further_reason_code
        end as reason_codes
    from judged

)

select * from dispositions
