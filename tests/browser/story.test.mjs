// The whole mission in one browser: log in, placement, a module with the network cut and the server killed in
// the middle, the rest of the path, and the provider's export with this person in it.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {logIn, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {accounts, askLittleTime, logInAs, newOperator} from './lib/demo.mjs';
import {declare, fillQuestionnaire, handIn, sit} from './lib/exams.mjs';
import {Server} from './lib/server.mjs';

let server, browser, context, trouble, page;
/** @type {{login: string, password: string, codice_fiscale: string}} */
let operator;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	operator = await newOperator(server);
	({context, trouble} = await openContext(browser, server));
	page = await context.newPage();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

const state = (name, timeout = 60000) => page.waitForFunction(wanted => document.getElementById('save').dataset.state === wanted, name, {timeout});

/** The frame of the running course, started. */
async function course() {
	const handle = await page.waitForSelector('iframe[name=sco]');
	const frame = await handle.contentFrame();
	await frame.waitForFunction(() => /Schermata \d+ di/.test(document.getElementById('position')?.textContent ?? ''));
	return frame;
}

/** Turns to the next screen as a reader would. */
async function turn(frame) {
	await frame.getByRole('button', {name: 'Avanti', exact: true}).click();
}

/** Answers the self-check on the screen shown, rightly. */
async function answer(frame) {
	for (const {id, key} of await frame.evaluate(() => window.courseData.questions.map(({id, key}) => ({id, key})))) {
		for (const letter of key) {
			await frame.locator(`#${id}-${letter}`).check();
		}
	}
	await frame.locator('#questions [type="submit"]').click();
	await frame.getByText('La verifica è superata').waitFor();
}

/** Reads on from where the course is to its end. */
async function readToEnd(frame) {
	const next = frame.getByRole('button', {name: 'Avanti', exact: true});
	for (;;) {
		const check = frame.locator('#questions [type="submit"]');
		if (await check.isVisible()) {
			await answer(frame);
		}
		if (await next.isDisabled()) {
			return;
		}
		await next.click();
	}
}

async function backToPath() {
	await page.getByRole('link', {name: 'Torna al percorso'}).click();
	await page.waitForURL(url => url.hostname === 'localhost');
	await page.getByRole('heading', {name: 'I moduli', exact: true}).waitFor();
}

test('the operator logs in and is placed', async () => {
	await logIn(page, server, operator.login, operator.password);
	await page.getByRole('link', {name: 'Vai al questionario'}).click();
	await page.getByRole('button', {name: 'Inizia il questionario'}).click();
	for (;;) {
		await page.locator('fieldset.question').waitFor();
		const heading = await page.locator('h1').textContent();
		assert.match(heading, /al massimo \d+/);
		await page.locator('fieldset.question input').first().check();
		if (heading.includes('Domanda 3,')) {
			await shoot(page, 'story-adaptive');
			await page.reload(); // it resumes at the very item, with the answer given
			await page.locator('fieldset.question input:checked').waitFor();
		}
		await page.getByRole('button', {name: 'Conferma e continua'}).click();
		await page.waitForFunction(was => document.querySelector('h1').textContent !== was, heading);
		if (page.url().endsWith('/esito')) {
			break;
		}
	}
	await page.getByText('Il tuo livello è').waitFor();
	await shoot(page, 'story-placed');
	await page.getByRole('link', {name: 'Vai ai moduli'}).click();
	await page.getByRole('heading', {name: 'I moduli', exact: true}).waitFor();
	await shoot(page, 'story-path');
});

test('module 1 begins, the network goes and comes back', async () => {
	await page.getByRole('button', {name: 'Inizia: modulo 1'}).click();
	const frame = await course();
	await turn(frame);
	await state('saved');
	await shoot(page, 'story-module');
	await context.setOffline(true);
	await turn(frame);
	await turn(frame);
	await state('waiting');
	await shoot(page, 'story-offline');
	await context.setOffline(false);
	await state('saved', 40000);
});

test('the server dies and lives again, the course goes on', async () => {
	const frame = await course();
	await server.kill();
	await turn(frame);
	await state('waiting');
	await server.restart();
	await state('saved', 60000);
	await turn(frame);
	await state('saved');
});

