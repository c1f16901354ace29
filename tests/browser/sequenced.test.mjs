// A course of SCORM 2004 in the player, as a learner and its content use it: by keyboard alone, with sessions that the
// content ends, from its page or from a pop-up, and packages of several organizations.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityFaults, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {logInAs, prepareLearner} from './lib/demo.mjs';
import {package2004} from './lib/package.mjs';
import {Server} from './lib/server.mjs';

const page2004 = (from, title) => `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>${title}</title><body><h1>${title}</h1><script>
var api = null;
for (var at = ${from}, step = 0; step < 500 && !api; step++, at = at.parent) { api = at.API_1484_11; }
</script></body></html>`;
const FILES = {'sco.html': page2004('window', 'Prova'), 'popup.html': page2004('window.opener', 'Finestra')};
const items = (prefix, count, more = {}) => Array.from({length: count}, (_, n) => (
	{id: `${prefix}${n + 1}`, title: `${prefix} ${n + 1}`, href: `sco.html?at=${prefix}${n + 1}`, more: more[n + 1]}));
const HIDDEN = `<adlnav:presentation><adlnav:navigationInterface>${['previous', 'continue', 'exitAll', 'suspendAll'].map(name => (
	`<adlnav:hideLMSUI>${name}</adlnav:hideLMSUI>`)).join('')}</adlnav:navigationInterface></adlnav:presentation>`;
/** Activity 2 is closed once activity 1 is passed. */
const map = flag => `<imsss:objectives><imsss:primaryObjective objectiveID="p"><imsss:mapInfo targetObjectiveID="g" ${flag}="true"/>` +
	'</imsss:primaryObjective></imsss:objectives>';
const CLOSING = {1: `<imsss:sequencing>${map('writeSatisfiedStatus')}<imsss:deliveryControls objectiveSetByContent="true"/></imsss:sequencing>`,
	2: '<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/>' +
	`</imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>${map('readSatisfiedStatus')}</imsss:sequencing>`};
const COURSES = {
	1: package2004('keys', [{id: 'o', title: 'Tasti', items: items('parte', 3)}], FILES),
	2: package2004('ends', [{id: 'o', title: 'Fine', items: items('parte', 2)}], FILES),
	3: package2004('popups', [{id: 'o', title: 'Finestre', items: items('parte', 2)}], FILES),
	4: package2004('hides', [{id: 'o', title: 'Nascosti', items: items('parte', 2, {1: HIDDEN})}], FILES),
	5: package2004('several', [{id: 'first', title: 'Primo indirizzo', items: items('primo', 2)},
		{id: 'second', title: 'Secondo indirizzo', items: items('secondo', 2)}], FILES),
	6: package2004('closes', [{id: 'o', title: 'Chiuso', items: items('parte', 3, CLOSING)}], FILES),
};

let server, browser, person;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	({person} = await prepareLearner(server, COURSES));
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

async function open(module) {
	const {context, trouble} = await openContext(browser, server);
	const {url} = await person.must('POST', '/api/me/launch', {module});
	const page = await context.newPage();
	await page.goto(url);
	return {context, page, trouble};
}

/** The running course's frame, at the activity that is expected. */
async function at(page, activity) {
	await page.waitForFunction(wanted => document.querySelector('iframe[name=sco]')?.src.endsWith(wanted), `at=${activity}`);
	const frame = await (await page.waitForSelector('iframe[name=sco]')).contentFrame();
	await frame.waitForURL(url => url.search.endsWith(activity));
	return frame;
}

/** @param {any} frame @param {...[string, ...string[]]} list */
function calls(frame, ...list) {
	return frame.evaluate(wanted => wanted.map(([name, ...args]) => window.api[name](...args)), list);
}

const focused = page => page.evaluate(() => `${document.activeElement.tagName} ${document.activeElement.textContent}`.trim());
const isEnded = page => page.getByRole('heading', {name: 'Sessione conclusa'}).waitFor();

/** Tab until a button of this name has the focus, as somebody without a mouse does; then Enter. */
async function press(page, name) {
	for (let tabs = 0; tabs < 40; tabs++) {
		await page.keyboard.press('Tab');
		if (await focused(page) === `BUTTON ${name}`) {
			await page.keyboard.press('Enter');
			return;
		}
	}
	assert.fail(`Tab never came to ${name}`);
}

test('by keyboard alone: forward, back, by the contents, out and in again; the focus is always where the learner goes on', async () => {
	const {context, page} = await open(1);
	await at(page, 'parte1');
	assert.equal(await focused(page), 'IFRAME');
	await press(page, 'Avanti');
	await at(page, 'parte2');
	assert.equal(await focused(page), 'IFRAME');
	await press(page, 'Indietro');
	await at(page, 'parte1');
	await press(page, 'parte 3non iniziata');
	const frame = await at(page, 'parte3');
	assert.equal(await focused(page), 'IFRAME');
	assert.deepEqual(await accessibilityFaults(page), []);
	assert.deepEqual(await calls(frame, ['Initialize', ''], ['SetValue', 'cmi.location', 'p3']), ['true', 'true']);
	await press(page, 'Sospendi');
	await page.waitForURL(url => url.hostname === 'localhost');
	await context.close();
	const second = await open(1);
	const again = await at(second.page, 'parte3');
	assert.deepEqual(await calls(again, ['Initialize', ''], ['GetValue', 'cmi.location'], ['GetValue', 'cmi.entry'], ['Terminate', '']),
		['true', 'p3', 'resume', 'true']);
	await press(second.page, 'Termina');
	await isEnded(second.page);
	assert.equal(await focused(second.page), 'H2 Sessione conclusa');
	assert.equal(await second.page.locator('iframe').count(), 0, 'the course is gone');
	assert.deepEqual(await accessibilityFaults(second.page), []);
	await shoot(second.page, 'sequenced-ended');
	await press(second.page, 'Riapri il corso');
	await at(second.page, 'parte1');
	assert.equal(await focused(second.page), 'IFRAME');
	await second.context.close();
});

