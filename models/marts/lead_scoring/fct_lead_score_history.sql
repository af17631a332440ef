with

changes as (

    select * from {{ ref('int_lead_score_changes') }}

),

scoring_models as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

)

select
    changes.person_id,
    changes.scoring_model,
    scoring_models.model_status,
    changes.moment as valid_from,
    coalesce(
        lead(changes.moment) over (partition by changes.person_id, changes.scoring_model order by changes.moment),
        case
            when scoring_models.effective_until <= {{ as_of() }} then scoring_models.effective_until
            else {{ open_end() }}
        end
    ) as valid_until,
    changes.fit_score,
    changes.fit_band,
    changes.engagement_score,
    changes.engagement_band,
    changes.grade,
    changes.meets_threshold,
    changes.change_reason,
    case when changes.change_reason in ('signal', 'first_seen') then changes.signal_id end as change_signal_id,
    changes.is_point_in_time
from changes
inner join scoring_models
    on changes.scoring_model = scoring_models.scoring_model
