{#-
    Landed text as a UTC timestamp, NULL where it is none; never an error. Reads ISO 8601 with a T or a blank, with or
    without seconds, fraction and offset (a naive time is UTC), hours of one digit, a day alone (midnight), milliseconds
    since 1970 (thirteen digits: HubSpot's own form), and the US forms of a spreadsheet (02/24/26, 02/24/2026 02:18 PM;
    two-digit years from 1969 to 2068, as everywhere in computing).
    Day-first forms (24/02/2026) are not guessed at: a month of 24 is no date.
    text: SQL expression of type text.
-#}
{% macro parse_timestamp(text) -%} {{ adapter.dispatch('parse_timestamp', 'handoff')(text) }} {%- endmacro %}

{% macro default__parse_timestamp(text) -%}
    case
        when {{ text }} is null then null
        when regexp_matches({{ text }}, '^\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?$')
            then try_cast({{ text }} as timestamp)
        when
            regexp_matches(
                {{ text }},
                '^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|z|UTC|[+-](0\d|1[0-5])(:?[0-5]\d)?)$'
            )
            then timezone('UTC', try_cast(
                regexp_replace(
                    regexp_replace(replace(upper({{ text }}), 'UTC', 'Z'), '^(\S{10}[T ]\d{1,2}:\d{2}) ?(Z|[+-].*)$', '\1:00\2'),
                    ' ?(Z|[+-]\d{2}(:?\d{2})?)$', '\1'
                ) as timestamp with time zone
            ))
        when regexp_matches({{ text }}, '^\d{13}$') then epoch_ms(cast({{ text }} as bigint))
        when regexp_matches({{ text }}, '^\d{1,2}/\d{1,2}/(\d{2}|\d{4})( +\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?)?$')
            then try_strptime({{ text }}, [
                '%m/%d/%y', '%m/%d/%y %I:%M %p', '%m/%d/%y %I:%M:%S %p', '%m/%d/%y %H:%M', '%m/%d/%y %H:%M:%S',
                '%m/%d/%Y', '%m/%d/%Y %I:%M %p', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S'
            ])
    end
{%- endmacro %}
