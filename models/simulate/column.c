/*
 * simulate/column.c - the values of all trials at one instant of one curve.
 */
#include "simulate/column.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "population/spread.h"
#include "simulate/ensemble.h"

/* Sums of squares of that many values need more than 64 bits; whole numbers,
 * so that no order of adding matters. */
__extension__ typedef unsigned __int128 wide;

/* ---- room --------------------------------------------------------------- */

/* The least shift at which all steps from one value to another fit. */
static uint8_t
shift_for(uint32_t least, uint32_t most)
{
	uint8_t shift = 0;

	while ((most >> shift) - (least >> shift) >= RP_BAND_VALUES)
		shift++;
	return shift;
}

/* Whether the values of all trials are listed, not counted. */
static bool
is_list(const struct rp_columns *set, struct rp_range range)
{
	return set->sampling.n <= RP_BAND_VALUES &&
	    range.most - range.least >= set->sampling.n;
}

/* Put what has been counted so far into steps of another length. */
static bool
move(struct rp_column *c, uint32_t least, uint32_t most, uint32_t room,
    uint32_t first)
{
	uint8_t shift = shift_for(least, most);
	uint32_t *bin = rp_alloc_zeroed(room, sizeof(*bin));

	if (bin == NULL)
		return false;
	if (c->bin == NULL && c->n > 0)
		bin[(c->least >> shift) - first] = c->n;
	for (uint32_t k = 0; c->bin != NULL && k < c->room; k++)
		if (c->bin[k] > 0)
			bin[((c->first + k) >> (shift - c->shift)) - first] +=
			    c->bin[k];
	rp_release_mem(c->bin);
	c->bin = bin;
	c->first = first;
	c->room = room;
	c->shift = shift;
	return true;
}

/*
 * Have a step for each value from least to most, with some to spare on either
 * side, for the values of the next trials will hardly be the same.
 */
static bool
widen(struct rp_column *c, uint32_t least, uint32_t most)
{
	uint8_t shift = shift_for(least, most);
	uint32_t low = least >> shift, high = most >> shift;
	uint32_t spare = (high - low) / 2 + 8;

	if (c->bin != NULL && shift == c->shift && low >= c->first &&
	    high - c->first < c->room)
		return true;
	if (high - low + 1 + 2 * spare > RP_BAND_VALUES)
		spare = (RP_BAND_VALUES - (high - low + 1)) / 2;
	low -= low < spare ? low : spare;
	return move(c, least, most, high + spare - low + 1, low);
}

/* From counts, all in steps of 1, to a list of so many values. */
static bool
list(struct rp_column *c, size_t trials)
{
	uint32_t *value = rp_alloc_zeroed(trials, sizeof(*value)), n = 0;

	if (value == NULL)
		return false;
	for (; c->bin == NULL && n < c->n; n++)
		value[n] = c->least;
	for (uint32_t k = 0; c->bin != NULL && k < c->room; k++)
		for (uint32_t left = c->bin[k]; left > 0; left--)
			value[n++] = c->first + k;
	rp_release_mem(c->bin);
	c->bin = value;
	c->listed = true;
	return true;
}

bool
rp_columns_init(struct rp_columns *c, const struct rp_sampling *s, size_t n)
{
	*c = (struct rp_columns){ .sampling = *s, .n = n,
	    .sums = s->replicates > 1 ? s->replicates : 1 };
	c->of = rp_alloc_zeroed(n, sizeof(*c->of));
	c->sum = rp_alloc_zeroed(n * c->sums, sizeof(*c->sum));
	rp_band_ranks(s->n, c->rank);
	for (uint8_t k = 0; k < RP_BAND_RANKS; k++) {
		uint8_t i = k;

		for (; i > 0 && c->rank[c->by_rank[i - 1]] > c->rank[k]; i--)
			c->by_rank[i] = c->by_rank[i - 1];
		c->by_rank[i] = k;
	}
	if (c->of != NULL && c->sum != NULL)
		return true;
	rp_columns_release(c);
	return false;
}

void
rp_columns_release(struct rp_columns *c)
{
	for (size_t i = 0; c->of != NULL && i < c->n; i++)
		rp_release_mem(c->of[i].bin);
	rp_release_mem(c->of);
	rp_release_mem(c->sum);
	*c = (struct rp_columns){ 0 };
}

/* What the bins of a column take up. */
static uint64_t
bytes_of(const struct rp_columns *set, const struct rp_column *c)
{
	return c->bin == NULL ? 0 : sizeof(*c->bin) *
	    (c->listed ? set->sampling.n : c->room);
}

