// A course that attacks: it plays in Chromium beside an honest one, of the same learner in the same browser, and gets
// nothing. Its page does all by itself: what a test evaluates in a page would count as the learner's click.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {logIn, openBrowser, openContext} from './lib/browser.mjs';
import {accounts, logInAs, prepareLearner} from './lib/demo.mjs';
import {package12} from './lib/package.mjs';
import {ask, Person} from './lib/person.mjs';
import {saved} from './lib/player.mjs';
import {Server} from './lib/server.mjs';

const MARKUP = '<img src=x onerror="top.pwned=1;window.pwned=1"><script>window.pwned=1</script>';
const FORMULA = '=cmd|\'/C calc\'!A0';
const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Runs in the hostile course's page. */
async function attack() {
	const app = `http://localhost:${location.port}`;
	const token = location.pathname.split('/')[2];
	const victim = new URLSearchParams(location.search).get('victim') ?? '1';
	const results = window.results = {};
	const tell = async (name, work) => {
		try {
			results[name] = await work() ?? 'nothing';
		} catch (error) {
			results[name] = 'refused';
		}
	};
	const event = (target, names) => new Promise(resolve => {
		names.forEach(name => target.addEventListener(name, () => resolve(name), {once: true}));
		setTimeout(resolve, 15000, 'nothing');
	});
	const status = (address, options) => fetch(address, options).then(answer => answer.status);
	const post = {method: 'POST', body: Uint8Array.of(3, 1, 4, 0)};
	await tell('cookies', () => document.cookie);
	await tell('storage', () => Object.entries(localStorage).flat().concat(Object.entries(sessionStorage).flat()).join('\n'));
	await tell('fetch', () => status(`${app}/api/session`, {credentials: 'include'}));
	await tell('fetchOpaque', () => status(`${app}/api/session`, {mode: 'no-cors', credentials: 'include'}));
	await tell('xhr', () => {
		const request = new XMLHttpRequest();
		request.open('GET', `${app}/api/me/path`);
		request.withCredentials = true;
		const outcome = event(request, ['load', 'error']);
		request.send();
		return outcome;
	});
	await tell('image', () => {
		const image = new Image();
		image.src = `${app}/api/session`;
		return event(image, ['load', 'error']);
	});
	await tell('socket', () => event(new WebSocket(app.replace('http', 'ws')), ['open', 'error']));
	await tell('form', () => {
		const form = document.body.appendChild(document.createElement('form'));
		Object.assign(form, {method: 'POST', action: `${app}/api/session`, target: 'nowhere'});
		const outcome = event(document, ['securitypolicyviolation']);
		form.submit();
		return outcome;
	});
	await tell('adminFrame', async () => {
		const frame = document.body.appendChild(document.createElement('iframe'));
		frame.src = `${app}/amministrazione/persone`;
		await event(frame, ['load']);
		return frame.contentDocument?.body.textContent ?? 'unreadable';
	});
	await tell('guessed', () => status(`/play/${'A'.repeat(43)}/launch.json`));
	await tell('guessedFile', () => status(`/content/${'A'.repeat(43)}/hostile.html`));
	await tell('guessedJournal', () => status(`/play/${'A'.repeat(43)}/journal?lease=1`, post));
	await tell('otherJournal', () => status(`/play/${token}/journal?lease=1&attempt=${victim}`, post));
	await tell('ownRecords', () => status(`/play/${token}/records`));
	await tell('otherKey', async () => Object.keys((await (await fetch(`/play/${token}/launch.json`)).json()).keys).includes(victim));
	for (const [name, script, scope] of [['workerOwn', 'worker.js', './'], ['workerPlayer', '/player/main.js', '/player/'],
		['workerAll', 'worker.js', '/'], ['workerPlay', 'worker.js', '/play/'], ['workerBlob', URL.createObjectURL(new Blob(['1'])), '/']]) {
		await tell(name, () => navigator.serviceWorker.register(script, {scope}).then(() => 'registered'));
	}
	for (let n = 0; n < 500; n++) {
		parent.postMessage({attempt: victim, token}, '*');
		localStorage.setItem(`fad:journal:${victim}:${1 + n % 9}:${n}`, `999999|${'\u0003\u0001'.repeat(9)}`);
	}
	localStorage.setItem(`fad:lease:${victim}`, '999999999');
	const channel = new BroadcastChannel('fad-renewal');
	window.heard = [];
	channel.onmessage = ({data}) => window.heard.push(data);
	channel.postMessage({attempt: victim, token});
	channel.postMessage(new TextEncoder().encode(token));
	/* The API stays what it was. */
	await tell('api', () => {
		try {
			Object.defineProperty(parent, 'API', {value: null});
		} catch {
			/* it says so */
		}
		return typeof parent.API.LMSGetValue;
	});
	/* Markup and formulas wherever a value can be. */
	const {API} = parent;
	API.LMSInitialize('');
	for (const name of ['cmi.core.lesson_location', 'cmi.suspend_data', 'cmi.comments', 'cmi.core.score.raw', 'cmi.core.lesson_status',
		'cmi.interactions.0.id', 'cmi.interactions.0.student_response', 'cmi.interactions.0.type', 'cmi.objectives.0.id', MARKUP_HERE]) {
		API.LMSSetValue(name, MARKUP_HERE);
		API.LMSSetValue(name, FORMULA_HERE);
	}
	API.LMSSetValue('cmi.interactions.0.id', 'q1');
	API.LMSSetValue('cmi.interactions.0.type', 'fill-in');
	API.LMSSetValue('cmi.interactions.0.student_response', MARKUP_HERE);
	API.LMSSetValue('cmi.core.lesson_location', MARKUP_HERE);
	results.huge = API.LMSSetValue('cmi.suspend_data', 'x'.repeat(20_000_000));
	API.LMSSetValue('cmi.suspend_data', MARKUP_HERE);
	API.LMSCommit('');
	/* Out of the player's window, without a click. */
	const evil = `${app}/?evil`;
	const inParent = (tag, more) => parent.document.body.appendChild(Object.assign(parent.document.createElement(tag), more));
	const ways = [() => { top.location = evil; }, () => { parent.location.assign(evil); }, () => open(evil, '_top'), () => open(evil, '_parent'),
		() => parent.open(evil, '_self'), () => inParent('a', {href: evil}).click(),
		() => Object.assign(parent.document.createElement('a'), {href: evil}).click(),
		() => inParent('form', {action: evil}).submit(), () => inParent('meta', {httpEquiv: 'refresh', content: `0;url=${evil}`}),
		() => inParent('script', {src: new URL('evil.js', location.href).href}), () => inParent('script', {text: 'window.pwned = 1'}),
		() => parent.eval('window.pwned = 1'),
		() => { frameElement.removeAttribute('sandbox'); top.location.replace(evil); },
		() => Object.assign(document.body.appendChild(document.createElement('a')), {href: evil, target: '_top'}).click()];
	for (const way of ways) {
		try {
			way();
		} catch {
			/* refused */
		}
		await new Promise(resolve => setTimeout(resolve, 150));
	}
	results.done = true;
	console.log('done');
}

