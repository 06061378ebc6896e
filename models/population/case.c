/*
 * population/case.c - the memory of a case, and the words of its enums.
 */
#include "revplan/case.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

/*
 * A case is read once and given back whole, so its memory is a chain of
 * blocks that only grows.  An allocation too large for a block gets one of
 * its own, behind the one that is being filled.
 */
#define BLOCK_BYTES 16384u

struct block {
	struct block *next;
	size_t used;
	size_t room;
	alignas(max_align_t) unsigned char bytes[];
};

struct rp_arena {
	struct block *first;
};

static struct block *
block_new(size_t room)
{
	struct block *b;

	if (room > SIZE_MAX - sizeof(*b))
		return NULL;
	b = rp_alloc_zeroed(1, sizeof(*b) + room);
	if (b != NULL)
		b->room = room;
	return b;
}

static void *
block_take(struct block *b, size_t size)
{
	void *p = b->bytes + b->used;

	b->used += size;
	return p;
}

static void *
arena_take(struct rp_arena *a, size_t size)
{
	struct block *b = a->first;
	bool own = size > BLOCK_BYTES / 4;

	if (b != NULL && b->room - b->used >= size)
		return block_take(b, size);
	b = block_new(own ? size : BLOCK_BYTES);
	if (b == NULL)
		return NULL;
	if (own && a->first != NULL) {
		b->next = a->first->next;
		a->first->next = b;
	} else {
		b->next = a->first;
		a->first = b;
	}
	return block_take(b, size);
}

static void
arena_free(struct rp_arena *a)
{
	struct block *b, *next;

	if (a == NULL)
		return;
	for (b = a->first; b != NULL; b = next) {
		next = b->next;
		rp_release_mem(b);
	}
	rp_release_mem(a);
}

/* The case itself lies outside of its arena, which it owns. */
struct rp_case *
rp_case_new(void)
{
	struct rp_case *cs = rp_alloc_zeroed(1, sizeof(*cs));

	if (cs == NULL)
		return NULL;
	cs->arena = rp_alloc_zeroed(1, sizeof(*cs->arena));
	if (cs->arena == NULL) {
		rp_release_mem(cs);
		return NULL;
	}
	return cs;
}

void
rp_case_free(struct rp_case *cs)
{
	struct rp_case *under;

	/* A view may have been made of a view. */
	for (; cs != NULL; cs = under) {
		under = cs->under;
		arena_free(cs->arena);
		rp_release_mem(cs);
	}
}

void *
rp_case_alloc(struct rp_case *cs, size_t n, size_t size)
{
	const size_t align = alignof(max_align_t);
	size_t bytes;

	if (size > 0 && n > (SIZE_MAX - align) / size)
		return NULL;
	/* Even nothing gets an address of its own. */
	bytes = n * size > 0 ? n * size : 1;
	return arena_take(cs->arena, (bytes + align - 1) / align * align);
}

char *
rp_case_text(struct rp_case *cs, const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return NULL;
	copy = rp_case_alloc(cs, len + 1, 1);
	if (copy != NULL && len > 0)
		memcpy(copy, text, len);
	return copy;
}

/*
 * By last seconds, for that is how a date is written where an instant is
 * needed: who stands at 2020-11-30T23:59:59Z, as a report of 2020-11-30 says
 * of itself, is shown what that report shows.
 */
static bool
is_over(struct rp_when t, struct rp_when as_of)
{
	return rp_instant_cmp(rp_when_last(t), rp_when_last(as_of)) <= 0;
}

bool
rp_seen(struct rp_when own, bool has_published, struct rp_when published,
    struct rp_when as_of, enum rp_view view)
{
	if (view == RP_VIEW_PUBLIC && has_published)
		return is_over(published, as_of);
	return is_over(own, as_of);
}

const char *
rp_metric_word(enum rp_metric metric)
{
	static const char *const words[RP_METRICS] = {
		[RP_METRIC_REISSUED] = "reissued",
		[RP_METRIC_REPLACED] = "replaced",
		[RP_METRIC_REVOKED] = "revoked",
		[RP_METRIC_GONE] = "gone",
	};

	return (unsigned)metric < RP_METRICS ? words[metric] : "";
}

#define FACT_ROW(name, word, text) [name] = { word, text },

static const struct {
	const char *word;
	const char *text;
} facts[RP_FACT_KINDS] = { RP_FACT_LIST(FACT_ROW) };

const char *
rp_fact_word(enum rp_fact_kind kind)
{
	return (unsigned)kind < RP_FACT_KINDS ? facts[kind].word : "";
}

const char *
rp_fact_text(enum rp_fact_kind kind)
{
	return (unsigned)kind < RP_FACT_KINDS ? facts[kind].text : "";
}

#define FIELD_ROW(name, word, text) [name] = { word, text },

static const struct {
	const char *word;
	const char *text;
} fields[RP_FIELDS] = { RP_FIELD_LIST(FIELD_ROW) };

const char *
rp_field_word(enum rp_field field)
{
	return (unsigned)field < RP_FIELDS ? fields[field].word : "";
}

const char *
rp_field_text(enum rp_field field)
{
	return (unsigned)field < RP_FIELDS ? fields[field].text : "";
}
