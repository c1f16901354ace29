// The uplink and its outbox against a pretended server: what is sent, when, and what is never lost.
import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';

/** @type {Record<string, any>} */
const browser = {};
let tests = 0;

class Storage {
	setItem(key, value) {
		if (browser.full) {
			throw new Error('QuotaExceededError');
		}
		Object.defineProperty(this, key, {value: String(value), enumerable: true, configurable: true});
	}
	getItem(key) {
		return Object.prototype.hasOwnProperty.call(this, key) ? this[key] : null;
	}
	removeItem(key) {
		delete this[key];
	}
}

const {leftOver, forgetLeftOver, Outbox} = await import('../outbox.js');
const {Seal} = await import('../seal.js');
const seal = new Seal(Buffer.alloc(32, 7).toString('base64url'));
const {Uplink} = await import('../uplink.js');

beforeEach(() => {
	browser.address = `/journal/${++tests}`; /* uplinks of earlier tests, which still try theirs, are told to stop */
	browser.full = false;
	browser.beacons = [];
	browser.requests = [];
	browser.held = 0;
	browser.answer = normalAnswer;
	globalThis.localStorage = new Storage();
	globalThis.window = new EventTarget();
	Object.defineProperty(globalThis, 'navigator', {configurable: true, value: {
		sendBeacon: (url, blob) => blob.size < 65536 && browser.beacons.push(blob) > 0}});
	globalThis.fetch = async (url, {body}) => {
		if (url !== browser.address) {
			return {ok: false, status: 401, json: async () => ({})};
		}
		const bytes = new Uint8Array(await body.arrayBuffer());
		browser.requests.push(bytes);
		const [status, answer] = browser.answer(bytes);
		return {ok: status === 200, status, json: async () => answer};
	};
});

/** One byte a record, its number: enough for a server that counts. @param {Uint8Array} bytes */
function normalAnswer(bytes) {
	if (bytes[0] > browser.held + 1) {
		return [409, {code: 'SEQUENCE_GAP', sequence: browser.held}];
	}
	browser.held = Math.max(browser.held, bytes[bytes.length - 1]);
	return [200, {sequence: browser.held}];
}

function record(number, size = 1) {
	return {first: number, last: number, bytes: new Uint8Array(size).fill(number)};
}

function open() {
	const outbox = new Outbox(7, 1, seal);
	const {address} = browser;
	return {outbox, uplink: new Uplink(outbox, () => address)};
}

test('what is added is in local storage at once, and gone when the server holds it', async () => {
	const {outbox, uplink} = open();
	outbox.add(record(1));
	outbox.add(record(2));
	assert.deepEqual(leftOver(7, seal), [{lease: 1, increments: [record(1), record(2)]}]);
	uplink.notify(true);
	assert.equal(await uplink.settle(1000), true);
	assert.deepEqual(browser.requests, [new Uint8Array([1, 2])]);
	assert.deepEqual(leftOver(7, seal), []);
	assert.equal(uplink.state, 'saved');
	assert.ok(uplink.savedAt instanceof Date);
});

test('bytes of every value survive local storage', () => {
	const {outbox} = open();
	const bytes = Uint8Array.from({length: 70000}, (_, at) => at & 0xff);
	outbox.add({first: 1, last: 1, bytes});
	assert.deepEqual(leftOver(7, seal)[0].increments[0].bytes, bytes);
});

test('records of several visits come back in order, those of other attempts do not', () => {
	new Outbox(7, 10, seal).add(record(12));
	new Outbox(7, 9, seal).add(record(11));
	new Outbox(7, 9, seal).add(record(2));
	new Outbox(70, 1, seal).add(record(1));
	assert.deepEqual(leftOver(7, seal).map(({lease, increments}) => [lease, increments.map(({first}) => first)]), [[9, [2, 11]], [10, [12]]]);
	forgetLeftOver(7, 10);
	assert.deepEqual(leftOver(7, seal).map(({lease}) => lease), [10]);
	assert.equal(leftOver(70, seal).length, 1);
});

test('without network the work waits in the browser, and is sent when it is back', async () => {
	const {outbox, uplink} = open();
	browser.answer = () => {
		throw new TypeError('Failed to fetch');
	};
	outbox.add(record(1));
	uplink.notify(true);
	await uplink.settle(50);
	assert.equal(uplink.state, 'waiting');
	assert.equal(leftOver(7, seal).length, 1);
	browser.answer = normalAnswer;
	window.dispatchEvent(new Event('online'));
	assert.equal(await uplink.settle(1000), true);
	assert.equal(uplink.state, 'saved');
});

