/*
 * measure.c OUT COMMAND... - run a command; its seconds on the wall, of the
 * processor, and its greatest memory in KiB are appended to OUT.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	double from = now();
	pid_t child = argc > 2 ? fork() : -1;
	FILE *out;
	int status;

	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return 4;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return 1;
	from = now() - from;
	getrusage(RUSAGE_CHILDREN, &used);
	out = fopen(argv[1], "a");
	if (out == NULL)
		return 4;
	fprintf(out, "%.6f %.6f %ld\n", from, seconds(used.ru_utime) +
	    seconds(used.ru_stime), used.ru_maxrss);
	return fclose(out) == 0 ? 0 : 4;
}
