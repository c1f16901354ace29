// An event in class from its creation to report and certificate, and signing with the code shown in class.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {logIn, look, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {accounts, logInAs, newOperator} from './lib/demo.mjs';
import {declare, fillQuestionnaire, handIn, sit} from './lib/exams.mjs';
import {Server} from './lib/server.mjs';

let server, browser, contexts, provider, page, operator, event;
const italian = new Intl.DateTimeFormat('sv-SE', {timeZone: 'Europe/Rome', dateStyle: 'short'});
const day = days => italian.format(new Date(Date.now() + days * 86400000));
const trouble = () => contexts.flatMap(each => each.trouble);

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	operator = await newOperator(server);
	contexts = [await openContext(browser, server), await openContext(browser, server)];
	[provider, page] = await Promise.all(contexts.map(({context}) => context.newPage()));
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

test('the provider creates a residential event', async () => {
	await logIn(provider, server, accounts.provider.login, accounts.provider.password);
	await provider.goto(`${server.app}/eventi/nuovo`);
	await provider.locator('#tipo_form').selectOption('3');
	for (const [field, value] of Object.entries({title: 'Il FSE in ambulatorio', cod_evento: 'AULA-1', cod_org: '999', data_ini: day(-2), data_fine: day(2), ore: '3', crediti: '3,9', num_part: '25'})) {
		await provider.locator(`#${field}`).fill(value);
	}
	await provider.getByRole('button', {name: 'Crea l’evento'}).click();
	await provider.waitForURL(/\/eventi\/\d+$/);
	event = Number(provider.url().split('/').pop());
	await provider.getByRole('link', {name: 'Classi e registri'}).click();
	await provider.getByLabel('Nome della nuova classe').fill('Classe 1');
	await provider.getByRole('button', {name: 'Crea la classe'}).click();
	await provider.getByRole('heading', {name: 'Classe 1'}).waitFor();
});

/** Adds a session of yesterday. */
async function addSession(begins, ends, venue) {
	await provider.getByRole('button', {name: 'Aggiungi un incontro'}).click();
	const dialog = provider.getByRole('dialog');
	await dialog.locator('#day').fill(day(-1));
	await dialog.locator('#begins').fill(begins);
	await dialog.locator('#ends').fill(ends);
	await venue?.(dialog);
	await dialog.getByRole('button', {name: 'Salva', exact: true}).click();
	await dialog.waitFor({state: 'detached'});
}

test('two sessions at a venue, a teacher, a participant', async () => {
	await addSession('09:00', '11:00', async dialog => {
		await dialog.getByRole('button', {name: 'Nuova sede'}).click();
		await dialog.getByLabel('Nome', {exact: true}).fill('Aula 3');
		await dialog.getByLabel('Comune').fill('Pisa');
		await look(provider, 'classes-session');
		await dialog.getByRole('button', {name: 'Aggiungi la sede'}).click();
		await dialog.getByLabel('Comune').waitFor({state: 'detached'});
	});
	await addSession('11:00', '12:00');
	assert.equal(await provider.getByRole('cell', {name: 'Aula 3'}).count(), 2, 'the second session is offered the venue of the first');
	await provider.getByText('Aggiungi docenti o tutor').click();
	await provider.locator('#find-staff').fill('Landi');
	await provider.locator('#find-staff').press('Enter');
	await provider.getByRole('button', {name: /^Docente: Landi/}).first().click();
	await provider.locator('#staff ~ ul .tag', {hasText: 'Docente'}).waitFor();
	await provider.locator('#find-people').fill('Esempio');
	await provider.locator('#find-people').press('Enter');
	await provider.getByRole('button', {name: /^Iscrivi: Esempio Maria/}).click();
	await provider.getByRole('link', {name: 'Esempio Maria'}).waitFor();
	await look(provider, 'classes-group');
	const person = await logInAs(server, 'provider');
	const {banks} = await person.must('GET', '/api/banks').catch(() => ({banks: []}));
	const bank = (await person.must('GET', `/api/ecm/events/${event}/final`)).banks?.find(one => /final/i.test(one.name)) ?? banks.find(one => !one.active);
	await person.must('PUT', `/api/ecm/events/${event}/final`, {bank: bank.id});
});

test('attendance from a list, and by hand with a reason', async () => {
	await provider.getByRole('link', {name: 'Registro'}).first().click();
	await provider.getByText('Carica da un elenco').click();
	await provider.locator('#marks-list').setInputFiles({name: 'lettore.csv', mimeType: 'text/csv', buffer: Buffer.from(`codice_fiscale;entrata;uscita\n${operator.codice_fiscale};08:55;11:00\nXXX;09:00;11:00\n`)});
	await provider.getByText('Nessuna persona ha il codice fiscale «XXX»').waitFor();
	await provider.getByText('Uscita 11:00').waitFor();
	await look(provider, 'classes-register-list');
	await provider.goBack();
	await provider.getByRole('link', {name: 'Registro'}).nth(1).click();
	for (const [way, clock] of [['in', '11:00'], ['out', '12:00']]) {
		await provider.getByRole('button', {name: 'Scrivi a mano'}).click();
		const dialog = provider.getByRole('dialog');
		await dialog.locator('#way').selectOption(way);
		await dialog.locator('#clock').fill(clock);
		await dialog.locator('#why').fill('telefono scarico');
		await dialog.getByRole('button', {name: 'Registra'}).click();
		await dialog.waitFor({state: 'detached'});
	}
	await provider.getByText('Uscita 12:00').waitFor();
	await look(provider, 'classes-register');
});

