/*
 * write/plot.h - a gnuplot script in the making.
 *
 * Pure: text in, text out.  Numbers go into data blocks, texts of a case into
 * single quotes and nowhere else, so that nothing in them is ever run.
 */
#ifndef RP_WRITE_PLOT_H
#define RP_WRITE_PLOT_H

#include "output.h"
#include "revplan/chart.h"
#include "write/tables.h"

struct rp_plot {
	enum rp_chart_format format;
	const struct rp_chart_data *data;
	struct rp_text script;
	struct rp_text title;
	struct rp_text alternative;	/* for who cannot see it */
	struct rp_table *table;		/* of what it shows */
	struct rp_instant from;		/* of the time axis */
	struct rp_instant until;
	unsigned labels;		/* of it, about; 0: as usual */
	struct rp_text curves;		/* "$x using 1:2 with lines ..., " */
	unsigned keys;			/* names under the picture */
};

struct rp_chart {
	enum rp_chart_format format;
	char *script;
	char *title;
	char *alternative;
	struct rp_table *table;
	const char *prefix;		/* of the ids in an SVG */
};

/* One file each; fill everything but what rp_chart_new() sets. */
typedef rp_status rp_plot_layout(struct rp_plot *p, struct rp_err *err);
rp_plot_layout rp_plot_curve, rp_plot_compare, rp_plot_completion,
    rp_plot_populations, rp_plot_revocation, rp_plot_sheet;

/*
 * Held against a curve: what happens when nobody does anything (false: not
 * known for this case), the other cases of the data, a table of all of them,
 * and what is said of them to who cannot see it.  chart_overlay.c.
 */
bool rp_plot_nothing(struct rp_plot *p);
RP_CHECKED rp_status rp_plot_overlays(struct rp_plot *p, struct rp_err *err);
RP_CHECKED rp_status rp_plot_overlay_table(struct rp_plot *p,
    struct rp_err *err);
void rp_plot_describe_overlays(struct rp_plot *p, bool nothing);

/* "deadline 2026-03-07", with its time where the axis shows hours. */
void rp_plot_deadline(struct rp_plot *p);

/* A text of a case in single quotes, cut after so many columns. */
void rp_plot_quote(struct rp_text *out, const char *s, size_t columns);

/* A little air after p->until, but not beyond end. */
void rp_plot_margin(struct rp_plot *p, struct rp_instant end);

/* A time axis from p->from to p->until with few, readable dates. */
void rp_plot_time_axis(struct rp_plot *p);

/* Whether it is over so soon that hours count. */
bool rp_plot_is_race(const struct rp_plot *p);

/* The instants of the rows of its table: rp_ticks(), or every six hours. */
size_t rp_plot_rows(const struct rp_plot *p,
    struct rp_instant tick[RP_TICKS]);

/* Shares as percent from 0 to 100. */
void rp_plot_percent_axis(struct rp_plot *p, const char *label);

/* "$name << EOD" and its end; the rows between are numbers only. */
void rp_plot_data_begin(struct rp_plot *p, const char *name);
void rp_plot_data_end(struct rp_plot *p);

/* Seconds since 1970 as gnuplot reads them. */
long long rp_plot_x(struct rp_instant at);

/*
 * A curve: what gnuplot plots ("$x using 1:2"), its style ("with lines ls 1")
 * and its name in the key (NULL: none).
 */
void rp_plot_add(struct rp_plot *p, const char *what, const char *style,
    const char *key);

/* The same with a name of at most so many columns. */
void rp_plot_add_cut(struct rp_plot *p, const char *what, const char *style,
    const char *key, size_t columns);

/* An upright line over the whole height, named in the key. */
void rp_plot_upright(struct rp_plot *p, const char *name,
    struct rp_instant at, const char *style, const char *key);

/*
 * The plot command with all curves, and before everything the size that the
 * names under the picture need, fonts, title and small print.
 */
void rp_plot_end(struct rp_plot *p);

/* Areas are drawn; a terminal of letters gets their edges instead. */
bool rp_plot_has_areas(const struct rp_plot *p);

/*
 * gnuplot's SVG made fit for a page: ids with a prefix, our title and
 * description, no prologue, no fixed size.
 */
void rp_svg_inline(struct rp_text *out, const char *svg, const char *prefix,
    const char *title, const char *alternative);

/*
 * Run gnuplot on a script.  RP_EPROGRAM: missing or failed, with the first
 * line that it said; RP_EIO, RP_ENOMEM.
 */
RP_CHECKED rp_status rp_gnuplot(const char *script, struct rp_text *out,
    struct rp_err *err);

#endif /* RP_WRITE_PLOT_H */
