{{ config(materialized='table') }}

with

hosts as (

    select * from {{ ref('int_hosts_collected') }}

),

public_suffixes as (

    select
        suffix,
        rule_kind,
        length(suffix) - length(replace(suffix, '.', '')) + 1 as suffix_labels
    from {{ ref('stg_rules__public_suffixes') }}

),

suffix_lengths as (

    select distinct suffix_labels
    from public_suffixes

),

host_endings as (

    select
        hosts.host,
        suffix_lengths.suffix_labels,
        {{ last_labels('hosts.host', 'suffix_lengths.suffix_labels') }} as ending
    from hosts
    cross join suffix_lengths  -- every ending of the host that could be a suffix

),

rules_matched as (

    select
        host_endings.host,
        case public_suffixes.rule_kind when 'exception' then 0 else 1 end as rule_order,
        case public_suffixes.rule_kind
            when 'exception' then host_endings.suffix_labels - 1
            when 'wildcard' then host_endings.suffix_labels + 1
            else host_endings.suffix_labels
        end as public_labels
    from host_endings
    inner join public_suffixes
        on host_endings.ending = public_suffixes.suffix
    where
        public_suffixes.rule_kind <> 'wildcard'
        -- a wildcard asks for one label more than its own
        or length(host_endings.host) - length(replace(host_endings.host, '.', '')) >= host_endings.suffix_labels

),

rules_ranked as (

    select
        host,
        public_labels,
        row_number() over (partition by host order by rule_order asc, public_labels desc) as rule_rank
    from rules_matched

),

first_rules as (

    select * from rules_ranked
    where rule_rank = 1

),

public_lengths as (

    select
        hosts.host,
        -- the list's own default: an unknown top-level domain is a suffix of one label
        coalesce(first_rules.public_labels, 1) as public_labels
    from hosts
    left join first_rules
        on hosts.host = first_rules.host

),

registrable_domains as (

    select
        host,
        case
            when not {{ matches_pattern('host', "'^[0-9.]+$'") }}
                then {{ last_labels('host', '(public_labels + 1)') }}
        end as registrable_domain
    from public_lengths

)

select * from registrable_domains
