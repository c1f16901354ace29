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
	globals: ['Obiettivi globali', 'Global objectives'],
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
	turnedDown: ['rifiutata', 'refused'],
	exception: ['{0}: {1}', '{0}: {1}'],
	noMoves: ['SCORM 1.2 non ha richieste di navigazione: decidono i prerequisiti e l’ordine dell’indice.', 'SCORM 1.2 has no navigation requests: prerequisites and the table of contents decide.'],
	opens: ['apre {0}', 'opens {0}'],
	session: ['inizio sessione', 'session begins'],
	scriptFault: ['errore in uno script', 'script error'],
	fileFault: ['file non caricato', 'file not loaded'],
	blocked: ['bloccato per sicurezza', 'blocked for safety'],
	unloaded: ['finestra chiusa', 'window closed'],
	presence: ['presenza {0} s', 'present {0} s'],
	brought: ['obiettivi di altri corsi', 'objectives of other courses'],
	ofRecord: ['Stato dopo il record {0} di {1}', 'State after record {0} of {1}'],
	record: ['Record', 'Record'],
	resume: ['Esci e riprendi', 'Leave and resume'],
	firstRecord: ['Al principio', 'To the beginning'],
	previousRecord: ['Record precedente', 'Previous record'],
	nextRecord: ['Record successivo', 'Next record'],
	lastRecord: ['Alla fine', 'To the end'],
	restart: ['Ricomincia da capo', 'Start over'],
	journalOf: ['Registro di {0}', 'Journal of {0}'],
	journalText: ['Il registro dice tutto ciò che il corso ha detto e ciò che ne è seguito. Scegli un record per vedere lo stato in quel momento.', 'The journal tells all that the course said and what came of it. Choose a record to see the state at that moment.'],
	journalEmpty: ['Il registro è vuoto: il modulo è stato aperto ma il corso non ha detto nulla.', 'The journal is empty: the module was opened but the course said nothing.'],
	atRecord: ['Record {0}', 'Record {0}'],
	whyTitle: ['Perché risulta così', 'Why it stands like this'],
	whyDone: ['Il corso risulta completato.', 'The course stands as completed.'],
	whyOpen: ['Il corso non risulta completato: attività non concluse {0} su {1}.', 'The course does not stand as completed: {0} of {1} activities are not done.'],
	whyOpenAll: ['Il corso non risulta completato, anche se ogni attività è conclusa.', 'The course does not stand as completed, although every activity is done.'],
	backToPerson: ['Torna alla scheda', 'Back to the person'],
	whyCourse: ['Il corso e il percorso', 'The course and the path'],
	whyActivities: ['Le attività non concluse', 'The activities that are not done'],
	whyMore: ['e altre {0} attività.', 'and {0} more activities.'],
	whyStatus: ['stato: {0}', 'status: {0}'],
	whyEmpty: ['Il registro è vuoto: il modulo è stato aperto ma il corso non ha detto nulla.', 'The journal is empty: the module was opened but the course said nothing.'],
	whyNeverOpened: ['Non è mai stata aperta.', 'It was never opened.'],
	whyNeverBegan: ['È stata aperta, ma il suo contenuto non ha mai chiamato Initialize: non ha potuto dire nulla.', 'It was opened, but its content never called Initialize: it could not say anything.'],
	whyNoStatus: ['È stata aperta, ma il corso non ha mai impostato uno stato ({0}).', 'It was opened, but the course never set a status ({0}).'],
	whyLastStatus: ['Ultimo stato detto dal corso: {0} = «{1}».', 'Last status that the course set: {0} = “{1}”.'],
	whyWasDone: ['Prima il corso aveva detto {0} = «{1}», poi l’ha cambiato.', 'Before, the course had set {0} = “{1}”, and changed it later.'],
	whyReopened: ['Dopo è stata riaperta, e da allora il corso non ha più impostato {0}: se non era sospesa, è ricominciata da capo.', 'It was opened again afterwards, and since then the course has not set {0}: unless it was suspended, it began anew.'],
	whyRefusedSet: ['Il corso ha provato a impostare {0} = «{1}», rifiutato con errore {2}: {3}.', 'The course tried to set {0} = “{1}”, refused with error {2}: {3}.'],
	whyRefusedCall: ['La chiamata {0} è stata rifiutata con errore {1}: {2}.', 'The call {0} was refused with error {1}: {2}.'],
	whyBelowScore: ['Il punteggio {0} è {1}: ne serve almeno {2}.', 'The score {0} is {1}: at least {2} is needed.'],
	whyNoScore: ['Il corso non ha mai detto il punteggio {0}: ne serve almeno {1}.', 'The course never set the score {0}: at least {1} is needed.'],
	whyBelowProgress: ['L’avanzamento {0} è {1}: serve almeno {2}.', 'The progress {0} is {1}: at least {2} is needed.'],
	whyNoProgress: ['Il corso non ha mai detto l’avanzamento {0}: serve almeno {1}.', 'The course never set the progress {0}: at least {1} is needed.'],
	whyNotTerminated: ['L’ultima sessione non è stata chiusa dal corso (manca Terminate): la finestra è stata chiusa prima, o il corso non la chiude mai. Ciò che aveva già detto vale.', 'The last session was not closed by the course (no Terminate): the window was closed before, or the course never does. What it had said counts.'],
	whyNotNormal: ['L’ultima volta era in modalità {0}: i risultati non cambiano.', 'The last time was in mode {0}: results do not change.'],
	whyRollup: ['Lo decidono le regole di sequenza del corso (rollup) o obiettivi condivisi, non le singole attività.', 'The course’s sequencing rules (rollup) or shared objectives decide it, not the single activities.'],
	whyRuleAll: ['Regola del corso: ogni attività deve essere completata o superata.', 'The course’s rule: every activity must be completed or passed.'],
	whyRuleAny: ['Regola del corso: basta un’attività completata o superata.', 'The course’s rule: one activity completed or passed is enough.'],
	whyRuleLast: ['Regola del corso: decide l’ultima attività.', 'The course’s rule: the last activity decides.'],
	whyRuleMastery: ['Regola del corso: decidono le attività con una soglia di superamento.', 'The course’s rule: the activities with a mastery score decide.'],
	whyRefusedRecords: ['Il server ha rifiutato registrazioni di questo tentativo: {0}. Quel lavoro non conta; è elencato più sotto.', 'The server refused records of this attempt: {0}. That work does not count; it is listed below.'],
	whyReplaced: ['Questo tentativo ha lasciato il posto a un altro, su una nuova versione del corso.', 'This attempt gave way to another, on a new version of the course.'],
	whyKept: ['Il corso era già risultato completato: per la piattaforma resta completato, qualunque cosa dica dopo.', 'The course had stood as completed: for the platform it stays so, whatever it says later.'],
	whyOtherAttempt: ['Il modulo è completato grazie a un altro tentativo.', 'The module is completed by another attempt.'],
	whyPathComplete: ['Il percorso risulta completato.', 'The path stands as completed.'],
	whyPath: ['Al percorso manca ancora qualcosa. La persona legge: «{0}»', 'The path still lacks something. The person reads: “{0}”'],
	whyTime: ['Minuti di questo tentativo: {0} secondo il corso, {1} secondo la piattaforma, {2} quelli che contano (il minore dei due; un corso che non dice il tempo ha solo il secondo).', 'Minutes of this attempt: {0} by the course, {1} by the platform, {2} count (the smaller of both; a course that tells no time has only the second).'],
	refusedTitle: ['Registrazioni rifiutate dal server', 'Records that the server refused'],
	refusedText: ['Non fanno parte del registro e non contano. Il server ne conserva al massimo le ultime cinque.', 'They are no part of the journal and do not count. The server keeps at most the last five.'],
	refusedDamaged: ['Non si leggono: sono danneggiate.', 'They cannot be read: they are damaged.'],
	codeDISAGREES: ['il server, rifacendo le stesse chiamate, arriva a un altro risultato', 'the server, replaying the same calls, comes to another result'],
	codeBAD_RECORD: ['registrazioni danneggiate', 'damaged records'],
	codeOTHER_TERMS: ['le registrazioni dicono altro da quanto il server ha stabilito per il corso', 'the records say something else than what the server laid down for the course'],
	codeSEQUENCE_GAP: ['mancano le registrazioni precedenti', 'earlier records are missing'],
	cut: ['Il registro è lungo: sono caricati i primi {0} record di {1} (64 MB alla volta). Lo stato e i motivi qui sotto valgono fino a quel punto.', 'The journal is long: the first {0} of {1} records are loaded (64 MB at a time). State and reasons below hold up to that point.'],
	loadMore: ['Carica i successivi', 'Load what follows'],
	journalDisagrees: ['Dal record {0} il registro non si rilegge allo stesso modo ({1}).', 'From record {0} on the journal does not replay the same ({1}).'],
};

/** @param {string} name @param {...unknown} values */
export function word(name, ...values) {
	const text = WORDS[name][inItalian() ? 0 : 1];
	return values.reduce((/** @type {string} */ filled, value, i) => filled.replaceAll(`{${i}}`, String(value)), text);
}

/** A code of the server's in words, or itself. @param {string} code */
export function codeWords(code) {
	return WORDS[`code${code}`] ? `${code}, ${word(`code${code}`)}` : code;
}

/** "SB.2.9-3: the activity is hidden …"; empty for 0. @param {number} number of an exception */
export function exceptionWords(number) {
	const found = EXCEPTIONS[number - 1];
	return found ? word('exception', found[0], found[inItalian() ? 1 : 2]) : '';
}
