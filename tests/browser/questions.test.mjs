// Every type of question in Chromium, answered with the keyboard alone: each answer is saved, comes back after the
// page is loaded again, and is marked as it should be. Every page is right by WCAG 2.1 A and AA.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, test} from 'node:test';
import {deflateSync} from 'node:zlib';
import {accessibilityFaults, logIn, openBrowser, openContext, shoot} from './lib/browser.mjs';
import {logInAs, newOperator} from './lib/demo.mjs';
import {Server} from './lib/server.mjs';

const abc = [{id: 'a', text: 'Alfa'}, {id: 'b', text: 'Beta'}, {id: 'c', text: 'Gamma'}];
const item = (type, stem, more) => ({id: type, area: 'prova', difficulty: 1, type, stem, ...more});
const items = [
	item('single', 'Quale viene prima? <script>alert(1)</script>', {options: abc, key: ['a']}),
	item('multiple', [
		{tag: 'p', of: ['Quali vengono dopo ', {tag: 'strong', of: ['Alfa']}, '? Indica x', {tag: 'sup', of: ['2']}, '.']},
		{tag: 'ul', of: [{tag: 'li', of: [{tag: 'code', of: ['primo']}]}, {tag: 'li', of: [{tag: 'em', of: ['secondo']}]}]},
		{tag: 'table', of: [{tag: 'tr', of: [{tag: 'th', of: ['Lettera']}, {tag: 'th', of: ['Posto']}]}, {tag: 'tr', of: [{tag: 'td', of: ['Alfa']}, {tag: 'td', of: ['1']}]}]},
	], {options: abc, key: ['b', 'c']}),
	item('true_false', 'Beta viene dopo Alfa.', {key: ['true']}),
	item('match', 'Che cosa corrisponde?', {prompts: [{id: 'p', text: 'Prima'}, {id: 'q', text: 'Seconda'}], options: abc, key: ['p a', 'q b']}),
	item('order', 'Metti in ordine alfabetico.', {options: abc, key: ['a', 'b', 'c'], shuffle: true}),
	item('inline_choice', 'Prima [[g]] e poi [[h]].', {gaps: [{id: 'g', options: abc}, {id: 'h', options: abc}], key: ['g a', 'h b']}),
	item('text_entry', 'Il codice [[g]] ha [[h]] cifre.', {gaps: [{id: 'g', answers: [{text: 'PIN'}]}, {id: 'h', answers: [{number: 5, tolerance: 0}]}]}),
	item('gap_match', [{tag: 'p', of: ['Inizia ', {tag: 'strong', of: ['qui']}, ' [[g]],']}, {tag: 'p', of: ['finisce [[h]].']}], {options: abc, gaps: [{id: 'g'}, {id: 'h'}], key: ['g a', 'h c']}),
	item('hot_text', 'Il [[a]] precede il [[b]] e non [[c]].', {options: abc, key: ['a', 'b']}),
];
const bank = {format: 'fad-bank-1', name: 'Tutti i tipi', version: '1', language: 'it', areas: [{id: 'prova', name_it: 'Prova', name_en: 'Trial'}], items};

/** A green square as PNG. */
function picture() {
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const frame = Buffer.alloc(8);
		frame.writeUInt32BE(data.length, 0);
		frame.writeUInt32BE(crc32(body), 4);
		return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(240, 0);
	head.writeUInt32BE(120, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([Buffer.from([0]), ...Array(240).fill(Buffer.from([0, 135, 88]))]);
	return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array(120).fill(row)))), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let k = 0; k < 8; k += 1) {
			crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
		}
	}
	return ~crc >>> 0;
}

/** A tenth of a second of silence as WAV. */
function sound() {
	const head = Buffer.from('RIFF....WAVEfmt ....................data....');
	head.writeUInt32LE(36 + 800, 4);
	head.writeUInt32LE(16, 16);
	[[1, 20], [1, 22], [1, 32], [8, 34]].forEach(([value, at]) => head.writeUInt16LE(value, at));
	[[8000, 24], [8000, 28], [800, 40]].forEach(([value, at]) => head.writeUInt32LE(value, at));
	return Buffer.concat([head, Buffer.alloc(800, 128)]);
}