void
rp_columns_drop(struct rp_columns *c, size_t i)
{
	for (; c->n > i; c->n--) {
		struct rp_column *last = &c->of[c->n - 1];

		c->bytes -= bytes_of(c, last);
		rp_release_mem(last->bin);
		last->bin = NULL;
	}
}

/* ---- values ------------------------------------------------------------- */

#define AT_ONCE RP_REPLICATES

/* Each of a fixed number, so that the compiler takes several at a time. */
static bool
all_equal(const uint32_t *x, size_t n)
{
	uint32_t differ = 0;
	size_t k = 0;

	for (; k + AT_ONCE <= n && differ == 0; k += AT_ONCE)
		for (size_t j = 0; j < AT_ONCE; j++)
			differ |= x[k + j] ^ x[0];
	for (; k < n; k++)
		differ |= x[k] ^ x[0];
	return differ == 0;
}

static uint64_t
sum_of(const uint32_t *x, size_t n)
{
	uint64_t all = 0;

	for (size_t k = 0; k < n; k++)
		all += x[k];
	return all;
}

/* Replicates take turns, trial 0 being of the first; nearly all trials come in
 * whole turns of as many replicates as there usually are. */
static void
add_sums(struct rp_columns *c, size_t i, const uint32_t *x, size_t n,
    uint64_t trial)
{
	uint64_t *sum = &c->sum[i * c->sums];
	size_t r = (size_t)(trial % c->sums), k = 0;

	for (; c->sums == AT_ONCE && r == 0 && k + AT_ONCE <= n; k += AT_ONCE)
		for (size_t j = 0; j < AT_ONCE; j++)
			sum[j] += x[k + j];
	for (; k < n; k++) {
		sum[r] += x[k];
		r = r + 1 < c->sums ? r + 1 : 0;
	}
}

/* Of all values that were counted one by one the sum is known in the end. */
void
rp_column_settle(struct rp_columns *set, size_t i)
{
	const struct rp_column *c = &set->of[i];
	uint64_t sum = 0;

	if (set->sums > 1 || c->shift > 0)
		return;
	if (c->bin == NULL)
		sum = (uint64_t)c->n * c->least;
	else if (c->listed)
		sum = sum_of(c->bin, c->n);
	else
		for (size_t k = 0; k < c->room; k++)
			sum += (uint64_t)c->bin[k] * (c->first + k);
	set->sum[i] = sum;
}

/* The first values that have no step, after having counted those before. */
static size_t
count(struct rp_column *c, const uint32_t *x, size_t n)
{
	uint32_t *bin = c->bin, first = c->first, shift = c->shift;
	uint32_t room = c->room;

	for (size_t k = 0; k < n; k++) {
		uint32_t step = (x[k] >> shift) - first;

		if (step >= room)
			return k;
		bin[step]++;
	}
	return n;
}

/* From where to where the values reach, these included. */
static struct rp_range
reach(const struct rp_column *c, size_t counted, const uint32_t *x, size_t n)
{
	struct rp_range r = counted > 0 ? rp_column_range(c) :
	    (struct rp_range){ x[0], x[0] };

	for (size_t k = 0; k < n; k++) {
		r.least = x[k] < r.least ? x[k] : r.least;
		r.most = x[k] > r.most ? x[k] : r.most;
	}
	return r;
}

/*
 * Make room for values beyond those so far.  Once they are counted in longer
 * steps their sum cannot be told from the counts.
 */
static bool
reach_out(struct rp_columns *set, size_t i, struct rp_range r)
{
	struct rp_column *c = &set->of[i];
	uint64_t before = bytes_of(set, c);
	bool done;

	if (is_list(set, r)) {
		done = list(c, set->sampling.n);
	} else {
		if (shift_for(r.least, r.most) > 0)
			rp_column_settle(set, i);
		done = widen(c, r.least, r.most);
	}
	set->bytes += bytes_of(set, c) - before;
	return done;
}