const hostile = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>${escaped(MARKUP)}</title><body><h1>Ostile</h1><iframe name="nowhere" title="n"></iframe>
<script>(${attack.toString().replaceAll('MARKUP_HERE', JSON.stringify(MARKUP).replaceAll('</', '<\\/')).replaceAll('FORMULA_HERE', JSON.stringify(FORMULA))})();</script></body></html>`;
const HONEST = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Onesto</title><body><h1>Onesto</h1>
<script>var api = parent.API;</script></body></html>`;
const POPUP = '<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Finestra</title><body><h1>Finestra</h1></body></html>';
let server, browser, person, operator, context, trouble, page, victim, victimPage, results;

const launch = async module => (await person.must('POST', '/api/me/launch', {module}));

async function openHonest() {
	const opened = await launch(2);
	const at = await context.newPage();
	await at.goto(opened.url);
	const frame = await (await at.waitForSelector('iframe[name=sco]')).contentFrame();
	await frame.waitForLoadState();
	return {at, frame, opened};
}

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	/* An attempt has its number before the hostile package knows it: the honest module is opened first. */
	({person, operator} = await prepareLearner(server, {2: package12('onesto', [{id: 'i1', title: 'Onesto', href: 'honest.html'}],
		{'honest.html': HONEST})}));
	victim = (await launch(2)).attempt;
	const designer = await logInAs(server, 'designer');
	const path = await designer.must('GET', '/api/path');
	const {version} = await designer.importPackage('ostile.zip', package12('ostile', [
		{id: 'i1', title: escaped(MARKUP), href: `hostile.html?victim=${victim}`}, {id: 'i2', title: escaped(FORMULA), href: 'popup.html'}],
	{'hostile.html': hostile, 'popup.html': POPUP, 'worker.js': '1;', 'evil.js': 'window.pwned = 1;'}));
	await designer.must('PUT', `/api/path/modules/1/levels/${path.levels[0].id}`, {version: version.id ?? version});
	({context, trouble} = await openContext(browser, server));
	await logIn(await context.newPage(), server, operator.login, operator.password);

	/* Work of the honest course that its page could not send. */
	const honest = await openHonest();
	await honest.frame.evaluate(() => api.LMSInitialize(''));
	await saved(honest.at);
	await honest.at.evaluate(() => {
		window.fetch = () => Promise.reject(new TypeError('no network'));
		navigator.sendBeacon = () => false;
	});
	await honest.frame.evaluate(() => api.LMSSetValue('cmi.core.lesson_location', 'RISPOSTA-SEGRETA'));
	await honest.at.close();

	page = await context.newPage();
	page.on('dialog', dialog => dialog.dismiss());
	await Promise.all([page.waitForEvent('console', {predicate: message => message.text() === 'done', timeout: 120000}),
		page.goto((await launch(1)).url)]);
	const frame = page.frames().find(each => each.url().includes('hostile.html'));
	results = await frame?.evaluate(() => window.results);
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

