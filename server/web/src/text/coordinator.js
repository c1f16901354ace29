// Texts of the coordinator's dashboard.

/** @type {Record<string, [string, string]>} */
export const coordinator = {
	'progress.title': ['Avanzamento del programma', 'Progress of the programme'],
	'progress.lead': ['Quante persone hanno fatto il questionario, iniziato e completato il percorso.', 'How many people took the questionnaire, began and completed the path.'],
	'progress.all_companies': ['Tutte le aziende', 'All companies'],
	'progress.people': ['Persone', 'People'],
	'progress.placed': ['Questionario fatto', 'Questionnaire taken'],
	'progress.started': ['Percorso iniziato', 'Path begun'],
	'progress.completed': ['Percorso completato', 'Path completed'],
	'progress.targets': ['Obiettivi', 'Targets'],
	'progress.reached': ['{reached} su {target}', '{reached} of {target}'],
	'progress.target_met': ['raggiunto', 'met'],
	'progress.company': ['Azienda', 'Company'],
	'progress.profession': ['Professione', 'Profession'],
	'progress.level': ['Livello', 'Level'],
	'progress.module': ['Modulo', 'Module'],
	'progress.by_company': ['Per azienda', 'By company'],
	'progress.by_profession': ['Per professione', 'By profession'],
	'progress.by_level': ['Per livello', 'By level'],
	'progress.by_module': ['Per modulo', 'By module'],
	'progress.no_company': ['Azienda non indicata', 'No company given'],
	'progress.no_profession': ['Professione senza crediti ECM', 'Profession without ECM credits'],
	'progress.no_level': ['Questionario da fare', 'Questionnaire to be taken'],
	'bars.chart': ['Grafico', 'Chart'],
	'bars.empty': ['Non ci sono ancora dati.', 'There are no data yet.'],
};
