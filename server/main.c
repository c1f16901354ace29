/*
 * fad: one program, one table of commands. To add a command: its function (declared in a header of its own
 * folder), and a row here.
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "packages/commands.h"
#include "server/commands.h"

struct command {
	const char *name;
	int (*run)(int count, char **words);
	const char *usage;
	const char *summary;
};

static int command_help(int count, char **words);

static const struct command commands[] = {
	{"serve", command_serve,
		"serve [--data CARTELLA] [--port N] [--listen INDIRIZZO] [--app-origin URL] [--content-origin URL] "
		"[--assets CARTELLA]",
		"avvia il server (starts the server)"},
	{"import", command_import, "import CORSO.zip… [--course N] [--module N --level LIVELLO] [--data CARTELLA]",
		"importa pacchetti SCORM, anche a server acceso (imports SCORM packages, also while the server runs)"},
	{"check", command_check, "check CORSO.zip… [--json] [--lang it|en]",
		"controlla pacchetti SCORM senza importarli (checks SCORM packages without importing them)"},
	{"diff", command_diff, "diff VECCHIO.zip NUOVO.zip [--json] [--lang it|en]",
		"mostra che cosa cambia tra due pacchetti (tells what differs between two packages)"},
	{"users", command_users, "users import FILE.csv | users password LOGIN [--data CARTELLA]",
		"importa persone da un CSV; dà una password monouso (imports people; gives a one-time password)"},
	{"demo", command_demo, "demo [--data CARTELLA] [--sample CARTELLA]",
		"riempie con dati dimostrativi (fills with demonstration data)"},
	{"export", command_export,
		"export ecm --event ID --out FILE [--format xml|zip|csv] [--reason MOTIVO] [--data CARTELLA] [--dry-run]",
		"scrive il rapporto dei partecipanti (writes the participants' report)"},
	{"report", command_report,
		"report check FILE | report compare --event ID FILE | report diff VECCHIO NUOVO | "
		"report sent --export ID --protocol NUMERO [--day GIORNO] [--json] [--data CARTELLA]",
		"controlla rapporti ECM, li confronta con i dati o fra loro, segna l'invio (checks, compares, marks as sent)"},
	{"bank", command_bank, "bank check FILE… | bank import FILE… | bank export FILE.csv|FILE.json|FILE.zip | "
		"bank parameters|export-parameters FILE.csv [--bank N] [--data CARTELLA]",
		"controlla, importa ed esporta banche di quesiti: JSON, GIFT, Aiken, Moodle XML, QTI, CSV; parametri dei quesiti "
		"(item banks and item parameters)"},
	{"simulate-placement", command_simulate_placement,
		"simulate-placement --bank FILE --policy FILE [-n N] [--seed S] [--json] [--plan FILE] [--write-plan FILE]",
		"simula una collocazione adattiva (simulates an adaptive placement)"},
	{"certificates", command_certificates, "certificates --event ID --out CARTELLA|FILE.zip [--data CARTELLA]",
		"stampa tutti gli attestati di un evento, riprendendo da dove era rimasto (prints all certificates of an event)"},
	{"calibrate", command_calibrate,
		"calibrate [--data CARTELLA] [--bank ID] [--csv FILE] [--model rasch|2pl|3pl] [--method mml|cml] [--threads N] "
		"[--out REPORT.json] [--adopt]",
		"stima i parametri dei quesiti dalle risposte e dice che cosa cambierebbe (item parameters from recorded "
		"answers, and what they would change)"},
	{"audit", command_audit, "audit verify [--end N:HASH] [--data CARTELLA]",
		"verifica che il registro degli atti sia intatto (checks that the log of acts is whole)"},
	{"retention", command_retention, "retention [--apply REGOLA] [--yes] [--data CARTELLA]",
		"mostra per quanto tempo si conserva che cosa, e toglie quanto è scaduto (retention periods, and what is due)"},
	{"help", command_help, "help [COMANDO]", "mostra questo aiuto (shows this help)"},
};

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return &commands[i];
		}
	}
	return NULL;
}

static void command_show(const struct command *command, FILE *to)
{
	fprintf(to, "fad %s\n    %s\n", command->usage, command->summary);
}

static int command_help(int count, char **words)
{
	if (count > 1) {
		const struct command *command = command_find(words[1]);
		if (command == NULL) {
			fprintf(stderr, "fad: comando sconosciuto: %s (unknown command)\n", words[1]);
			return COMMAND_MISUSED;
		}
		command_show(command, stdout);
		return COMMAND_OK;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		command_show(&commands[i], stdout);
	}
	return COMMAND_OK;
}

static int wants_help(int count, char **words)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
			return 1;
		}
	}
	return 0;
}

int main(int count, char **words)
{
	/* Messages in UTF-8; numbers as in the C locale, whatever the machine says. */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (count < 2) {
		command_help(1, words);
		return COMMAND_MISUSED;
	}
	if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0) {
		return command_help(1, words);
	}
	const struct command *command = command_find(words[1]);
	if (command == NULL) {
		fprintf(stderr,
			"fad: comando sconosciuto: %s. Vedere: fad help (unknown command, see fad help)\n",
			words[1]);
		return COMMAND_MISUSED;
	}
	if (wants_help(count - 2, words + 2)) {
		command_show(command, stdout);
		return COMMAND_OK;
	}
	return command->run(count - 1, words + 1);
}
