with

titles as (

    select lower(job_title) as job_title
    from {{ ref('int_person_fields_survived') }}
    where job_title is not null
    union
    select lower(value_text) as job_title
    from {{ ref('int_attribute_values_dated') }}
    where
        entity = 'person'
        and attribute = 'job_title'
        and value_text is not null

),

title_rules as (

    select * from {{ ref('stg_rules__titles') }}

),

rules_ranked as (

    select
        titles.job_title,
        title_rules.assigns,
        title_rules.assigned_value,
        row_number() over (
            partition by titles.job_title, title_rules.assigns
            order by title_rules.sort_order, title_rules.rule_id
        ) as rule_rank
    from titles
    inner join title_rules  -- every rule that reads the title; the first of each kind counts
        on {{ rule_applies('titles.job_title', 'null', 'title_rules.operator', 'title_rules.value') }}

),

classified as (

    select
        job_title,
        max(case when assigns = 'seniority' then assigned_value end) as seniority,
        max(case when assigns = 'job_function' then assigned_value end) as job_function,
        max(case when assigns = 'buying_role' then assigned_value end) as buying_role
    from rules_ranked
    where rule_rank = 1
    group by job_title

)

select * from classified
