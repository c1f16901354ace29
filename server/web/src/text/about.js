// Texts of the accessibility statement, the privacy notice and the contacts.

/** @type {Record<string, [string, string]>} */
export const about = {
	'accessibility.title': ['Dichiarazione di accessibilità', 'Accessibility statement'],
	'accessibility.intro': [
		'Questo servizio è progettato per essere usato da tutti, anche solo con la tastiera o con un lettore di schermo, secondo la legge 4/2004 e le linee guida AgID (norma UNI CEI EN 301549, WCAG 2.1 livelli A e AA).',
		'This service is designed to be used by everybody, also with the keyboard alone or with a screen reader, according to Italian law 4/2004 and the AgID guidelines (EN 301549, WCAG 2.1 levels A and AA).',
	],
	'accessibility.state': ['Stato di conformità', 'Conformance'],
	'accessibility.state_text': [
		'Ogni pagina dell’applicazione è controllata con strumenti automatici a ogni modifica. L’ente che eroga il servizio pubblica la dichiarazione ufficiale, con l’esito della valutazione, sul sito di AgID.',
		'Every page of the application is checked with automatic tools at each change. The body that provides the service publishes the official statement, with the outcome of its assessment, on AgID’s site.',
	],
	'accessibility.official': ['Le dichiarazioni pubblicate su form.agid.gov.it', 'Statements published on form.agid.gov.it'],
	'accessibility.courses': ['I contenuti dei moduli', 'The contents of the modules'],
	'accessibility.courses_text': [
		'I moduli sono pacchetti realizzati anche da altri: se un contenuto non è accessibile per te, segnalacelo e ti daremo un’alternativa.',
		'Modules are packages that may come from others: if some content is not accessible to you, tell us and we will give you an alternative.',
	],
	'accessibility.feedback': ['Segnalazioni', 'Feedback'],
	'accessibility.feedback_text': [
		'Se qualcosa ti ostacola, scrivi all’assistenza: dicci in quale pagina e che cosa stavi facendo. Rispondiamo entro 30 giorni; dopo puoi rivolgerti al Difensore civico per il digitale.',
		'If something stands in your way, write to support: tell us the page and what you were doing. We answer within 30 days; after that you may turn to the Italian digital ombudsman.',
	],
	'privacy.title': ['Informativa sulla privacy', 'Privacy notice'],
	'privacy.intro': [
		'In breve, secondo l’articolo 13 del Regolamento (UE) 2016/679. Il testo completo è pubblicato dall’ente titolare.',
		'In short, under article 13 of Regulation (EU) 2016/679. The full text is published by the controller.',
	],
	'privacy.what': ['Quali dati e perché', 'Which data and why'],
	'privacy.what_text': [
		'Dati anagrafici e professionali, risposte al questionario, avanzamento e tempi dei moduli: servono a erogare la formazione, a riconoscere i crediti ECM e a documentare il finanziamento PNRR.',
		'Personal and professional data, questionnaire answers, progress and times of the modules: they serve to provide the training, grant ECM credits and document the PNRR funding.',
	],
	'privacy.who': ['A chi vanno', 'Who receives them'],
	'privacy.who_text': [
		'Al provider ECM, al Co.Ge.A.P.S. e all’ente accreditante per i crediti; alla tua azienda per l’avanzamento. Niente va ad altri, e nessuna pagina carica contenuti da altri siti.',
		'The ECM provider, Co.Ge.A.P.S. and the accrediting body for the credits; your company for the progress. Nothing goes to others, and no page loads anything from other sites.',
	],
	'privacy.cookies': ['Cookie', 'Cookies'],
	'privacy.cookies_text': [
		'Un solo cookie tecnico, che tiene aperta la sessione. Il browser conserva inoltre la lingua scelta e, solo finché serve, le risposte non ancora inviate.',
		'One technical cookie, which keeps your session open. The browser also keeps the language chosen and, only as long as needed, answers not sent yet.',
	],
	'privacy.rights': ['I tuoi diritti', 'Your rights'],
	'privacy.rights_text': [
		'Puoi scaricare tutti i tuoi dati da «I miei dati», nel menu del tuo nome. Puoi chiedere rettifica, limitazione e, al termine della conservazione, cancellazione ai contatti dell’assistenza, e fare reclamo al Garante per la protezione dei dati personali.',
		'You can download all your data from “My data”, in the menu under your name. You may ask for correction, restriction and, once the retention has ended, erasure through the support contacts, and complain to the Italian data protection authority.',
	],
	'contacts.title': ['Assistenza e contatti', 'Support and contacts'],
	'contacts.intro': [
		'Per le credenziali e i dati personali rivolgiti alla segreteria formazione della tua azienda. Per problemi tecnici scrivi all’assistenza.',
		'For credentials and personal data turn to the training office of your company. For technical problems write to support.',
	],
	'contacts.email': ['Email dell’assistenza', 'Support email'],
	'contacts.no_email': ['L’indirizzo dell’assistenza ti è stato comunicato insieme alle credenziali.', 'The support address was sent to you together with your credentials.'],
	'contacts.tell': ['Quando scrivi, aiutaci ad aiutarti', 'When you write, help us help you'],
	'contacts.tell_page': ['l’indirizzo della pagina e che cosa stavi facendo', 'the address of the page and what you were doing'],
	'contacts.tell_message': ['il messaggio che hai visto e il suo codice, se c’era', 'the message you saw and its code, if any'],
	'contacts.tell_browser': ['il browser e il tipo di dispositivo', 'your browser and kind of device'],
};
