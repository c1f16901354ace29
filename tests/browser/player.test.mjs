// The player in its corner cases, in Chromium, against the real server. Each test has a learner's module of
// its own: a small course whose calls the test makes itself, from inside its frame.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {openBrowser, openContext, logIn, shoot, accessibilityFaults} from './lib/browser.mjs';
import {logInAs, prepareLearner} from './lib/demo.mjs';
import {package12, zip} from './lib/package.mjs';
import {ask} from './lib/person.mjs';
import {PROBE, calls, frameOf, saved, state} from './lib/player.mjs';
import {Server} from './lib/server.mjs';

const SECOND = '<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Due</title><body><h1>Pagina due</h1></body></html>';
const POPUP = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Finestra</title><body><h1>Finestra</h1><script>
var api = null;
for (var at = window.opener, step = 0; step < 7 && !api; step++, at = at.parent) { api = at.API; }
</script></body></html>`;
const NESTED = '<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Cornice</title><body><iframe title="a" src="frame.html"></iframe></body></html>';
const FRAME = '<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Cornice</title><body><iframe title="b" src="sco.html"></iframe></body></html>';
const LAST_WORDS = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Ultime parole</title><body><h1>Ultime parole</h1><script>
var api = parent.API; api.LMSInitialize('');
addEventListener('unload', function () {
	api.LMSSetValue('cmi.core.lesson_location', 'unload'); api.LMSSetValue('cmi.core.exit', 'suspend'); api.LMSFinish('');
});
</script></body></html>`;
const WORKER = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Service worker</title><body><h1>Service worker</h1><script>
try { top.location = '/content/elsewhere'; } catch (error) { /* the browser may throw */ }
var outcome = navigator.serviceWorker.register('worker.js').then(function () { return 'registered'; }, function () { return 'refused'; });
</script></body></html>`;
const FILES = {'sco.html': PROBE, 'second.html': SECOND, 'popup.html': POPUP, 'nested.html': NESTED, 'frame.html': FRAME,
	'last.html': LAST_WORDS, 'worker.html': WORKER, 'worker.js': 'self.addEventListener("fetch", () => {});'};
const ONE = [{id: 'i1', title: 'Prova', href: 'sco.html'}];
const COURSES = {
	1: package12('probe-1', ONE, FILES),
	2: package12('probe-2', [1, 2, 3].map(n => ({id: `i${n}`, title: `Attività ${n}`, href: `sco.html?n=${n}`})), FILES),
	3: package12('probe-3', [{id: 'i1', title: 'Cornici', href: 'nested.html'}], FILES),
	4: package12('probe-4', [{id: 'i1', title: 'Ultime parole', href: 'last.html'}], FILES),
	5: package12('probe-5', [{id: 'i1', title: 'Service worker', href: 'worker.html'}], FILES),
	6: package12('probe-6', ONE, FILES),
	7: package12('probe-7', ONE, FILES),
	8: package12('probe-8', ONE, FILES),
};

let server, browser, person, operator;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	({person, operator} = await prepareLearner(server, COURSES));
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

/** Opens a module of the learner in a browser profile; a new one unless given. */
async function open(module, {context} = {}) {
	const profile = context ?? (await openContext(browser, server)).context;
	const {url} = await person.must('POST', '/api/me/launch', {module});
	const page = await profile.newPage();
	await page.goto(url);
	return {context: profile, page, sco: await frameOf(page)};
}

const saving = page => page.locator('#save-text');

test('a tab closed without LMSFinish is resumed where it was', async () => {
	const first = await open(1);
	assert.deepEqual(await calls(first.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.entry'],
		['LMSSetValue', 'cmi.core.lesson_status', 'incomplete'], ['LMSSetValue', 'cmi.core.lesson_location', 'p7'],
		['LMSSetValue', 'cmi.suspend_data', '{"a":"perché"}'], ['LMSCommit', '']), ['true', 'ab-initio', 'true', 'true', 'true', 'true']);
	await first.page.close();
	const second = await open(1);
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location'],
		['LMSGetValue', 'cmi.suspend_data'], ['LMSGetValue', 'cmi.core.lesson_status']), ['true', 'p7', '{"a":"perché"}', 'incomplete']);
	await first.context.close();
	await second.context.close();
});

test('what was set just before the tab closes arrives without a Commit', async () => {
	const first = await open(1);
	await calls(first.sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'last']);
	await first.page.close({runBeforeUnload: false});
	const second = await open(1); /* another profile: nothing but the server can know it */
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'last']);
	await first.context.close(); /* not before: a profile that is thrown away takes its beacons along */
	await second.context.close();
});

test('whoever opens the course elsewhere is not faster than the last words of a page just closed', async () => {
	const first = await open(1);
	await calls(first.sco, ['LMSInitialize', '']);
	await saved(first.page);
	/* From here on nothing leaves that page but what the test carries over. */
	await first.context.route('**/journal?*', route => route.abort());
	await calls(first.sco, ['LMSSetValue', 'cmi.core.lesson_location', 'late']);
	const late = await first.page.evaluate(async () => {
		const sent = new Promise(resolve => {
			navigator.sendBeacon = (address, body) => resolve({address: new URL(address, location.href).href, body});
		});
		window.dispatchEvent(new PageTransitionEvent('pagehide'));
		const {address, body} = await sent;
		return {address, body: [...new Uint8Array(await body.arrayBuffer())]};
	});
	await first.page.close();
	const {context} = await openContext(browser, server);
	let asked = 0;
	await context.route('**/launch.json', async route => {
		if (++asked === 2) {
			const {pathname, search} = new URL(late.address);
			const answer = await ask(server, 'POST', pathname + search, {host: '127.0.0.1', body: Buffer.from(late.body)});
			assert.equal(answer.status, 200, answer.text);
		}
		await route.continue();
	});
	const second = await open(1, {context});
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'late']);
	await first.context.close();
	await second.context.close();
});

test('methods work detached, answer with strings, and the other edition has no API', async () => {
	const {page, sco, context} = await open(1);
	assert.deepEqual(await sco.evaluate(() => {
		const {LMSInitialize, LMSGetValue, LMSGetLastError, LMSSetValue} = window.api;
		const answers = [LMSInitialize(''), LMSGetValue('cmi.core.student_name'), LMSGetLastError(), LMSSetValue('cmi.core.score.raw', 80),
			LMSGetValue('cmi.core.score.raw'), LMSSetValue.call(null, 'cmi.core.lesson_location', undefined)];
		return answers.map(answer => typeof answer).concat(String(LMSGetValue('cmi.core.score.raw')));
	}), ['string', 'string', 'string', 'string', 'string', 'string', '80']);
	assert.equal(await page.evaluate(() => typeof window.API_1484_11), 'undefined');
	await context.close();
});

test('without network the work waits in the browser and says so', async () => {
	const {page, sco, context} = await open(1);
	await calls(sco, ['LMSInitialize', '']);
	await saved(page);
	await context.setOffline(true);
	await calls(sco, ['LMSSetValue', 'cmi.core.lesson_location', 'offline'], ['LMSCommit', '']);
	await state(page, 'waiting');
	assert.equal(await saving(page).textContent(), 'In attesa di rete: il lavoro è conservato in questo browser');
	await shoot(page, 'player-offline');
	await context.setOffline(false);
	await saved(page);
	assert.match(await saving(page).textContent(), /^Salvato alle \d\d:\d\d$/);
	await context.close();
	const second = await open(1);
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'offline']);
	await second.context.close();
});

test('leaving without network is told, and one may stay', async () => {
	const {page, sco, context} = await open(1);
	await calls(sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.exit', 'suspend']);
	await saved(page);
	await context.setOffline(true);
	await calls(sco, ['LMSSetValue', 'cmi.core.lesson_location', 'stayed']);
	await page.getByRole('link', {name: 'Torna al percorso'}).click();
	await page.getByRole('heading', {name: 'Corso sospeso'}).waitFor();
	assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Corso sospeso', 'the heading has the focus');
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'player-leaving-offline');
	await context.setOffline(false);
	await page.getByRole('button', {name: 'Resta qui'}).click();
	assert.deepEqual(await calls(await frameOf(page), ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location'],
		['LMSGetValue', 'cmi.core.entry']), ['true', 'stayed', 'resume']);
	await saved(page);
	await context.close();
});

test('work left in the browser by a visit that ended without network is recovered', async () => {
	const {page, sco, context} = await open(1);
	await calls(sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'before']);
	await saved(page);
	/* Not setOffline(): a page that closes may outlive what was asked of its network. */
	await page.evaluate(() => {
		window.fetch = () => Promise.reject(new TypeError('no network'));
		navigator.sendBeacon = () => false;
	});
	await calls(sco, ['LMSSetValue', 'cmi.core.lesson_location', 'left behind']);
	await page.close();
	const second = await open(1, {context});
	await second.page.locator('#notices').filter({hasText: 'Ripreso il lavoro'}).waitFor();
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'left behind']);
	await saved(second.page);
	await context.close();
});

test('the server may be killed at any time', async () => {
	const {page, sco, context} = await open(6);
	await calls(sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'one']);
	await saved(page);
	await server.kill();
	await calls(sco, ['LMSSetValue', 'cmi.core.lesson_location', 'two'], ['LMSCommit', '']);
	await state(page, 'waiting');
	await server.restart();
	await saved(page);
	await context.close();
	const second = await open(6);
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'two']);
	await second.context.close();
});

test('the newest of two tabs holds the course, the older becomes read-only', async () => {
	const first = await open(6);
	await calls(first.sco, ['LMSInitialize', '']);
	const second = await open(6, {context: first.context});
	await first.page.bringToFront();
	await first.page.getByRole('dialog').getByRole('heading', {name: 'Il corso è aperto altrove'}).waitFor();
	assert.deepEqual(await accessibilityFaults(first.page), []);
	await shoot(first.page, 'player-taken');
	assert.deepEqual(await calls(first.sco, ['LMSSetValue', 'cmi.core.lesson_location', 'older'], ['LMSGetLastError']), ['false', '101']);
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'newer']), ['true', 'true']);
	await saved(second.page);
	await first.page.getByRole('button', {name: 'Continua qui'}).click();
	await first.page.waitForLoadState();
	assert.deepEqual(await calls(await frameOf(first.page), ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'newer']);
	await first.context.close();
});

test('another device that takes over is told by the server', async () => {
	const first = await open(6);
	await calls(first.sco, ['LMSInitialize', '']);
	const second = await open(6);
	await calls(second.sco, ['LMSInitialize', '']);
	await calls(first.sco, ['LMSSetValue', 'cmi.core.lesson_location', 'older'], ['LMSCommit', '']);
	await state(first.page, 'taken');
	assert.deepEqual(await calls(first.sco, ['LMSCommit', '']), ['false']);
	await first.context.close();
	await second.context.close();
});

test('suspend data of 64 kB and of 300 kB is kept', async () => {
	for (const size of [64000, 300000]) {
		const first = await open(7);
		const data = 'è'.repeat(size / 2);
		assert.deepEqual(await calls(first.sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.suspend_data', data]), ['true', 'true']);
		await first.page.close(); /* too large for a beacon: it must come from local storage */
		const second = await open(7, {context: first.context});
		const [, kept] = await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.suspend_data']);
		assert.equal(kept, data);
		await saved(second.page);
		await first.context.close();
		const third = await open(7);
		assert.equal((await calls(third.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.suspend_data']))[1], data);
		await third.context.close();
	}
});

test('a hundred interactions are recorded', async () => {
	const {page, sco, context} = await open(7);
	const answers = await sco.evaluate(() => {
		window.api.LMSInitialize('');
		const said = new Set();
		const start = Number(window.api.LMSGetValue('cmi.interactions._count'));
		for (let n = start; n < start + 100; n++) {
			for (const [name, value] of [['id', `q${n}`], ['type', 'choice'], ['student_response', 'a'], ['result', 'correct']]) {
				said.add(window.api.LMSSetValue(`cmi.interactions.${n}.${name}`, value));
			}
		}
		return [...said, window.api.LMSGetValue('cmi.interactions._count')];
	});
	assert.deepEqual(answers, ['true', '100']);
	await saved(page);
	await context.close();
});

test('the API is found from frames inside frames and from a pop-up', async () => {
	const {page, sco, context} = await open(3);
	const inner = page.frames().find(frame => frame.url().endsWith('sco.html')) ??
		await page.waitForEvent('framenavigated', {predicate: frame => frame.url().endsWith('sco.html')});
	await inner.waitForLoadState();
	assert.deepEqual(await calls(inner, ['LMSInitialize', '']), ['true']);
	const [popup] = await Promise.all([page.waitForEvent('popup'), sco.evaluate(() => void window.open('popup.html'))]);
	await popup.waitForLoadState();
	assert.deepEqual(await calls(popup, ['LMSSetValue', 'cmi.core.lesson_location', 'popup']), ['true']);
	await saved(page);
	await context.close();
});

test('last words in unload arrive, whatever way the page is left', async () => {
	const opened = page => page.frameLocator('iframe[name=sco]').getByRole('heading', {name: 'Ultime parole'}).waitFor();
	const ways = {
		close: async page => page.close(),
		navigate: async page => page.goto('about:blank'),
		reload: async page => {
			await page.reload();
			await opened(page);
			await saved(page);
			await page.close();
		},
		back: async page => page.getByRole('link', {name: 'Torna al percorso'}).click(),
	};
	for (const [name, leave] of Object.entries(ways)) {
		const {page, context} = await open(4);
		await opened(page);
		await leave(page);
		const second = await open(4);
		assert.equal(await second.sco.evaluate(() => window.api.LMSGetValue('cmi.core.lesson_location')), 'unload', name);
		assert.equal(await second.sco.evaluate(() => window.api.LMSGetValue('cmi.core.entry')), 'resume', name);
		await second.sco.evaluate(() => window.api.LMSSetValue('cmi.core.lesson_location', 'nothing'));
		await context.close();
		await second.context.close();
	}
});

test('a course cannot leave the player without the learner, nor keep a service worker', async () => {
	const {context} = await openContext(browser, server);
	const {url} = await person.must('POST', '/api/me/launch', {module: 5});
	const page = await context.newPage();
	await page.goto(url);
	/* Nothing is evaluated meanwhile: to the browser that would be the learner's doing. */
	await new Promise(resolve => setTimeout(resolve, 2500));
	assert.match(page.url(), /\/play\//);
	const sco = page.frames().find(frame => frame.url().endsWith('worker.html'));
	assert.equal(await sco.evaluate(() => window.outcome), 'refused');
	await context.close();
});

test('back and forward stay inside the course, then leave it in good order', async () => {
	const {page, sco, context} = await open(6);
	await calls(sco, ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_location', 'b/f']);
	await sco.click('#inside');
	await sco.waitForURL(/second\.html$/);
	await page.evaluate(() => history.back());
	await sco.waitForURL(/sco\.html$/);
	await page.goto(`${server.app}/accesso`);
	await page.goBack();
	const again = await frameOf(page);
	assert.deepEqual(await calls(again, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'b/f']);
	await context.close();
});

test('several activities: by buttons, by the contents, by keyboard', async () => {
	const {page, context} = await open(2);
	assert.match(page.frames()[1].url(), /n=1$/);
	const contents = page.getByRole('navigation', {name: 'Indice del corso'});
	assert.equal(await contents.locator('[aria-current]').textContent(), 'Attività 1in corso');
	assert.equal(await page.getByRole('button', {name: 'Indietro'}).isDisabled(), true);
	await page.getByRole('button', {name: 'Avanti'}).focus();
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.querySelector('iframe')?.src.endsWith('n=2'));
	assert.equal(await page.evaluate(() => document.activeElement.tagName), 'IFRAME', 'the course has the focus');
	assert.equal(await page.locator('iframe').count(), 1, 'the former course is gone');
	assert.equal(await page.locator('iframe').getAttribute('title'), 'Contenuto: Attività 2');
	assert.deepEqual(await calls(await frameOf(page), ['LMSInitialize', ''], ['LMSSetValue', 'cmi.core.lesson_status', 'completed'],
		['LMSFinish', '']), ['true', 'true', 'true']);
	await contents.getByText('completata').waitFor();
	await contents.getByRole('button', {name: /Attività 3/}).focus();
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => document.querySelector('iframe')?.src.endsWith('n=3'));
	assert.equal(await page.getByRole('button', {name: 'Avanti'}).isDisabled(), true);
	assert.deepEqual(await calls(await frameOf(page), ['LMSInitialize', '']), ['true']);
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'player-several-1440');
	await page.setViewportSize({width: 360, height: 640});
	const toggle = page.getByRole('button', {name: 'Indice'});
	await toggle.click();
	await page.keyboard.press('Escape');
	assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
	assert.equal(await toggle.evaluate(element => element === document.activeElement), true, 'the focus goes back');
	await toggle.click();
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'player-several-360');
	await context.close();
	const second = await open(2);
	assert.match(second.page.frames()[1].url(), /n=3$/, 'the course resumes where it was left');
	await second.context.close();
});

test('an expired log-in is mended over the running course', async () => {
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	await logIn(page, server, operator.login, operator.password);
	const {url} = await page.evaluate(async () => {
		const {csrf} = await (await fetch('/api/session')).json();
		const answer = await fetch('/api/me/launch', {method: 'POST', body: '{"module": 8}',
			headers: {'Content-Type': 'application/json', 'X-CSRF-Token': csrf}});
		return answer.json();
	});
	const player = await context.newPage();
	await player.goto(url);
	const sco = await frameOf(player);
	await calls(sco, ['LMSInitialize', '']);
	await saved(player);
	await page.evaluate(async () => {
		const {csrf} = await (await fetch('/api/session')).json();
		await fetch('/api/session', {method: 'DELETE', headers: {'X-CSRF-Token': csrf}});
	});
	await calls(sco, ['LMSSetValue', 'cmi.core.lesson_location', 'after expiry'], ['LMSCommit', '']);
	await player.getByRole('dialog').getByRole('heading', {name: 'Accesso scaduto'}).waitFor();
	assert.deepEqual(await accessibilityFaults(player), []);
	await shoot(player, 'player-expired');
	const [popup] = await Promise.all([context.waitForEvent('page'), player.getByRole('button', {name: 'Accedi di nuovo'}).click()]);
	await popup.getByLabel('Nome utente').fill(operator.login);
	await popup.getByLabel('Password', {exact: true}).fill(operator.password);
	await popup.getByRole('button', {name: 'Accedi', exact: true}).click();
	await saved(player);
	assert.equal(await player.getByRole('dialog').count(), 0);
	assert.deepEqual(await calls(sco, ['LMSGetValue', 'cmi.core.lesson_location']), ['after expiry'], 'the course still runs');
	await sco.click('#inside');
	await sco.getByRole('heading', {name: 'Pagina due'}).waitFor(); /* under the token that is no more */
	await context.close();
	const second = await open(8);
	assert.deepEqual(await calls(second.sco, ['LMSInitialize', ''], ['LMSGetValue', 'cmi.core.lesson_location']), ['true', 'after expiry']);
	await second.context.close();
});

test('an address that has expired says so and leads back', async () => {
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	await page.goto(`${server.content}/play/${'x'.repeat(43)}/`);
	await page.getByRole('heading', {name: 'Il corso non si apre'}).first().waitFor();
	assert.deepEqual(await accessibilityFaults(page), []);
	await shoot(page, 'player-expired-address');
	await page.getByRole('link', {name: 'Torna al percorso'}).click();
	await page.waitForURL(`${server.app}/**`);
	await context.close();
});

test('the player speaks English too', async () => {
	const {url} = await person.must('POST', '/api/me/launch', {module: 2});
	const {context} = await openContext(browser, server);
	const page = await context.newPage();
	await page.goto(`${url}?lang=en`);
	await page.getByRole('link', {name: 'Back to the path'}).waitFor();
	await page.getByRole('button', {name: 'Next'}).waitFor();
	assert.equal(await page.locator('html').getAttribute('lang'), 'en');
	await context.close();
});

test('time is counted while the page is used, and reaches the server', async () => {
	const before = await seconds(6), began = Date.now();
	const {page, context} = await open(6);
	for (let second = 0; second < 5; second++) {
		await page.mouse.move(100 + second * 10, 300);
		await page.waitForTimeout(1000);
	}
	await page.close();
	const longest = (Date.now() - began) / 1000 + 1;
	let counted = 0;
	while (counted < 3 && Date.now() - began < 60000) { /* its last words may still be under way */
		counted = await seconds(6) - before;
	}
	assert.ok(counted >= 3 && counted <= longest, `${counted} s counted of ${longest}`);
	await context.close();
});

