// Answers on their way: kept first, sent in turn, resent after a lost network, never overwriting somebody else's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox, sameAnswer } from '../src/outbox.js';

const item = (answer = [], revision = 0) => ({ answer, revision });
const stale = { status: 409, code: 'STALE_REVISION' };
const lost = { status: 0, code: 'NETWORK' };

/** A server that holds one answer a position, and can be made to fail. */
function world() {
	const store = new Map();
	const held = new Map();
	const sent = [];
	const fails = [];
	const later = [];
	const at = (position) => held.get(position) ?? item();
	return {
		store, held, sent, fails, later,
		means: {
			storage: { getItem: (name) => store.get(name) ?? null, setItem: (name, value) => store.set(name, value), removeItem: (name) => store.delete(name) },
			async send(position, answer, revision) {
				sent.push([position, answer, revision]);
				const fail = fails.shift();
				if (fail && !fail.after) {
					throw fail;
				}
				if (at(position).revision !== revision) {
					throw stale;
				}
				held.set(position, item(answer, revision + 1));
				if (fail) {
					throw fail.after;
				}
				return { revision: revision + 1 };
			},
			look: async (position) => at(position),
			saved() {},
			tell() {},
			later: (call) => later.push(call),
		},
	};
}

test('an answer is kept, sent, and then no longer kept', async () => {
	const one = world();
	const outbox = new Outbox('a', one.means);
	const done = outbox.put(3, ['b'], item());
	assert.deepEqual(JSON.parse(one.store.get('a'))[3].answer, ['b']);
	assert.equal(await done, true);
	assert.deepEqual(one.held.get(3), item(['b'], 1));
	assert.equal(one.store.has('a'), false);
	assert.equal(outbox.state.pending, 0);
	assert.ok(outbox.state.savedAt);
});

test('without a network the answer stays, and goes when the network is back', async () => {
	const one = world();
	one.fails.push(lost);
	const outbox = new Outbox('a', one.means);
	assert.equal(await outbox.put(0, ['a'], item()), false);
	assert.equal(outbox.state.offline, true);
	assert.equal(outbox.state.pending, 1);
	assert.equal(one.later.length, 1);
	await one.later[0]();
	assert.equal(outbox.state.offline, false);
	assert.deepEqual(one.held.get(0).answer, ['a']);
});

test('a closed window loses nothing: the next one sends what was kept', async () => {
	const one = world();
	one.fails.push(lost);
	await new Outbox('a', one.means).put(0, ['a'], item());
	const next = new Outbox('a', one.means);
	assert.equal(next.state.pending, 1);
	assert.deepEqual(next.answerAt(0), ['a']);
	await next.flush();
	assert.deepEqual(one.held.get(0).answer, ['a']);
});

test('an answer changed while it was on its way is followed by the newer one', async () => {
	const one = world();
	const outbox = new Outbox('a', one.means);
	const first = outbox.put(0, ['a'], item());
	outbox.put(0, ['b'], item());
	await first;
	assert.deepEqual(one.held.get(0), item(['b'], 2));
	assert.deepEqual(one.sent.map(([, answer]) => answer), [['a'], ['b']]);
});

test('a lost confirmation is not a conflict: the server holds our answer', async () => {
	const one = world();
	one.fails.push({ after: lost });
	const outbox = new Outbox('a', one.means);
	await outbox.put(0, ['a'], item());
	await one.later[0]();
	assert.equal(outbox.state.stale, null);
	assert.equal(outbox.state.pending, 0);
});

test('an answer given elsewhere stands, and the person is told', async () => {
	const one = world();
	one.held.set(0, item(['c'], 5));
	const outbox = new Outbox('a', one.means);
	await outbox.put(0, ['a'], item([], 0));
	assert.equal(outbox.state.stale, 0);
	assert.equal(outbox.state.pending, 0);
	assert.deepEqual(one.held.get(0).answer, ['c']);
});

test('only the number moved: ours is sent again on top of it', async () => {
	const one = world();
	one.held.set(0, item([], 4));
	const outbox = new Outbox('a', one.means);
	await outbox.put(0, ['a'], item([], 0));
	assert.deepEqual(one.held.get(0), item(['a'], 5));
	assert.equal(outbox.state.stale, null);
});

test('a refusal is shown and not repeated for ever', async () => {
	const one = world();
	one.fails.push({ status: 409, code: 'PLACEMENT_OVER' });
	const outbox = new Outbox('a', one.means);
	await outbox.put(0, ['a'], item());
	assert.equal(outbox.state.error.code, 'PLACEMENT_OVER');
	assert.equal(one.later.length, 0);
	assert.equal(one.sent.length, 1);
});

test('damaged storage is no storage', () => {
	const one = world();
	one.store.set('a', '{"0":');
	assert.equal(new Outbox('a', one.means).state.pending, 0);
});

test('the order of the options chosen does not matter', () => {
	assert.ok(sameAnswer(['a', 'b'], ['a', 'b']));
	assert.ok(!sameAnswer(['a', 'b'], ['b', 'a']));
	assert.ok(!sameAnswer(['a'], ['a', 'b']));
	assert.ok(!sameAnswer(['a'], ['b']));
});
