// What a designer sees of a course under preview, and what is seen of somebody's journal, in Chromium.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityFaults, logIn, look, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {accounts, logInAs, prepareLearner} from './lib/demo.mjs';
import {package12} from './lib/package.mjs';
import {PROBE, calls, frameOf, saved} from './lib/player.mjs';
import {Server} from './lib/server.mjs';

const FAULTY = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Con errori</title><body><h1>Con errori</h1><button>Carica</button><script>
document.querySelector('button').onclick = function () {
	['missing.js', 'https://cdn.example.org/jquery.js', 'late.js'].forEach(function (src) {
		document.body.append(Object.assign(document.createElement('script'), {src: src}));
	});
};
</script></body></html>`;
const probe = (id, pages) => package12(id, Array.from({length: pages}, (_, n) => (
	{id: `i${n + 1}`, title: `Attività ${n + 1}`, href: `sco.html?n=${n + 1}`})), {'sco.html': PROBE});

let server, browser, person, operator;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	({person, operator} = await prepareLearner(server, {1: probe('probe-1', 1), 2: probe('probe-2', 3), 3: probe('probe-3', 1)}));
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

test('a preview plays the course and stores nothing', async () => {
	const designer = await logInAs(server, 'designer');
	const {courses} = await designer.must('GET', '/api/courses');
	const {id} = courses.find(({title}) => title === 'probe-1');
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	const {url} = await designer.must('POST', `/api/courses/${id}/preview`, {});
	await page.goto(url);
	assert.deepEqual(await calls(await frameOf(page), ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'preview'],
		['LMSCommit', '']), ['true', 'true', 'true']);
	assert.equal(await page.locator('#mode').textContent(), 'Anteprima: nulla viene registrato');
	assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('fad:journal'))), []);
	await page.reload();
	assert.deepEqual(await calls(await frameOf(page), ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', '']);
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'player-preview');
	await context.close();
});

test('a preview shows every call, the state and what may be done next', async () => {
	const designer = await logInAs(server, 'designer');
	const {id} = (await designer.must('GET', '/api/courses')).courses.find(({title}) => title === 'probe-2');
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	await page.setViewportSize({width: 1440, height: 900});
	const {url} = await designer.must('POST', `/api/courses/${id}/preview`, {});
	await page.goto(`${url}?name=Prova,%20Anna&mode=normal&credit=1`);
	const sco = await frameOf(page);
	assert.deepEqual(await calls(sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.student_name'], ['LMSSetValue', 'cmi.core.lesson_status', 'maybe'],
		['LMSSetValue', 'cmi.core.lesson_location', '<b>7</b>']), ['true', 'Prova, Anna', 'false', 'true']);
	const panel = page.locator('.debug');
	await panel.getByText('LMSSetValue("cmi.core.lesson_status", "maybe")').waitFor();
	assert.match(await panel.locator('tr.debug-wrong').innerText(), /405/);
	await panel.getByLabel('Solo errori').check();
	assert.equal(await panel.locator('tbody tr').count(), 1);
	await panel.getByRole('tab', {name: 'Dati cmi'}).click();
	await panel.getByText('<b>7</b>').waitFor();
	await panel.getByRole('tab', {name: 'Attività'}).click();
	await panel.getByText('corrente').first().waitFor();
	await look(page, 'player-debug');
	/* A request that the page itself turns down is told too. */
	await panel.getByRole('tab', {name: 'Chiamate'}).click();
	await page.getByRole('button', {name: 'Indietro'}).evaluate(button => {
		button.disabled = false;
		button.click();
	});
	await panel.locator('tr.debug-navigation.debug-wrong').filter({hasText: 'previous'}).filter({hasText: 'rifiutata'}).waitFor();
	await panel.getByRole('button', {name: 'Esci e riprendi'}).click();
	const resumed = await frameOf(page);
	assert.deepEqual(await calls(resumed, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location'], ['LMSGetValue', 'cmi.core.entry']),
		['true', '<b>7</b>', 'resume']);
	await panel.getByLabel('Solo errori').uncheck();
	await panel.getByText('suspendAll').first().waitFor();
	await calls(resumed, ['LMSSetValue', 'cmi.core.lesson_status', 'incomplete']);
	await panel.getByRole('tab', {name: 'Attività'}).click();
	await panel.locator('tr').filter({hasText: 'incomplete · corrente'}).waitFor();
	await context.close();
});

test('a preview shows what goes wrong in the course’s own pages', async () => {
	const designer = await logInAs(server, 'designer');
	await designer.importPackage('con-errori.zip', package12('Con errori', [{id: 'i1', title: 'Con errori', href: 'faulty.html'}],
		{'faulty.html': FAULTY, 'late.js': 'jQuery();\n'}));
	const {id} = (await designer.must('GET', '/api/courses')).courses.find(({title}) => title === 'Con errori');
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	const {url} = await designer.must('POST', `/api/courses/${id}/preview`, {});
	await page.goto(url);
	await (await frameOf(page)).getByRole('button', {name: 'Carica'}).click();
	const row = text => page.locator('.debug tr.debug-wrong').filter({hasText: text});
	await row('file non caricato faulty.html').filter({hasText: 'missing.js'}).waitFor();
	await row('bloccato per sicurezza faulty.html').filter({hasText: 'https://cdn.example.org/jquery.js'}).waitFor();
	await row('errore in uno script late.js:1:1').filter({hasText: 'jQuery is not defined'}).waitFor();
	await look(page, 'player-faults');
	await context.close();
});

test('each cell of the modules’ matrix opens a preview of the version that it holds', async () => {
	const {context, trouble} = await openContext(browser, server);
	const page = await context.newPage();
	await logIn(page, server, accounts.designer.login, accounts.designer.password);
	await page.goto(`${server.app}/moduli`);
	await look(page, 'matrix-preview');
	const cell = page.getByRole('button', {name: /^Anteprima del corso del modulo 2, livello /}).first();
	const opened = context.waitForEvent('page');
	await cell.click();
	const preview = await opened;
	await frameOf(preview);
	assert.equal(await preview.locator('#course-title').innerText(), 'probe-2');
	assert.match(await preview.locator('#mode').innerText(), /^Anteprima: nulla viene registrato · Modulo 2, \S/);
	assert.equal(await preview.locator('.debug').count(), 1);
	assert.deepEqual(trouble, []);
	await context.close();
});

test('the journal of an attempt is played back record by record, and who looks is written down', async () => {
	const {context} = await openContext(browser, server);
	const {url: launched} = await person.must('POST', '/api/me/launch', {module: 3});
	const learning = await context.newPage();
	await learning.goto(launched);
	const sco = await frameOf(learning);
	await calls(sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'pagina 3'], ['LMSSetValue', 'cmi.core.lesson_status', 'incomplete'], ['LMSCommit', '']);
	await saved(learning);
	await context.close();
	const provider = await logInAs(server, 'provider');
	const {attempts} = await provider.must('GET', `/api/people/${operator.id}`);
	const attempt = attempts.find(({module}) => module === 3);
	const {url} = await provider.must('POST', `/api/people/${operator.id}/attempts/${attempt.id}/inspect`, {});
	const {context: other} = await openContext(browser, server);
	const page = await other.newPage();
	await page.goto(url);
	await page.getByRole('heading', {name: 'Registro di Esempio, Maria'}).waitFor();
	await page.getByText('LMSSetValue("cmi.core.lesson_location", "pagina 3")').waitFor();
	await page.getByRole('tab', {name: 'Dati cmi'}).click();
	await page.getByText('pagina 3').waitFor();
	await page.getByLabel('Record', {exact: true}).fill('1');
	await page.getByText('Stato dopo il record 1 di').waitFor();
	assert.equal(await page.getByText('pagina 3').count(), 0);
	await page.getByLabel('Record', {exact: true}).press('ArrowRight');
	await page.getByText('Stato dopo il record 2 di').waitFor();
	await page.getByLabel('Record', {exact: true}).press('Home');
	await page.getByText('Stato dopo il record 0 di').waitFor();
	const reasons = page.locator('.debug-why').first();
	await reasons.getByText('Il corso non risulta completato: attività non concluse 1 su 1.').waitFor();
	await reasons.locator('li').filter({hasText: 'Ultimo stato detto dal corso: cmi.core.lesson_status = «incomplete».'}).last().getByRole('button').click();
	await page.getByRole('tab', {name: 'Chiamate'}).click();
	assert.match(await page.locator('tr[aria-current]').innerText(), /lesson_status", "incomplete"/);
	assert.equal(await page.getByRole('button', {name: 'Svuota'}).count(), 0);
	await look(page, 'player-journal');
	/* A journal that one answer does not hold: said, and the rest can be had. */
	await page.route('**/standing', async route => {
		const json = await (await route.fetch()).json();
		await route.fulfill({json: {...json, attempt: {...json.attempt, last_sequence: 70000},
			refused: [{at: Date.now(), code: 'DISAGREES', records: Buffer.from('rotto').toString('base64')}]}});
	});
	await page.reload();
	await page.locator('.debug-cut').filter({hasText: 'di 70000'}).waitFor();
	await page.getByRole('button', {name: 'Carica i successivi'}).click();
	await page.getByText('Registrazioni rifiutate dal server').click();
	await page.getByText('Non si leggono: sono danneggiate.').waitFor();
	/* It may look, and nothing else. */
	for (const [method, path] of [['POST', 'lease'], ['POST', 'journal?lease=1'], ['GET', 'globals']]) {
		assert.equal((await page.request.fetch(url + path, {method})).status(), 401);
	}
	assert.equal((await page.request.get(url.replace('/play/', '/content/') + 'sco.html')).status(), 401);
	const {acts} = await provider.must('GET', `/api/people/${operator.id}`);
	assert.ok(acts.some(({act}) => act === 'attempt.inspect'));
	await other.close();
});
