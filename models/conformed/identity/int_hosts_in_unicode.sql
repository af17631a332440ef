{{ config(materialized='table') }}

with

host_labels as (

    select * from {{ ref('int_host_labels_split') }}

),

labels_decoded as (

    select * from {{ ref('int_punycode_labels_decoded') }}

),

hosts_decoded as (

    select
        host_labels.host,
        string_agg(coalesce(labels_decoded.decoded, host_labels.label), '.' order by host_labels.label_number)
            as unicode_host
    from host_labels
    left join labels_decoded
        on host_labels.label = labels_decoded.label
    group by host_labels.host

),

composed as (

    select
        host,
        lower({{ composed_letters('unicode_host') }}) as unicode_host
    from hosts_decoded

)

select * from composed