/** The bank with the picture in place of a word where options may show one: in matching, gaps and the text itself. */
async function withPictures(designer, id) {
	const stored = await designer.must('GET', `/api/banks/${id}`);
	const sha256 = createHash('sha256').update(picture()).digest('hex');
	const shown = stored.items.map(one => (['match', 'gap_match', 'hot_text'].includes(one.type)
		? {...one, options: one.options.map(option => (option.text === 'Alfa' ? {...option, text: [{tag: 'img', sha256, type: 'image/png', alt: 'Alfa'}]} : option))}
		: one));
	return {...stored, version: 'con immagini', items: shown};
}

let server, browser, context, trouble, page;

before(async () => {
	server = await Server.start();
	browser = await openBrowser();
	const designer = await logInAs(server, 'designer');
	const answer = await designer.must('POST', '/api/banks', bank);
	await designer.must('PUT', '/api/placement/adaptive', {policy: null});
	const shown = await designer.must('POST', `/api/banks/${answer.bank.id}/items/order/media?alt=Tre%20lettere`, undefined,
		{raw: picture(), headers: {'Content-Type': 'application/octet-stream'}});
	const heard = await designer.must('POST', `/api/banks/${shown.bank.id}/items/match/media?alt=Prima%20e%20seconda`, undefined,
		{raw: sound(), headers: {'Content-Type': 'application/octet-stream'}});
	const shows = await designer.must('POST', '/api/banks', await withPictures(designer, heard.bank.id));
	await designer.must('POST', `/api/banks/${shows.bank.id}/activate`, {});
	const policy = await designer.must('GET', '/api/placement/policy');
	await designer.must('PUT', '/api/placement/policy', {...policy, items_per_area: items.length});
	const person = await newOperator(server);
	({context, trouble} = await openContext(browser, server));
	page = await context.newPage();
	await logIn(page, server, person.login, person.password);
});

after(async () => {
	await browser?.close();
	await server?.stop();
});

/** Presses Tab until the element that has the focus is the wanted one. */
async function tabTo(locator) {
	const wanted = await locator.elementHandle();
	for (let i = 0; i < 60; i += 1) {
		if (await page.evaluate(element => document.activeElement === element, wanted)) {
			return;
		}
		await page.keyboard.press('Tab');
	}
	assert.fail(`never reached by Tab: ${locator}`);
}

const picked = async select => (await select.evaluate(element => element.selectedOptions[0].text)).replace(/^[A-C]\. /, '');

/** By the first letters: those of the word, or the letter that it has where pictures are. */
async function pick(select, text) {
	await tabTo(select);
	const entry = (await select.locator('option').allTextContents()).find(one => one.endsWith(text));
	await page.keyboard.type(entry === text ? text : entry[0]);
	assert.equal(await picked(select), text);
}

async function moveUp(text, times) {
	for (let i = 0; i < times; i += 1) {
		await tabTo(page.getByRole('button', {name: `Sposta su: ${text}`}));
		await page.keyboard.press('Enter');
	}
}

const rows = () => page.locator('.order-text').allTextContents();
const gap = (role, n) => page.getByRole(role, {name: `Spazio ${n} di 2`});

/** What a person does at each type, with the keyboard, and what is then to be seen. */
const deeds = {
	single: async () => {
		await tabTo(page.locator('input[name=answer]').first());
		await page.keyboard.press('Space');
		for (let i = 0; i < 3 && !await page.getByLabel('Alfa').isChecked(); i += 1) {
			await page.keyboard.press('ArrowDown');
		}
		return () => page.getByLabel('Alfa').isChecked();
	},
	multiple: async () => {
		for (const text of ['Beta', 'Gamma']) {
			await tabTo(page.getByRole('checkbox', {name: text}));
			await page.keyboard.press('Space');
		}
		return async () => await page.getByRole('checkbox', {name: 'Beta'}).isChecked() && !await page.getByRole('checkbox', {name: 'Alfa'}).isChecked();
	},
	true_false: async () => {
		await tabTo(page.locator('input[name=answer]').first());
		await page.keyboard.press('Space');
		return () => page.getByLabel('Vero').isChecked();
	},
	match: async () => {
		await pick(page.getByLabel('Prima'), 'Alfa');
		await pick(page.getByLabel('Seconda'), 'Beta');
		return async () => await picked(page.getByLabel('Seconda')) === 'Beta';
	},
	order: async () => {
		const first = await rows();
		if (first.join() === 'Alfa,Beta,Gamma') {
			await tabTo(page.getByRole('button', {name: 'Va bene quest’ordine'}));
			await page.keyboard.press('Enter');
		}
		await moveUp('Alfa', first.indexOf('Alfa'));
		await moveUp('Beta', (await rows()).indexOf('Beta') - 1);
		return async () => (await rows()).join() === 'Alfa,Beta,Gamma';
	},
	inline_choice: async () => {
		await pick(gap('combobox', 1), 'Alfa');
		await pick(gap('combobox', 2), 'Beta');
		return async () => await picked(gap('combobox', 1)) === 'Alfa';
	},
	text_entry: async () => {
		await tabTo(gap('textbox', 1));
		await page.keyboard.type(' pin');
		await tabTo(gap('textbox', 2));
		await page.keyboard.type('5');
		return async () => (await gap('textbox', 1).inputValue()).trim() === 'pin' && await gap('textbox', 2).inputValue() === '5';
	},
	gap_match: async () => {
		await pick(gap('combobox', 1), 'Alfa');
		await pick(gap('combobox', 2), 'Gamma');
		return async () => await picked(gap('combobox', 2)) === 'Gamma';
	},
	hot_text: async () => {
		for (const text of ['Alfa', 'Beta']) {
			await tabTo(page.getByRole('button', {name: text, exact: true}));
			await page.keyboard.press('Space');
		}
		return async () => await page.getByRole('button', {name: 'Alfa', exact: true}).getAttribute('aria-pressed') === 'true' &&
			await page.getByRole('button', {name: 'Gamma', exact: true}).getAttribute('aria-pressed') === 'false';
	},
};

