{#- Fails for each row in which the expression is false or NULL. expression: SQL over the model's columns. -#}
{% test rows_hold(model, expression) %}

select *
from {{ model }}
where not coalesce({{ expression }}, false)

{% endtest %}
