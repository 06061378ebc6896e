/*
 * forecast/state.h - what a forecast keeps.
 */
#ifndef RP_FORECAST_STATE_H
#define RP_FORECAST_STATE_H

#include "forecast/observe.h"
#include "revplan/forecast.h"

struct rp_forecast {
	const struct rp_trials *tr;
	struct rp_trials *own;		/* tr, where this owns it */
	struct rp_when as_of;
	size_t n;			/* trials */
	struct rp_observations seen;
	double *weight;			/* [n], sums to 1 */
	double sample;			/* effective size */
	double raw_sample;		/* before flattening */
	double power;
	bool explained;
	struct rp_forecast_completion completion;
	struct rp_forecast_pace pace;
	size_t n_points;
	struct rp_forecast_point *point;
	size_t n_fits;
	struct rp_forecast_fit *fit;
	struct rp_ranked *ranked;	/* [2 * n] work space for quantiles */
	double *share;			/* [n] work space: at an instant */
	double *then;			/* [n] when something was seen last */
	struct rp_notes notes;
};

#endif /* RP_FORECAST_STATE_H */