test('the participant sees the presence and what is missing, takes the test, the questionnaire and declares', async () => {
	await logIn(page, server, operator.login, operator.password);
	await page.getByRole('link', {name: 'Aula'}).first().click();
	await page.getByText('Presenza registrata: 100 %').waitFor();
	await page.getByText('Che cosa manca per i crediti').click();
	await page.getByText('Il registro della classe non è ancora chiuso').waitFor();
	await look(page, 'classes-mine');
	await page.getByRole('link', {name: 'Prova finale'}).click();
	await page.getByRole('button', {name: 'Inizia la prova'}).click();
	await sit(page, 11);
	await handIn(page);
	await page.getByRole('heading', {name: 'Hai superato la prova finale'}).waitFor();
	await page.getByRole('link', {name: 'Compila il questionario di qualità'}).click();
	await fillQuestionnaire(page);
	await page.goto(`${server.app}/aula/${event}/dichiarazione`);
	await page.locator('#works_here').setChecked(true);
	await declare(page);
	await page.waitForURL(`${server.app}/aula`);
});

test('the register is closed, the report is made, the certificate is there', async () => {
	await provider.goBack();
	await provider.getByRole('button', {name: 'Chiudi il registro'}).click();
	await provider.getByRole('dialog').getByRole('button', {name: 'Chiudi il registro'}).click();
	await provider.getByText('completato', {exact: true}).waitFor();
	await provider.goto(`${server.app}/eventi/${event}`);
	const person = await logInAs(server, 'provider');
	const check = await person.must('GET', `/api/ecm/events/${event}/check`);
	assert.equal(check.participants, 1, JSON.stringify(check.problems));
	await provider.getByRole('button', {name: 'Crea il rapporto XML'}).click();
	await provider.getByText('Rapporto creato').waitFor();
	await page.goto(`${server.app}/attestati`);
	await page.getByRole('button', {name: 'Ottieni l’attestato'}).click();
	await page.getByRole('link', {name: 'Scarica il PDF'}).waitFor();
	await shoot(page, 'classes-certificate');
});

test('who attends signs with the code shown in class; the register shows it', async () => {
	const person = await logInAs(server, 'provider');
	const {events} = await person.must('GET', '/api/ecm/events');
	const {groups} = await person.must('GET', `/api/classes/${events.find(one => one.cod_evento === 'DEMO-RES').id}`);
	const {sessions} = await person.must('GET', `/api/class-groups/${groups.find(one => one.name === 'Classe B').id}`);
	await provider.goto(`${server.app}/incontri/${sessions[0].id}`);
	await provider.getByText('In aula 0 di 1').waitFor();
	const code = (await provider.locator('.class-code-digits').textContent()).replaceAll(' ', '');
	await look(provider, 'classes-signing');
	const {context} = contexts[1];
	await context.clearCookies();
	await logIn(page, server, accounts.operator.login, accounts.operator.password);
	await page.goto(`${server.app}/presenza/${code}`);
	await look(page, 'classes-presence');
	await page.getByRole('button', {name: 'Firma'}).click();
	await page.getByRole('heading', {name: /Entrata registrata alle/}).waitFor();
	await look(page, 'classes-signed');
	await provider.getByText('In aula 1 di 1').waitFor();
	assert.deepEqual(trouble(), []);
});

test('the coordinator sees trainers and coaching from these events', async () => {
	const person = await logInAs(server, 'coordinator');
	const {targets} = await person.must('GET', '/api/progress');
	const reached = Object.fromEntries(targets.map(one => [one.id, one.reached]));
	assert.equal(reached.formatori, 7, 'one of eight left at noon');
	assert.equal(reached.dirigenti, 0);
	assert.equal(reached.affiancamento, 4);
});

test('trainers are shortlisted and chosen with a reason', async () => {
	const person = await logInAs(server, 'provider');
	const {events} = await person.must('GET', '/api/ecm/events');
	await provider.goto(`${server.app}/eventi/${events.find(one => one.cod_evento === 'DEMO-RES').id}/candidati?verdict=open`);
	await provider.getByRole('button', {name: /^Metti in rosa/}).first().waitFor();
	await look(provider, 'classes-candidates');
	await provider.getByRole('button', {name: /^Scegli:/}).first().click();
	await provider.getByRole('dialog').locator('#why').fill('Docenza già svolta');
	await provider.getByRole('dialog').getByRole('button', {name: 'Scegli'}).click();
	await provider.getByRole('dialog').waitFor({state: 'detached'});
	await provider.locator('#verdict').selectOption('chosen');
	await provider.getByText('Docenza già svolta').waitFor();
	await look(provider, 'classes-chosen');
});
