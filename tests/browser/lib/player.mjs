// What the tests of the player do in its page: a course of SCORM 1.2 that says nothing by itself, its frame, its calls.

/** Finds its API as courses do, and leaves it in `api`. */
export const PROBE = `<!DOCTYPE html><html lang="it"><meta charset="utf-8"><title>Prova</title><body><h1>Prova</h1>
<a id="inside" href="second.html">Pagina due</a> <button id="out" onclick="top.location = '/content/elsewhere'">Esci</button>
<script>
var api = null;
for (var at = window, step = 0; step < 7 && !api; step++, at = at.parent) { api = at.API; }
</script></body></html>`;

/** The frame of the running course, loaded: it is there before its page is. @param {import('playwright-core').Page} page */
export async function frameOf(page) {
	const handle = await page.waitForSelector('iframe[name=sco]');
	const frame = await handle.contentFrame();
	await frame.waitForURL(url => url.pathname.startsWith('/content/'));
	return frame;
}

/** @param {import('playwright-core').Page} page @param {string} name */
export function state(page, name) {
	return page.waitForFunction(wanted => document.getElementById('save').dataset.state === wanted, name);
}

/** Something was said, and the server has it. @param {import('playwright-core').Page} page */
export function saved(page) {
	return page.waitForFunction(() => document.getElementById('save').dataset.state === 'saved' &&
		/^Salvato/.test(document.getElementById('save-text').textContent));
}

/** Calls LMS… functions in the course. @param {any} frame @param {...[string, ...string[]]} list */
export function calls(frame, ...list) {
	return frame.evaluate(wanted => wanted.map(([name, ...args]) => window.api[name](...args)), list);
}
