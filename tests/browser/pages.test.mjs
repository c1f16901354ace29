// Every page of the application, at the width of a telephone and of a desk: nothing wrong by WCAG 2.1 A and AA,
// nothing asked of another host, no error in the console, nothing wider than the window. Screenshots of all
// are left in the build folder.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {accessibilityFaults, logIn, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {accounts, logInAs} from './lib/demo.mjs';
import {Server} from './lib/server.mjs';

const WIDTHS = [360, 1440];
/** The application's own list of addresses: a page that is added is visited without a change here. */
const ROUTES = [...readFileSync(new URL('../../server/web/src/routes.js', import.meta.url), 'utf8')
	.matchAll(/\{\s*path: '([^']+)'(.*?)\}/g)].map(([, path, rest]) => ({path, role: /role: '(\w+)'/.exec(rest)?.[1] ?? null,
	open: /open: true/.test(rest)}));

/** Not a page to look at: it goes on to the player at once. */
const PASSING = ['/corso/:attempt/rinnova'];
/** What must have happened before a page has something to show. */
const FIRST = {
	'/questionario/domanda/:n': person => person.must('POST', '/api/me/placement'),
	'/questionario/riepilogo': person => person.must('POST', '/api/me/placement'),
	'/questionario/esito': finishPlacement,
};

/** Goes through the adaptive questionnaire without an answer. */
async function finishPlacement(person) {
	for (let view = await person.must('POST', '/api/me/placement'); view.state === 'open';) {
		const {position, revision} = view.item;
		view = await person.must('POST', '/api/me/placement/advance', {test: view.id, position, revision, skip: true});
	}
}

let server, browser;
/** What stands for :name in an address. */
const values = {n: '1', attempt: '1'};

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	await findValues();
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

/** Something that exists, for each kind of thing with a page of its own. */
async function findValues() {
	const provider = await logInAs(server, 'provider');
	const designer = await logInAs(server, 'designer');
	const administrator = await logInAs(server, 'administrator');
	const [event] = (await provider.must('GET', '/api/ecm/events')).events;
	for (let made = 0; made < 2; made++) { // what changed from one report to the next
		values['/esportazioni'] = String((await provider.must('POST', `/api/ecm/events/${event.id}/export`, {reason: ''})).id);
	}
	values['/persone'] = String((await provider.must('GET', '/api/people')).people[0].id);
	for (const {id} of (await provider.must('GET', '/api/people')).people) {
		const [one] = (await provider.must('GET', `/api/people/${id}/placements`)).placements;
		if (one) {
			values['/collocazioni'] = String(one.id);
			break;
		}
	}
	await findClass(provider, administrator);
	values['/corsi'] = String((await designer.must('GET', '/api/courses')).courses[0].id);
	values['/banche'] = String((await designer.must('GET', '/api/banks')).banks[0].id);
	const bank = (await designer.must('GET', '/api/banks')).banks.find(({active}) => active);
	values['/soglie'] = String((await designer.must('POST', '/api/standards', {name: 'Giuria', method: 'angoff', bank: bank.id, panel: 'Quattro esperti'})).id);
	values['/calibrazioni'] = String((await designer.must('POST', '/api/calibrations', {bank: bank.id, model: 'rasch', method: 'mml'})).id);
	values['/utenti'] = String((await administrator.must('GET', '/api/users')).users[0].id);
}

/** A class that the operator leads, another that the operator attends, and their sessions. */
async function findClass(provider, administrator) {
	const {events} = await provider.must('GET', '/api/ecm/events');
	const event = events.find(one => one.cod_evento === 'DEMO-RES');
	const operator = (await administrator.must('GET', `/api/users?search=${accounts.operator.login}`)).users.find(one => one.login === accounts.operator.login);
	const {id, ...fields} = event;
	const other = await provider.must('POST', '/api/ecm/events', {...fields, cod_edi: 2});
	const group = await provider.must('POST', `/api/classes/${other.id}/groups`, {name: 'Classe C'});
	await provider.must('PUT', `/api/class-groups/${group.id}/staff/${operator.id}`, {role: 'D'});
	const session = await provider.must('POST', `/api/class-groups/${group.id}/sessions`, {day: other.data_ini, begins: '09:00', ends: '13:00'});
	values['/classi'] = String(group.id);
	values['/incontri'] = String(session.id);
	values['/aula'] = String(id);
	values['/eventi'] = String(id);
}

