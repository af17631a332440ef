with

legal_forms as (

    select * from {{ ref('stg_rules__legal_forms') }}

),

positions as (

    select
        stated_positions.stated,
        stated_positions.form_position
    from (
        values ('end', 'end'), ('start', 'start'), ('both', 'end'), ('both', 'start'), ('attached', 'attached')
    ) as stated_positions (stated, form_position)

),

folded as (

    select
        {{ folded_letters('spelling') }} as letters,
        form_position as stated,
        legal_form
    from legal_forms

    union

    select
        {{ folded_letters(spelled_out_umlauts('spelling')) }} as letters,
        form_position as stated,
        legal_form
    from legal_forms

),

spellings as (

    select
        stated,
        legal_form,
        {{ name_words('letters') }} as words
    from folded

),

placed as (

    select
        spellings.words,
        positions.form_position,
        min(spellings.legal_form) as legal_form
    from spellings
    inner join positions
        on spellings.stated = positions.stated
    where spellings.words <> ''
    group by spellings.words, positions.form_position

),

edged as (

    select
        words,
        form_position,
        legal_form,
        case form_position when 'start' then split_part(words, ' ', 1) else split_part(words, ' ', -1) end as edge_word
    from placed

)

select * from edged