test('the tab is closed, and the module resumes where it was', async () => {
	const before = await (await course()).locator('#position').textContent();
	assert.equal(before, (before.match(/^Schermata 6 di \d+$/) ?? [])[0]);
	await page.close();
	page = await context.newPage();
	await page.goto(`${server.app}/percorso`);
	await page.getByRole('button', {name: 'Continua: modulo 1'}).click();
	assert.equal(await (await course()).locator('#position').textContent(), before);
});

test('module 1 is completed', async () => {
	const frame = await course();
	await readToEnd(frame);
	await frame.getByText('Hai completato il modulo').waitFor();
	await shoot(page, 'story-module-end');
	await backToPath();
	await page.getByRole('button', {name: 'Rivedi: modulo 1'}).waitFor();
});

test('the other modules are completed', async () => {
	for (let module = 2; module <= 8; module++) {
		await page.getByRole('button', {name: `Inizia: modulo ${module}`}).click();
		await readToEnd(await course());
		await backToPath();
		await page.getByRole('button', {name: `Rivedi: modulo ${module}`}).waitFor();
	}
});

test('the path is complete when its time is done', async () => {
	await page.getByRole('heading', {name: 'Che cosa manca'}).waitFor();
	await shoot(page, 'story-time-missing');
	await askLittleTime(server, 1);
	await page.reload();
	await page.getByRole('heading', {name: 'Ora la prova finale'}).waitFor();
	await shoot(page, 'story-modules-complete');
});

test('the final test is passed and the questionnaire handed in', async () => {
	await page.getByRole('link', {name: 'Vai alla prova finale'}).click();
	await page.getByRole('button', {name: 'Inizia la prova'}).click();
	await sit(page, 11);
	await handIn(page);
	await page.getByRole('heading', {name: 'Hai superato la prova finale'}).waitFor();
	await page.getByRole('link', {name: 'Compila il questionario di qualità'}).click();
	await fillQuestionnaire(page);
	await page.getByRole('link', {name: 'Vai al percorso'}).click();
	await page.getByRole('heading', {name: 'Manca solo la dichiarazione'}).waitFor();
});

test('the declaration about sponsors is made in a minute, and then nothing is missing for the credits', async () => {
	await page.getByRole('link', {name: 'Compila la dichiarazione'}).first().click();
	await page.getByRole('button', {name: 'Dichiara'}).click();
	await page.getByText('Scegli una risposta.').waitFor();
	await shoot(page, 'story-declaration');
	await declare(page);
	await page.getByRole('heading', {name: 'Hai tutto per i crediti'}).waitFor();
	await page.getByRole('heading', {name: 'Hai completato il percorso'}).waitFor();
	await shoot(page, 'story-complete');
});

test('the certificate is there, genuine by its public check', async () => {
	await page.goto(`${server.app}/attestati`);
	await page.getByRole('button', {name: 'Ottieni l’attestato'}).click();
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', {name: 'Scarica il PDF'}).click()]);
	assert.match(readFileSync(await download.path(), 'latin1'), /^%PDF-1\.5/);
	const code = (await page.locator('main .code').first().textContent()).trim();
	await page.goto(`${server.app}/verifica/${code}`);
	await page.getByText('L’attestato è autentico e valido.').waitFor();
	await shoot(page, 'story-certificate');
	assert.deepEqual(trouble.filter(line => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_NETWORK/.test(line)), []);
});

test('the provider makes the report and downloads it, and this person is in it', async () => {
	const {context: office, trouble: complaints} = await openContext(browser, server, {acceptDownloads: true});
	const desk = await office.newPage();
	await logIn(desk, server, accounts.provider.login, accounts.provider.password);
	await desk.goto(`${server.app}/eventi`);
	await desk.locator('main a[href^="/eventi/"]:not([href$="nuovo"])').first().click();
	await desk.getByRole('button', {name: 'Crea il rapporto XML'}).click();
	await desk.getByText(/Rapporto creato|Il rapporto è stato creato/).first().waitFor();
	await shoot(desk, 'story-export');
	await desk.goto(`${server.app}/esportazioni`);
	const [download] = await Promise.all([desk.waitForEvent('download'), desk.locator('a[href$="report.xml"]').first().click()]);
	const xml = readFileSync(await download.path(), 'latin1');
	await office.close();
	assert.deepEqual(complaints, []);

	const provider = await logInAs(server, 'provider');
	const [event] = (await provider.must('GET', '/api/ecm/events')).events;
	const [made] = (await provider.must('GET', '/api/ecm/exports')).exports;
	assert.match(xml, /^<\?xml version="1.0" encoding="ISO-8859-1"/i);
	assert.equal(createHash('sha256').update(xml, 'latin1').digest('hex'), made.sha256, 'the file is the one on record');
	assert.equal((xml.match(/<partecipante /g) ?? []).length, made.rows);
	const row = xml.split(/<partecipante /).find(part => part.includes(`"${operator.codice_fiscale}"`));
	assert.ok(row, 'the person has a row');
	assert.match(row, /ruolo="P"/);
	assert.match(row, new RegExp(`cred_acq="${Number(event.crediti).toFixed(1)}"`));
	assert.match(row, /<professione cod_prof="14"><disciplina>85<\/disciplina>/);
	const list = await provider.send('GET', `/api/ecm/events/${event.id}/participants.csv`);
	assert.match(list.text, new RegExp(operator.codice_fiscale));
});