/* false: no memory. */
static bool
add_values(struct rp_columns *set, size_t i, const uint32_t *x, size_t n)
{
	struct rp_column *c = &set->of[i];
	bool counted = c->shift == 0;	/* which tells the sum as well */
	size_t done = 0;

	if (!c->listed && c->bin != NULL)
		done = count(c, x, n);
	c->n += (uint32_t)done;
	if (done < n && !c->listed &&
	    !reach_out(set, i, reach(c, c->n, &x[done], n - done)))
		return false;
	if (c->listed)
		memcpy(&c->bin[c->n], &x[done], (n - done) * sizeof(*x));
	else
		(void)count(c, &x[done], n - done);
	c->n += (uint32_t)(n - done);
	if (set->sums == 1 && c->shift > 0)
		set->sum[i] += counted ? sum_of(&x[done], n - done) :
		    sum_of(x, n);
	return true;
}

bool
rp_column_add(struct rp_columns *set, size_t i, const uint32_t *x, size_t n,
    uint64_t trial)
{
	struct rp_column *c = &set->of[i];

	if (c->bin == NULL && (c->n == 0 || c->least == x[0]) &&
	    all_equal(x, n)) {
		c->least = x[0];
		c->n += (uint32_t)n;
	} else if (!add_values(set, i, x, n))
		return false;
	if (set->sums > 1)
		add_sums(set, i, x, n, trial);
	return true;
}

struct rp_range
rp_column_range(const struct rp_column *c)
{
	struct rp_range r = { c->least, c->least };
	size_t low = 0, high = c->room;

	if (c->bin == NULL)
		return r;
	if (c->listed) {
		r = (struct rp_range){ c->bin[0], c->bin[0] };
		for (size_t k = 1; k < c->n; k++) {
			r.least = c->bin[k] < r.least ? c->bin[k] : r.least;
			r.most = c->bin[k] > r.most ? c->bin[k] : r.most;
		}
		return r;
	}
	while (low < high && c->bin[low] == 0)
		low++;
	while (high > low + 1 && c->bin[high - 1] == 0)
		high--;
	return (struct rp_range){ (c->first + (uint32_t)low) << c->shift,
	    (c->first + (uint32_t)high - 1) << c->shift };
}

/* ---- among processes ---------------------------------------------------- */

size_t
rp_column_numbers(const struct rp_columns *set, struct rp_range range)
{
	uint8_t shift = shift_for(range.least, range.most);

	if (range.least == range.most)
		return 0;
	return is_list(set, range) ? set->sampling.n :
	    (range.most >> shift) - (range.least >> shift) + 1;
}

static void
put(uint64_t *word, size_t k, uint32_t number)
{
	word[k / 2] += (uint64_t)number << (k % 2 * 32);
}

static uint32_t
get(const uint64_t *word, size_t k)
{
	return (uint32_t)(word[k / 2] >> (k % 2 * 32));
}

/* How many trials took value k of those that a column holds, and which. */
static uint32_t
times_of(const struct rp_column *c, size_t k, uint32_t *value)
{
	if (c->bin == NULL) {
		*value = c->least;
		return c->n;
	}
	if (c->listed) {
		*value = c->bin[k];
		return 1;
	}
	*value = (c->first + (uint32_t)k) << c->shift;
	return c->bin[k];
}

void
rp_column_tell(const struct rp_columns *set, size_t i, struct rp_range range,
    uint64_t first, uint64_t *word, size_t at)
{
	const struct rp_column *c = &set->of[i];
	uint8_t shift = shift_for(range.least, range.most);
	size_t n = c->bin == NULL ? 1 : c->listed ? c->n : c->room;
	size_t next = at + (size_t)first;

	if (range.least == range.most || c->n == 0)
		return;
	for (size_t k = 0; k < n; k++) {
		uint32_t value, times = times_of(c, k, &value);

		if (times == 0)
			continue;
		if (!is_list(set, range))
			put(word, at + (value >> shift) - (range.least >>
			    shift), times);
		else
			for (; times > 0; times--)
				put(word, next++, value);
	}
}

bool
rp_column_hear(struct rp_columns *set, size_t i, struct rp_range range,
    const uint64_t *word, size_t at)
{
	struct rp_column *c = &set->of[i];
	size_t n = rp_column_numbers(set, range);

	rp_release_mem(c->bin);
	*c = (struct rp_column){ .least = range.least,
	    .n = (uint32_t)set->sampling.n, .room = (uint32_t)n,
	    .listed = is_list(set, range),
	    .shift = shift_for(range.least, range.most) };
	c->first = range.least >> c->shift;
	if (n == 0)
		return true;
	c->bin = rp_alloc_zeroed(n, sizeof(*c->bin));
	for (size_t k = 0; c->bin != NULL && k < n; k++)
		c->bin[k] = get(word, at + k);
	return c->bin != NULL;
}

