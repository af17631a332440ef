{{ config(materialized='table') }}

-- Punycode read as RFC 3492 tells it: the label's ASCII letters, a hyphen, then numbers that say which letter comes
-- next and where. Each step reads one digit, so steps grow with the longest label.
with recursive

host_labels as (

    select * from {{ ref('int_host_labels_split') }}

),

punycode_labels as (

    select distinct
        label,
        {{ matches_pattern('label', "'^xn--[a-z0-9_-]*-[a-z0-9]+$'") }} as has_ascii_letters,
        length(label) - strpos(reverse(label), '-') - 4 as ascii_count
    from host_labels
    where {{ matches_pattern('label', "'^xn--([a-z0-9_-]*-)?[a-z0-9]+$'") }}

),

decoding as (

    select
        label,
        case when has_ascii_letters then substring(label from 5 for ascii_count) else '' end as decoded,
        substring(label from case when has_ascii_letters then ascii_count + 6 else 5 end) as digits_left,
        cast(128 as bigint) as letter_code,
        cast(0 as bigint) as place,
        cast(0 as bigint) as last_place,
        cast(1 as bigint) as weight,
        36 as threshold_base,
        cast(72 as bigint) as bias
    from punycode_labels

    union all

    select * from (
        with

        digits_read as (

            select
                label,
                decoded,
                substring(digits_left from 2) as digits_left,
                letter_code,
                last_place,
                weight,
                threshold_base,
                bias,
                strpos('abcdefghijklmnopqrstuvwxyz0123456789', substring(digits_left from 1 for 1)) - 1 as digit,
                least(greatest(threshold_base - bias, 1), 26) as threshold,
                place
                + weight * (strpos('abcdefghijklmnopqrstuvwxyz0123456789', substring(digits_left from 1 for 1)) - 1)
                    as place
            from decoding
            where digits_left <> ''

        ),

        letters_placed as (  -- a number ends with a digit below the threshold; until then nothing is placed

            select
                *,
                (digit < threshold) as is_placed,
                letter_code + cast(floor(place / (length(decoded) + 1.0)) as bigint) as new_letter_code,
                place % (length(decoded) + 1) as new_place,
                cast(floor((place - last_place) / case when last_place = 0 then 700.0 else 2.0 end) as bigint)
                    as distance
            from digits_read
            where
                place < 1000000000
                and weight < 1000000000

        ),

        distances_damped as (

            select
                *,
                distance + cast(floor(distance / (length(decoded) + 1.0)) as bigint) as damped
            from letters_placed
            where
                not is_placed
                or new_letter_code < 55296  -- what follows is no letter, up to the last there is
                or new_letter_code between 57344 and 1114111

        ),

        biases_adapted as (  -- divided by 35 until at most 455 is left

            select
                *,
                case
                    when damped < 456 then 0
                    when damped < 456 * 35 then 1
                    when damped < 456 * 35 * 35 then 2
                    when damped < 456 * 35 * 35 * 35 then 3
                    else 4
                end as divisions
            from distances_damped

        )

        select
            label,
            case
                when is_placed
                    then
                        substring(decoded from 1 for cast(new_place as integer))
                        || chr(cast(new_letter_code as integer))
                        || substring(decoded from cast(new_place as integer) + 1)
                else decoded
            end as decoded,
            digits_left,
            case when is_placed then new_letter_code else letter_code end as letter_code,
            case when is_placed then new_place + 1 else place end as place,
            case when is_placed then new_place + 1 else last_place end as last_place,
            case when is_placed then 1 else weight * (36 - threshold) end as weight,
            case when is_placed then 36 else threshold_base + 36 end as threshold_base,
            case
                when is_placed
                    then
                        36 * divisions
                        + cast(floor(
                            36 * floor(damped / power(35, divisions)) / (floor(damped / power(35, divisions)) + 38.0)
                        ) as bigint)
                else bias
            end as bias
        from biases_adapted
    ) as next_digit

),

labels_decoded as (  -- digits that end in the middle of a number are no Punycode

    select
        label,
        decoded
    from decoding
    where
        digits_left = ''
        and threshold_base = 36

)

select * from labels_decoded
