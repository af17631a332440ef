with

staged as (

    select * from {{ ref('int_landed_rows_unioned') }}

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

nameable_records as (

    select * from {{ ref('int_nameable_records_listed') }}

),

usable_accounts as (  -- of whatever time: one that is not yet known at as_of is no reason to complain

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
                and nameable_records.record_key is null
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
    left join nameable_records
        on staged.parent_record_key = nameable_records.record_key
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