/** The effective time of the learner's module. @param {number} module */
async function seconds(module) {
	return (await person.must('GET', '/api/me/path')).modules[module - 1].seconds;
}

test('what one course leaves in a global objective, another one reads', async () => {
	const designer = await logInAs(server, 'designer');
	const level = (await designer.must('GET', '/api/path')).levels[0].id;
	for (const [module, letter] of [[4, 'P'], [5, 'Q']]) {
		const manifest = readFileSync(new URL(`../conformance/traces/global-objective-two-packages/imsmanifest-${letter}.xml`, import.meta.url), 'utf8');
		const {version} = await designer.importPackage(`${letter}.zip`, zip({'imsmanifest.xml': manifest, 'sco.html': PROBE}));
		/* For everybody: who has begun the module would else stay with what was begun. */
		const changes = [{module, level, version: version.id ?? version}];
		const {policies} = await designer.must('POST', '/api/publications/preview', {changes});
		const {token} = policies.find(({policy}) => policy === 'always');
		await designer.must('POST', '/api/publications', {changes, policy: 'always', token});
	}
	const writer = await open(4);
	assert.deepEqual(await writer.sco.evaluate(() => [parent.API_1484_11.Initialize(''),
		parent.API_1484_11.SetValue('cmi.success_status', 'passed'), parent.API_1484_11.Terminate('')]), ['true', 'true', 'true']);
	await writer.page.getByRole('link', {name: 'Torna al percorso'}).click();
	await writer.page.waitForURL(address => !address.pathname.startsWith('/play/'));
	const reader = await open(5);
	assert.deepEqual(await reader.sco.evaluate(() => [parent.API_1484_11.Initialize(''),
		parent.API_1484_11.GetValue('cmi.objectives.0.success_status')]), ['true', 'passed']);
	await saved(reader.page);
	await writer.context.close();
	await reader.context.close();
});