test('the provider adds a teacher, marks the report as sent, sends a corrected one and sees what changed', async () => {
	const {context: office, trouble: complaints} = await openContext(browser, server, {acceptDownloads: true});
	const desk = await office.newPage();
	await logIn(desk, server, accounts.provider.login, accounts.provider.password);
	const provider = await logInAs(server, 'provider');
	const [event] = (await provider.must('GET', '/api/ecm/events')).events;
	await desk.goto(`${server.app}/eventi/${event.id}`);
	await desk.getByRole('button', {name: /^Segna .* come inviato$/}).first().click();
	await desk.getByLabel('Numero di protocollo').fill('PROT-2026/17');
	await desk.getByRole('dialog').getByRole('button', {name: 'Segna come inviato'}).click();
	await desk.getByText(/Il rapporto è stato inviato il .*PROT-2026\/17/).waitFor();

	await desk.goto(`${server.app}/eventi/${event.id}/docenti`);
	await desk.getByRole('button', {name: 'Aggiungi docente o tutor'}).click();
	const dialog = desk.getByRole('dialog');
	await dialog.getByLabel('Codice fiscale').fill('NREGLI70A41H501C');
	await dialog.getByLabel('Codice fiscale').blur();
	await dialog.getByLabel('Cognome').fill('Neri');
	await dialog.getByLabel('Nome', {exact: true}).fill('Giulia');
	await dialog.getByLabel('Rapporto di lavoro').selectOption('L');
	await dialog.getByLabel('Professione ECM').selectOption('1');
	await dialog.getByLabel('Disciplina').selectOption('58');
	await dialog.getByRole('button', {name: 'Aggiungi un’altra professione'}).click();
	await dialog.getByRole('group', {name: 'Professione 2'}).getByLabel('Professione ECM').selectOption('14');
	await dialog.getByLabel('Minuti di docenza').fill('60');
	await dialog.getByText('Vuoto: quelli calcolati, 3.0.').waitFor();
	await dialog.getByRole('button', {name: 'Salva'}).click();
	await desk.getByRole('row', {name: /Neri Giulia.*Docente.*3,0/}).waitFor();
	await shoot(desk, 'story-staff');

	await desk.goto(`${server.app}/eventi/${event.id}`);
	await desk.getByLabel('Perché un rapporto nuovo').fill('aggiunta la docente');
	await desk.getByRole('button', {name: 'Crea il rapporto XML'}).click();
	await desk.getByText(/va inviato al posto di quello/).waitFor();
	await desk.getByRole('link', {name: /^Che cosa cambia in/}).first().click();
	await desk.getByRole('heading', {name: /^Solo dopo \(1\)/}).waitFor();
	await desk.getByRole('row', {name: /NERI GIULIA/}).waitFor();
	const [made] = (await provider.must('GET', '/api/ecm/exports')).exports;
	const answer = await provider.send('GET', `/api/ecm/exports/${made.id}/report.xml`);
	await desk.goto(`${server.app}/eventi/${event.id}/confronto`);
	await desk.locator('#report').setInputFiles({name: 'report.XML', mimeType: 'application/xml', buffer: Buffer.from(answer.text, 'latin1')});
	await desk.getByText('Nessuna differenza.').waitFor();
	await shoot(desk, 'story-compare');
	await office.close();
	assert.deepEqual(complaints, []);
	assert.match(answer.text, /ruolo="D" lib_dip="L"/);
	assert.equal(made.reason, 'aggiunta la docente');
});
