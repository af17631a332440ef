-- What a draft would have sent in the window of an active version, beside what was sent. What would have become of
-- those whom only the draft would have sent is unknown, unless sales worked them anyway: bounds, never zero.
with

scoring_models as (

    select * from {{ ref('dim_scoring_model') }}
    where effective_from <= {{ as_of() }}

),

compared_mqls as (

    select * from {{ ref('fct_compared_mqls') }}

),

labels as (

    select 'accepted' as label
    union all
    select 'meeting_held' as label
    union all
    select 'opportunity' as label
    union all
    select 'won' as label

),

pairs as (

    select
        drafts.scoring_model as draft_model,
        actives.scoring_model as active_model,
        labels.label,
        actives.effective_from as window_from,
        case when actives.effective_until < {{ as_of() }} then actives.effective_until else {{ as_of() }} end
            as window_until
    from scoring_models as drafts
    inner join scoring_models as actives  -- each draft beside each version that has been in force
        on
            drafts.model_status = 'draft'
            and actives.model_status = 'active'
    cross join labels  -- each is asked for each label

),

judged as (

    select
        pairs.*,
        compared_mqls.side,
        compared_mqls.member_of,
        {{ outcome_verdict('compared_mqls', 'pairs.label') }} as outcome_verdict
    from pairs
    left join compared_mqls  -- each cycle of either side; none where nothing was sent
        on
            pairs.draft_model = compared_mqls.draft_model
            and pairs.active_model = compared_mqls.active_model

),

counted as (

    select
        draft_model,
        active_model,
        label,
        window_from,
        window_until,
        count(case when side = 'draft' then 1 end) as mqls_draft,
        count(case when side = 'active' then 1 end) as mqls_active,
        count(case when member_of = 'gained' then 1 end) as gained,
        count(case when member_of = 'lost' then 1 end) as lost,
        count(case when side = 'active' and outcome_verdict = 'too_early' then 1 end) as active_too_early,
        count(case when side = 'active' and outcome_verdict in ('yes', 'no') then 1 end) as active_known,
        count(case when side = 'active' and outcome_verdict = 'yes' then 1 end) as active_positives,
        count(case when side = 'draft' and outcome_verdict = 'too_early' then 1 end) as draft_too_early,
        count(case when side = 'draft' and outcome_verdict in ('yes', 'no') then 1 end) as draft_known,
        count(case when side = 'draft' and outcome_verdict = 'yes' then 1 end) as draft_positives,
        count(case when side = 'draft' and outcome_verdict = 'unknown' then 1 end) as draft_unknown,
        count(case when member_of = 'gained' and outcome_verdict = 'too_early' then 1 end) as gained_too_early,
        count(case when member_of = 'gained' and outcome_verdict in ('yes', 'no') then 1 end) as gained_known,
        count(case when member_of = 'gained' and outcome_verdict = 'yes' then 1 end) as gained_positives,
        count(case when member_of = 'gained' and outcome_verdict = 'unknown' then 1 end) as gained_unknown,
        count(case when member_of = 'lost' and outcome_verdict = 'too_early' then 1 end) as lost_too_early,
        count(case when member_of = 'lost' and outcome_verdict in ('yes', 'no') then 1 end) as lost_known,
        count(case when member_of = 'lost' and outcome_verdict = 'yes' then 1 end) as lost_positives
    from judged
    group by draft_model, active_model, label, window_from, window_until

),

pooled as (  -- recall is of what either would have found: nobody knows of the others

    select
        *,
        draft_known + draft_unknown as draft_old_enough,
        draft_positives + draft_unknown as draft_at_best,
        active_positives + gained_positives as found,
        active_positives + gained_positives + gained_unknown as found_at_best,
        active_positives - lost_positives + gained_positives as found_by_draft,
        active_positives - lost_positives + gained_positives + gained_unknown as found_by_draft_at_best
    from counted

)

select
    draft_model,
    active_model,
    label,
    window_from,
    window_until,
    mqls_draft,
    mqls_active,
    gained,
    lost,
    active_too_early,
    active_known,
    active_positives,
    draft_too_early,
    draft_known,
    draft_positives,
    draft_unknown,
    gained_too_early,
    gained_known,
    gained_positives,
    gained_unknown,
    lost_too_early,
    lost_known,
    lost_positives,
    {{ share_of('active_positives', 'active_known') }} as precision_active,
    {{ wilson_bound('active_positives', 'active_known', 'lower') }} as precision_active_lower,
    {{ wilson_bound('active_positives', 'active_known', 'upper') }} as precision_active_upper,
    {{ share_of('draft_positives', 'draft_old_enough') }} as precision_draft_at_worst,
    {{ share_of('draft_at_best', 'draft_old_enough') }} as precision_draft_at_best,
    {{ wilson_bound('draft_positives', 'draft_old_enough', 'lower') }} as precision_draft_lower,
    {{ wilson_bound('draft_at_best', 'draft_old_enough', 'upper') }} as precision_draft_upper,
    {{ share_of('active_positives', 'found_at_best') }} as recall_active_at_worst,
    {{ share_of('active_positives', 'found') }} as recall_active_at_best,
    {{ wilson_bound('active_positives', 'found_at_best', 'lower') }} as recall_active_lower,
    {{ wilson_bound('active_positives', 'found', 'upper') }} as recall_active_upper,
    {{ share_of('found_by_draft', 'found') }} as recall_draft_at_worst,
    {{ share_of('found_by_draft_at_best', 'found_at_best') }} as recall_draft_at_best,
    {{ wilson_bound('found_by_draft', 'found', 'lower') }} as recall_draft_lower,
    {{ wilson_bound('found_by_draft_at_best', 'found_at_best', 'upper') }} as recall_draft_upper
from pooled
