/* The command line of packages, called by the table in server/main.c. */
#ifndef PACKAGES_COMMANDS_H
#define PACKAGES_COMMANDS_H

/*
 * fad check COURSE.zip... [--json] [--lang it|en]
 * Returns 0 when no package has an error, 1 when one has, 2 on wrong usage or when a file cannot be read.
 * `argv[0]` is the command's own name.
 */
int command_check(int argc, char **argv);

/*
 * fad diff OLD.zip NEW.zip [--json] [--lang it|en]
 * Returns 0 when nothing differs, 1 when something does, 2 on wrong usage or when a file cannot be read.
 */
int command_diff(int argc, char **argv);

#endif
