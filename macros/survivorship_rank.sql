{#-
    Where a strategy of rule_field_survivorship puts a record among its person's, the smallest first.
    strategy, value: columns of the rule; value is source_priority's list, parted by |, in which * stands for any other.
    records: relation with is_survivor, recency_rank, source_system, is_merged, is_converted,
    record_type, has_valid_email.
-#}
{% macro survivorship_rank(strategy, value, records) -%}
    case {{ strategy }}
        when 'survivor' then case when {{ records }}.is_survivor then 0 else 1 end
        when 'most_recent' then {{ records }}.recency_rank
        when 'source_priority'
            then coalesce(
                nullif(strpos('|' || {{ value }} || '|', '|' || {{ records }}.source_system || '|'), 0),
                nullif(strpos('|' || {{ value }} || '|', '|*|'), 0),
                length({{ value }}) + 1
            )
        when 'unmerged' then case when {{ records }}.is_merged then 1 else 0 end
        when 'unconverted' then case when {{ records }}.is_converted then 1 else 0 end
        when 'contact_first' then case {{ records }}.record_type when 'contact' then 0 else 1 end
        when 'valid_email' then case when {{ records }}.has_valid_email then 0 else 1 end
        else 0
    end
{%- endmacro %}