/* ---- what they say ------------------------------------------------------ */

bool
rp_column_close(struct rp_columns *set, size_t i)
{
	struct rp_column *c = &set->of[i];
	uint32_t *scratch;

	rp_column_settle(set, i);
	if (!c->listed)
		return true;
	scratch = rp_alloc_zeroed(c->n, sizeof(*scratch));
	if (scratch == NULL)
		return false;
	rp_sort_u32(c->bin, scratch, c->n);
	rp_release_mem(scratch);
	return true;
}

/*
 * The values of the ranks of a band.  From the other end they are those of the
 * values taken from a base, from the largest to the smallest.
 */
static void
look_up(const struct rp_columns *set, const struct rp_column *c,
    bool from_end, uint32_t value[RP_BAND_RANKS])
{
	size_t below = 0, k = 0;

	for (size_t r = 0; r < RP_BAND_RANKS; r++) {
		size_t at = set->by_rank[from_end ? RP_BAND_RANKS - 1 - r : r];
		size_t rank = from_end ? set->sampling.n - 1 - set->rank[at] :
		    set->rank[at];

		if (c->listed) {
			value[at] = c->bin[rank];
			continue;
		}
		while (below + c->bin[k] <= rank)
			below += c->bin[k++];
		value[at] = (c->first + (uint32_t)k) << c->shift;
	}
}

/* n times the sum of the squared distances from the mean. */
static double
squares(const struct rp_column *c)
{
	size_t bins = c->listed ? c->n : c->room;
	uint64_t step = UINT64_C(1) << c->shift;
	wide sum = 0, squared = 0;

	for (size_t k = 0; k < bins; k++) {
		uint64_t times = c->listed ? 1 : c->bin[k];
		uint64_t x = c->listed ? c->bin[k] - c->bin[0] :
		    (uint64_t)k * step;

		sum += (wide)times * x;
		squared += (wide)times * x * x;
	}
	return (double)(c->n * squared - sum * sum);
}

void
rp_band_same(size_t trials, uint32_t value, struct rp_band *out)
{
	double none = trials > 1 ? 0.0 : (double)NAN;
	struct rp_instant at = out->at;

	*out = (struct rp_band){ .at = at, .mean = value, .mean_se = none };
	for (size_t k = 0; k < RP_QUANTILES; k++) {
		out->q[k] = value;
		out->q_se[k] = none;
	}
}

static void
set_moments(const struct rp_columns *set, const struct rp_column *c,
    const uint64_t *sum, struct rp_band *out)
{
	double n = (double)set->sampling.n;

	if (set->sampling.replicates > 1) {
		rp_mean_of_sums(&set->sampling, sum, &out->mean,
		    &out->mean_se);
		return;
	}
	out->mean = (double)sum[0] / n;
	out->mean_se = sqrt(squares(c) / n / (n - 1.0) / n);
}

static void
set_quantiles(const uint32_t value[RP_BAND_RANKS], struct rp_band *out)
{
	for (size_t k = 0; k < RP_QUANTILES; k++) {
		out->q[k] = value[3 * k];
		out->q_se[k] = 0.5 * ((double)value[3 * k + 2] -
		    (double)value[3 * k + 1]);
	}
}

void
rp_column_band(const struct rp_columns *set, size_t i, struct rp_band *out)
{
	const struct rp_column *c = &set->of[i];
	uint32_t value[RP_BAND_RANKS];

	if (c->bin == NULL) {
		rp_band_same(c->n, c->least, out);
		return;
	}
	set_moments(set, c, &set->sum[i * set->sums], out);
	look_up(set, c, false, value);
	set_quantiles(value, out);
}

void
rp_column_band_less(const struct rp_columns *set, size_t i, uint32_t base,
    struct rp_band *out)
{
	const struct rp_column *c = &set->of[i];
	uint32_t value[RP_BAND_RANKS];
	uint64_t sum[RP_REPLICATES] = { 0 };

	if (c->bin == NULL) {
		rp_band_same(c->n, base - c->least, out);
		return;
	}
	for (size_t r = 0; r < set->sums; r++)
		sum[r] = (uint64_t)rp_sampling_size(&set->sampling, r) * base -
		    set->sum[i * set->sums + r];
	set_moments(set, c, sum, out);
	look_up(set, c, true, value);
	for (size_t r = 0; r < RP_BAND_RANKS; r++)
		value[r] = base - value[r];
	set_quantiles(value, out);
}
