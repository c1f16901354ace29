/*
 * The commands of the program: one row each in main.c. A command gets its name and what
 * stands after it, and gives the exit status: 0 done, 1 a fault (told on standard error), 2 used wrongly.
 */
#ifndef SERVER_COMMANDS_H
#define SERVER_COMMANDS_H

int command_serve(int count, char **words);
int command_report(int count, char **words);
int command_export(int count, char **words);
int command_users(int count, char **words);
int command_import(int count, char **words);
int command_audit(int count, char **words);
int command_retention(int count, char **words);
int command_certificates(int count, char **words);
int command_demo(int count, char **words);
int command_calibrate(int count, char **words);
int command_bank(int count, char **words);
int command_simulate_placement(int count, char **words);

#define COMMAND_OK 0
#define COMMAND_FAULT 1
#define COMMAND_MISUSED 2

#endif
