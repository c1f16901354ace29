// A second version is published with each policy while one person is in the middle of the course, one has completed it and
// one has not begun: who sees what, in Chromium; and a player that is open meanwhile loses nothing.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityFaults, logIn, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {accounts, logInAs} from './lib/demo.mjs';
import {package12} from './lib/package.mjs';
import {Person} from './lib/person.mjs';
import {saved} from './lib/player.mjs';
import {Server} from './lib/server.mjs';

const PASSWORD = 'una frase facile da ricordare';
const POLICIES = ['Nessuno', 'Chi l’ha aperto senza fare nulla', 'Chi non l’ha completato', 'Tutti'];
/** One page, which says its edition and takes a score; the button completes. */
const page = edition => `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Prova</title><body><h1>Edizione ${edition}</h1>
<button onclick="api.LMSSetValue('cmi.core.lesson_status', 'passed'); api.LMSCommit('')">Completa</button><script>
var api = parent.API; api.LMSInitialize('');
if (api.LMSGetValue('cmi.core.lesson_status') === 'not attempted') {
	api.LMSSetValue('cmi.core.lesson_status', 'incomplete'); api.LMSSetValue('cmi.core.score.raw', '40'); api.LMSCommit('');
}
</script></body></html>`;
const course = edition => package12('Corso in due edizioni', [{id: 'i1', title: 'Prova', href: 'sco.html'}], {'sco.html': page(edition)});

let server, browser, designer, versions, levels, people;

async function newPerson(login) {
	const [administrator, provider] = [await logInAs(server, 'administrator'), await logInAs(server, 'provider')];
	const {user} = await administrator.must('POST', '/api/users', {login, family_name: 'Prova', given_name: login, roles: ['operator']});
	const {one_time_password: once} = await administrator.must('POST', `/api/users/${user.id}/reset-password`, {});
	const person = await Person.logIn(server, login, once);
	await person.must('POST', '/api/session/password', {old: once, new: PASSWORD});
	await provider.must('POST', `/api/people/${user.id}/placement/override`, {level: levels[0].id, why: 'Prova delle versioni'});
	const {context, trouble} = await openContext(browser, server);
	const tab = await context.newPage();
	await logIn(tab, server, login, PASSWORD);
	return {login, context, trouble, tab};
}

/** Opens a module from the person's home; tells the edition that is seen. */
async function open(person, module) {
	await person.tab.goto(`${server.app}/percorso`);
	await person.tab.getByRole('button', {name: new RegExp(`modulo ${module}$`, 'i')}).last().click();
	const frame = await (await person.tab.waitForSelector('iframe[name=sco]')).contentFrame();
	const title = await frame.locator('h1').innerText();
	await saved(person.tab);
	return {frame, edition: title.replace('Edizione ', '')};
}

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	const api = await logInAs(server, 'designer');
	({levels} = await api.must('GET', '/api/path'));
	versions = [];
	for (const edition of ['uno', 'due']) {
		versions.push((await api.importPackage('edizioni.zip', course(edition))).version);
	}
	/* The demonstration's own people worked with its courses: these modules are new to everybody. */
	const path = await api.must('GET', '/api/path');
	const more = [1, 2, 3, 4].map(n => ({title_it: `Prova ${n}`, title_en: `Probe ${n}`, minutes_expected: 5}));
	await api.must('PUT', '/api/path', {order: 'free', modules: [...path.modules.map(({title_it, title_en, minutes_expected}) => ({title_it, title_en, minutes_expected})), ...more]});
	for (const module of [9, 10, 11, 12]) {
		await api.must('PUT', `/api/path/modules/${module}/levels/${levels[0].id}`, {version: versions[0].id});
	}
	people = {};
	for (const login of ['comincia', 'completa', 'aspetta']) {
		people[login] = await newPerson(login);
	}
	const {context, trouble} = await openContext(browser, server);
	designer = {tab: await context.newPage(), trouble, api};
	await logIn(designer.tab, server, accounts.designer.login, accounts.designer.password);
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

test('one is under way, one has completed', async () => {
	for (const module of [9, 10, 11, 12]) {
		const {frame, edition} = await open(people.completa, module);
		assert.equal(edition, 'uno');
		await frame.getByRole('button', {name: 'Completa'}).click();
		await saved(people.completa.tab);
		assert.equal((await open(people.comincia, module)).edition, 'uno');
		await saved(people.comincia.tab);
	}
});

test('the designer sees whom each choice touches, and publishes', async () => {
	const {tab} = designer;
	for (const [i, policy] of POLICIES.entries()) {
		await tab.goto(`${server.app}/moduli`);
		await tab.getByRole('button', {name: `Passa alla versione 2 del corso del modulo ${9 + i}, livello ${levels[0].name_it}`}).click();
		const dialog = tab.getByRole('dialog');
		await dialog.getByText('Chi passa alla nuova versione').waitFor();
		const told = await Promise.all(POLICIES.map(name => dialog.getByLabel(name).locator('..').locator('.tag').innerText()));
		assert.deepEqual(told, ['0 persone toccate', '0 persone toccate', '1 persona toccata', '2 persone toccate']);
		assert.match(await dialog.innerText(), /0 l’hanno solo aperto, 1 è in corso, 1 ha completato/);
		assert.deepEqual(await accessibilityFaults(tab), []);
		if (i === 3) {
			await shoot(tab, 'versions-publish');
		}
		await dialog.getByLabel(policy).check();
		await dialog.getByRole('button', {name: 'Pubblica'}).click();
		await dialog.waitFor({state: 'detached'});
	}
	assert.deepEqual(designer.trouble, []);
});

