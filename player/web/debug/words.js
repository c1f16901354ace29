/**
 * The words of the debug view, Italian first.
 * @module
 */
import {inItalian} from '../texts.js';
import {EXCEPTIONS} from './exceptions.js';

/** @type {Record<string, [italian: string, english: string]>} */
const WORDS = {
	title: ['Che cosa succede nel corso', 'What happens in the course'],
	show: ['Diagnosi', 'Debug'],
	wider: ['Allarga', 'Wider'],
	narrower: ['Stringi', 'Narrower'],
	calls: ['Chiamate', 'Calls'],
	tree: ['Attività', 'Activities'],
	data: ['Dati cmi', 'cmi data'],
	moves: ['Navigazione', 'Navigation'],
	filter: ['Filtra per elemento', 'Filter by element'],
	errorsOnly: ['Solo errori', 'Errors only'],
	clear: ['Svuota', 'Clear'],
	copy: ['Copia', 'Copy'],
	copied: ['Copiato', 'Copied'],
	saveText: ['Salva testo', 'Save text'],
	saveJson: ['Salva JSON', 'Save JSON'],
	number: ['N.', 'No.'],
	time: ['Ora', 'Time'],
	call: ['Chiamata', 'Call'],
	answer: ['Risposta', 'Answer'],
	error: ['Errore', 'Error'],
	took: ['ms', 'ms'],
	none: ['Ancora nulla.', 'Nothing yet.'],
	older: ['Le voci più vecchie non sono mostrate: filtrare o salvare per vederle tutte.', 'Older entries are not shown: filter, or save to see them all.'],
	activity: ['Attività', 'Activity'],
	state: ['Stato', 'State'],
	attempts: ['tentativi: {0}', 'attempts: {0}'],
	total: ['tempo: {0} s', 'time: {0} s'],
	objectives: ['Obiettivi', 'Objectives'],
	globals: ['Obiettivi globali', 'Global objectives'],
	primary: ['(primario)', '(primary)'],
	current: ['corrente', 'current'],
	active: ['attiva', 'active'],
	suspended: ['sospesa', 'suspended'],
	unavailable: ['non disponibile', 'not available'],
	measure: ['misura {0}', 'measure {0}'],
	progress: ['avanzamento {0}', 'progress {0}'],
	element: ['Elemento', 'Element'],
	value: ['Valore', 'Value'],
	noData: ['Nessuna attività è aperta.', 'No activity is open.'],
	request: ['Richiesta', 'Request'],
	now: ['Adesso', 'Now'],
	allowed: ['ammessa', 'allowed'],
	refused: ['rifiutata: {0}', 'refused: {0}'],
	exception: ['{0}: {1}', '{0}: {1}'],
	noMoves: ['SCORM 1.2 non ha richieste di navigazione: decidono i prerequisiti e l’ordine dell’indice.', 'SCORM 1.2 has no navigation requests: prerequisites and the table of contents decide.'],
	opens: ['apre {0}', 'opens {0}'],
	session: ['inizio sessione', 'session begins'],
	unloaded: ['finestra chiusa', 'window closed'],
	presence: ['presenza {0} s', 'present {0} s'],
	brought: ['obiettivi di altri corsi', 'objectives of other courses'],
	ofRecord: ['Stato dopo il record {0} di {1}', 'State after record {0} of {1}'],
	record: ['Record', 'Record'],
	restart: ['Ricomincia da capo', 'Start over'],
	journalOf: ['Registro di {0}', 'Journal of {0}'],
	journalText: ['Il registro dice tutto ciò che il corso ha detto e ciò che ne è seguito. Scegli un record per vedere lo stato in quel momento.', 'The journal tells all that the course said and what came of it. Choose a record to see the state at that moment.'],
	journalEmpty: ['Il registro è vuoto: il modulo è stato aperto ma il corso non ha detto nulla.', 'The journal is empty: the module was opened but the course said nothing.'],
	journalDisagrees: ['Dal record {0} il registro non si rilegge allo stesso modo ({1}).', 'From record {0} on the journal does not replay the same ({1}).'],
};

/** @param {string} name @param {...unknown} values */
export function word(name, ...values) {
	const text = WORDS[name][inItalian() ? 0 : 1];
	return values.reduce((/** @type {string} */ filled, value, i) => filled.replaceAll(`{${i}}`, String(value)), text);
}

/** "SB.2.9-3: the activity is hidden …"; empty for 0. @param {number} number of an exception */
export function exceptionWords(number) {
	const found = EXCEPTIONS[number - 1];
	return found ? word('exception', found[0], found[inItalian() ? 1 : 2]) : '';
}
