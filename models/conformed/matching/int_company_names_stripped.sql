{{ config(materialized='table') }}

-- Legal forms go from both ends of a name, one a step, until none is left.
with recursive

spelled as (

    select * from {{ ref('int_company_names_spelled') }}

),

legal_forms as (

    select * from {{ ref('int_legal_forms_spelled') }}

),

ends as (

    select ends_of_a_name.form_position
    from (values ('start'), ('end')) as ends_of_a_name (form_position)

),

attached_forms as (

    select * from legal_forms
    where form_position = 'attached'

),

parted as (  -- a form written without a blank: the longest that fits

    select
        spelled.name_text,
        spelled.words,
        attached_forms.legal_form,
        case
            when right(spelled.words, length(attached_forms.words)) = attached_forms.words
                then left(spelled.words, length(spelled.words) - length(attached_forms.words))
            else right(spelled.words, length(spelled.words) - length(attached_forms.words))
        end as rest,
        row_number() over (
            partition by spelled.name_text, spelled.words
            order by length(attached_forms.words) desc, attached_forms.words asc
        ) as fit_rank
    from spelled
    inner join attached_forms  -- a handful of forms, and names in other letters only
        on
            right(spelled.words, length(attached_forms.words)) = attached_forms.words
            or left(spelled.words, length(attached_forms.words)) = attached_forms.words
    where {{ matches_pattern('spelled.words', "'[^ -~]'") }}

),

longest_forms as (

    select * from parted
    where fit_rank = 1

),

steps as (

    select
        spelled.name_text,
        spelled.words as spelled_words,
        trim(coalesce(longest_forms.rest, spelled.words)) as words,
        coalesce(longest_forms.legal_form, '') as legal_form,
        0 as step
    from spelled
    left join longest_forms
        on
            spelled.name_text = longest_forms.name_text
            and spelled.words = longest_forms.words

    union all

    select
        steps.name_text,
        steps.spelled_words,
        case ends.form_position
            when 'end' then trim(left(steps.words, length(steps.words) - length(legal_forms.words)))
            else trim(right(steps.words, length(steps.words) - length(legal_forms.words)))
        end as words,
        case when steps.legal_form = '' then legal_forms.legal_form else steps.legal_form end as legal_form,
        steps.step + 1 as step
    from steps
    cross join ends
    inner join legal_forms
        on
            ends.form_position = legal_forms.form_position
            and legal_forms.edge_word
            = split_part(steps.words, ' ', case ends.form_position when 'end' then -1 else 1 end)
    where
        steps.step < 6
        and case ends.form_position
            when 'end' then right(' ' || steps.words, length(legal_forms.words) + 1) = ' ' || legal_forms.words
            else left(steps.words || ' ', length(legal_forms.words) + 1) = legal_forms.words || ' '
        end

),

steps_ranked as (  -- the shortest rest; of several ways there the one in fewest steps, which took the longest forms

    select
        *,
        row_number() over (
            partition by name_text, spelled_words
            order by length(words), step, legal_form
        ) as rest_rank
    from steps

),

stripped as (

    select
        name_text,
        spelled_words,
        words,
        nullif(legal_form, '') as legal_form
    from steps_ranked
    where rest_rank = 1

)

select * from stripped