test('the player stays where it is, and runs no script of the course', async () => {
	assert.match(page.url(), /\/play\/[\w-]{43}\/$/);
	assert.equal(results?.done, true, JSON.stringify(results));
	assert.equal(await page.evaluate(() => window.pwned), undefined);
});

test('no cookie, no answer of the application, by no way', () => {
	const {cookies, fetch, fetchOpaque, xhr, image, socket, form, adminFrame} = results;
	assert.deepEqual({cookies, fetch, fetchOpaque, xhr, image, socket, form}, {cookies: '', fetch: 'refused', fetchOpaque: 'refused',
		xhr: 'error', image: 'error', socket: 'error', form: 'securitypolicyviolation'});
	assert.ok(['unreadable', 'refused', ''].includes(adminFrame), adminFrame);
});

test('no other launch, attempt, journal or key', () => {
	const {guessed, guessedFile, guessedJournal, otherJournal, ownRecords, otherKey} = results;
	assert.deepEqual({guessed, guessedFile, guessedJournal, otherJournal, ownRecords, otherKey},
		{guessed: 401, guessedFile: 401, guessedJournal: 401, otherJournal: 404, ownRecords: 404, otherKey: false});
});

test('no service worker, whatever it would stand over', () => {
	for (const name of ['workerOwn', 'workerPlayer', 'workerAll', 'workerPlay', 'workerBlob']) {
		assert.equal(results[name], 'refused', name);
	}
});

test('the API cannot be taken away', () => assert.equal(results.api, 'function'));

test('another course\'s unsent work is not read', () => {
	assert.match(results.storage, new RegExp(`fad:journal:${victim}:`), 'there was some');
	assert.doesNotMatch(results.storage, /RISPOSTA-SEGRETA|Esempio|lesson_location/);
});

