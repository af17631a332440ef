{#- Names of clocks (one, or several in a list) as a rep would say them. Text; NULL for NULL. -#}
{% macro clock_in_words(clocks) -%}
    {%- set words = [
        ('assignment', 'an owner'),
        ('speed_to_lead', 'the first answer'),
        ('first_touch', "the owner''s own touch"),
        ('acceptance', 'the acceptance'),
        ('meeting', 'the meeting'),
    ] -%}
    {%- set text = namespace(sql=clocks) -%}
    {%- for name, said in words -%}
        {%- set text.sql = 'replace(' ~ text.sql ~ ", '" ~ name ~ "', '" ~ said ~ "')" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}