/** @param {string} path */
function address(path) {
	return path.replace(/:(\w+)/g, (_, name, at) => {
		const parent = Object.keys(values).find(prefix => prefix.startsWith('/') && path.slice(0, at).includes(prefix));
		return (name !== 'n' && parent && values[parent]) || values[name] || '1';
	});
}

/** Visits one page at each width. @param {import('playwright-core').Page} page @param {string[]} trouble @param {string} path @param {string} name */
async function visit(page, trouble, path, name) {
	const faults = [];
	for (const width of WIDTHS) {
		trouble.length = 0;
		await page.setViewportSize({width, height: width < 600 ? 740 : 900});
		await page.goto(server.app + path);
		await page.locator('main h1').first().waitFor();
		await page.waitForFunction(() => !document.querySelector('main .loading'));
		await page.waitForLoadState('networkidle');
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		faults.push(...trouble, ...await accessibilityFaults(page), ...(wide > 0 ? [`${wide} px wider than the window`] : []));
		await shoot(page, `page-${name}-${width}`, {fullPage: true});
		if (faults.length > 0) {
			faults[faults.length - 1] += ` [${path}, ${width} px]`;
		}
	}
	return faults;
}

const slug = path => path.replace(/^\//, '').replace(/[/:]+/g, '-') || 'home';

test('pages for anybody', async () => {
	const {context, trouble} = await openContext(browser, server);
	const page = await context.newPage();
	for (const {path} of ROUTES.filter(({open}) => open)) {
		assert.deepEqual(await visit(page, trouble, address(path), slug(path)), []);
	}
	await context.close();
});

test('a page that does not exist', async () => {
	const {context, trouble} = await openContext(browser, server);
	const page = await context.newPage();
	await logIn(page, server, accounts.operator.login, accounts.operator.password);
	assert.deepEqual(await visit(page, trouble, '/non-esiste', 'not-found'), []);
	await context.close();
});

for (const role of ['operator', 'designer', 'provider', 'coordinator', 'administrator']) {
	test(`pages of the ${role}`, async t => {
		const {context, trouble} = await openContext(browser, server);
		const page = await context.newPage();
		await logIn(page, server, accounts[role].login, accounts[role].password);
		const person = await logInAs(server, role);
		for (const {path} of ROUTES.filter(route => (route.role === role || !route.role && !route.open) && !PASSING.includes(route.path))) {
			await t.test(path, async () => {
				await FIRST[path]?.(person);
				assert.deepEqual(await visit(page, trouble, address(path), `${role}-${slug(path)}`), []);
			});
		}
		await context.close();
	});
}

test('the operator’s home once placed', async () => {
	const {context, trouble} = await openContext(browser, server);
	const page = await context.newPage();
	await logIn(page, server, accounts.operator.login, accounts.operator.password);
	assert.deepEqual(await visit(page, trouble, '/percorso', 'operator-placed'), []);
	await context.close();
});

test('the designer says what decides the status of a course', async () => {
	const {context, trouble} = await openContext(browser, server);
	const page = await context.newPage();
	await logIn(page, server, accounts.designer.login, accounts.designer.password);
	await page.goto(server.app + address('/corsi/:id'));
	const form = page.getByRole('form', {name: 'Impostazioni SCORM 1.2'});
	const override = form.getByLabel('La soglia nel pacchetto decide');
	assert.equal(await override.isChecked(), false);
	assert.equal(await form.getByLabel('Tutte le unità').isChecked(), true);
	await override.check();
	await form.getByLabel('L’ultima unità').check();
	assert.equal(await form.getByRole('status').innerText(), 'Modifiche non salvate');
	assert.deepEqual(await accessibilityFaults(page), []);
	await form.getByRole('button', {name: 'Salva'}).click();
	await form.getByRole('status').filter({hasText: 'Impostazioni salvate'}).waitFor();
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'course-settings', {fullPage: true});
	await page.reload();
	await form.waitFor();
	assert.equal(await override.isChecked(), true);
	assert.equal(await form.getByLabel('L’ultima unità').isChecked(), true);
	assert.deepEqual(trouble, []);
	await context.close();
});

test('the pages in English', async () => {
	const {context, trouble} = await openContext(browser, server, {locale: 'en-GB'});
	const page = await context.newPage();
	await page.addInitScript(() => localStorage.setItem('fad.language', 'en'));
	assert.deepEqual(await visit(page, trouble, '/accesso', 'english'), []);
	await context.close();
});
