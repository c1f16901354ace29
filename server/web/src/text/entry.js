// Texts of log-in, password and session expiry.

/** @type {Record<string, [string, string]>} */
export const entry = {
	'login.title': ['Accedi al percorso formativo', 'Log in to your training'],
	'login.lead': [
		'Usa le credenziali che hai ricevuto dalla tua azienda sanitaria.',
		'Use the credentials your health company gave you.',
	],
	'login.name': ['Nome utente', 'User name'],
	'login.password': ['Password', 'Password'],
	'login.submit': ['Accedi', 'Log in'],
	'login.failed': ['Accesso non riuscito', 'You are not logged in'],
	'login.wait': [
		'Troppi tentativi: riprova tra {seconds} {seconds|secondo|secondi}.',
		'Too many attempts: try again in {seconds} {seconds|second|seconds}.',
	],
	'login.help': ['Hai dimenticato la password?', 'Forgotten your password?'],
	'login.help_text': [
		'Scrivi alla segreteria formazione della tua azienda: ti darà una password provvisoria, da cambiare al primo accesso.',
		'Write to the training office of your company: they will give you a temporary password, to be changed at first log-in.',
	],
	'login.about': ['Un percorso in otto moduli', 'A path of eight modules'],
	'login.about_level': [
		'Un questionario iniziale trova il livello più adatto a te.',
		'An initial questionnaire finds the level that suits you.',
	],
	'login.about_pace': [
		'Otto moduli online da circa mezz’ora: puoi interrompere e riprendere quando vuoi.',
		'Eight online modules of about half an hour: stop and resume whenever you like.',
	],
	'login.about_credits': [
		'Alla fine del percorso, i crediti ECM per le professioni che li prevedono.',
		'At the end of the path, ECM credits for the professions that have them.',
	],

	'password.title': ['Cambia la password', 'Change your password'],
	'password.must': [
		'Stai usando una password provvisoria. Prima di continuare scegline una tua.',
		'You are using a temporary password. Please choose your own before you go on.',
	],
	'password.old': ['Password attuale', 'Current password'],
	'password.new': ['Nuova password', 'New password'],
	'password.new_help': [
		'Almeno 10 caratteri. Una frase di più parole è facile da ricordare e difficile da indovinare.',
		'At least 10 characters. A phrase of several words is easy to remember and hard to guess.',
	],
	'password.again': ['Ripeti la nuova password', 'Repeat the new password'],
	'password.too_short': ['La password deve avere almeno 10 caratteri.', 'The password must have at least 10 characters.'],
	'password.differs': ['Le due password non coincidono.', 'The two passwords are not the same.'],
	'password.same': ['Scegli una password diversa da quella attuale.', 'Choose a password different from the current one.'],
	'password.submit': ['Salva la nuova password', 'Save the new password'],
	'password.done': ['Password cambiata.', 'Password changed.'],

	'again.title': ['La sessione è scaduta', 'Your session has ended'],
	'again.text': [
		'È passato molto tempo dall’ultima attività. Inserisci di nuovo la password: riprendi da dove eri, senza perdere nulla.',
		'You have been away for a while. Enter your password again: you go on from where you were, and nothing is lost.',
	],
	'again.other': ['Accedi con un altro utente', 'Log in as somebody else'],
};