test('an answer that confirms less than was sent does not count as saved', async () => {
	const {outbox, uplink} = open();
	browser.answer = () => [200, {sequence: 0}];
	outbox.add(record(1));
	uplink.notify(true);
	assert.equal(await uplink.settle(50), false);
	assert.equal(uplink.state, 'busy');
	browser.answer = () => [200, {}];
	uplink.wake();
	assert.equal(await uplink.settle(50), false);
});

test('a server that holds less is sent the missing records again', async () => {
	const {outbox, uplink} = open();
	outbox.add(record(1));
	outbox.add(record(2));
	uplink.notify(true);
	await uplink.settle(1000);
	browser.held = 1; /* restored from a backup */
	outbox.add(record(3));
	uplink.notify(true);
	assert.equal(await uplink.settle(1000), true);
	assert.deepEqual(browser.requests.slice(1), [new Uint8Array([3]), new Uint8Array([2, 3])]);
});

test('a gap that cannot be closed is told, and the work set aside', async () => {
	const {outbox, uplink} = open();
	outbox.confirm(4);
	outbox.add(record(5));
	uplink.notify(true);
	await uplink.settle(200);
	assert.equal(uplink.state, 'refused');
	assert.equal(uplink.code, 'SEQUENCE_GAP');
	assert.deepEqual(leftOver(7, seal), []);
	assert.deepEqual(Object.keys(localStorage), ['fad:aside:7:1:5']);
});

test('an expired log-in stops sending until it is renewed', async () => {
	const {outbox, uplink} = open();
	browser.answer = () => [401, {code: 'TOKEN_EXPIRED'}];
	outbox.add(record(1));
	uplink.notify(true);
	await uplink.settle(200);
	assert.equal(uplink.state, 'expired');
	outbox.add(record(2));
	uplink.notify(true);
	assert.equal(browser.requests.length, 1);
	browser.answer = normalAnswer;
	uplink.renewed();
	assert.equal(await uplink.settle(1000), true);
	assert.deepEqual(browser.requests[1], new Uint8Array([1, 2]));
});

test('a lease taken elsewhere ends sending and keeps the work', async () => {
	const {outbox, uplink} = open();
	browser.answer = () => [409, {code: 'LEASE_TAKEN'}];
	outbox.add(record(1));
	uplink.notify(true);
	await uplink.settle(200);
	assert.equal(uplink.state, 'taken');
	assert.equal(leftOver(7, seal).length, 1);
	uplink.leave();
	assert.equal(browser.beacons.length, 0);
});

test('errors of the server are tried again, with growing pauses', async () => {
	const {outbox, uplink} = open();
	browser.answer = () => [503, {}];
	outbox.add(record(1));
	uplink.notify(true);
	await new Promise(resolve => setTimeout(resolve, 2600));
	assert.equal(uplink.state, 'busy');
	assert.ok(browser.requests.length >= 2 && browser.requests.length <= 4, `${browser.requests.length} requests`);
	browser.answer = normalAnswer;
	uplink.wake();
	assert.equal(await uplink.settle(1000), true);
});

test('a beacon carries what fits, in order, and proves nothing', () => {
	const {outbox, uplink} = open();
	outbox.add(record(1, 30000));
	outbox.add(record(2, 20000));
	outbox.add(record(3, 20000));
	uplink.leave();
	assert.equal(browser.beacons.length, 1);
	assert.equal(browser.beacons[0].size, 50000);
	assert.equal(leftOver(7, seal)[0].increments.length, 3);
});

test('an increment larger than a beacon waits in the browser', () => {
	const {outbox, uplink} = open();
	outbox.add(record(1, 70000));
	uplink.leave();
	assert.equal(browser.beacons.length, 0);
	assert.equal(leftOver(7, seal).length, 1);
});

test('large work goes in several requests, small work in one', async () => {
	const {outbox, uplink} = open();
	for (let number = 1; number <= 3; number++) {
		outbox.add(record(number, 600000));
	}
	uplink.notify(true);
	assert.equal(await uplink.settle(1000), true);
	assert.equal(browser.requests.length, 3);
});

test('full local storage is told honestly, and mends itself when all is saved', async () => {
	const {outbox, uplink} = open();
	browser.full = true;
	outbox.add(record(1));
	assert.equal(outbox.stored, false);
	browser.full = false;
	uplink.notify(true);
	await uplink.settle(1000);
	assert.equal(outbox.stored, true);
});

test('a preview keeps nothing', () => {
	const outbox = new Outbox(7, 1, null);
	outbox.add(record(1));
	assert.deepEqual(leftOver(7, seal), []);
});
