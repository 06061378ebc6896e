/* Talk on standard error: notes, errors, and a bar for long work. */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "clock.h"
#include "output.h"

#define PATIENCE_MS 1000	/* before a bar is worth a line */
#define REDRAW_MS 100
#define BAR_WIDTH 30
#define NOTE_TEXT 1024

static struct {
	bool muted;
	bool quiet;
	bool terminal;
	bool colour;
	bool running;		/* a piece of work has begun */
	bool drawn;		/* its bar stands on the line */
	int64_t began_ms;
	int64_t drawn_ms;
} talk;

bool
rp_log_colours(int fd)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(fd) == 1 && (no_color == NULL || *no_color == '\0') &&
	    term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
}

size_t
rp_log_columns(int fd)
{
	struct winsize size = { 0 };

	if (isatty(fd) != 1 || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

void
rp_log_setup(bool quiet)
{
	talk.quiet = quiet;
	talk.terminal = isatty(STDERR_FILENO) == 1;
	talk.colour = rp_log_colours(STDERR_FILENO);
}

void
rp_log_mute(bool mute)
{
	talk.muted = mute;
}

static void
clear_bar(void)
{
	if (talk.drawn)
		fputs("\r\033[K", stderr);
	talk.drawn = false;
}

/* One line in one write, so that two processes do not mix theirs. */
static void
say(const char *head, const char *mark, const char *text)
{
	struct rp_text line = {0};

	if (talk.muted)
		return;
	rp_text_safe(&line, head);
	if (talk.colour && *mark != '\0')
		rp_text_puts(&line, "\033[31m");
	rp_text_puts(&line, mark);
	if (talk.colour && *mark != '\0')
		rp_text_puts(&line, "\033[0m");
	rp_text_safe(&line, text);
	rp_text_puts(&line, "\n");
	clear_bar();
	if (!line.failed && line.bytes != NULL)
		(void)fwrite(line.bytes, 1, line.len, stderr);
	rp_text_release(&line);
}

void
rp_log_note(const char *fmt, ...)
{
	char text[NOTE_TEXT];
	va_list ap;

	if (talk.quiet)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	say("revplan: note: ", "", text);
}

void
rp_log_note_at(const char *file, uint32_t line, uint32_t col,
    const char *text)
{
	char head[NOTE_TEXT];

	if (talk.quiet)
		return;
	(void)snprintf(head, sizeof(head), "%s:%u:%u: note: ", file,
	    (unsigned)line, (unsigned)col);
	say(head, "", text);
}

void
rp_log_error(const char *file, const struct rp_err *err)
{
	char head[NOTE_TEXT];
	const char *text = err->text[0] != '\0' ? err->text :
	    rp_status_text(err->code);

	if (err->file != NULL)
		file = err->file;
	if (err->line == 0 || file == NULL) {
		say("revplan: ", "", text);
		return;
	}
	(void)snprintf(head, sizeof(head), "%s:%u:%u: ", file,
	    (unsigned)err->line, (unsigned)err->col);
	say(head, "error: ", text);
}

void
rp_log_faults(char *lines)
{
	static const char mark[] = ": error: ";
	char *end, *text;

	for (; (end = strchr(lines, '\n')) != NULL; lines = end + 1) {
		*end = '\0';
		text = strstr(lines, mark);
		if (text == NULL) {
			say("", "", lines);
			continue;
		}
		text[2] = '\0';
		say(lines, mark + 2, text + sizeof(mark) - 1);
	}
}

static void
draw(const char *what, uint64_t done, uint64_t all)
{
	double share = all == 0 ? 1.0 : (double)done / (double)all;
	int full = (int)(share * BAR_WIDTH);

	fprintf(stderr, "\r%s [%.*s%*s] %3d %%", what, full,
	    "##############################", BAR_WIDTH - full, "",
	    (int)(share * 100.0));
	(void)fflush(stderr);
	talk.drawn = true;
}

void
rp_log_progress(void *what, uint64_t done, uint64_t all)
{
	int64_t now = 0;

	if (talk.quiet || talk.muted || !talk.terminal || done > all)
		return;
	now = rp_clock_ticking_ms();
	if (!talk.running) {
		talk.running = true;
		talk.began_ms = now;
		talk.drawn_ms = now;
	}
	if (now - talk.began_ms < PATIENCE_MS ||
	    now - talk.drawn_ms < REDRAW_MS)
		return;
	talk.drawn_ms = now;
	draw(what, done, all);
}

void
rp_log_progress_end(void)
{
	clear_bar();
	talk.running = false;
}
