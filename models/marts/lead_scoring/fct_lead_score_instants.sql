with

instants as (

    select * from {{ ref('int_scoring_instants') }}

),

engagement as (

    select * from {{ ref('int_engagement_at_instants') }}

),

fit_scores as (

    select * from {{ ref('int_fit_scores') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

first_exclusions as (

    select
        person_id,
        min(excluded_from) as excluded_from
    from {{ ref('fct_person_exclusions') }}
    group by person_id

),

signals_numbered as (

    select
        person_id,
        occurred_at,
        signal_id,
        signal_name,
        is_hand_raise,
        occurred_at_precision,
        row_number() over (
            partition by person_id, occurred_at
            order by case when is_hand_raise then 0 else 1 end, signal_id
        ) as signal_number
    from {{ ref('fct_signals') }}
    where is_counted

),

banded as (

    select
        instants.person_id,
        instants.scoring_model,
        instants.model_status,
        instants.occurred_at,
        fit_scores.fit_score,
        case
            when first_exclusions.excluded_from <= instants.occurred_at then 'X'
            else fit_scores.fit_band
        end as fit_band,
        engagement.engagement_score,
        score_bands.band as engagement_band,
        signals_numbered.signal_id,
        signals_numbered.signal_name,
        coalesce(signals_numbered.is_hand_raise, false) as is_hand_raise,
        coalesce(signals_numbered.occurred_at_precision, 'exact') as occurred_at_precision
    from instants
    inner join engagement
        on
            instants.person_id = engagement.person_id
            and instants.scoring_model = engagement.scoring_model
            and instants.occurred_at = engagement.occurred_at
    inner join fit_scores
        on
            instants.person_id = fit_scores.person_id
            and instants.scoring_model = fit_scores.scoring_model
    left join score_bands
        on
            instants.scoring_model = score_bands.scoring_model
            and engagement.engagement_score >= score_bands.min_score
            and engagement.engagement_score < score_bands.max_score
    left join first_exclusions
        on instants.person_id = first_exclusions.person_id
    left join signals_numbered
        on
            instants.person_id = signals_numbered.person_id
            and instants.occurred_at = signals_numbered.occurred_at
            and signals_numbered.signal_number = 1

)

select
    banded.person_id,
    banded.scoring_model,
    banded.model_status,
    banded.occurred_at,
    banded.occurred_at_precision,
    banded.fit_score,
    banded.fit_band,
    banded.engagement_score,
    banded.engagement_band,
    banded.fit_band || banded.engagement_band as grade,
    qualification_matrix.grade is not null as meets_threshold,
    banded.signal_id,
    banded.signal_name,
    banded.is_hand_raise
from banded
left join qualification_matrix
    on
        banded.scoring_model = qualification_matrix.scoring_model
        and banded.fit_band || banded.engagement_band = qualification_matrix.grade
