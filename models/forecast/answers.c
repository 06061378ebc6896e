/*
 * forecast/answers.c - what can be asked of a forecast.
 */
#include "forecast/state.h"

const struct rp_trials *
rp_forecast_trials(const struct rp_forecast *fc)
{
	return fc->tr;
}

const double *
rp_forecast_weights(const struct rp_forecast *fc)
{
	return fc->weight;
}

struct rp_forecast_pace
rp_forecast_pace(const struct rp_forecast *fc)
{
	return fc->pace;
}

struct rp_when
rp_forecast_as_of(const struct rp_forecast *fc)
{
	return fc->as_of;
}

const struct rp_forecast_completion *
rp_forecast_completion(const struct rp_forecast *fc)
{
	return &fc->completion;
}

const struct rp_forecast_point *
rp_forecast_curve(const struct rp_forecast *fc, size_t *n)
{
	*n = fc->n_points;
	return fc->point;
}

const struct rp_forecast_fit *
rp_forecast_fits(const struct rp_forecast *fc, size_t *n)
{
	*n = fc->n_fits;
	return fc->fit;
}

double
rp_forecast_effective_sample_size(const struct rp_forecast *fc)
{
	return fc->sample;
}

bool
rp_forecast_explained(const struct rp_forecast *fc)
{
	return fc->explained;
}

const char *const *
rp_forecast_notes(const struct rp_forecast *fc, size_t *n)
{
	*n = fc->notes.n;
	return (const char *const *)fc->notes.line;
}
