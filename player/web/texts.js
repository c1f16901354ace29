/**
 * Every word the learner sees, Italian first. A text is looked up by name; {0}, {1} … are filled in.
 * @module
 */

/** @type {Record<string, [italian: string, english: string]>} */
const TEXTS = {
	loading: ['Apertura del corso…', 'Opening the course…'],
	back: ['Torna al percorso', 'Back to the path'],
	contents: ['Indice', 'Contents'],
	contentsOf: ['Indice del corso', 'Course contents'],
	previous: ['Indietro', 'Previous'],
	next: ['Avanti', 'Next'],
	suspend: ['Sospendi', 'Suspend'],
	exit: ['Termina', 'Finish'],
	moves: ['Spostamenti nel corso', 'Course navigation'],
	module: ['Modulo {0}', 'Module {0}'],
	contentFrame: ['Contenuto: {0}', 'Content: {0}'],
	activeTime: ['Tempo attivo', 'Active time'],
	minutes: ['{0} min', '{0} min'],
	hoursMinutes: ['{0} h {1} min', '{0} h {1} min'],
	preview: ['Anteprima: nulla viene registrato', 'Preview: nothing is recorded'],
	review: ['Revisione: i risultati non cambiano', 'Review: results do not change'],
	browse: ['Consultazione: i risultati non cambiano', 'Browsing: results do not change'],

	statusNone: ['non iniziata', 'not started'],
	statusIncomplete: ['in corso', 'in progress'],
	statusCompleted: ['completata', 'completed'],
	statusPassed: ['superata', 'passed'],
	statusFailed: ['non superata', 'failed'],
	statusUnavailable: ['non disponibile ora', 'not available now'],

	saved: ['Salvato alle {0}', 'Saved at {0}'],
	savedNothing: ['Tutto salvato', 'All saved'],
	sending: ['Salvataggio in corso…', 'Saving…'],
	waiting: ['In attesa di rete: il lavoro è conservato in questo browser',
		'Waiting for the network: your work is kept in this browser'],
	waitingOnlyHere: ['In attesa di rete: non chiudere questa pagina, il browser non può conservare il lavoro',
		'Waiting for the network: keep this page open, the browser cannot store your work'],
	serverBusy: ['Il server non risponde: il lavoro è conservato in questo browser e sarà inviato appena possibile',
		'The server does not answer: your work is kept in this browser and will be sent as soon as possible'],
	expired: ['Accesso scaduto: il lavoro è conservato in questo browser', 'Log-in expired: your work is kept in this browser'],
	taken: ['Aperto altrove: questa pagina è in sola lettura', 'Opened elsewhere: this page is read-only'],
	refused: ['Il server non ha accettato i dati ({0}): ricarica la pagina', 'The server refused the data ({0}): reload the page'],

	updated: ['Questo modulo è stato aggiornato: stai vedendo la nuova versione. Il lavoro fatto prima resta registrato.',
		'This module was updated: you are seeing the new version. The work done before stays on record.'],

	takenTitle: ['Il corso è aperto altrove', 'The course is open elsewhere'],
	takenText: ['Hai aperto lo stesso modulo in un’altra scheda o su un altro dispositivo. Per non mescolare i risultati, ' +
		'qui non viene più registrato nulla.', 'You opened the same module in another tab or on another device. To keep the ' +
		'results apart, nothing more is recorded here.'],
	takeBack: ['Continua qui', 'Continue here'],
	look: ['Guarda soltanto', 'Only look'],

	expiredTitle: ['Accesso scaduto', 'Your log-in has expired'],
	expiredText: ['Il tuo lavoro è al sicuro in questo browser. Accedi di nuovo in una nuova finestra: il corso resta aperto ' +
		'e riprende da dove sei.', 'Your work is safe in this browser. Log in again in a new window: the course stays open and ' +
		'goes on from where you are.'],
	logIn: ['Accedi di nuovo', 'Log in again'],
	later: ['Più tardi', 'Later'],
	renewedClose: ['Il corso prosegue nella sua finestra: puoi chiudere questa.', 'The course goes on in its window: you may close this one.'],
	renewed: ['Accesso rinnovato', 'Log-in renewed'],

	endedTitle: ['Sessione conclusa', 'Session ended'],
	suspendedTitle: ['Corso sospeso', 'Course suspended'],
	suspendedText: ['Potrai riprendere da dove eri.', 'You can go on from where you were.'],
	completedText: ['Hai completato questo modulo.', 'You have completed this module.'],
	incompleteText: ['Questo modulo non è ancora completo.', 'This module is not complete yet.'],
	score: ['Punteggio: {0} %', 'Score: {0}%'],
	timeSpent: ['Tempo attivo: {0}', 'Active time: {0}'],
	reopen: ['Riapri il corso', 'Open the course again'],
	chooseTitle: ['Scegli un’attività', 'Choose an activity'],
	chooseText: ['Scegli dall’indice l’attività da aprire.', 'Choose from the contents the activity to open.'],
	finishedNotice: ['Attività conclusa. Scegli come proseguire.', 'Activity ended. Choose how to go on.'],
	timeOver: ['Il tempo previsto per questa attività è trascorso. Puoi continuare.',
		'The time allowed for this activity is over. You may go on.'],
	timeOverEnded: ['Il tempo previsto per questa attività è trascorso: l’attività è stata chiusa. Quanto hai fatto è salvo.',
		'The time allowed for this activity is over: the activity was closed. What you did is safe.'],
	refusedMove: ['Ora non è possibile: il corso chiede prima altro.', 'Not possible now: the course asks for something else first.'],
	closing: ['Salvataggio prima di uscire…', 'Saving before leaving…'],
	leaveUnsent: ['Il server non è raggiungibile. Il lavoro è conservato in questo browser e sarà inviato alla prossima apertura.',
		'The server cannot be reached. Your work is kept in this browser and will be sent when you next open the course.'],
	leaveAnyway: ['Esci comunque', 'Leave anyway'],
	stay: ['Resta qui', 'Stay here'],

	mergeLost: ['Su questo browser c’era lavoro mai inviato, ma nel frattempo hai proseguito altrove: vale quello registrato dal server.',
		'This browser held work that was never sent, but you went on elsewhere meanwhile: what the server recorded counts.'],
	replayed: ['Ripreso il lavoro che era rimasto in questo browser.', 'Work left in this browser was recovered.'],

	failTitle: ['Il corso non si apre', 'The course does not open'],
	failExpired: ['Il collegamento al corso è scaduto. Torna al percorso e aprilo di nuovo.',
		'The link to the course has expired. Go back to the path and open it again.'],
	failNetwork: ['Il server non è raggiungibile. Controlla la rete e riprova.', 'The server cannot be reached. Check the network and try again.'],
	failCourse: ['I dati del corso sono danneggiati ({0}). Avvisa chi gestisce la piattaforma.',
		'The course data are damaged ({0}). Tell whoever runs the platform.'],
	failBrowser: ['Questo browser è troppo vecchio per il corso: aggiornalo.', 'This browser is too old for the course: update it.'],
	engineFailed: ['Qualcosa non ha funzionato nel corso. Quanto fatto finora è salvo: ricarica la pagina.',
		'Something went wrong in the course. What you did so far is safe: reload the page.'],
	reload: ['Ricarica', 'Reload'],
	retry: ['Riprova', 'Try again'],
};

let column = 0;

/** @param {string} language "it", "en", "en-GB" … */
export function speak(language) {
	column = /^en\b/i.test(language) ? 1 : 0;
	document.documentElement.lang = column ? 'en' : 'it';
}

export function inItalian() {
	return column === 0;
}

/** The locale for dates and numbers. */
export function locale() {
	return column ? 'en-GB' : 'it-IT';
}

/**
 * @param {string} name
 * @param {...(string|number)} values
 */
export function text(name, ...values) {
	const texts = TEXTS[name];
	if (!texts) {
		throw new Error(`no text named ${name}`);
	}
	return texts[column].replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ''));
}

/** @param {number} ms */
export function duration(ms) {
	const minutes = Math.floor(ms / 60000);
	return minutes < 60 ? text('minutes', minutes) : text('hoursMinutes', Math.floor(minutes / 60), minutes % 60);
}
