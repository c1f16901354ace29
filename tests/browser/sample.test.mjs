// Every sample course in Chromium with a stand-in for the platform's API: no screen wider than the window, the
// heading has the focus. One a module also closely: nothing wrong by WCAG 2.1 A and AA, and played through:
// resumed, failed, tried again, passed.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {unzip} from '../sample/unzip.mjs';
import {accessibilityFaults, openBrowser, openContext, shoot} from './lib/browser.mjs';

const SAMPLE = join(process.env.FAD_BUILD, 'sample');
const TYPES = {html: 'text/html', js: 'text/javascript', css: 'text/css', xml: 'text/xml'};
/** Keeps what it is told, across reloads of its page. */
const PLATFORM = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Piattaforma</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh }</style><script>
var kept = JSON.parse(sessionStorage.kept || '{"cmi.core.lesson_status": "not attempted"}'), commits = 0;
var API = {
	LMSInitialize: () => 'true', LMSFinish: () => 'true',
	LMSGetValue: name => name === 'cmi.interactions._count'
		? String(Object.keys(kept).filter(key => /interactions.*\\.id$/.test(key)).length) : kept[name] || '',
	LMSSetValue: (name, value) => (kept[name] = value, 'true'),
	LMSCommit: () => (sessionStorage.kept = JSON.stringify(kept), commits++, 'true'),
};
</script><iframe title="Corso" src="/course/index.html"></iframe></html>`;

const path = JSON.parse(readFileSync(join(SAMPLE, 'path.json'), 'utf8'));
let files, server, browser;

before(async () => {
	server = createServer((request, response) => {
		const [, name] = /^\/course\/(.+)$/.exec(request.url) ?? [];
		const body = name ? files[name] : PLATFORM;
		response.writeHead(body === undefined ? 404 : 200, {'Content-Type': `${TYPES[name?.split('.').pop() ?? 'html']}; charset=utf-8`,
			...(name ? {'Content-Security-Policy': "default-src 'self'"} : {})});
		response.end(body);
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	server?.close();
});

const frameOf = page => page.frames().find(frame => frame.url().includes('/course/'));

/** Looks at each screen at this width; `closely`: with axe too. */
async function look(width, name, closely) {
	const {port} = server.address();
	const {context, trouble} = await openContext(browser, {port}, {viewport: {width, height: 900}, bypassCSP: true});
	const page = await context.newPage();
	await page.goto(`http://127.0.0.1:${port}/`);
	await page.goto(`http://127.0.0.1:${port}/course/index.html`);
	const screens = await page.locator('#contents a').count();
	const seen = new Set();
	for (let i = 0; i < screens; i++) {
		/* axe takes its time: once for each new kind of thing that a screen holds. */
		const kinds = await page.evaluate(() => ['.demo', 'table', 'svg', 'form', '.box', '#outcome'].filter(
			kind => document.querySelector(`section:not([hidden]) ${kind}`)));
		if (closely && kinds.some(kind => !seen.has(kind))) {
			kinds.forEach(kind => seen.add(kind));
			assert.deepEqual(await accessibilityFaults(page), [], `${name}, screen ${i + 1}`);
		}
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}, screen ${i + 1}: too wide`);
		if (i < screens - 1) {
			await page.click('#next');
			assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1', `${name}: the heading has the focus`);
		}
	}
	await shoot(page, `sample-${name}-${width}`);
	assert.deepEqual(trouble.filter(line => !line.includes('favicon')), []);
	await context.close();
}

/** Answers every question by keyboard-reachable inputs; right or wrong. */
async function answer(frame, right) {
	for (const {id, key} of await frame.evaluate(() => window.courseData.questions)) {
		for (const letter of right ? key : key.includes('a') ? 'b' : 'a') {
			await frame.check(`#${id}-${letter}`);
		}
	}
	await frame.click('#questions [type=submit]');
}

const kept = (page, name) => page.evaluate(element => window.kept[element], name);

async function play() {
	const {port} = server.address();
	const {context} = await openContext(browser, {port});
	const page = await context.newPage();
	await page.goto(`http://127.0.0.1:${port}/`);
	await frameOf(page).waitForSelector('#next:not([disabled])');
	assert.equal(await kept(page, 'cmi.core.lesson_status'), 'incomplete');
	await frameOf(page).click('#next');
	await page.reload();
	await frameOf(page).waitForSelector('#previous:not([disabled])');
	assert.match(await frameOf(page).textContent('#position'), /^Schermata 2 di/);
	while (await frameOf(page).isHidden('#check')) {
		await frameOf(page).click('#next');
	}
	await frameOf(page).click('#questions [type=submit]');
	assert.match(await frameOf(page).textContent('#missing'), /domanda 1/);
	await answer(frameOf(page), false);
	await frameOf(page).click('#next');
	assert.equal(await kept(page, 'cmi.core.lesson_status'), 'incomplete');
	assert.equal(await kept(page, 'cmi.core.score.raw'), '0');
	await frameOf(page).click('#previous');
	await frameOf(page).click('#again');
	await answer(frameOf(page), true);
	assert.equal(await kept(page, 'cmi.core.lesson_status'), 'passed');
	assert.equal(await kept(page, 'cmi.core.score.raw'), '100');
	assert.match(await kept(page, 'cmi.core.session_time'), /^\d{4}:\d\d:\d\d\.\d\d$/);
	assert.match(await kept(page, 'cmi.interactions.0.student_response'), /^[a-f](,[a-f])*$/);
	assert.ok((await kept(page, 'cmi.suspend_data')).length < 4096);
	await frameOf(page).click('#next');
	assert.match(await frameOf(page).textContent('#outcome'), /Hai completato/);
	await context.close();
}

for (const {index, packages} of path.modules) {
	for (const [level, {file}] of Object.entries(packages)) {
		test(file, {timeout: 120000}, async () => {
			files = unzip(readFileSync(join(SAMPLE, file)));
			const turn = ['base', 'intermedio', 'avanzato'][index % 3] === level;
			await look(index % 2 ? 360 : 1440, `${index}-${level}`, turn);
			if (turn) {
				await play();
			}
		});
	}
}