test('a player that is open goes on, and the home tells what comes', async () => {
	const {tab} = people.comincia; /* module 12 is still open in it */
	const frame = await (await tab.waitForSelector('iframe[name=sco]')).contentFrame();
	await frame.evaluate(() => {
		api.LMSSetValue('cmi.core.lesson_location', 'qui');
		api.LMSCommit('');
	});
	await saved(tab);
	await tab.goto(`${server.app}/percorso`);
	const rows = tab.locator('li.module');
	assert.match(await rows.nth(11).innerText(), /alla prossima apertura ricominci con la nuova versione/);
	assert.match(await rows.nth(10).innerText(), /alla prossima apertura/);
	assert.doesNotMatch(await rows.nth(8).innerText(), /aggiornato/);
	assert.deepEqual(await accessibilityFaults(tab), []);
	await shoot(tab, 'versions-home', {fullPage: true});
});

test('each sees the version that the policy says', async () => {
	const seen = {};
	for (const [login, person] of Object.entries(people)) {
		seen[login] = [];
		for (const module of [9, 10, 11, 12]) {
			seen[login].push((await open(person, module)).edition);
			if (login === 'comincia' && module === 12) {
				await person.tab.getByText('Questo modulo è stato aggiornato: stai vedendo la nuova versione').waitFor();
				await shoot(person.tab, 'versions-player');
			}
		}
	}
	assert.deepEqual(seen, {
		comincia: ['uno', 'uno', 'due', 'due'],
		completa: ['uno', 'uno', 'uno', 'due'],
		aspetta: ['due', 'due', 'due', 'due'],
	});
	await people.completa.tab.goto(`${server.app}/percorso`);
	for (const row of [8, 9, 10, 11]) {
		assert.match(await people.completa.tab.locator('li.module').nth(row).innerText(), /completato/i);
	}
	for (const {trouble} of Object.values(people)) {
		assert.deepEqual(trouble, []);
	}
});

test('what is confirmed is what was shown', async () => {
	const {tab} = designer;
	await tab.goto(`${server.app}/corsi/${versions[0].course ?? (await designer.api.must('GET', '/api/courses')).courses.find(each => each.versions.some(({id}) => id === versions[0].id)).id}`);
	await tab.getByRole('button', {name: 'Torna a questa versione: versione 1'}).click();
	const dialog = tab.getByRole('dialog');
	await dialog.getByText('Chi passa alla nuova versione').waitFor();
	assert.equal(await dialog.getByRole('checkbox').count(), 4);
	await dialog.getByLabel('Chi non l’ha completato').check();
	/* Somebody completes meanwhile. */
	const {frame} = await open(people.aspetta, 9);
	await frame.getByRole('button', {name: 'Completa'}).click();
	await saved(people.aspetta.tab);
	await dialog.getByRole('button', {name: 'Pubblica'}).click();
	await dialog.getByText('Nel frattempo i numeri sono cambiati').waitFor();
	designer.trouble.length = 0; /* the refusal, as the browser logs it */
	await dialog.getByRole('button', {name: 'Pubblica'}).click();
	await dialog.waitFor({state: 'detached'});
	await tab.getByText('Versione 1 pubblicata nel modulo 9').first().waitFor();
	assert.deepEqual(await accessibilityFaults(tab), []);
	/* Back on version 1, everybody finds what they had there. */
	assert.equal((await open(people.comincia, 12)).edition, 'uno');
	const again = await (await people.comincia.tab.waitForSelector('iframe[name=sco]')).contentFrame();
	assert.equal(await again.evaluate(() => api.LMSGetValue('cmi.core.lesson_location')), 'qui');
	assert.deepEqual(designer.trouble, []);
});

test('a new version is uploaded on the course’s own page, as a job', async () => {
	const {tab} = designer;
	await tab.locator('#package').setInputFiles({name: 'edizione tre.zip', mimeType: 'application/zip', buffer: course('tre')});
	await tab.getByText('edizione tre.zip è stato aggiunto').waitFor();
	await tab.getByRole('heading', {name: 'Versione 3'}).waitFor();
	assert.deepEqual(await accessibilityFaults(tab), []);
	await shoot(tab, 'versions-upload', {fullPage: true});
	await tab.locator('#package').setInputFiles({name: 'rotto.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip')});
	await tab.getByText('rotto.zip non è stato accettato').waitFor();
	await tab.getByText('Il file non è uno zip.').waitFor();
	/* Whoever comes back finds both; on another course's page they are nobody's business. */
	await tab.reload();
	await tab.getByText('rotto.zip non è stato accettato').waitFor();
	await tab.getByRole('button', {name: 'Togli rotto.zip dall’elenco'}).click();
	await tab.getByText('rotto.zip non è stato accettato').waitFor({state: 'detached'});
	await tab.reload();
	await tab.getByText('edizione tre.zip è stato aggiunto').waitFor();
	assert.equal(await tab.getByText('rotto.zip').count(), 0);
	await tab.goto(`${server.app}/corsi`);
	await tab.getByRole('link', {name: 'Corso in due edizioni'}).waitFor();
	await tab.locator('tbody a').filter({hasNotText: 'Corso in due edizioni'}).first().click();
	await tab.getByRole('heading', {name: 'Carica una nuova versione'}).waitFor();
	assert.equal(await tab.getByText('edizione tre.zip').count(), 0);
	assert.deepEqual(designer.trouble, []);
});
