// A test held in class, from the provider's entry to the participant's page; overlapping classes; accredited professions.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {logIn, look, openBrowser, openContext} from './lib/browser.mjs';
import {accounts, logInAs, newOperator} from './lib/demo.mjs';
import {Server} from './lib/server.mjs';

let server, browser, contexts, provider, page, operator, person, made;
const italian = new Intl.DateTimeFormat('sv-SE', {timeZone: 'Europe/Rome', dateStyle: 'short'});
const day = days => italian.format(new Date(Date.now() + days * 86400000));
const trouble = () => contexts.flatMap(each => each.trouble);

/** An event with one class of one session, in which the operator sits. */
async function makeClass(cod_evento, title, begins, ends) {
	const event = await person.must('POST', '/api/ecm/events', {title, levels: [], cod_evento, cod_edi: 1, cod_org: '999', cod_accr: '090', data_ini: day(-3), data_fine: day(3), crediti: '5.2', ore: 4,
		tipo_form: 3, tipo_eve: 'P', cod_obi: 17, num_part: 25, cod_tipologia_form: 1, seconds_needed: 0, accredited: []});
	await person.must('PUT', `/api/classes/${event.id}`, {project: 'dirigenti', class_people: 25, presence_percent: 90});
	const group = await person.must('POST', `/api/classes/${event.id}/groups`, {name: `Classe ${cod_evento}`});
	const session = await person.must('POST', `/api/class-groups/${group.id}/sessions`, {day: day(-1), begins, ends, venue: null, teacher: null});
	return {event, group, session};
}

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	operator = await newOperator(server);
	person = await logInAs(server, 'provider');
	made = [await makeClass('AULA-A', 'Il fascicolo per i dirigenti', '09:00', '13:00'), await makeClass('AULA-B', 'Consenso e oscuramento', '11:00', '15:00')];
	contexts = [await openContext(browser, server), await openContext(browser, server)];
	[provider, page] = await Promise.all(contexts.map(({context}) => context.newPage()));
	await logIn(provider, server, accounts.provider.login, accounts.provider.password);
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

async function enrol(group) {
	await provider.goto(`${server.app}/classi/${group.id}`);
	await provider.locator('#find-people').fill('Esempio');
	await provider.locator('#find-people').press('Enter');
	await provider.getByRole('button', {name: /^Iscrivi: Esempio Maria/}).click();
	await provider.getByRole('link', {name: 'Esempio Maria'}).waitFor();
}

test('a place in a class at the same hours as another is given with a warning; presence in both is refused', async () => {
	const [first, second] = made;
	await enrol(first.group);
	await enrol(second.group);
	await provider.getByText('Maria Esempio ha già un impegno in aula mentre questa classe si incontra').waitFor();
	await look(provider, 'results-overlap');
	for (const [way, clock] of [['in', '09:00'], ['out', '13:00']]) {
		await person.must('POST', `/api/class-sessions/${first.session.id}/marks`, {person: operator.id, way, clock, why: 'foglio firme'});
	}
	await provider.getByRole('link', {name: 'Registro', exact: true}).click();
	await provider.getByRole('button', {name: 'Scrivi a mano'}).click();
	const dialog = provider.getByRole('dialog');
	await dialog.locator('#clock').fill('11:00');
	await dialog.locator('#why').fill('foglio firme');
	await dialog.getByRole('button', {name: 'Registra'}).click();
	await dialog.getByText(/Maria Esempio risulterebbe in due posti, alle 11:00/).waitFor();
	await look(provider, 'results-two-places');
});