test('nor forged: it is sent as it was, and forged leases and tokens move nobody', async () => {
	victimPage = await openHonest();
	assert.deepEqual(await victimPage.frame.evaluate(() => [api.LMSInitialize(''), api.LMSGetValue('cmi.core.lesson_location')]),
		['true', 'RISPOSTA-SEGRETA']);
	const address = victimPage.at.url();
	const frame = page.frames().find(each => each.url().includes('hostile.html'));
	await frame.evaluate(attempt => {
		localStorage.setItem(`fad:lease:${attempt}`, '999999999');
		const channel = new BroadcastChannel('fad-renewal');
		channel.postMessage({attempt, token: location.pathname.split('/')[2]});
		channel.postMessage(new TextEncoder().encode(location.pathname.split('/')[2]));
	}, victim);
	assert.deepEqual(await victimPage.frame.evaluate(() => [api.LMSSetValue('cmi.core.lesson_location', 'p2'), api.LMSCommit('')]), ['true', 'true']);
	await saved(victimPage.at);
	assert.equal(victimPage.at.url(), address);
	assert.equal(await victimPage.at.getByRole('dialog').count(), 0);
});

test('a pop-up that the course left behind does not reach the page that comes after it', async () => {
	const frame = page.frames().find(each => each.url().includes('hostile.html'));
	const [popup] = await Promise.all([context.waitForEvent('page'), frame.evaluate(() => void window.open('popup.html'))]);
	await popup.waitForLoadState();
	assert.equal(await popup.evaluate(() => typeof opener.parent.API), 'object', 'a pop-up finds the API');
	await page.goto(`${server.app}/accesso`);
	await page.goto((await launch(2)).url);
	assert.equal(await popup.evaluate(() => {
		try {
			return opener === null || opener.closed || opener.top.closed || !opener.top.API;
		} catch {
			return true;
		}
	}), true);
	await popup.close();
});

test('pages that show what it said run nothing of it', async () => {
	const attempt = (await launch(1)).attempt;
	const provider = await logInAs(server, 'provider');
	const {url} = await provider.must('POST', `/api/people/${operator.id}/attempts/${attempt}/inspect`, {});
	const addresses = {provider: [`/persone/${operator.id}`, url], designer: ['/corsi', '/percorso']};
	const designer = await logInAs(server, 'designer');
	const {courses} = await designer.must('GET', '/api/courses');
	const {id} = courses.find(({title}) => title === 'ostile');
	addresses.designer.push(`/corsi/${id}`);
	for (const [role, list] of Object.entries(addresses)) {
		const own = await openContext(browser, server);
		const reader = await own.context.newPage();
		reader.on('dialog', dialog => assert.fail(dialog.message()));
		await logIn(reader, server, accounts[role].login, accounts[role].password);
		for (const address of list) {
			await reader.goto(address.startsWith('http') ? address : server.app + address);
			await reader.waitForLoadState('networkidle');
			assert.equal(await reader.evaluate(() => window.pwned), undefined, address);
			assert.equal(await reader.locator('img[src=x]').count(), 0, address);
			if (address === url) {
				assert.match(await reader.locator('body').textContent(), /<img src=x|lesson_location/, 'the journal is shown');
			}
		}
		await own.context.close();
	}
});

test('a launch ends with its log-in: nothing opens for its token any more', async () => {
	const other = await Person.logIn(server, operator.login, operator.password);
	const {url} = await other.must('POST', '/api/me/launch', {module: 2});
	const token = new URL(url).pathname.split('/')[2];
	const status = async path => (await ask(server, 'GET', path, {host: '127.0.0.1'})).status;
	const paths = [`/play/${token}/launch.json`, `/play/${token}/snapshot`, `/content/${token}/honest.html`];
	assert.ok((await Promise.all(paths.map(status))).every(each => each < 300));
	await other.must('DELETE', '/api/session');
	assert.deepEqual(await Promise.all(paths.map(status)), [401, 401, 401]);
});

test('no token goes to another host', async () => {
	const {url} = await launch(2);
	const token = new URL(url).pathname.split('/')[2];
	for (const path of [`/play/${token}/`, `/content/${token}/honest.html`]) {
		assert.equal((await ask(server, 'GET', path, {host: '127.0.0.1'})).headers['referrer-policy'], 'same-origin', path);
	}
	assert.deepEqual(trouble.filter(line => line.startsWith('request to another host')), []);
});
