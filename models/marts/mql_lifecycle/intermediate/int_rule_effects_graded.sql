{{ config(materialized='table') }}

-- Grain: moment x scoring model x rule whose removal changes the grade there.
with

left_out as (

    select * from {{ ref('int_rules_left_out') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}

),

qualification_matrix as (

    select * from {{ ref('stg_rules__qualification_matrix') }}

),

graded as (

    select
        left_out.*,
        fit_bands.band || engagement_bands.band as grade,
        fit_bands_without.band || engagement_bands_without.band as grade_without
    from left_out
    inner join score_bands as fit_bands
        on
            left_out.scoring_model = fit_bands.scoring_model
            and fit_bands.rule_kind = 'fit'
            and left_out.fit_score >= fit_bands.min_score
            and left_out.fit_score < fit_bands.max_score
    inner join score_bands as fit_bands_without
        on
            left_out.scoring_model = fit_bands_without.scoring_model
            and fit_bands_without.rule_kind = 'fit'
            and left_out.fit_score_without >= fit_bands_without.min_score
            and left_out.fit_score_without < fit_bands_without.max_score
    inner join score_bands as engagement_bands
        on
            left_out.scoring_model = engagement_bands.scoring_model
            and engagement_bands.rule_kind = 'engagement'
            and left_out.engagement_score >= engagement_bands.min_score
            and left_out.engagement_score < engagement_bands.max_score
    inner join score_bands as engagement_bands_without
        on
            left_out.scoring_model = engagement_bands_without.scoring_model
            and engagement_bands_without.rule_kind = 'engagement'
            and left_out.engagement_score_without >= engagement_bands_without.min_score
            and left_out.engagement_score_without < engagement_bands_without.max_score

)

select
    graded.moment_kind,
    graded.person_id,
    graded.mql_id,
    graded.scoring_model,
    graded.rule_id,
    graded.rule_kind,
    graded.points,
    graded.grade,
    graded.grade_without,
    grades_now.grade is not null as meets_threshold,
    grades_without.grade is not null as meets_threshold_without
from graded
left join qualification_matrix as grades_now
    on
        graded.scoring_model = grades_now.scoring_model
        and graded.grade = grades_now.grade
left join qualification_matrix as grades_without
    on
        graded.scoring_model = grades_without.scoring_model
        and graded.grade_without = grades_without.grade
where graded.grade <> graded.grade_without