test('the provider says that the test is an oral exam, enters a result, corrects it', async () => {
	const [{event, group}] = made;
	await provider.goto(`${server.app}/eventi/${event.id}/classi`);
	await provider.getByText('Progetto, grandezza delle classi, presenza, verifica').click();
	await provider.locator('#test').selectOption('oral');
	await provider.getByRole('button', {name: 'Salva', exact: true}).click();
	await provider.getByText('I crediti vanno a chi supera la verifica (in aula: esame orale) con almeno il 75 %.').waitFor();
	await look(provider, 'results-event');
	await provider.getByRole('link', {name: new RegExp(`Verifica di ${group.name}`)}).click();
	await provider.getByRole('button', {name: 'Inserisci l’esito: Maria Esempio'}).click();
	const dialog = provider.getByRole('dialog');
	assert.equal(await dialog.locator('#test').inputValue(), 'oral');
	assert.equal(await dialog.locator('#day').inputValue(), day(-1));
	await dialog.locator('#score').fill('22');
	await dialog.locator('#maximum').fill('20');
	await dialog.getByRole('button', {name: 'Registra l’esito'}).click();
	await dialog.getByText('I punti sono un numero intero da 0 al massimo').waitFor();
	await look(provider, 'results-dialog');
	await dialog.locator('#maximum').fill('30');
	await dialog.getByRole('button', {name: 'Registra l’esito'}).click();
	await dialog.waitFor({state: 'detached'});
	await provider.getByRole('button', {name: 'Correggi l’esito di Maria Esempio'}).click();
	await dialog.locator('#score').fill('24');
	await dialog.locator('#why').fill('sommata male');
	await dialog.getByRole('button', {name: 'Registra l’esito'}).click();
	await dialog.waitFor({state: 'detached'});
	await provider.getByText('sommata male').waitFor();
	await provider.getByText('Carica gli esiti da un elenco').click();
	await provider.locator('#results-list').setInputFiles({name: 'esiti.csv', mimeType: 'text/csv', buffer: Buffer.from(`codice_fiscale;punti;massimo\n${operator.codice_fiscale};30;30\n`)});
	await provider.getByText('Maria Esempio ha già superato la verifica.').waitFor();
	await look(provider, 'results-results');
});

test('the provider finds it on the person’s page, the participant on their own', async () => {
	await provider.goto(`${server.app}/persone/${operator.id}`);
	await provider.getByRole('heading', {name: 'In aula e sul campo'}).waitFor();
	await provider.getByText('240 di 240 (100 %)').waitFor();
	await provider.getByText('24 su 30, soglia 23').first().waitFor();
	await look(provider, 'results-person');
	await logIn(page, server, operator.login, operator.password);
	await page.goto(`${server.app}/aula`);
	await page.getByText('24 su 30, soglia 23').waitFor();
	await page.getByText('Nelle stesse ore sei attesa/o anche altrove').first().waitFor();
	await look(page, 'results-mine');
	await page.goto(`${server.app}/aula/${made[0].event.id}/prova-finale/esito`);
	await page.getByText(/^In aula: esame orale, il/).waitFor();
	await look(page, 'results-outcome');
});

test('accredited professions are found by name or code and chosen with the keyboard', async () => {
	await provider.goto(`${server.app}/eventi/${made[1].event.id}`);
	await provider.getByLabel('Solo quelle scelte').check();
	await provider.getByRole('button', {name: 'Salva l’evento'}).click();
	await provider.getByText('Scegli almeno una professione o disciplina').waitFor();
	const search = provider.locator('#accredited');
	await search.fill('cardiologia');
	await search.press('ArrowDown');
	await provider.keyboard.press('ArrowDown');
	await provider.keyboard.press('ArrowDown');
	await provider.keyboard.press('Space');
	assert.ok(await provider.getByLabel('1.3 Cardiologia').isChecked());
	await search.fill('14');
	await search.press('Enter');
	await provider.getByLabel('14 Infermiere', {exact: true}).check();
	await search.fill('cardio');
	await provider.getByRole('button', {name: 'Togli le trovate'}).click();
	await search.fill('Medico chirurgo');
	await provider.getByText('(0 di 69 discipline)').or(provider.getByText('(0 di 70 discipline)')).waitFor();
	await search.fill('1.3');
	await provider.getByRole('button', {name: 'Scegli tutte le trovate'}).click();
	await search.fill('');
	await provider.getByText('Professioni scelte: 2 di 30').waitFor();
	await look(provider, 'results-accredited');
	await provider.getByRole('button', {name: 'Salva l’evento'}).click();
	await provider.getByText('Evento salvato').waitFor();
	const {events} = await person.must('GET', '/api/ecm/events');
	assert.deepEqual(events.find(one => one.id === made[1].event.id).accredited, ['1.3', '14']);
	assert.deepEqual(trouble().filter(each => !/status of (409|422)/.test(each)), []);
});