const stemStart = {single: 'Quale', multiple: 'Quali', true_false: 'Beta viene', match: 'Che cosa', order: 'Metti', inline_choice: 'Prima', text_entry: 'Il codice', gap_match: 'Inizia', hot_text: 'Il '};

async function typeShown() {
	const shown = (await page.locator('fieldset.question').innerText()).replace(/^.*(?=Scegli nel|Completa|Scrivi)/s, '');
	const has = {gap_match: await page.locator('.entries + .cloze').count(), hot_text: await page.locator('.hot').count(), text_entry: await page.locator('.gap-text').count(), order: await page.locator('.order').count(), match: await page.locator('.match').count()};
	const special = Object.keys(has).find(type => has[type] > 0);
	return special ?? Object.keys(deeds).find(type => shown.includes(stemStart[type]));
}

test('every type is answered by keyboard, saved, and there again', async () => {
	await page.goto(`${server.app}/questionario`);
	await page.getByRole('button', {name: 'Inizia il questionario'}).click();
	const met = [];
	for (let n = 1; n <= items.length; n += 1) {
		await page.getByRole('heading', {name: `Domanda ${n} di ${items.length}`}).waitFor();
		const type = await typeShown();
		met.push(type);
		const stays = await deeds[type]();
		await page.getByText('Risposta salvata alle').waitFor();
		if (type === 'order') {
			assert.equal(await page.getByRole('img', {name: 'Tre lettere'}).evaluate(image => image.naturalWidth), 240);
		}
		if (type === 'match') {
			await page.waitForFunction(() => Number.isFinite(document.querySelector('audio').duration));
		}
		if (['match', 'gap_match', 'hot_text'].includes(type)) {
			assert.equal(await page.getByRole('img', {name: 'Alfa'}).evaluate(image => image.decode().then(() => image.naturalWidth)), 240);
		}
		assert.deepEqual(await accessibilityFaults(page), [], type);
		await shoot(page, `question-${type}`);
		await page.setViewportSize({width: 360, height: 740});
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${type} scrolls sideways at 360 px`);
		await shoot(page, `question-${type}-360`);
		await page.setViewportSize({width: 1440, height: 900});
		await page.waitForTimeout(150); // a keystroke's answer may follow the one confirmed
		await page.reload();
		await page.locator('fieldset.question').waitFor();
		assert.ok(await stays(), `${type} is there again`);
		const next = page.getByRole('button', {name: n < items.length ? 'Successiva' : 'Vai al riepilogo'});
		await tabTo(next);
		await page.keyboard.press('Enter');
	}
	assert.deepEqual(met.sort(), Object.keys(deeds).sort());
});

test('all nine were right', async () => {
	await page.getByRole('button', {name: 'Consegna il questionario'}).click();
	await page.getByRole('dialog').getByRole('button', {name: 'Consegna il questionario'}).click();
	await page.getByText(`${items.length} risposte giuste su ${items.length}`).waitFor();
	assert.deepEqual(trouble, []);
});
