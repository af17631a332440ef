with

people as (

    select * from {{ ref('int_people_unioned') }}

),

record_links as (

    {{ union_enabled('record_links') }}

),

ids_named as (

    {% for feed in cross_id_feeds() %}
        select
            record_key,
            '{{ feed.named_system }}' as linked_source_system,
            {{ list_parts(feed.column, ';') }} as linked_record_id,
            '{{ feed.link_method }}' as link_method,
            '{{ feed.evidence }}' as evidence
        from {{ ref(feed.model) }}
        where
            disposition in ('current', 'merged')
            and {{ feed.column }} is not null

        union all

    {% endfor %}
    select
        record_key,
        other_source_system as linked_source_system,
        other_record_id as linked_record_id,
        'cross_id' as link_method,
        'generic.record_links' as evidence
    from record_links
    where disposition = 'current'

),

ids_tidied as (

    select
        record_key,
        lower(trim(linked_source_system)) as linked_source_system,
        trim(linked_record_id) as linked_record_id,
        link_method,
        evidence
    from ids_named
    where trim(linked_record_id) <> ''

),

cross_ids as (  -- an id that nobody delivered keeps a key of its own

    select
        ids_tidied.record_key,
        coalesce(
            people.record_key, {{ key_of(['ids_tidied.linked_source_system', 'ids_tidied.linked_record_id']) }}
        ) as linked_record_key,
        ids_tidied.link_method,
        min(ids_tidied.linked_source_system) as linked_source_system,
        min(ids_tidied.linked_record_id) as linked_record_id,
        min(ids_tidied.evidence) as evidence
    from ids_tidied
    left join people
        on
            ids_tidied.linked_source_system = people.source_system
            and {{ record_id_stem('ids_tidied.linked_source_system', 'ids_tidied.linked_record_id') }}
            = {{ record_id_stem('people.source_system', 'people.record_id') }}
    group by ids_tidied.record_key, linked_record_key, ids_tidied.link_method

)

select * from cross_ids