test('an entry that can no longer be chosen keeps the focus', async () => {
	const {context, page} = await open(6);
	const frame = await at(page, 'parte1');
	await page.getByRole('button', {name: /parte 2/}).focus();
	await calls(frame, ['Initialize', ''], ['SetValue', 'cmi.success_status', 'passed']);
	await page.getByText('non disponibile ora').waitFor();
	assert.match(await focused(page), /^SPAN .*parte 2.*non disponibile ora$/);
	await press(page, 'parte 3non iniziata');
	await at(page, 'parte3');
	await context.close();
});

test('the content ends the session, suspends it, or goes on by itself', async () => {
	const {context, page} = await open(2);
	await calls(await at(page, 'parte1'), ['Initialize', ''], ['SetValue', 'adl.nav.request', 'continue'], ['Terminate', '']);
	const second = await at(page, 'parte2');
	assert.equal(await focused(page), 'IFRAME');
	await calls(second, ['Initialize', ''], ['SetValue', 'cmi.location', 'here'], ['SetValue', 'adl.nav.request', 'suspendAll'], ['Terminate', '']);
	await page.getByRole('heading', {name: 'Corso sospeso'}).waitFor();
	assert.equal(await focused(page), 'H2 Corso sospeso');
	await page.getByRole('button', {name: 'Riapri il corso'}).click();
	const resumed = await at(page, 'parte2');
	assert.deepEqual(await calls(resumed, ['Initialize', ''], ['GetValue', 'cmi.location'], ['SetValue', 'cmi.exit', 'time-out'],
		['SetValue', 'adl.nav.request', 'previous'], ['Terminate', '']), ['true', 'here', 'true', 'true', 'true']);
	await isEnded(page);
	await page.getByRole('button', {name: 'Riapri il corso'}).click();
	await calls(await at(page, 'parte1'), ['Initialize', ''], ['SetValue', 'adl.nav.request', '{target=parte2}choice'], ['Terminate', '']);
	await calls(await at(page, 'parte2'), ['Initialize', ''], ['SetValue', 'adl.nav.request', 'exitAll'], ['Terminate', '']);
	await isEnded(page);
	assert.equal(await page.locator('iframe').count(), 0);
	await context.close();
});

test('a pop-up of the course speaks for it, and may end it', async () => {
	const {context, page} = await open(3);
	const frame = await at(page, 'parte1');
	const [popup] = await Promise.all([page.waitForEvent('popup'), frame.evaluate(() => void window.open('popup.html', 'course'))]);
	await popup.getByRole('heading', {name: 'Finestra'}).waitFor();
	assert.deepEqual(await calls(popup, ['Initialize', ''], ['SetValue', 'cmi.completion_status', 'completed'],
		['SetValue', 'adl.nav.request', 'continue'], ['Terminate', '']), ['true', 'true', 'true', 'true']);
	await at(page, 'parte2');
	/* It has outlived its activity: what it says now is the next one's, which has not begun. */
	assert.deepEqual(await popup.evaluate(() => [window.api.SetValue('cmi.location', 'x'), window.api.GetLastError()]), ['false', '132']);
	assert.deepEqual(await calls(popup, ['Initialize', ''], ['SetValue', 'adl.nav.request', 'exitAll'], ['Terminate', '']), ['true', 'true', 'true']);
	await isEnded(page);
	await context.close();
});

test('buttons that the course hides are not there', async () => {
	const {context, page} = await open(4);
	await at(page, 'parte1');
	for (const name of ['Indietro', 'Avanti', 'Sospendi', 'Termina']) {
		assert.equal(await page.getByRole('button', {name, exact: true}).count(), 0, name);
	}
	await page.getByRole('button', {name: /parte 2/}).click();
	await at(page, 'parte2');
	for (const name of ['Indietro', 'Avanti', 'Sospendi', 'Termina']) {
		await page.getByRole('button', {name, exact: true}).waitFor();
	}
	await context.close();
});

test('of several organizations the default one is played, and each can be looked at', async () => {
	const {context, page} = await open(5);
	await at(page, 'primo1');
	assert.equal(await page.getByRole('button', {name: /secondo/}).count(), 0);
	await context.close();
	const designer = await logInAs(server, 'designer');
	const {id} = (await designer.must('GET', '/api/courses')).courses.find(({title}) => /indirizzo|several/.test(title));
	for (const [organization, activity] of [[0, 'primo1'], [1, 'secondo1']]) {
		const {context: look} = await openContext(browser, server);
		const preview = await look.newPage();
		await preview.goto((await designer.must('POST', `/api/courses/${id}/preview`, {organization})).url);
		await at(preview, activity);
		await look.close();
	}
});
