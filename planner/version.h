/*
 * planner/version.h - which revplan this is.
 *
 * The Makefile says it, once, for the program, the library and the files that
 * it installs.  Every result carries it.
 */
#ifndef RP_PLANNER_VERSION_H
#define RP_PLANNER_VERSION_H

#ifndef RP_VERSION
#define RP_VERSION "unversioned"
#endif

#endif /* RP_PLANNER_VERSION_H */
