with

staged as (

    {{ union_enabled('rep_absences') }}

),

absences as (

    select
        rep_id,
        absent_from,
        absent_from_precision,
        absent_until,
        absent_until_precision
    from staged
    where disposition = 'current'

)

select * from absences
