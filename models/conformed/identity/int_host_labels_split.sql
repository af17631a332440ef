-- The labels of each host that has one in Punycode.
with recursive

collected_hosts as (

    select host from {{ ref('int_hosts_collected') }}

    union

    select domain as host from {{ ref('stg_rules__own_domains') }}

    union

    select domain as host from {{ ref('stg_rules__email_domains') }}

    union

    select domain as host from {{ ref('stg_rules__mail_providers') }}

),

punycode_hosts as (

    select
        host,
        length(host) - length(replace(host, '.', '')) + 1 as label_count
    from collected_hosts
    where strpos('.' || host, '.xn--') > 0

),

host_labels as (

    select
        host,
        label_count,
        1 as label_number,
        split_part(host, '.', 1) as label
    from punycode_hosts

    union all

    select
        host,
        label_count,
        label_number + 1 as label_number,
        split_part(host, '.', label_number + 1) as label
    from host_labels
    where label_number < label_count

)

select * from host_labels
