// What the player does when an activity's time is over (max_time_allowed, time_limit_action), in Chromium.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {accessibilityFaults, openBrowser, openContext} from './lib/browser.mjs';
import {prepareLearner} from './lib/demo.mjs';
import {package12} from './lib/package.mjs';
import {saved} from './lib/player.mjs';
import {Server} from './lib/server.mjs';

const PAGE = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Prova</title><body><h1>Prova</h1><script>
var api = parent.API; api.LMSInitialize('');
addEventListener('beforeunload', function () { api.LMSSetValue('cmi.core.lesson_location', 'ultima'); api.LMSFinish(''); });
</script></body></html>`;
const limited = (id, action) => package12(id, [{id: 'i1', title: 'A tempo', href: 'sco.html', more:
	`<adlcp:maxtimeallowed>0000:00:03.00</adlcp:maxtimeallowed><adlcp:timelimitaction>${action}</adlcp:timelimitaction>`}], {'sco.html': PAGE});

let server, browser, person;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	({person} = await prepareLearner(server, {1: limited('exit', 'exit,message'), 2: limited('continue', 'continue,message'),
		3: limited('silent', 'exit,no message'), 4: limited('nothing', 'continue,no message')}));
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

async function open(module) {
	const {context} = await openContext(browser, server);
	const {url} = await person.must('POST', '/api/me/launch', {module});
	const page = await context.newPage();
	await page.goto(url);
	await page.waitForSelector('iframe[name=sco]');
	return {context, page};
}

const runs = page => page.locator('iframe[name=sco]').count();
const notice = page => page.locator('#notices').innerText();

test('exit,message: the course is closed, its last words are kept, the learner is told', async () => {
	const {context, page} = await open(1);
	await page.locator('#notices').getByText('è trascorso: l’attività è stata chiusa').waitFor();
	assert.equal(await runs(page), 0);
	assert.match(await page.locator('#panel').innerText(), /Sessione conclusa/);
	assert.deepEqual(await accessibilityFaults(page), []);
	await saved(page);
	await context.close();
	const again = await open(1);
	const frame = again.page.frame({name: 'sco'});
	await frame.waitForLoadState();
	assert.equal(await frame.evaluate(() => window.api.LMSGetValue('cmi.core.lesson_location')), 'ultima');
	await again.context.close();
});

test('the other actions: told once, closed in silence, or nothing', async () => {
	const [told, silent, nothing] = await Promise.all([open(2), open(3), open(4)]);
	await told.page.locator('#notices').getByText('è trascorso. Puoi continuare.').waitFor();
	assert.equal(await runs(told.page), 1);
	await told.page.evaluate(() => document.getElementById('notices').replaceChildren());
	await silent.page.locator('#panel').getByText('Sessione conclusa').waitFor();
	assert.deepEqual([await runs(silent.page), await notice(silent.page)], [0, '']);
	await told.page.waitForTimeout(6000);
	assert.equal(await notice(told.page), '', 'once');
	assert.deepEqual([await runs(nothing.page), await notice(nothing.page)], [1, '']);
	await Promise.all([told, silent, nothing].map(({context}) => context.close()));
});
