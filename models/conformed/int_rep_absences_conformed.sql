with

staged as (

    {{ union_enabled('rep_absences') }}

),

absences as (

    select
        rep_id,
        absent_from,
        absent_until
    from staged
    where disposition = 'current'

)

select * from absences
